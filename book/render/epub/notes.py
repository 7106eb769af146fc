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

from book.render.epub.marks import EpubLinks, EpubMarks
from book.render.epub.navigation import chapter_label
from book.render.epub.parts import EPUB_TYPE, safe_id
from book.render.epub.tidy import tidy
from book.render.html import spelled
from book.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from book.model import Note
    from book.render.epub.files import File
    from book.words import Words


def section(file: File, marks: EpubMarks, terms: Words) -> etree._Element:
    """The notes of ``file``: the author's, then the editor's, each in the order of their calls."""
    root = etree.Element("section")
    root.set("class", "notes")
    if marks.links.book.config.epub.notes == "popup":
        root.set(EPUB_TYPE, "footnotes")
        root.set("aria-label", terms.notes)
        root.text = "\n"
        for note in file.notes:
            aside = _filled(etree.Element("aside"), note, marks, terms)
            aside.set(EPUB_TYPE, "footnote")
            aside.set("role", "doc-footnote")
            root.append(aside)
        return root
    root.set(EPUB_TYPE, "endnotes")
    root.set("role", "doc-endnotes")
    heading = etree.SubElement(root, "h2", id=f"_{file.name}-notes")
    heading.text = terms.notes
    root.set("aria-labelledby", str(heading.get("id")))
    root.extend(_listed(file.notes, marks, terms))
    return root


def whole(file: File, links: EpubLinks) -> etree._Element:
    """The notes at the book's end, by chapters."""
    book, marks = links.book, EpubMarks(links, file.name)
    terms = words(book.config.book.language)
    root = etree.Element("section", id="_notes", role="doc-endnotes")
    root.set(EPUB_TYPE, "endnotes")
    root.set("aria-labelledby", "_notes-title")
    title = etree.SubElement(root, "h1", id="_notes-title")
    title.text = terms.notes if file.number == 1 else f"{terms.notes} ({file.number})"
    for slug, group in groupby(file.notes, lambda note: book.home(note.id).slug):
        chapter, notes = book.home(slug), list(group)
        part = etree.SubElement(root, "div", {"class": "notes"})
        if chapter.language != book.config.book.language:
            part.set("lang", chapter.language)
            part.set("{http://www.w3.org/XML/1998/namespace}lang", chapter.language)
        etree.SubElement(part, "h2").text = chapter_label(book, chapter)
        part.extend(_listed(notes, marks, words(chapter.language)))
    return root


def _listed(notes: Sequence[Note], marks: EpubMarks, terms: Words) -> Iterator[etree._Element]:
    """One list for each series; an item shows its number itself."""
    for _, group in groupby(notes, lambda note: note.series):
        items = etree.Element("ol")
        items.set("class", "notes")
        for note in group:
            item = _filled(etree.Element("li"), note, marks, terms)
            item.set(EPUB_TYPE, "endnote")
            items.append(item)
        yield items


def _filled(frame: etree._Element, note: Note, marks: EpubMarks, terms: Words) -> etree._Element:
    """``frame`` with the whole of ``note``, and a way back to its call."""
    body = spelled(note.body, marks.links.book, marks)
    tidy(body)
    frame.text = body.text
    frame.extend(list(body))
    frame.set("id", safe_id(note.id))
    frame.set("class", "note")
    frame.tail = "\n"
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
