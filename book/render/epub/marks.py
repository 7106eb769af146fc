"""How the ebook spells the marks: calls, dates, names, references, images.

Every link leads somewhere. Links between a date and its line in the chronology never meet on the
same element in both directions, since Kindle takes such pairs for footnotes (Kindle Publishing
Guidelines, section 7).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from book import dates
from book.base.formulas import formula
from book.base.xml import SEE
from book.render.epub.parts import EPUB_TYPE, address, chapter_file
from book.render.html import svg_for
from book.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from book.model import Book, Note, Pages
    from book.render.epub.images import EpubPicture


@dataclass(frozen=True)
class EpubLinks:
    """Where everything stands in the ebook, and what the printed book says of its pages."""

    book: Book
    pages: Pages | None
    pictures: Mapping[str, EpubPicture]
    files: Mapping[str, str]
    entries: Mapping[str, str]
    portraits: Mapping[str, str]
    places: frozenset[str]
    formulas: Mapping[tuple[str, bool], str]

    @classmethod
    def of(
        cls,
        book: Book,
        pages: Pages | None,
        pictures: Mapping[str, EpubPicture],
        files: Mapping[str, str],
        formulas: Mapping[tuple[str, bool], str],
    ) -> EpubLinks:
        """The links of ``book``: entries of the chronology by event, portraits by person.

        ``formulas`` are what MathML has for each (:mod:`book.render.epub.formulas`).
        """
        return cls(
            book=book,
            pages=pages,
            pictures=pictures,
            files=files,
            entries={event.id: entry.id for entry in book.chronology for event in entry.told},
            portraits={key: one.id for key, one in book.portraits_by_person.items()},
            places=frozenset(book.places()),
            formulas=formulas,
        )

    def href(self, target: str, here: str) -> str:
        """The address of ``target`` as seen from the file ``here``; empty if there is none."""
        if target not in self.places:
            return ""
        slug = self.book.home(target).slug
        identity = "" if target == slug else target
        file = self.files.get(target) or chapter_file(slug)
        return address("" if file == here and identity else file, identity)

    def page(self, target: str) -> str:
        """The printed page of ``target``; empty if it has none, or none is known."""
        known = self.pages is not None and target in self.pages.page_of
        return self.pages.label(target) if self.pages and known else ""

    def locator(self, target: str) -> tuple[str, str]:
        """What a pointer to ``target`` shows, and how it is read aloud.

        It names the printed page, else the chapter by its number, else by its title.
        """
        terms = words(self.book.config.book.language, self.book.config.book.words)
        if label := self.page(target):
            return label, terms.page.format(label)
        home = self.book.home(target)
        if number := self.book.numbers.get(home.slug):
            return number, number if " " in number else f"{terms.chapter} {number}"
        return home.title, home.title


@dataclass(frozen=True)
class EpubMarks:
    """The marks of one file, called ``here``."""

    links: EpubLinks
    here: str

    def call(self, element: etree._Element, note: Note, number: str) -> None:
        """A raised number that opens the note (EPUB 3.3, ``noteref``; DPUB-ARIA, doc-noteref)."""
        element.set("href", self.links.href(note.id, self.here))
        element.set("class", "noteref")
        element.set(EPUB_TYPE, "noteref")
        element.set("role", "doc-noteref")
        element.text = number

    def event(self, element: etree._Element, edtf: str) -> None:
        """A date: machine-readable where HTML can say it, linked to the chronology."""
        machine = dates.parse(edtf).machine
        target = self.links.entries.get(element.get("id", ""), "")
        href = self.links.href(target, self.here)
        inner = element
        if href and not any(parent.tag == "a" for parent in element.iterancestors()):
            inner = _wrap_content(element, "time" if machine else "span")
            element.tag = "a"
            element.set("href", href)
            element.set("class", "when")
        inner.tag = "time" if machine else "span"
        if machine:
            inner.set("datetime", machine)

    def person(self, element: etree._Element, person: str) -> None:
        """A name; one that is a link leads to the list of people."""
        element.set("class", "who")
        if element.tag == "a":
            self._link(element, self.links.portraits.get(person, ""), "who")

    def reference(self, element: etree._Element, target: str) -> None:
        """A link, with the printed page; an empty one is a pointer and gets its words here."""
        book = self.links.book
        terms = words(book.config.book.language, book.config.book.words)
        if element.get("class") == SEE:
            note = terms.note.format(book.note_numbers[target])
            element.text = terms.see.format(note.replace(" ", "\u00a0"))
        elif "locator" in element.get("class", ""):
            element.text, spoken = self.links.locator(target)
            if spoken != element.text:
                element.set("aria-label", spoken)
        else:
            number, page = book.note_numbers.get(target, ""), self.links.page(target)
            parts = [terms.note.format(number)] if number else []
            parts += [f"({terms.page.format(page)})"] if page else []
            if parts:
                lead = " " if element.text or len(element) else ""
                span = etree.SubElement(element, "span", {"class": "page"})
                span.text = lead + " ".join(one.replace(" ", "\u00a0") for one in parts)
        self._link(element, target, "")

    def image(self, element: etree._Element) -> None:
        """The image's file in the package."""
        element.set("src", self.links.pictures[element.get("src", "")].part.name)

    def formula(self, element: etree._Element, tex: str, said: str, display: bool) -> None:
        """MathML (EPUB 3.3, section 6.1.4); where it has no words for a formula, a drawing."""
        if text := self.links.formulas.get((tex, display)):
            made = etree.fromstring(text)
            made.set("alttext", said)
            made.tail = element.tail
            if (parent := element.getparent()) is not None:
                parent.replace(element, made)
        else:
            depth = formula(tex, "", display=display).depth
            drawn = svg_for(element, tex, said, display)
            drawn.set("style", f"vertical-align: {-depth}em")

    def _link(self, element: etree._Element, target: str, name: str) -> None:
        href = self.links.href(target, self.here)
        if not href:
            element.tag = "span"
            return
        element.set("href", href)
        if name:
            element.set("class", name)


def _wrap_content(element: etree._Element, tag: str) -> etree._Element:
    """Put what stands in ``element`` into one new child of it."""
    child = etree.Element(tag)
    child.text, element.text = element.text, None
    for grandchild in list(element):
        child.append(grandchild)
    element.append(child)
    return child
