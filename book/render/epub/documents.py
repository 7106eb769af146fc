"""The XHTML files of the ebook: one a chapter, and those that stand around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree
from markupsafe import Markup

from book import figures
from book.base.xml import texts, tree
from book.model import Chapter, Kind, display_name
from book.render import imprint, lists
from book.render.epub import notes
from book.render.epub.locators import space_locators
from book.render.epub.marks import EpubLinks, EpubMarks
from book.render.epub.parts import (
    COVER,
    COVER_IMAGE,
    EPUB_TYPE,
    IMPRINT,
    NAV,
    NCX,
    OPS,
    TITLE_PAGE,
    XHTML,
    Part,
    safe_id,
)
from book.render.epub.roles import MATTER, ROLES, UNTITLED
from book.render.epub.tidy import tidy
from book.render.html import environment, spell, spelled
from book.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from book.model import Book
    from book.render.epub.files import File
    from book.render.epub.navigation import Navigation
    from book.render.epub.pagemarks import Marker

#: What a title must not be divided in, if it is short: Go-Between, 1943–1944.
_COMPOUND = re.compile(r"((?<!\S)(?=\S{1,14}(?:\s|$))\w[\w.’]*[-–]\w\S*)")
#: A day and its month stay together in a heading, and so does any small number with its noun.
_DAY = re.compile(r"\b(\d{1,2}) (?=[^\W\d])")
#: In millimetres: a telephone's screen, held upright.
_TIMELINE_WIDTH = 88
#: The printed front pages, by the ebook's own that stand for them.
_FRONT = {TITLE_PAGE: ("half-title", "title-page"), IMPRINT: ("imprint",), NAV: ("contents",)}


@dataclass(frozen=True, slots=True)
class Desk:
    """Where files are made: the links of the book, and its page marks, if there are any."""

    links: EpubLinks
    marker: Marker | None

    def marks(self, labels: Sequence[str]) -> list[etree._Element]:
        """The marks of the pages ``labels``."""
        return [self.marker.element(label) for label in labels] if self.marker else []


def file_part(file: File, desk: Desk) -> Part:
    """The file of ``file``: the chapter's opening, its text, what is drawn up for it, its notes."""
    chapter, book = file.chapter, desk.links.book
    if chapter is None:
        language = book.config.book.language
        section, title = notes.whole(file, desk.links), words(language).notes
    else:
        section, language, title = _section(file, chapter, desk), chapter.language, chapter.title
    drawn = section.find(".//{http://www.w3.org/2000/svg}svg") is not None
    data = _render(
        "epub-chapter.xhtml",
        language=language,
        title=title,
        matter=MATTER[chapter.kind.matter if chapter else "back"],
        kind=chapter.kind.value if chapter else "endnotes",
        content=_markup(section),
    )
    return Part(file.name, XHTML, data, ("svg",) if drawn else (), linear=True)


def cover_part(book: Book) -> Part:
    """The page that shows the cover; most reading systems show the image by themselves."""
    data = _render("epub-cover.xhtml", image=COVER_IMAGE, **_facts(book))
    return Part(COVER, XHTML, data, linear=False)


def title_part(book: Book, marks: str) -> Part:
    """The title page; ``marks`` is XHTML that says which printed pages begin with it."""
    page = imprint.title_page(book)
    titles = {"title": _whole(page.title), "subtitle": _whole(page.subtitle)}
    data = _render("epub-title-page.xhtml", marks=marks, page=page, **titles, **_facts(book))
    return Part(TITLE_PAGE, XHTML, data, linear=True)


def _whole(title: str) -> Markup:
    """``title`` with its compounds and years kept on one line, however large the type is."""
    pieces = _COMPOUND.split(title)
    span = Markup('<span class="whole">{}</span>')
    return Markup().join(
        span.format(piece) if index % 2 else piece for index, piece in enumerate(pieces)
    )


def imprint_part(book: Book, marks: str, families: Sequence[str]) -> Part:
    """What publishers say of a book on the back of its title page, and of its fonts."""
    lines = imprint.lines(book, families)
    data = _render("epub-imprint.xhtml", marks=marks, lines=lines, **_facts(book))
    return Part(IMPRINT, XHTML, data, linear=True)


