"""Notes that pop up where a reading system can, and stand at the chapter's end where it can't.

One ``aside`` serves all: Apple Books and Kobo show it in a pop-up, Apple Books hides it from the
flow, Kindle asks for the way back; ``docs/epub.md`` says where each is documented. The section
has no heading, which would stay behind where the asides are hidden.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from book.render.epub.dress import EPUB_TYPE, EpubDress
from book.render.epub.parts import address, safe_id
from book.render.epub.tidy import tidy
from book.render.html import dressed

if TYPE_CHECKING:
    from book.model import Note
    from book.words import Words


def section(dress: EpubDress, said: Words) -> etree._Element | None:
    """The notes that ``dress`` met, and those that they call in turn; None if there are none.

    The author's come first, then the editor's, each in the order of their calls.
    """
    asides: dict[str, etree._Element] = {}
    while waiting := [note for note in dress.called.values() if note.id not in asides]:
        for note in waiting:
            asides[note.id] = _aside(note, dress, said)
    if not asides:
        return None
    root = etree.Element("section")
    root.set(EPUB_TYPE, "footnotes")
    root.set("class", "notes")
    root.set("aria-label", said.notes)
    root.text = "\n"
    for series in ("source", "editor"):
        root.extend(asides[note.id] for note in dress.called.values() if note.series == series)
    return root


def _aside(note: Note, dress: EpubDress, said: Words) -> etree._Element:
    aside = dressed(note.body, dress.links.book, dress)
    aside.tag = "aside"
    tidy(aside)
    aside.set("id", safe_id(note.id))
    aside.set("class", "note")
    aside.set(EPUB_TYPE, "footnote")
    aside.set("role", "doc-footnote")
    aside.tail = "\n"
    number = dress.links.book.note_numbers[note.id]
    first, *others = note.calls
    _prepend(aside, _way_back(first, f"{number}.", f"{number}. {said.back_to_text}"))
    if others:
        last = aside[-1]
        if last.tag != "p":
            last = etree.SubElement(aside, "p")
            last.set("class", "ways-back")
        for count, call in enumerate(others, 2):
            _append(last, _way_back(call, f"↑{count}", f"↑{count} {said.back_to_text}"))
    return aside


def _way_back(call: str, text: str, spoken: str) -> etree._Element:
    """A link to a call (DPUB-ARIA, doc-backlink); its spoken name begins with what is seen."""
    link = etree.Element("a")
    link.set("href", address("", call))
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


def _append(paragraph: etree._Element, link: etree._Element) -> None:
    if len(paragraph):
        paragraph[-1].tail = (paragraph[-1].tail or "") + " "
    else:
        paragraph.text = (paragraph.text or "") + " "
    paragraph.append(link)
