"""Whether a long book takes longer for each page than a short one, or more memory."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.books import prepare, resize
from bench.run import measured
from bench.steps import cold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Lengths of the books, in quarters of the one that they are made of.
_QUARTERS = (1, 4, 12)


@dataclass(frozen=True, slots=True)
class Size:
    """A cold build of so many pages: what a page takes, and the largest process's memory."""

    book: str
    pages: int
    milliseconds: float
    megabytes: float


def growth(source: Path | None, folder: Path, runs: int) -> Iterator[Size]:
    """Books of a quarter, all and three copies of the chapters in ``source``."""
    books = [prepare(source, folder / f"growth-{quarters}") for quarters in _QUARTERS]
    for book, quarters in zip(books, _QUARTERS, strict=True):
        resize(book, quarters)
    # In turns, since a machine that others share is not as fast now as in five minutes.
    turns = [[measured("growth", cold(book), 1) for book in books] for _ in range(runs)]
    for book, rows in zip(books, zip(*turns, strict=True), strict=True):
        pages = _pages(next((book / "build").glob("*.pdf")))
        seconds = statistics.median(row.median for row in rows)
        most = max(row.megabytes for row in rows)
        yield Size("growth", pages, seconds / pages * 1000, most)


def _pages(pdf: Path) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)
