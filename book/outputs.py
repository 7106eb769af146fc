"""The outputs: a table of names and functions, each from a job to a product."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from book.base.codes import finding
from book.base.data import replace
from book.base.errors import TemplateError, TypesetterError
from book.base.progress import Progress
from book.cache.store import Store
from book.model import NO_WISH, Book, Finding, Place, Product, Wish

if TYPE_CHECKING:
    from book.press.shop import Order
    from book.render.pdf.volume import Volume
    from book.theme.theme import Theme


class Job(Struct, frozen=True, dict=True):
    """What an output is made from: the book, how it looks, and the typeset pages."""

    book: Book
    theme: Theme
    store: Store
    progress: Progress
    wish: Wish = NO_WISH

    def narrowed(self, output: Literal["pdf", "epub", "handout"]) -> Book:
        """The book without what is for other outputs alone."""
        from book.only import narrowed

        return narrowed(self.book, output)

    @cached_property
    def volume(self) -> Volume:
        """The printed book, typeset; only made if an output asks for it."""
        from book.render import pdf

        return pdf.set_volume(self.narrowed("pdf"), self.theme, self.store, self.progress)

    @cached_property
    def order(self) -> Order:
        """What the files for a press have to be; raises PressError if that can't be."""
        from book.press import shop

        return shop.ordered(self.book, self.theme, self.wish.press)

    def set_for_press(self, bleed: float, inner: Callable[[int], float], outer: float) -> Volume:
        """The printed book with so much bleed, and such least margins, in millimetres."""
        from book.render import pdf

        css = f"@page {{ bleed: {bleed:g}mm }}" if bleed else ""
        theme = replace(self.theme, naming=f"{self.theme.naming}\n{css}") if css else self.theme
        book = self.narrowed("pdf")
        return pdf.set_volume(book, theme, self.store, self.progress, inner, outer)


def _pdf(job: Job) -> Product:
    from book.render import pdf

    return pdf.bound(job.volume)


def _epub(job: Job) -> Product:
    from book.only import moved
    from book.render import epub

    pages = moved(job.volume.pages, job.book) if job.book.config.epub.page_list else None
    return epub.render(job.narrowed("epub"), job.theme, pages, job.store)


def _handout(job: Job) -> Product:
    from book.render import handout

    wish = job.wish.handout
    made = handout.render(_lesson(job), job.theme, job.volume.pages, job.store, wish)
    return replace(made, name=_with_chapters(made.name, wish.chapters))


def _answers(job: Job) -> Product:
    from book.render import handout

    made = handout.answers(_lesson(job), job.theme, job.volume.pages, job.store)
    return replace(made, name=_with_chapters(made.name, job.wish.handout.chapters))


def _lesson(job: Job) -> Book:
    """The book, or the chapters that are wished for as if they were all of it."""
    from book.press import pages
    from book.render import handout

    chapters = job.wish.handout.chapters
    book = job.narrowed("handout")
    return handout.lesson(book, pages.slugs(chapters, book)) if chapters else book


def _interior(job: Job) -> Product:
    from book.press import shop

    return shop.interior(job.book, job.order, job.set_for_press)


def _cover(job: Job) -> Product:
    from book.press import shop

    order = job.order
    volume = job.set_for_press(order.bleed, order.least_inner, order.least_outer)
    return shop.cover(job.book, job.theme, order, volume, job.store)


def _with_chapters(name: str, chapters: str) -> str:
    some = re.sub(r"[^\w-]+", "-", chapters).strip("-")[:60]
    return f"{name}-{some}" if some else name


#: What can be asked for by name; all of it, if nothing is.
OUTPUTS: Mapping[str, Callable[[Job], Product]] = {
    "pdf": _pdf,
    "epub": _epub,
    "handout": _handout,
}
#: What else is made for paper: for who teaches, and for a press.
FOR_PAPER: Mapping[str, Callable[[Job], Product]] = {
    "answers": _answers,
    "interior": _interior,
    "cover": _cover,
}
#: What ``--for-press`` makes instead of the PDF.
FOR_PRESS = ("interior", "cover")


def products(
    job: Job, names: Sequence[str]
) -> tuple[Job, list[tuple[Product, float]], tuple[Finding, ...]]:
    """The job as it was done, and the outputs ``names`` of it, each with the seconds that it took.

    Where a template of the book's own can't be used, all are made without it, and a finding says
    so. Raises TypesetterError.
    """
    makers = {**OUTPUTS, **FOR_PAPER}
    found: list[Finding] = []
    while True:
        made: list[tuple[Product, float]] = []
        try:
            for name in names:
                start = time.perf_counter()
                job.progress.step(name, 0, 0)
                made.append((makers[name](job), time.perf_counter() - start))
        except TemplateError as problem:
            wrong = problem.finding
        except TypesetterError as problem:
            if not job.theme.templates.own:
                raise
            wrong = job.theme.templates.unset(problem.words)
        else:
            return job, made, tuple(found)
        found.append(wrong)
        job = replace(job, theme=job.theme.without_template(wrong.place.path))


def unset(book: Book, problem: TypesetterError) -> Finding:
    """T005: a chapter that can't be set, or one of the pages that we make ourselves."""
    chapter = book.by_slug.get(problem.name)
    path = chapter.path if chapter else ""
    hint = "Is there enough memory for it? If there is, please report this."
    if path:
        hint = "Take out half of the chapter to see which half it is; a picture, or raw HTML?"
    message = f"The typesetter fails here: {problem.words}."
    return finding("T005", Place(path or "book.toml"), message, hint)
