"""The XHTML files of the ebook: one a chapter, and those that stand around them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypedDict

from lxml import etree
from markupsafe import Markup
from msgspec import Struct

from book import figures
from book.base.scripts import direction
from book.base.xml import texts, tree
from book.model import BookTable, Chapter, Kind, display_name
from book.parse.titles import emphasised
from book.render import imprint, lists
from book.render.epub import notes
from book.render.epub.locators import space_locators
from book.render.epub.marks import EpubLinks, EpubMarks
from book.render.epub.parts import (
    COVER,
    COVER_IMAGE,
    IMPRINT,
    NAV,
    NCX,
    TITLE_PAGE,
    XHTML,
    Part,
    inside,
    safe_id,
)
from book.render.epub.roles import MATTER, ROLES, UNTITLED
from book.render.epub.tidy import tidy
from book.render.html import spell, spelled
from book.theme.templates import Dress, environment, plain
from book.theme.viewparts import Navigation
from book.theme.views import (
    EpubChapter,
    EpubCover,
    EpubImprint,
    EpubNav,
    EpubTitlePage,
    View,
)
from book.words import Words, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from book.base.fonts import Face
    from book.model import Book
    from book.render.epub.files import File
    from book.render.epub.pagemarks import Marker

#: What a title must not be divided in, if it is short: Go-Between, 1943–1944.
_COMPOUND = re.compile(r"((?<!\S)(?=\S{1,14}(?:\s|$))\w[\w.’]*[-–]\w\S*)")
#: A day and its month stay together in a heading, and so does any small number with its noun.
_DAY = re.compile(r"\b(\d{1,2}) (?=[^\W\d])")
#: In millimetres: a telephone's screen, held upright.
_TIMELINE_WIDTH = 88
#: The printed front pages, by the ebook's own that stand for them.
_FRONT = {TITLE_PAGE: ("half-title", "title-page"), IMPRINT: ("imprint",), NAV: ("contents",)}

#: What a file holds that its item in the manifest must say (EPUB 3.3, section 5.6.2.1).
_HELD = (("svg", "<svg"), ("mathml", "<math "))


class _Facts(TypedDict):
    """What every page is handed."""

    book: BookTable
    language: str
    words: Words


class Desk(Struct, frozen=True):
    """Where files are made: the links of the book, its page marks if there are any, its looks."""

    links: EpubLinks
    marker: Marker | None
    dress: Dress = plain
    heads: tuple[Face, ...] = ()

    def marks(self, labels: Sequence[str]) -> list[etree._Element]:
        """The marks of the pages ``labels``."""
        return [self.marker.element(label) for label in labels] if self.marker else []


def file_part(file: File, desk: Desk) -> Part:
    """The file of ``file``: the chapter's opening, its text, what is drawn up for it, its notes."""
    view: View
    view = notes.view(file, desk.links) if file.chapter is None else _view(file, file.chapter, desk)
    data = desk.dress(view)
    held = tuple(name for name, sign in _HELD if sign in data)
    return Part(file.name, XHTML, data.encode(), held, linear=True)


def cover_part(book: Book, dress: Dress = plain) -> Part:
    """The page that shows the cover; most reading systems show the image by themselves."""
    authors = tuple(display_name(one.name) for one in book.config.book.makers)
    view = EpubCover(image=COVER_IMAGE, authors=authors, **_facts(book))
    return Part(COVER, XHTML, dress(view).encode(), linear=False)


def title_part(book: Book, marks: str, dress: Dress = plain) -> Part:
    """The title page; ``marks`` is XHTML that says which printed pages begin with it."""
    page = imprint.title_page(book)
    view = EpubTitlePage(
        marks=Markup(marks),  # our own
        page=page,
        title=emphasised(page.title, book.emphasis.get("title", ()), _whole),
        subtitle=emphasised(page.subtitle, book.emphasis.get("subtitle", ()), _whole),
        **_facts(book),
    )
    return Part(TITLE_PAGE, XHTML, dress(view).encode(), linear=True)


def _whole(title: str) -> Markup:
    """``title`` with its compounds and years kept on one line, however large the type is."""
    pieces = _COMPOUND.split(title)
    span = Markup('<span class="whole">{}</span>')
    return Markup().join(
        span.format(piece) if index % 2 else piece for index, piece in enumerate(pieces)
    )


def imprint_part(book: Book, marks: str, families: Sequence[str], dress: Dress = plain) -> Part:
    """What publishers say of a book on the back of its title page, and of its fonts."""
    lines = imprint.lines(book, families)
    view = EpubImprint(marks=Markup(marks), lines=lines, **_facts(book))  # the marks are our own
    return Part(IMPRINT, XHTML, dress(view).encode(), linear=True)