def nav_part(book: Book, navigation: Navigation, marks: str) -> Part:
    """The contents that people see and reading systems use (EPUB 3.3, section 7)."""
    data = _render("epub-nav.xhtml", navigation=navigation, marks=marks, **_facts(book))
    return Part(NAV, XHTML, data, ("nav",), linear=True)


def ncx_part(book: Book, navigation: Navigation, identifier: str) -> Part:
    """The contents for EPUB 2 reading systems and Kindle (OPF 2.0.1, section 2.4.1)."""
    data = _render("epub-ncx.xhtml", navigation=navigation, identifier=identifier, **_facts(book))
    return Part(NCX, "application/x-dtbncx+xml", data)


def _facts(book: Book) -> dict[str, object]:
    table = book.config.book
    return {
        "book": table,
        "authors": [display_name(one.name) for one in table.makers],
        "language": table.language,
        "said": words(table.language),
    }


def _render(template: str, **values: object) -> bytes:
    return environment().get_template(template).render(**values).encode()


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
    return "".join(map(_markup, desk.marks(labels)))


def _markup(section: etree._Element) -> str:
    etree.cleanup_namespaces(section, top_nsmap={"epub": OPS})
    text = etree.tostring(section, encoding="unicode")
    # The document around it declares the prefix.
    return text.replace(f' xmlns:epub="{OPS}"', "", 1)


def _section(file: File, chapter: Chapter, desk: Desk) -> etree._Element:
    book, marks = desk.links.book, EpubMarks(desk.links, file.name)
    kind, role = ROLES[chapter.kind]
    section = etree.Element("section")
    section.set("aria-labelledby", f"{chapter.slug}-title")
    if file.number == 1:
        section.set(EPUB_TYPE, kind)
        section.set("id", chapter.slug)
        section.set("role", role)
        section.extend(desk.marks(file.opening))
    section.append(_opening(chapter, marks, file.number))
    spell(file.content, book, marks)
    _move(file.content, section)
    if chapter.kind is Kind.CHRONOLOGY and file.number == 1:
        section.extend(_timeline(chapter, book))
    space_locators(section, desk.links.pages)
    if file.notes:
        section.append(notes.section(file, marks, words(chapter.language)))
    return section


def _opening(chapter: Chapter, marks: EpubMarks, part: int) -> etree._Element:
    """The chapter's ``h1``: its number, if it has one, and its title.

    A further part of a chapter repeats it for those who listen.
    """
    if part > 1:
        heading = etree.Element("h1", {"id": f"{chapter.slug}-title", "class": "unseen"})
        heading.text = f"{chapter.title} ({part})"
        return heading
    title = spelled(chapter.heading, marks.links.book, marks)
    tidy(title)
    for owner, where, text in list(texts(title)):
        setattr(owner, where, _DAY.sub("\\1\u00a0", text) or None)
    heading = etree.Element("h1", id=f"{chapter.slug}-title")
    if chapter.kind in UNTITLED:
        heading.set("class", "unseen")
    number = marks.links.book.numbers.get(chapter.slug)
    if number is None:
        _move(title, heading)
        return heading
    label = etree.SubElement(heading, "span")
    label.set("class", "number")
    label.text, label.tail = number, " "
    title.tag = "span"
    title.set("class", "title")
    heading.append(title)
    return heading


def _move(source: etree._Element, target: etree._Element) -> None:
    """Append what stands in ``source``, a mended fragment, to ``target``."""
    tidy(source)
    if source.text:
        if len(target):
            target[-1].tail = (target[-1].tail or "") + source.text
        else:
            target.text = (target.text or "") + source.text
    target.extend(list(source))


def _timeline(chapter: Chapter, book: Book) -> list[etree._Element]:
    """The timeline and its heading. It follows the list, since it may fill a screen of its own."""
    place = lists.timeline_place(chapter, book)
    if not place:
        return []
    drawing = figures.timeline(book, width=_TIMELINE_WIDTH)
    heading = etree.Element("h2", id=safe_id(place))
    heading.text = words(book.config.book.language).timeline
    figure = tree(drawing, "figure")
    figure.set("class", "timeline")
    return [heading, figure]
