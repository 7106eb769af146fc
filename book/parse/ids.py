"""Ids: the author's names for places of a chapter, and those that headings get by themselves.

An id is the chapter's slug, a dot and a name, and an NCName (Namespaces in XML 1.0). It stands
once in the chapter, whatever the author wrote; the lists keep what was written, for the checks.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from lxml import etree

from book.base.formulas import letters_of
from book.base.patterns import pattern
from book.base.xml import folded
from book.model import Anchor, Heading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from book.parse.positions import Positions

_LEVELS = {f"h{level}": level for level in range(1, 7)}
# All but what a name may hold; and an underscore that could be taken for an escape.
_STRAY = pattern(
    "[^-.0-9A-Z_a-z\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u037d\u037f-\u1fff\u200c\u200d\u203f\u2040"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff]"
    "|_(?=[0-9a-f]+_)"
)
# The same for the names that most are: it is compiled in a tenth of the time.
_STRAY_ASCII = pattern("[^-.0-9A-Z_a-z]|_(?=[0-9a-f]+_)")
_UNSAID = pattern(r"[^\w -]")
_LONGEST_TEXT = 80


def identifier(slug: str, name: str) -> str:
    """The id of the place that an author calls ``name``. Two names that differ stay different."""
    stray = _STRAY_ASCII if name.isascii() else _STRAY
    return f"{slug}.{stray.sub(lambda found: f'_{ord(found.group()):x}_', name)}"


def note_identifier(slug: str, label: str) -> str:
    """The id of a note; those of its calls add ``.call1``."""
    return identifier(slug, "n.") + identifier("", label)[1:].replace(".", "_2e_")


#: What stands between words without being one.
_SPOKEN = {"br": " "}


def said(element: etree._Element) -> str:
    """The words of ``element``, those for its images and the letters of formulas included."""
    words = []
    for event, each in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            words += [letters_of(each), _SPOKEN.get(str(each.tag), "") or each.get("alt", "")]
        elif each is not element:
            words.append(each.tail or "")
    return folded("".join(words))


class Names:
    """Gives the places of one chapter their ids and lists them, in document order."""

    def __init__(self, slug: str, places: Positions) -> None:
        self._slug, self._places = slug, places
        self.headings: list[Heading] = []
        self.anchors: list[Anchor] = []
        self._counts: dict[str, int] = {}

    def give(self, title: etree._Element | None, body: etree._Element) -> None:
        """Take in a chapter without its notes; ``title`` may have an id as any heading."""
        taken = {str(name) for name in body.xpath(".//@id")}
        if title is not None:
            taken |= {str(name) for name in title.xpath("descendant-or-self::*/@id")}
            self.anchors += self.anchored(title)
        for element in body.iterdescendants():
            level = _LEVELS.get(str(element.tag))
            if level is None:
                self.anchors += self._anchored(element)
                continue
            text, own = said(element), element.get("id")
            name = own or self._unused(slugified(text), taken)
            element.set("id", identifier(self._slug, name))
            place = self._places.of(element)
            self.headings.append(Heading(element.get("id", ""), level, text, place))

    def anchored(self, root: etree._Element) -> list[Anchor]:
        """The places with ids at and below ``root``, which has no headings of the chapter."""
        return [anchor for element in root.iter() for anchor in self._anchored(element)]

    def _unused(self, name: str, taken: set[str]) -> str:
        """``name``, or as GitHub has it, ``name-1`` for the second, ``name-2`` for the third."""
        unused = name
        while unused in taken:
            self._counts[name] = self._counts.get(name, 0) + 1
            unused = f"{name}-{self._counts[name]}"
        taken.add(unused)
        return unused

    def _anchored(self, element: etree._Element) -> list[Anchor]:
        name = element.attrib.pop("id", "")
        if not name:
            return []
        identity = identifier(self._slug, name)
        element.set("id", identity)
        return [Anchor(identity, said(element)[:_LONGEST_TEXT], self._places.of(element))]


def make_unique(roots: Iterable[etree._Element], reserved: Iterable[str]) -> None:
    """Drop an id where it stands for the second time, or where a mark has it (``reserved``)."""
    taken = set(reserved)
    for root in roots:
        for element in root.iter():
            name = element.get("id")
            if name is None or any(key in element.attrib for key in MARKS):
                continue
            if name in taken:
                del element.attrib["id"]
            taken.add(name)


#: The attributes of our marks.
MARKS = ("data-note", "data-when", "data-who")


def slugified(text: str) -> str:
    """The name that a heading gets by itself, as GitHub and many viewers make it."""
    text = _UNSAID.sub("", unicodedata.normalize("NFC", text).lower().replace("\u00a0", " "))
    return text.replace(" ", "-").strip("-") or "section"
