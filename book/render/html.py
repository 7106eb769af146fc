"""The XHTML that all outputs share: symbolic marks are spelled the way an output dresses them.

Each call parses its own fresh tree, so no output can leak into another.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Protocol

from book.base.xml import inner, remove, tree

if TYPE_CHECKING:
    import jinja2
    from lxml import etree

    from book.model import Book, Note


class Dress(Protocol):
    """How one output spells what the manuscript leaves symbolic.

    Each method changes the element in place; it is called with the elements of one fresh tree,
    in document order.
    """

    def call(self, element: etree._Element, note: Note, number: str) -> None:
        """A note call, empty: ``<a data-note>``; its ``id`` is one of ``note.calls``."""

    def event(self, element: etree._Element, edtf: str) -> None:
        """A dated event: ``<time data-when>``."""

    def person(self, element: etree._Element, person: str) -> None:
        """A person's name: ``<a data-who>``, or ``<span data-who>`` if it is to be no link."""

    def reference(self, element: etree._Element, target: str) -> None:
        """A cross reference: ``<a data-to>``."""

    def image(self, element: etree._Element) -> None:
        """An image whose ``src`` is a path from the book's folder."""


def dressed(fragment: str, book: Book, dress: Dress) -> etree._Element:
    """A fresh tree of ``fragment`` (a chapter's body, a title, a note) in an output's dress."""
    root = tree(fragment)
    put_on(root, book, dress)
    return root


def put_on(root: etree._Element, book: Book, dress: Dress) -> None:
    """Dress ``root``, a tree with symbolic marks that nobody else uses, in place."""
    for element in list(root.iter("a", "time", "img", "span")):
        get = element.attrib.pop
        if "data-note" in element.attrib:
            note = book.note(str(get("data-note")))
            dress.call(element, note, book.note_numbers[note.id])
        elif "data-when" in element.attrib:
            dress.event(element, str(get("data-when")))
        elif "data-who" in element.attrib:
            dress.person(element, str(get("data-who")))
        elif "data-to" in element.attrib:
            dress.reference(element, str(get("data-to")))
        elif element.tag == "img":
            dress.image(element)


def without_calls(fragment: str) -> str:
    """``fragment`` without its note calls and ids: a title for contents and running heads."""
    root = tree(fragment)
    for call in root.xpath(".//a[@data-note]"):
        remove(call)
    for element in root.iter():
        element.attrib.pop("id", None)
    return inner(root)


@cache
def environment() -> jinja2.Environment:
    """The built-in templates: strict about names, escaping by default."""
    import jinja2

    def load(name: str) -> str:
        return (files("book") / "theme" / "templates" / name).read_text("utf-8")

    return jinja2.Environment(
        loader=jinja2.FunctionLoader(load),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
