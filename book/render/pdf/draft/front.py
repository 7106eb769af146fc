"""The front pages of print: half-title, title page, imprint, contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from book.base.data import replace
from book.base.wordends import joined
from book.model import Kind
from book.parse.titles import emphasised
from book.render import imprint, lists
from book.render.html import without_calls
from book.render.pdf.record import LINK
from book.theme.templates import Dress, plain
from book.theme.viewparts import ContentsLine
from book.theme.views import PrintFront
from book.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from book.model import Book, Chapter, Pages

#: The kinds that stand without their titles, and are in no table of contents.
UNTITLED = frozenset({Kind.DEDICATION, Kind.EPIGRAPH})


def front_html(book: Book, pages: Pages, families: Sequence[str], dress: Dress = plain) -> str:
    """The front pages as XHTML; ``families`` are the fonts of the text, for the imprint.

    ``dress`` makes a page of a view (:func:`book.theme.templates.rendered`).
    """
    table, page = book.config.book, imprint.title_page(book)
    view = PrintFront(
        book=table,
        language=table.language,
        words=words(table.language, table.words),
        page=replace(
            page,
            title=emphasised(page.title, book.emphasis.get("title", ()), joined),
            subtitle=emphasised(page.subtitle, book.emphasis.get("subtitle", ()), joined),
        ),
        imprint=imprint.lines(book, families),
        contents=tuple(line for one in book.chapters for line in _lines(one, book, pages)),
    )
    return dress(view)


def _lines(chapter: Chapter, book: Book, pages: Pages) -> Iterator[ContentsLine]:
    """The lines of the contents for ``chapter``: its title, its headings, the timeline's."""
    if chapter.kind in UNTITLED:
        return
    number, is_part = book.numbers.get(chapter.slug, ""), chapter.kind is Kind.PART
    yield ContentsLine(
        href=LINK + chapter.slug,
        matter="part" if is_part else chapter.kind.matter,
        number="" if is_part else number,
        part=number if is_part else "",
        # Our own, or a chapter's, cleaned when it was parsed.
        heading=Markup(joined(without_calls(chapter.heading))),
        page=pages.label(chapter.slug),
        by=book.signed(chapter),
    )
    for head in chapter.headings:
        if 1 < head.level <= book.contents_depth:
            yield ContentsLine(
                href=LINK + head.id,
                matter=f"{chapter.kind.matter} {'section' if head.level == 2 else 'subsection'}",
                number="",
                part="",
                heading=escape(joined(head.text)),
                page=pages.label(head.id),
            )
    if place := lists.timeline_place(chapter, book):
        yield ContentsLine(
            href=LINK + place,
            matter=f"{chapter.kind.matter} section",
            number="",
            part="",
            heading=escape(words(book.config.book.language, book.config.book.words).timeline),
            page=pages.label(place),
        )
