"""Notes that pop up where a reading system can, and stand at an end where it can't.

As pop-ups, one ``aside`` serves all: Apple Books and Kobo show it in a pop-up, Apple Books hides
it from the flow, Kindle asks for the way back; ``docs/epub.md`` says where each is documented.
Their section has no heading, which would stay behind where the asides are hidden. Notes at the
end of a chapter or of the book are lists with headings, which nobody hides.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from lxml import etree
from markupsafe import Markup

from book.render.epub.marks import EpubLinks, EpubMarks
from book.render.epub.navigation import chapter_label
from book.render.epub.parts import EPUB_TYPE, inside, safe_id
from book.render.epub.tidy import tidy
from book.render.html import spelled
from book.theme.viewparts import NoteGroup, NoteLine
from book.theme.views import EpubEndnotes
from book.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from book.model import Note
    from book.render.epub.files import File
    from book.words import Words


def listed(
    notes: Iterable[Note], marks: EpubMarks, terms: Words
) -> tuple[tuple[NoteLine, ...], ...]:
    """``notes`` as templates are handed them, each series by itself."""
    series = groupby(notes, lambda note: note.series)
    return tuple(tuple(_line(note, marks, terms) for note in some) for _, some in series)


def view(file: File, links: EpubLinks) -> EpubEndnotes:
    """The notes at the book's end, by chapters."""
    book, marks = links.book, EpubMarks(links, file.name)
    table = book.config.book
    terms = words(table.language, table.words)
    groups = []
    for slug, group in groupby(file.notes, lambda note: book.home(note.id).slug):
        chapter = book.home(slug)
        made = NoteGroup(
            label=chapter_label(book, chapter),
            language=chapter.language if chapter.language != table.language else "",
            lists=listed(group, marks, words(chapter.language)),
        )
        groups.append(made)
    return EpubEndnotes(
        book=table,
        language=table.language,
        words=terms,
        title=terms.notes if file.number == 1 else f"{terms.notes} ({file.number})",
        groups=tuple(groups),
    )


def _line(note: Note, marks: EpubMarks, terms: Words) -> NoteLine:
    number = marks.links.book.note_numbers[note.id]
    content = Markup(inside(_filled(note, marks, terms)))  # a chapter's, cleaned when it was parsed
    return NoteLine(id=safe_id(note.id), number=number, content=content)


def _filled(note: Note, marks: EpubMarks, terms: Words) -> etree._Element:
    """The whole of ``note``, and a way back to its call."""
    frame = etree.Element("div")
    body = spelled(note.body, marks.links.book, marks)
    tidy(body)
    frame.text = body.text
    frame.extend(list(body))
    number = marks.links.book.note_numbers[note.id]
    way_back = marks.links.href(note.calls[0], marks.here)
    _prepend(frame, _way_back(way_back, f"{number}.", f"{number}. {terms.back_to_text}"))
    return frame


def _way_back(href: str, text: str, spoken: str) -> etree._Element:
    """A link to a call (DPUB-ARIA, doc-backlink); its spoken name begins with what is seen."""
    link = etree.Element("a")
    link.set("href", href)
    link.set("class", "backlink")
    link.set(EPUB_TYPE, "backlink")
    link.set("role", "doc-backlink")
    link.set("aria-label", spoken)
    link.text = text
    return link


def _prepend(aside: etree._Element, link: etree._Element) -> None:
    if not len(aside) or aside[0].tag != "p":
        aside.insert(0, etree.Element("p"))
        aside[0].text, aside.text = aside.text, None
    paragraph = aside[0]
    link.tail = " " + (paragraph.text or "").lstrip()
    paragraph.text = None
    paragraph.insert(0, link)
