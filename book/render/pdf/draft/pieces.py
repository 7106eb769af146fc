"""What the volume is made of: the HTML of each piece, and the order in which they are bound.

A piece is the cover, the front pages (half-title, title page, imprint, contents) or one
chapter. Each begins on a right-hand page, so no piece's layout depends on its neighbours.
"""

from __future__ import annotations

import hashlib
import math
from functools import partial
from typing import TYPE_CHECKING, Literal, NamedTuple

from lxml import etree
from markupsafe import Markup
from msgspec import Struct

from book.base import wordends
from book.base.pagesizes import millimetres
from book.base.xml import escape, inner, tree
from book.cache.memo import memo
from book.cache.store import Store, packed
from book.figures import cover_svg, spoken, timeline
from book.model import Book, Chapter, Kind, Pages, Text
from book.render import lists
from book.render.html import cover_image
from book.render.longwords import parted
from book.render.pdf.draft import finish, mixed, whole
from book.render.pdf.draft.front import UNTITLED, front_html
from book.render.pdf.draft.marks import PrintMarks
from book.render.pdf.draft.numbered import with_numbers
from book.render.pdf.draft.tables import with_whole_cells
from book.render.pdf.draft.webaddresses import with_breaks
from book.render.pdf.record import NoteDue, Sheet
from book.theme.lettering import Lettering
from book.theme.templates import Dress, Templates, rendered
from book.theme.views import PrintChapter, PrintCover
from book.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Sequence

    from book.base.fonts import Face
    from book.theme.theme import Theme

#: The slug of the front pages.
FRONT, COVER = "front-pages", "cover"
#: The id of the contents.
CONTENTS = "contents"

#: The kinds whose first words are set in small capitals.
_OPENED = {
    Kind.FOREWORD,
    Kind.PREFACE,
    Kind.INTRODUCTION,
    Kind.PROLOGUE,
    Kind.CHAPTER,
    Kind.CONCLUSION,
    Kind.EPILOGUE,
    Kind.AFTERWORD,
}
_MEASURE = 108  # millimetres
_TALL = 1.35  # of the timeline's width is its height, which leaves room for a heading


class Draft(Struct, frozen=True):
    """A piece before it is set: its sheet and its text as XHTML.

    ``notes`` have to stand in it; ``images`` are the paths of its images from the book's
    folder.
    """

    sheet: Sheet
    text: Text
    notes: tuple[NoteDue, ...] = ()
    images: tuple[str, ...] = ()


class Looks(NamedTuple):
    """What drafts are dressed in: templates, the fonts of the text, and which of all a word has."""

    templates: Templates
    families: tuple[str, ...]
    lettering: Lettering = Lettering()

    @classmethod
    def of(cls, theme: Theme) -> Looks:
        """Those of ``theme``."""
        return cls(theme.templates, theme.families("print"), theme.lettering)


def names(book: Book) -> tuple[str, ...]:
    """What the pieces are called, in the order of binding."""
    return COVER, FRONT, *(chapter.slug for chapter in book.chapters)


def drafts(
    book: Book,
    pages: Pages,
    kept: Store,
    looks: Looks,
    without: Container[str] = (),
) -> Iterator[Draft]:
    """The pieces but those ``without`` whose names can be done; the longest come first.

    ``pages`` are the page numbers as known so far, ``looks`` how they are dressed. Drafts that
    cite no pages are ``kept``. They are made one by one, as they are asked for, since a long
    book's are not all in memory. Raises TemplateError.
    """
    templates, families, lettering = looks
    facts = (
        _facts(book)
        + templates.digest
        + lettering.digest
        + wordends.known(book.config.book.language)
    )
    dress = lettering.over(partial(rendered, templates, store=kept))
    for chapter in sorted(book.chapters, key=_length):
        if chapter.slug not in without:
            make = partial(_chapter, chapter, book, PrintMarks(book, pages), dress, lettering.heads)
            digest = _digest(chapter) + _digest(_lists(chapter, book, lettering.heads))
            yield _kept(kept, digest + facts, make)
    if FRONT not in without:
        headings = (
            (CONTENTS, 1, words(book.config.book.language, book.config.book.words).contents),
        )
        sheet = Sheet(FRONT, "roman", "front", headings, cites_pages=True)
        yield Draft(sheet, Text.of(parted(front_html(book, pages, families, dress))))
    if COVER not in without:
        drawn = _drawn(book, lettering)
        yield _kept(kept, COVER + facts + drawn, lambda: _cover(book, drawn, dress))


def _length(chapter: Chapter) -> float:
    """What to sort chapters by, the longest first; a list of what all others tell may be long."""
    if chapter.kind in {Kind.CHRONOLOGY, Kind.PEOPLE}:
        return -math.inf
    return -len(chapter.text.data) - len(chapter.noted.data)


def _kept(kept: Store, asked: str, make: Callable[[], Draft]) -> Draft:
    """The draft that is kept for what is ``asked``, or a new one."""
    return memo(kept, "draft", Draft, (asked,), make, only=lambda one: not one.sheet.cites_pages)


def _facts(book: Book) -> str:
    """What a chapter's draft may depend on of the rest of the book, page numbers aside."""
    entries = {event: entry.id for event, entry in book.entries_by_event.items()}
    portraits = {one: portrait.id for one, portrait in book.portraits_by_person.items()}
    parts = (book.config, book.numbers, book.note_numbers, entries, portraits)
    return _digest(parts)


