"""The desk in Chromium, as a writer has it open."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.builds import CHAPTER, descendants
from tests.conftest import CLEAN, Lay
from tests.desks import PATIENCE, desk
from tests.node import FLAGS, chromium, modules

pytestmark = pytest.mark.slow
#: What axe says is wrong: the rule, and the first element that breaks it.
AXE = """() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',
    'best-practice']}).then(done => done.violations.map(one => one.id + ': ' + one.nodes[0].html))
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = chromium()
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def still(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a desk for the clean book, which no test edits."""
    folder = tmp_path_factory.mktemp("still")
    with pytest.MonkeyPatch.context() as patch:
        shutil.copytree(built.parents[1] / "caches/store", folder / "store")
        patch.setenv("CHAPBOOK_STORE", str(folder / "store"))
        with desk(shutil.copytree(CLEAN, folder / "book")) as (address, _):
            yield address


@contextmanager
def opened(browser: Browser, address: str) -> Iterator[Page]:
    """A desk at its first chapter, its pages drawn; nothing goes wrong in it meanwhile."""
    page = browser.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    expect.set_options(timeout=PATIENCE * 1000)
    said: list[str] = []
    page.on("pageerror", lambda problem: said.append(str(problem)))
    page.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
    page.goto(address)
    expect(page.locator(".leaf img").first).to_be_attached()
    yield page
    page.close()
    assert said == []


@pytest.fixture
def page(browser: Browser, still: str) -> Iterator[Page]:
    """The desk of a book that is only read."""
    with opened(browser, still) as page:
        yield page


@pytest.fixture
def edited(browser: Browser, clean_book: Path, kept: Path) -> Iterator[Page]:
    """The desk of the clean book, which the test edits."""
    assert kept.exists()
    with desk(clean_book) as (address, _), opened(browser, address) as page:
        yield page


def test_an_edit_a_mistake_and_its_mending(edited: Page, clean_book: Path, lay: Lay) -> None:
    """Each is seen without touching the page; pages stay under the message."""
    page = edited
    settings = (clean_book / "book.toml").read_text("utf-8")
    lay(clean_book, {CHAPTER: "# Ankara\n\nSomething quite new.\n"})
    expect(page.locator("article p").first).to_have_text("Something quite new.")
    lay(clean_book, {"book.toml": "[book\n"})
    expect(page.locator("#cb--trouble")).to_contain_text("book.toml:")
    assert page.locator(".leaf img").count() > 0
    expect(page.locator("article p").first).to_have_text("Something quite new.")
    lay(clean_book, {"book.toml": settings})
    expect(page.locator("#cb--trouble")).to_be_hidden()


def test_it_jumps_both_ways(page: Page) -> None:
    """A click on a paragraph marks it on its page; one on the page marks it in the text."""
    paragraph = page.locator("article p[data-b]").first
    number = str(paragraph.get_attribute("data-b"))
    paragraph.click()
    band = page.locator(".leaf .band")
    expect(band).to_be_in_viewport()
    expect(page.locator("#cb--place")).to_contain_text(f"{CHAPTER}:")
    page.wait_for_timeout(300)
    spot = band.bounding_box()
    assert spot is not None
    page.evaluate("document.querySelector('article .here').classList.remove('here')")
    page.mouse.click(spot["x"] + spot["width"] * 0.4, spot["y"] + min(spot["height"] / 2, 6))
    expect(page.locator("article .here")).to_have_attribute("data-b", number)


def test_the_keyboard_is_enough(page: Page) -> None:
    page.locator("#cb--text").focus()
    page.keyboard.press("j")
    expect(page.locator("article .here")).to_have_attribute("data-b", "1")
    page.keyboard.press("Enter")
    expect(page.locator("#cb--pages")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("article .here")).to_be_focused()


@pytest.mark.parametrize(
    ("width", "height", "scheme"), [(1280, 800, "light"), (1280, 800, "dark"), (390, 844, "dark")]
)
def test_axe_finds_nothing(
    page: Page, width: int, height: int, scheme: Literal["light", "dark"]
) -> None:
    """On a desk, in the dark and on a telephone; with each list open, too (WCAG 2.2, A and AA)."""
    axe = (modules() / "@daisy" / "axe-core-for-ace" / "axe.min.js").read_text("utf-8")
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)
    page.evaluate(axe)
    found = page.evaluate(AXE)
    for button in page.locator("header button[aria-controls]").all():
        if button.is_visible():
            button.click()
            found += page.evaluate(AXE)
            page.keyboard.press("Escape")
    if (pages := page.get_by_role("button", name="Pages", exact=True)).is_visible():
        pages.click()
        found += page.evaluate(AXE)
    assert found == []


def test_a_book_that_runs_to_the_left_is_opened_so(
    edited: Page, clean_book: Path, lay: Lay
) -> None:
    """Its spreads begin at the right, its lists too, and what is ours stays as it is."""
    page = edited
    settings = '[book]\ntitle = "ספר"\nauthors = ["לוי, דנה"]\nlanguage = "he"\n'
    text = '# הגשר\n\nביום [3 במאי 1931](when:1931-05-03 "נפתח") נפתח.\n'
    lay(clean_book, {"book.toml": settings, CHAPTER: text})
    expect(page.locator("#cb--title")).to_have_text("ספר")
    page.get_by_role("button", name="Two up").click()
    row = page.locator(".row", has=page.locator("[data-page='2']"))
    expect(row).to_have_attribute("dir", "rtl")
    first, second = (page.locator(f"[data-page='{at}']").bounding_box() for at in (1, 2))
    assert first is not None
    assert second is not None
    assert first["x"] > second["x"]
    page.get_by_role("button", name="Chronology").click()
    expect(page.locator("#cb--list dl")).to_have_css("direction", "rtl")
    expect(page.locator("#cb--list h2")).to_have_css("direction", "ltr")


@pytest.mark.exhaustive
@pytest.mark.usefixtures("kept")
def test_two_hundred_edits_leave_the_memory_as_it_was(
    browser: Browser, clean_book: Path, lay: Lay
) -> None:
    """What the desk and its helpers hold after two hundred is what they held after thirty."""
    with desk(clean_book) as (address, process):
        page = browser.new_page()
        page.goto(address)
        held = 0
        for number in range(200):
            lay(clean_book, {CHAPTER: f"# Ankara\n\nEdit {number} of two hundred.\n"})
            words = expect(page.locator("article p").first)
            words.to_have_text(f"Edit {number} of two hundred.", timeout=PATIENCE * 1000)
            if number == 30:
                held = _memory(process.pid)
        assert _memory(process.pid) < held + 40_000_000
        page.close()


def _memory(pid: int) -> int:
    """The bytes that the process and those that it has started hold."""
    pages = 0
    for one in (pid, *descendants(pid)):
        with suppress(OSError):
            pages += int(Path(f"/proc/{one}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
