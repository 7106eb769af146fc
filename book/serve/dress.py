"""How the text at the desk spells the marks. Links are ``#ID``: ids begin with their chapter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from book import dates
from book.base.paths import digest
from book.base.xml import SEE
from book.render.html import svg_for
from book.words import words

if TYPE_CHECKING:
    from lxml import etree

    from book.model import Book, Note, Pages


@dataclass(frozen=True)
class DeskMarks:
    """The dress of one chapter of ``book``, of which as much is set as ``pages`` says."""

    book: Book
    pages: Pages

    def call(self, element: etree._Element, note: Note, number: str) -> None:
        """A raised number that leads to the note below the text."""
        element.set("href", f"#{note.id}")
        element.set("class", "call")
        element.set("role", "doc-noteref")
        element.text = number

    def event(self, element: etree._Element, edtf: str) -> None:
        """A date; how the chronology says it shows when it is pointed at."""
        if machine := dates.parse(edtf).machine:
            element.set("datetime", machine)
        element.set("class", "when")
        if entry := self.book.entries_by_event.get(element.get("id", "")):
            element.set("title", entry.words)

    def person(self, element: etree._Element, person: str) -> None:
        """A name, which leads to the list of people if there is one."""
        element.set("class", "who")
        portrait = self.book.portraits_by_person.get(person)
        if element.tag == "a" and portrait and portrait.id in self.pages.page_of:
            element.set("href", f"#{portrait.id}")
        else:
            element.tag = "span"

    def reference(self, element: etree._Element, target: str) -> None:
        """A link; one without words of its own says the printed page."""
        said = words(self.book.config.book.language, self.book.config.book.words)
        if element.get("class") == SEE:
            element.text = said.see.format(said.note.format(self.book.note_numbers[target]))
        elif "locator" in element.get("class", ""):
            element.text = self.pages.label(target)
        if target:
            element.set("href", f"#{target}")
        else:
            element.tag = "span"

    def formula(self, element: etree._Element, tex: str, said: str, display: bool) -> None:
        """Its drawing; one in a line ends there, and what is below it hangs out.

        The page may hold no style of its own, which could say how low it stands.
        """
        drawn = svg_for(element, tex, said, display)
        if not display:
            left, top, width, _ = drawn.get("viewBox", "0 0 0 0").split()
            above = -float(top)
            drawn.set("viewBox", f"{left} {top} {width} {above:g}")
            drawn.set("height", f"{above / 1000:g}em")

    def image(self, element: etree._Element) -> None:
        """The picture's address here, which changes when the picture does."""
        path = element.get("src", "")
        element.set("src", f"/pictures/{quote(path)}?d={digest(self.book.root, path)[:12]}")
        if element.get("alt") is None:
            element.set("alt", "")