def nav_part(book: Book, navigation: Navigation, marks: str, dress: Dress = plain) -> Part:
    """The contents that people see and reading systems use (EPUB 3.3, section 7)."""
    view = EpubNav(navigation=navigation, marks=Markup(marks), **_facts(book))  # as above
    return Part(NAV, XHTML, dress(view).encode(), ("nav",), linear=True)


def ncx_part(book: Book, navigation: Navigation, identifier: str) -> Part:
    """The contents for EPUB 2 reading systems and Kindle (OPF 2.0.1, section 2.4.1)."""
    template = environment().get_template("epub-ncx.xhtml")
    authors = [display_name(one.name) for one in book.config.book.makers]
    data = template.render(
        navigation=navigation, identifier=identifier, authors=authors, **_facts(book)
    )
    return Part(NCX, "application/x-dtbncx+xml", data.encode())


def _facts(book: Book) -> _Facts:
    table = book.config.book
    return {"book": table, "language": table.language, "words": words(table.language, table.words)}


def front_marks(marker: Marker | None) -> Mapping[str, tuple[str, ...]]:
    """The printed pages that begin with the ebook's own front pages, by their files."""
    if marker is None:
        return {}
    page_of, labels = marker.pages.page_of, marker.pages.labels
    return {
        file: tuple(labels[page_of[one]] for one in ids if one in page_of and labels[page_of[one]])
        for file, ids in _FRONT.items()
    }


def marks_markup(desk: Desk, labels: Sequence[str]) -> str:
    """Page marks as XHTML, for a template."""
    return _marks(desk, labels)


def _marks(desk: Desk, labels: Sequence[str]) -> Markup:
    holder = etree.Element("div")
    holder.extend(desk.marks(labels))
    return Markup(inside(holder))  # our own


def _view(file: File, chapter: Chapter, desk: Desk) -> EpubChapter:
    book, marks = desk.links.book, EpubMarks(desk.links, file.name)
    kind, role = ROLES[chapter.kind]
    terms, first = words(chapter.language), file.number == 1
    return EpubChapter(
        book=book.config.book,
        language=chapter.language,
        words=words(book.config.book.language, book.config.book.words),
        slug=chapter.slug,
        part=file.number,
        title=chapter.title,
        # A chapter's, cleaned when it was parsed; and so is its text.
        heading=Markup(_heading(chapter, marks) if first else ""),
        number=book.numbers.get(chapter.slug, ""),
        by=book.signed(chapter) if first else "",
        kind=chapter.kind.value,
        matter=MATTER[chapter.kind.matter],
        untitled=chapter.kind in UNTITLED,
        type=kind,
        role=role,
        marks=_marks(desk, file.opening if first else ()),
        content=Markup(_content(file, chapter, desk, marks)),
        popup=book.config.epub.notes == "popup",
        notes_title=terms.notes,
        notes_id=f"_{file.name}-notes",
        notes=notes.listed(file.notes, marks, terms),
    )


def _content(file: File, chapter: Chapter, desk: Desk, marks: EpubMarks) -> str:
    """The chapter's text, and its timeline if it has one."""
    root, book = tree(file.content), desk.links.book
    spell(root, book, marks)
    tidy(root)
    if chapter.kind is Kind.CHRONOLOGY and file.number == 1:
        root.extend(_timeline(chapter, book, desk.heads))
    space_locators(root, desk.links.pages, to_left=direction(chapter.language) == "rtl")
    return inside(root)


def _heading(chapter: Chapter, marks: EpubMarks) -> str:
    """The chapter's title."""
    title = spelled(chapter.heading, marks.links.book, marks)
    tidy(title)
    for owner, where, text in list(texts(title)):
        setattr(owner, where, _DAY.sub("\\1\u00a0", text) or None)
    return inside(title)


def _timeline(chapter: Chapter, book: Book, heads: Sequence[Face]) -> list[etree._Element]:
    """The timeline and its heading. It follows the list, since it may fill a screen of its own."""
    place = lists.timeline_place(chapter, book)
    if not place:
        return []
    drawing = figures.timeline(book, heads, width=_TIMELINE_WIDTH)
    heading = etree.Element("h2", id=safe_id(place))
    heading.text = words(book.config.book.language, book.config.book.words).timeline
    figure = tree(drawing, "figure")
    figure.set("class", "timeline")
    return [heading, figure]
