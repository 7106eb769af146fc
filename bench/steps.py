"""What is measured of each book, and in which state each run finds the folder."""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import partial
from typing import TYPE_CHECKING

from bench.books import add_page, change_word, chapters, set_page_list
from bench.run import Step

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PLAIN, COLD = "plain WeasyPrint", "cold"


#: Python's own caches are there, as after an installation, whatever the environment says.
_AS_INSTALLED = ("env", "-u", "PYTHONDONTWRITEBYTECODE")


def plain(book: Path) -> Step:
    """The same pages by WeasyPrint alone; ``plain.html`` has to be there."""
    files = [str(book / f"plain.{ending}") for ending in ("html", "pdf")]
    return Step(PLAIN, [sys.executable, "-m", "bench.plain", *files])


def cold(book: Path) -> Step:
    """The PDF, when nothing is kept."""
    return Step(COLD, _build(book, "pdf"), partial(_empty, book))


def steps(book: Path) -> list[Step]:
    """All others, in the order in which they are to be run, after :func:`cold`.

    Each leaves the folder as the next one needs it; those that edit come last.
    """
    first, middle = chapters(book)[0], chapters(book)[len(chapters(book)) // 2]
    pdf, epub = _build(book, "pdf"), _build(book, "epub")
    warm = [sys.executable, "-m", "bench.warm", str(book), str(middle)]
    return [
        Step("nothing changed", pdf),
        Step("EPUB, page list of a PDF already built", epub, _as_it_is(book)),
        Step("one word changed", pdf, partial(change_word, middle)),
        Step("one word changed, in a running process", warm, tells=True),
        Step("a page more in the first chapter", pdf, partial(add_page, first)),
        Step("EPUB without page list, empty store", epub, partial(_empty, book, page_list=False)),
        Step("EPUB without page list, one chapter edited", epub, partial(change_word, middle)),
    ]


def checking(book: Path) -> list[Step]:
    """``book check`` with nothing kept, with everything, and with one chapter edited."""
    middle = chapters(book)[len(chapters(book)) // 2]
    command = [*_AS_INSTALLED, f"CHAPBOOK_STORE={store(book)}"]
    command += [sys.executable, "-m", "book", "check", "--book", str(book)]
    return [
        Step("check, empty store", command, partial(_empty, book)),
        Step("check, nothing changed", command),
        Step("check, one chapter edited", command, partial(change_word, middle)),
    ]


def previewed(book: Path) -> tuple[Path, int]:
    """Which chapter is edited in the preview, when the store has the book as it is; how often."""
    subprocess.run(_build(book, "pdf"), check=True)
    return chapters(book)[len(chapters(book)) // 2], 8


def _build(book: Path, output: str) -> list[str]:
    where = ["--book", str(book), "--store", str(store(book))]
    return [*_AS_INSTALLED, sys.executable, "-m", "book", "build", output, "-q", *where]


def store(book: Path) -> Path:
    """Where what is kept of a measured book lies: it comes and goes with the outputs."""
    return book / "build" / "store"


def _empty(book: Path, *, page_list: bool = True) -> None:
    shutil.rmtree(book / "build", ignore_errors=True)
    set_page_list(book, wanted=page_list)


def _as_it_is(book: Path) -> Callable[[], None]:
    """What puts the output folder back into the state in which the first run finds it.

    That is the state after ``build pdf``: parsed chapters and set pages are kept, but neither a
    cover nor fonts for an EPUB, and no page list. The files are in the system's cache, too.
    """
    kept = book / "kept"

    def restore() -> None:
        if not kept.exists():
            shutil.copytree(book / "build", kept)
        shutil.rmtree(book / "build")
        shutil.copytree(kept, book / "build")

    return restore
