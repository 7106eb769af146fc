"""The XHTML files of the ebook: one a chapter, and those that stand around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from book import figures
from book.model import Chapter, Kind, Person
from book.render import lists
from book.render.epub import notes
from book.render.epub.dress import EPUB_TYPE, OPS, EpubDress, Links
from book.render.epub.parts import (
    COVER,
    COVER_IMAGE,
    IMPRINT,
    NAV,
    NCX,
    TITLE_PAGE,
    XHTML,
    Part,
    chapter_file,
)
from book.render.epub.roles import MATTER, ROLES, UNTITLED
from book.render.epub.tidy import tidy
from book.render.html import dressed, environment
from book.trees import remove
from book.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from book.model import Book
    from book.render.epub.navigation import Navigation
    from book.words import Words

#: In millimetres: a telephone's screen, held upright.
_TIMELINE_WIDTH = 88


def chapter_part(chapter: Chapter, links: Links) -> Part:
    """The file of one chapter: its opening, its text, what is drawn up for it, its notes."""
    said = words(chapter.language)
    section = _section(chapter, links, said)
    drawn = section.find(".//{http://www.w3.org/2000/svg}svg") is not None
    data = _render(
        "epub-chapter.xhtml",
        language=chapter.language,
        title=chapter.title,
        matter=MATTER[chapter.kind.matter],
        kind=chapter.kind.value,
        content=_markup(section),
    )
    properties = ("svg",) if drawn else ()
    return Part(chapter_file(chapter.slug), XHTML, data, properties, linear=True)


def cover_part(book: Book) -> Part:
    """The page that shows the cover; most reading systems show the image by themselves."""
    data = _render("epub-cover.xhtml", image=COVER_IMAGE, **_said(book))
    return Part(COVER, XHTML, data, linear=False)


def title_part(book: Book) -> Part:
    """The title page."""
    return Part(TITLE_PAGE, XHTML, _render("epub-title-page.xhtml", **_said(book)), linear=True)


def imprint_part(book: Book, identifier: str) -> Part:
    """What publishers say of a book on the back of its title page."""
    data = _render("epub-imprint.xhtml", identifier=identifier, **_said(book))
    return Part(IMPRINT, XHTML, data, linear=True)


def nav_part(book: Book, navigation: Navigation) -> Part:
    """The contents that people see and reading systems use (EPUB 3.3, section 7)."""
    data = _render("epub-nav.xhtml", navigation=navigation, **_said(book))
    return Part(NAV, XHTML, data, ("nav",), linear=True)


def ncx_part(book: Book, navigation: Navigation, identifier: str) -> Part:
    """The contents for EPUB 2 reading systems and Kindle (OPF 2.0.1, section 2.4.1)."""
    data = _render("epub-ncx.xhtml", navigation=navigation, identifier=identifier, **_said(book))
    return Part(NCX, "application/x-dtbncx+xml", data)


def _said(book: Book) -> dict[str, object]:
    table = book.config.book
    return {
        "book": table,
        "authors": [Person(author).shown for author in table.authors],
        "language": table.language,
        "said": words(table.language),
    }


def _render(template: str, **values: object) -> bytes:
    return environment().get_template(template).render(**values).encode()


def _markup(section: etree._Element) -> str:
    etree.cleanup_namespaces(section, top_nsmap={"epub": OPS})
    text = etree.tostring(section, encoding="unicode")
    # The document around it declares the prefix.
    return text.replace(f' xmlns:epub="{OPS}"', "", 1)


def _section(chapter: Chapter, links: Links, said: Words) -> etree._Element:
    book, dress = links.book, EpubDress(links, chapter.slug)
    kind, role = ROLES[chapter.kind]
    section = etree.Element("section", id=chapter.slug, role=role)
    section.set(EPUB_TYPE, kind)
    section.set("aria-labelledby", f"{chapter.slug}-title")
    section.append(_opening(chapter, dress))
    for fragment in (chapter.body, *_lists(chapter, book)):
        _move(dressed(f"\n{fragment}\n", book, dress), section)
    _space_locators(section)
    tail = notes.section(dress, said)
    if tail is not None:
        section.append(tail)
    return section


def _opening(chapter: Chapter, dress: EpubDress) -> etree._Element:
    """The chapter's ``h1``: its number, if it has one, and its title."""
    title = dressed(chapter.heading, dress.links.book, dress)
    heading = etree.Element("h1", id=f"{chapter.slug}-title")
    if chapter.kind in UNTITLED:
        heading.set("class", "unseen")
    number = dress.links.book.numbers.get(chapter.slug)
    if number is None:
        _move(title, heading)
        return heading
    label = etree.SubElement(heading, "span")
    label.set("class", "number")
    label.text, label.tail = str(number), " "
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


def _lists(chapter: Chapter, book: Book) -> Sequence[str]:
    match chapter.kind:
        case Kind.CHRONOLOGY:
            drawing = figures.timeline(book, width=_TIMELINE_WIDTH)
            figure = f'<figure class="timeline">{drawing}</figure>' if drawing else ""
            # The list first: the figure may fill a screen of its own.
            return (lists.chronology(book), figure)
        case Kind.PEOPLE:
            return (lists.people(book),)
        case _:
            return ()


def _space_locators(section: etree._Element) -> None:
    """Pointers that say the same become one, an arrow leads them, commas part them.

    A line of the chronology gives its id to its words alone: a link that leads to an element
    with a link back is a footnote to Kindle.
    """
    for group in section.iterfind(".//span[@class='locators']"):
        seen: set[str] = set()
        for link in list(group):
            if (link.text or "") in seen:
                remove(link)
            seen.add(link.text or "")
        for link in list(group)[:-1]:
            link.tail = ", "
        arrow = etree.Element("span")
        arrow.set("aria-hidden", "true")
        arrow.text = "→\u00a0"
        group.insert(0, arrow)
        _lead_in(group)


def _lead_in(group: etree._Element) -> None:
    """Hold ``group`` to the last word before it, in a line of the lists."""
    line = group.getparent()
    if line is None or line.tag != "dd" or line[0] is not group or not line.text:
        return
    words_before = line.text.rstrip()
    line.text = words_before + "\u00a0"
    if "id" in line.attrib:
        sentence = etree.Element("span", id=line.attrib.pop("id"))
        sentence.text, sentence.tail, line.text = words_before, "\u00a0", None
        line.insert(0, sentence)
