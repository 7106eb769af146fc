"""How print spells the marks: notes at their call, page numbers after references.

Internal links are written as ``dest:ID`` addresses; binding makes them links to named
destinations, so a piece may link to places in pieces that it knows nothing of.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from lxml import etree

from book import dates
from book.base.xml import BLOCKS, SEE, texts
from book.render.html import as_drawing, spelled
from book.render.pdf.record import LINK, PRINT_ONLY, letters
from book.words import page_list, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from book.model import Book, Note, Pages


_LISTS = frozenset({"ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "tr"})
_SPACE = re.compile(r"[ \t]*\n[ \t\n]*")


class PrintMarks:
    """The marks of the printed book; ``pages`` are the page numbers as known so far."""

    def __init__(self, book: Book, pages: Pages) -> None:
        self._book, self._pages = book, pages
        self._words = words(book.config.book.language, book.config.book.words)
        #: Whether anything spelled so far prints a page number.
        self.cites_pages = False
        #: How many letters of the manuscript each note has that was spelled so far, by its id.
        self.letters: dict[str, int] = {}

    def spelled(self, xhtml: str) -> etree._Element:
        """A tree of ``xhtml`` with its marks spelled."""
        root = spelled(xhtml, self._book, self)
        for span in root.iterfind(".//span[@class='locators']"):
            self._merge_locators(span)
        return root

    def call(self, element: etree._Element, note: Note, number: str) -> None:
        """The call; behind it the note itself, which CSS sends to the foot."""
        identity = element.get("id", "")
        element.set("class", f"note-call {note.series}")
        element.set("href", LINK + note.id)
        element.text = number
        self.letters[note.id] = 0  # It stands before those that it calls.
        aside = self.spelled(note.body)
        self.letters[note.id] = letters(_own_texts(aside))
        _fold(aside)
        aside.tag = "aside"
        aside.set("class", f"note {note.series}")
        aside.set("id", note.id)
        back = etree.Element("a", {"class": "note-number", "href": LINK + identity})
        back.text = number
        if len(aside) and aside[0].tag == "figure":  # It may go on to the next page.
            aside.insert(0, aside.makeelement("p"))
        first = aside[0] if len(aside) and aside[0].tag == "p" else aside
        # A list, verse or table that begins a note stands beside its number, not below it.
        gap = "\u2002" if first is not aside or (aside.text or "").strip() else ""
        back.tail, first.text = gap + (first.text or ""), None
        first.insert(0, back)
        aside.tail, element.tail = element.tail, None
        element.addnext(aside)

    def event(self, element: etree._Element, edtf: str) -> None:
        """A date in the prose leads to its entry in the chronology."""
        entry = self._book.entries_by_event[element.get("id", "")]
        machine = dates.parse(edtf).machine
        element.tag = "a"
        element.set("class", "event")
        element.set("href", LINK + entry.id)
        if machine:
            element.set("datetime", machine)

    def person(self, element: etree._Element, person: str) -> None:
        """A name in the prose; one that is a link leads to its entry in the list of people."""
        element.set("class", "person")
        if element.tag == "a":
            element.set("href", LINK + self._book.portraits_by_person[person].id)

    def reference(self, element: etree._Element, target: str) -> None:
        """A cross reference is followed by its page, one to a note by its number as well."""
        element.set("href", LINK + target)
        if element.get("class") == SEE:
            note = self._words.note.format(self._book.note_numbers[target])
            element.text = self._words.see.format(note.replace(" ", "\u00a0"))
            return
        self.cites_pages = True
        if "locator" in element.get("class", ""):
            element.text = self._pages.label(target)
            return
        page = self._words.page.format(self._pages.label(target)).replace(" ", "\u00a0")
        span = etree.Element("span", {"class": "page-ref"})
        span.text, span.tail, element.tail = f" ({page})", element.tail, None
        if number := self._book.note_numbers.get(target):
            note = self._words.note.format(number).replace(" ", "\u00a0")
            span.text = (" " if element.text else "") + note + span.text
        element.addnext(span)

    def image(self, element: etree._Element) -> None:
        """Addresses in a piece are relative to the book's folder; a file's name is none yet."""
        element.set("src", quote(element.get("src", "")))

    def formula(self, element: etree._Element, tex: str, said: str, display: bool) -> None:
        """Its drawing, on the line that it stands in."""
        as_drawing(element, tex, said, display)
        element.set("data-tex", tex)  # By which it is found in its file.

    def _page_of(self, link: etree._Element) -> int:
        return self._pages.page_of.get(link.get("href", "").removeprefix(LINK), -1)

    def _merge_locators(self, span: etree._Element) -> None:
        """Pages in order, each once, runs drawn together: every number leads to its place."""
        first: dict[str, str] = {}
        # A note may stand on an earlier page than what was marked before it.
        for link in sorted(span, key=self._page_of):
            first.setdefault(link.text or "", link.get("href", ""))
        span[:] = []
        runs = page_list(first).split(", ")
        for run in runs:
            link = etree.SubElement(span, "a", {"class": "locator"})
            link.text = run
            link.set("href", first[run.split("\u2013")[0]])
            link.tail = "" if run is runs[-1] else ", "


def _fold(note: etree._Element) -> None:
    """A line that ends in the manuscript goes on in print.

    In a browser white space would be folded where it is set (CSS Text 3, section 4.1), in
    WeasyPrint it isn't in notes. What stands between blocks is no line.
    """
    for owner, slot, text in list(texts(note)):
        holder = owner if slot == "text" else owner.getparent()
        if "\n" not in text or holder is None:
            continue
        is_edge = not text.strip() and any(child.tag in BLOCKS | _LISTS for child in holder)
        if not is_edge and not any(one.tag == "pre" for one in _around(holder)):
            setattr(owner, slot, _SPACE.sub(" ", text))


def _own_texts(note: etree._Element) -> Iterator[str]:
    """The manuscript's text in a note, without what only print adds and notes that it calls."""
    yield note.text or ""
    for child in note:
        if not set(child.get("class", "").split()) & (PRINT_ONLY | {"note"}):
            yield from _own_texts(child)
        yield child.tail or ""


def _around(element: etree._Element) -> Iterator[etree._Element]:
    yield element
    yield from element.iterancestors()
