"""The outputs: a table of names and functions, each from a job to a product."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from book.base.progress import Progress
from book.cache.store import Store
from book.model import Book, Product
from book.only import moved, narrowed

if TYPE_CHECKING:
    from book.render.pdf.volume import Volume
    from book.theme.theme import Theme


@dataclass(frozen=True)
class Job:
    """What an output is made from: the book, how it looks, and the typeset pages."""

    book: Book
    theme: Theme
    store: Store
    progress: Progress

    @cached_property
    def volume(self) -> Volume:
        """The printed book, typeset; only made if an output asks for it."""
        from book.render import pdf

        return pdf.set_volume(narrowed(self.book, "pdf"), self.theme, self.store, self.progress)


def _pdf(job: Job) -> Product:
    from book.render import pdf

    return pdf.bound(job.volume)


def _epub(job: Job) -> Product:
    from book.render import epub

    pages = moved(job.volume.pages, job.book) if job.book.config.epub.page_list else None
    return epub.render(narrowed(job.book, "epub"), job.theme, pages, job.store)


def _handout(job: Job) -> Product:
    from book.render import handout

    return handout.render(narrowed(job.book, "handout"), job.theme, job.volume.pages, job.store)


OUTPUTS: Mapping[str, Callable[[Job], Product]] = {
    "pdf": _pdf,
    "epub": _epub,
    "handout": _handout,
}
