"""How soon an edit is seen in the preview: in the text, and on the printed page.

Run as ``python -m bench.preview BOOK CHAPTER EDITS``: opens ``book serve`` in Chromium at the
paragraph that is edited, changes a word of it so often, and prints for each edit how many seconds
after the file was written the new word stood in the text, and how many until the page that it is
on was drawn anew. Both are what the browser itself sees, by the machine's one clock.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bench.books import change_word
from bench.run import Row
from bench.steps import previewed, store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

#: What keeps Chromium from calling home; it opens nothing but our own page.
_FLAGS = [
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
]
#: Seconds that an edit, or the first setting of a book, may take before something is wrong.
_PATIENCE = 600
#: Notes, in the browser, when a word is first in the text, and when its leaf is drawn after that.
_WATCH = """() => {
  const now = () => (performance.timeOrigin + performance.now()) / 1000;
  window.seen = {word: "", text: 0, page: 0, leaf: null, edition: 0};
  const look = () => {
    const seen = window.seen;
    if (!seen.word) return;
    if (!seen.text && document.querySelector("article").textContent.includes(seen.word)) {
      seen.text = now();
    }
    const image = document.querySelector(`.leaf[data-page="${seen.leaf}"] img`);
    const edition = image ? Number(new URL(image.src).searchParams.get("v")) : 0;
    if (!seen.page && edition > seen.edition) seen.page = now();
    if (seen.text && seen.page) seen.done?.();
  };
  new MutationObserver(look).observe(document.body,
    {subtree: true, childList: true, characterData: true, attributes: true});
}"""


class Seen(NamedTuple):
    """Seconds from the writing of a file to the new word in the text, and on its page."""

    text: float
    page: float


def edits(book: Path, chapter: Path, count: int) -> Iterator[Seen]:
    """The figures of ``count`` edits of ``chapter``, one after the other."""
    from playwright.sync_api import sync_playwright

    word = changed(chapter)
    with _desk(book) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=_FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(_PATIENCE * 1000)
        page.goto(address)
        page.wait_for_selector(".leaf img", state="attached")
        slug = page.evaluate(
            "path => fetch('/state').then(one => one.json())"
            ".then(all => all.chapters.find(one => one.path === path).slug)",
            f"chapters/{chapter.name}",
        )
        page.select_option("#cb--chapter", slug)
        page.locator("article [data-b]", has_text=word).first.click()
        page.wait_for_selector(".leaf:has(.band) img", state="attached")
        page.evaluate(_WATCH)
        for _ in range(count):
            page.wait_for_timeout(1500)
            yield _edit(page, chapter)
        browser.close()


def preview(name: str, book: Path) -> Iterator[Row]:
    """The rows of the book called ``name``; none, and a word why, where there is no Chromium."""
    if not _chromium():
        print(f"{name:>10}  the preview isn't measured: there is no Chromium")
        return
    found = [*edits(book, *previewed(book))]
    for what, seconds in (
        ("an edit seen in the preview's text", [one.text for one in found]),
        ("an edit seen on the preview's page", [one.page for one in found]),
    ):
        yield Row(name, what, statistics.median(seconds), min(seconds), max(seconds), 0)


def _chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


def changed(chapter: Path) -> str:
    """Change a word of ``chapter``; gives the new one."""
    before = set(re.findall(r"\w+", chapter.read_text("utf-8")))
    change_word(chapter)
    after = set[str](re.findall(r"\w+", chapter.read_text("utf-8")))
    return min(after - before)


def _edit(page: Page, chapter: Path) -> Seen:
    leaf = page.evaluate("document.querySelector('.leaf:has(.band)').dataset.page")
    edition = page.evaluate("fetch('/state').then(one => one.json()).then(one => one.pages)")
    draft = chapter.with_suffix(".tmp")
    shutil.copy(chapter, draft)
    word = changed(draft)
    begun = "Object.assign(window.seen, {word: %r, text: 0, page: 0, leaf: %r, edition: %d})"
    page.evaluate(begun % (word, leaf, edition))
    start = time.time()
    draft.replace(chapter)
    # Nothing that evaluates strings: the desk's Content-Security-Policy forbids it.
    seen = page.evaluate(
        "new Promise((done) => { seen.done = done; if (seen.text && seen.page) done(); })"
        ".then(() => ({text: seen.text, page: seen.page}))"
    )
    return Seen(seen["text"] - start, seen["page"] - start)


@contextmanager
def _desk(book: Path) -> Iterator[str]:
    """The address of a desk for ``book``, which ends with it."""
    command = [sys.executable, "-u", "-m", "book", "serve", "--book", str(book)]
    command += ["--store", str(store(book))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://\S+", process.stdout.readline())
            if found is None:
                raise SystemExit("book serve did not begin")
            yield found[0]
        finally:
            process.send_signal(signal.SIGINT)


def main() -> None:
    """Tell of each edit."""
    book, chapter = map(Path, sys.argv[1:3])
    for one in edits(book, chapter, int(sys.argv[3])):
        print(f"text {one.text:.3f} page {one.page:.3f} load {os.getloadavg()[0]:.1f}", flush=True)


if __name__ == "__main__":
    main()
