"""The front pages of print: half-title, title page, imprint, contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from book.model import Kind
from book.render import imprint, lists
from book.render.html import environment, without_calls
from book.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from book.model import Book, Chapter, Pages

#: The kinds that stand without their titles, and are in no table of contents.
UNTITLED = frozenset({Kind.DEDICATION, Kind.EPIGRAPH})


def front_html(book: Book, pages: Pages, families: Sequence[str]) -> str:
    """The front pages as XHTML; ``families`` are the fonts of the text, for the imprint."""
    table = book.config.book
    template = environment().get_template("print-front.html")
    return template.render(
        book=table,
        language=table.language,
        words=words(table.language),
        page=imprint.title_page(book),
        imprint=imprint.lines(book, families),
        contents=[line for one in book.chapters for line in _lines(one, book, pages)],
    )


def _lines(chapter: Chapter, book: Book, pages: Pages) -> Iterator[dict[str, object]]:
    """The lines of the contents for ``chapter``: its title, and the timeline's."""
    if chapter.kind in UNTITLED:
        return
    yield {
        "slug": chapter.slug,
        "matter": "part" if chapter.kind is Kind.PART else chapter.kind.matter,
        "number": "" if chapter.kind is Kind.PART else book.numbers.get(chapter.slug, ""),
        "part": book.numbers.get(chapter.slug, "") if chapter.kind is Kind.PART else "",
        # Our own, or a chapter's, cleaned when it was parsed.
        "heading": Markup(without_calls(chapter.heading)),
        "page": pages.label(chapter.slug),
    }
    if place := lists.timeline_place(chapter, book):
        yield {
            "slug": place,
            "matter": f"{chapter.kind.matter} section",
            "number": "",
            "part": "",
            "heading": words(book.config.book.language).timeline,
            "page": pages.label(place),
        }
