"""How the ebook spells the marks: calls, dates, names, references, images.

Every link leads somewhere. Links between a date and its line in the chronology never meet on the
same element in both directions, since Kindle takes such pairs for footnotes (Kindle Publishing
Guidelines, section 7).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from book import dates
from book.render.epub.parts import address, chapter_file
from book.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from book.model import Book, Note, Pages
    from book.render.epub.images import Picture

OPS = "http://www.idpf.org/2007/ops"
EPUB_TYPE = f"{{{OPS}}}type"
# Some reading systems look for the prefix, not for the namespace.
etree.register_namespace("epub", OPS)


@dataclass(frozen=True)
class Links:
    """Where everything stands in the ebook, and what the printed book says of its pages."""

    book: Book
    pages: Pages | None
    pictures: Mapping[str, Picture]
    entries: Mapping[str, str]
    portraits: Mapping[str, str]

    @classmethod
    def of(cls, book: Book, pages: Pages | None, pictures: Mapping[str, Picture]) -> Links:
        """The links of ``book``: entries of the chronology by event, portraits by person."""
        return cls(
            book=book,
            pages=pages,
            pictures=pictures,
            entries={event.id: entry.id for entry in book.chronology for event in entry.told},
            portraits={
                portrait.mentions[0].person: portrait.id
                for portrait in book.people
                if portrait.mentions
            },
        )

    def href(self, target: str, here: str) -> str:
        """The address of ``target`` as seen from the chapter ``here``; empty if there is none."""
        found = self.book.targets.get(target)
        if found is None:
            return ""
        identity = "" if found.id == found.slug else found.id
        same = found.slug == here and identity
        return address("" if same else chapter_file(found.slug), identity)

    def locator(self, target: str) -> tuple[str, str]:
        """What a pointer to ``target`` shows, and how it is read aloud.

        It names the printed page, else the chapter by its number, else by its title.
        """
        said = words(self.book.config.book.language)
        if self.pages and (label := self.pages.label(target)):
            return label, said.page.format(label)
        slug = self.book.targets[target].slug
        if number := self.book.numbers.get(slug):
            return str(number), f"{said.chapter} {number}"
        title = self.book.targets[slug].text
        return title, title


@dataclass(frozen=True)
class EpubDress:
    """The dress of one chapter; ``called`` gathers its notes in the order of their calls."""

    links: Links
    here: str
    called: dict[str, Note] = field(default_factory=dict)

    def call(self, element: etree._Element, note: Note, number: str) -> None:
        """A raised number that opens the note (EPUB 3.3, ``noteref``; DPUB-ARIA, doc-noteref)."""
        self.called.setdefault(note.id, note)
        element.set("href", address("", note.id))
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
        """A name, linked to the list of people."""
        self._link(element, self.links.portraits.get(person, ""), "who")

    def reference(self, element: etree._Element, target: str) -> None:
        """A link; an empty one is a pointer and gets its words here."""
        pointer = element.text is None and not len(element)
        if pointer and target in self.links.book.targets:
            element.text, spoken = self.links.locator(target)
            if spoken != element.text:
                element.set("aria-label", spoken)
        self._link(element, target, "")

    def image(self, element: etree._Element) -> None:
        """The image's file in the package."""
        element.set("src", self.links.pictures[element.get("src", "")].part.name)

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