def _digest(value: object) -> str:
    return hashlib.sha256(packed(value)).hexdigest()


def _lists(chapter: Chapter, book: Book, heads: Sequence[Face]) -> object:
    """What is listed in a chapter that lists what is told in others, and how it is lettered."""
    named = [(one.family, one.weight, one.digest) for one in heads]
    lists = {Kind.CHRONOLOGY: (book.chronology, named), Kind.PEOPLE: book.people}
    return lists.get(chapter.kind)


def _drawn(book: Book, lettering: Lettering) -> str:
    if own := book.config.book.cover:
        return cover_image(book, own)
    width, height = millimetres(book.config.pdf.size)
    return spoken(cover_svg(book, lettering, width=width, height=height, unit="mm"))


def _cover(book: Book, drawn: str, dress: Dress) -> Draft:
    table = book.config.book
    said = words(table.language, table.words)
    view = PrintCover(book=table, language=table.language, words=said, drawing=_markup(drawn))
    html, title = dress(view), said.cover
    images = (table.cover,) if table.cover else ()
    return Draft(Sheet(COVER, "none", "cover", ((COVER, 1, title),)), Text.of(html), images=images)


def _chapter(
    chapter: Chapter, book: Book, marks: PrintMarks, dress: Dress, heads: Sequence[Face]
) -> Draft:
    html = dress(_view(chapter, book, marks, _extra(chapter, book, dress, heads)))
    html = mixed.parted(parted(html))
    numbering: Literal["roman", "arabic"] = "roman" if chapter.kind.matter == "front" else "arabic"
    headings = [(chapter.slug, 1, chapter.title)]
    headings += [(one.id, one.level, one.text) for one in chapter.headings]
    if place := lists.timeline_place(chapter, book):
        headings.append(
            (place, 2, words(book.config.book.language, book.config.book.words).timeline)
        )
    classes = f"{chapter.kind.matter} {chapter.kind}"
    images = tuple(image.src for image in chapter.images)
    calls = {note.id: note.calls[0] for note in chapter.notes if note.calls}
    due = ((one, count) for one, count in marks.letters.items() if one in calls)
    notes = tuple(NoteDue(one, calls[one], count) for one, count in due)
    head = (chapter.short or chapter.title) if book.config.pdf.left_heads == "chapter" else ""
    head = head or book.signed(chapter)
    if not head and (part := book.part_of.get(chapter.slug)):
        head = part.short or part.title
    titles, cites = tuple(headings), marks.cites_pages
    sheet = Sheet(chapter.slug, numbering, classes, titles, cites, head, chapter.short)
    return Draft(sheet, Text.of(html), notes, images)


def _extra(chapter: Chapter, book: Book, dress: Dress, heads: Sequence[Face]) -> str:
    """What is drawn up for ``chapter``, its marks still symbolic."""
    if chapter.kind is Kind.CHRONOLOGY:
        return _in_rows(lists.chronology(book, dress)) + _timeline(chapter, book, heads)
    return lists.people(book, dress) if chapter.kind is Kind.PEOPLE else ""


def _view(chapter: Chapter, book: Book, marks: PrintMarks, extra: str) -> PrintChapter:
    """What the template of a chapter is handed; its marks are spelled in the order of the page."""
    table = book.config.book
    heading = wordends.joined(finish.tied(inner(marks.spelled(chapter.heading))))
    body = _finished(marks.spelled(chapter.body), chapter, book)
    return PrintChapter(
        book=table,
        language=chapter.language,
        words=words(table.language, table.words),
        slug=chapter.slug,
        title=chapter.title,
        heading=_markup("" if chapter.kind in UNTITLED else heading),
        number=book.numbers.get(chapter.slug, ""),
        by=book.signed(chapter),
        kind=chapter.kind.value,
        matter=chapter.kind.matter,
        body=_markup(inner(body)),
        extra=_markup(inner(marks.spelled(extra))),
    )


def _finished(body: etree._Element, chapter: Chapter, book: Book) -> etree._Element:
    table = book.config.book
    own = table.words if chapter.language == table.language else ()
    whole.with_whole_words(body, book.config.typography.whole)
    whole.with_lead_ins(body)
    whole.with_short_rows(body)
    whole.with_full_last_page(body)
    finish.with_whole_ends(body)
    with_whole_cells(body, words(chapter.language, own).continued)
    with_breaks(body)
    with_numbers(body)
    if chapter.kind in _OPENED:
        finish.with_opening(body)
    return body


def _in_rows(xhtml: str) -> str:
    """The list of definitions ``xhtml`` with a ``div`` around each definition and its term."""
    root = tree(xhtml)
    for found in root.iter("dl"):
        row = None
        for child in list(found):
            if row is None or child.tag == "dt" or row[-1].tag == "dd":
                row = etree.SubElement(found, "div")
            row.append(child)
    return inner(root)


def _timeline(chapter: Chapter, book: Book, heads: Sequence[Face]) -> str:
    """The timeline, as wide as the text on A5; on smaller pages the style sheet fits it in."""
    place = lists.timeline_place(chapter, book)
    if not place:
        return ""
    drawn = spoken(timeline(book, heads, width=_MEASURE, height=_MEASURE * _TALL))
    title = escape(words(book.config.book.language, book.config.book.words).timeline)
    return f'<div class="timeline"><h2 id="{place}">{title}</h2><figure>{drawn}</figure></div>'


def _markup(xhtml: str) -> Markup:
    return Markup(xhtml)  # our own, or a chapter's, cleaned when it was parsed
