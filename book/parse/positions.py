"""Reads the stamps of :mod:`book.parse.stamps` back from the tree, and takes them out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from book.model import Place
from book.parse.ours import FIGURE_TAG
from book.parse.stamps import PROOF, STAMP, unstamped

if TYPE_CHECKING:
    from lxml import etree

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


class Positions:
    """Where each mark, heading, note and raw tag of one chapter stands in its file."""

    def __init__(
        self, root: etree._Element, path: str, positions: tuple[tuple[int, int], ...]
    ) -> None:
        self._path, self._positions = path, positions
        self._known: dict[etree._Element, Place] = {}
        for element in root.iter():
            self._read_attributes(element)
            if element.tag in _HEADINGS and (first := STAMP.match(element.text or "")):
                self._know(element, first[1])
            element.text = self._read(element.text, element[0] if len(element) else None)
            if element is not root:
                element.tail = self._read(element.tail, element.getnext())

    def of(self, element: etree._Element) -> Place:
        """Where ``element`` stands, or at least in which file."""
        return self._known.get(element, Place(self._path))

    def near(self, element: etree._Element) -> Place:
        """Where ``element`` stands, or the nearest that stands around it and is known."""
        around: etree._Element | None = element
        while around is not None and around not in self._known:
            around = around.getparent()
        return Place(self._path) if around is None else self._known[around]

    def share(self, element: etree._Element, other: etree._Element) -> None:
        """``other``, which is new, stands where ``element`` does."""
        if element in self._known:
            self._known[other] = self._known[element]

    def _know(self, element: etree._Element, number: str) -> None:
        place = Place(self._path, *self._positions[int(number)])
        self._known.setdefault(element, place)
        if element.tag == FIGURE_TAG and element.get("proof") == PROOF:
            self._known[element[0]] = place

    def _read(self, text: str | None, following: etree._Element | None) -> str | None:
        """``text`` without stamps; its last stamp, if it ends it, is for what follows."""
        if not text or not STAMP.search(text):
            return unstamped(text) if text else text
        *_, last = STAMP.finditer(text)
        if following is not None and last.end() == len(text):
            self._know(following, last[1])
        return unstamped(text)

    def _read_attributes(self, element: etree._Element) -> None:
        if stamp := STAMP.fullmatch(element.attrib.pop("stamp", "")):
            self._known.pop(element, None)
            self._know(element, stamp[1])
        for name, value in element.attrib.items():
            if not value.isascii() and name != "proof":
                element.set(name, unstamped(value))
