"""Where the printed pages begin, marked in the ebook's text (EPUB 3.3, section 7.4; DPUB-ARIA).

A mark is an empty ``span``; it stands before the first word of its page. A word that the break
divides is not divided here: its mark stands before it. A page that begins with a heading or a
picture is marked before that, not in it.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from typing import TYPE_CHECKING

from lxml import etree
from msgspec import Struct

from book.base.xml import texts
from book.render.epub.parts import EPUB_TYPE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from book.model import Pages

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
#: Elements that begin and end a line of their own.
_BLOCKS = _HEADINGS | {"div", "section", "p", "blockquote", "pre", "ul", "ol", "li", "dl", "dt"}
_BLOCKS |= {"dd", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
_BLOCKS |= {"figure", "figcaption", "hr", "details", "summary", "aside"}
#: Elements that a mark may stand in between others.
_HOLDS_ALL = frozenset({"div", "section", "blockquote", "li", "td", "th", "dd", "aside"})
#: What belongs to a word besides its letters and digits.
_IN_WORD = frozenset("'’\u00ad\u2060")
#: Nobody's words are longer: what is, is written without spaces, and lines break within it.
_LONGEST = 60


class Marker(Struct, frozen=True):
    """Makes the marks of one book, and sets them."""

    pages: Pages

    def opening(self, slug: str) -> tuple[str, ...]:
        """The page that begins with the title of the chapter ``slug``."""
        starts = self.pages.starts.get(slug, ())
        return (starts[0][1],) if starts and starts[0][1] else ()

    def mark(self, roots: Sequence[etree._Element], slug: str) -> None:
        """Set the marks of all pages but the first into ``roots``, the chapter's text in parts."""
        starts = [start for start in self.pages.starts.get(slug, ())[1:] if start[1]]
        if not starts or not roots:
            return
        pieces = _Pieces([piece for root in roots for piece in texts(root)])
        firsts = self._firsts(roots)
        # From the end, since a mark moves what stands behind it.
        behind: int | None = None
        for letters, label in reversed(starts):
            mark = self.element(label)
            place = pieces.place(letters)
            is_wordless = letters == behind or place is None
            behind = letters
            if is_wordless and label in firsts:
                firsts[label].addprevious(mark)
            elif place is None:
                roots[-1].append(mark)
            else:
                self._insert(mark, *place, label)

    def _firsts(self, roots: Sequence[etree._Element]) -> dict[str, etree._Element]:
        """What stands first on each page, by its label, of what has an id and no words."""
        found: dict[str, etree._Element] = {}
        for element in (one for root in roots for one in root.iter("figure", "img", "table")):
            page = self.pages.page_of.get(element.get("id", ""))
            parent = element.getparent()
            if page is not None and parent is not None and parent.tag in _HOLDS_ALL:
                label = self.pages.labels[page]
                if label not in found and self._is_on(element, label):
                    found[label] = element
        return found

    def element(self, label: str) -> etree._Element:
        """The mark of the page ``label``."""
        mark = etree.Element("span", id=mark_id(label))
        mark.set(EPUB_TYPE, "pagebreak")
        mark.set("role", "doc-pagebreak")
        # Old reading systems show the title, others and screen readers the label; being the
        # same, they are not read twice.
        mark.set("title", label)
        mark.set("aria-label", label)
        return mark

    def _insert(
        self, mark: etree._Element, owner: etree._Element, where: str, offset: int, label: str
    ) -> None:
        block = _opens(owner, where, offset)
        first = self._first_on(block, label) if block is not None else None
        if first is not None:
            first.addprevious(mark)
        elif where == "text":
            while not (owner.text or "")[:offset].strip() and owner.tag not in _BLOCKS:
                parent = owner.getparent()
                if parent is None or owner.getprevious() is not None or (parent.text or "").strip():
                    owner.addprevious(mark)
                    return
                owner, offset = parent, len(parent.text or "")
            text = owner.text or ""
            owner.text, mark.tail = text[:offset], text[offset:]
            owner.insert(0, mark)
        else:
            tail = owner.tail or ""
            owner.tail = None
            owner.addnext(mark)
            owner.tail, mark.tail = tail[:offset], tail[offset:]

    def _first_on(self, block: etree._Element, label: str) -> etree._Element | None:
        """The first element on the page, if the mark must stand before one and not in it."""
        parent = block.getparent()
        if block.tag in ("caption", "figcaption") and parent is not None:
            block = parent
            parent = block.getparent()
        first = block if block.tag in _HEADINGS | {"figure", "table"} else None
        while (
            block.getprevious() is None and parent is not None and not (parent.text or "").strip()
        ):
            block, parent = parent, parent.getparent()
            first = block if block.tag in ("figure", "table") else first
        # A picture for which there was no room has gone on past this text, and its mark stands.
        while (before := block.getprevious()) is not None:
            if self._is_on(before, label):
                first = before
            elif not (before.get("role") == "doc-pagebreak" or self._is_behind(before, label)):
                break
            block = before
        parent = None if first is None else first.getparent()
        return first if parent is not None and parent.tag in _HOLDS_ALL else None

    def _is_on(self, element: etree._Element, label: str) -> bool:
        """Whether ``element`` holds no text and stands on the page ``label``."""
        return any(self.pages.labels[page] == label for page in self._wordless(element))

    def _is_behind(self, element: etree._Element, label: str) -> bool:
        """Whether ``element`` holds no text and stands on a page behind that of ``label``."""
        found, labels = self._wordless(element), self.pages.labels
        return bool(found) and label in labels and min(found) > labels.index(label)

    def _wordless(self, element: etree._Element) -> list[int]:
        """The pages of ``element``, from 0; none if it holds text."""
        if (element.tail or "").strip() or any(
            char.isalnum() for text in element.itertext() for char in text
        ):
            return []
        found = (self.pages.page_of.get(str(one.get("id"))) for one in element.iter())
        return [page for page in found if page is not None]


def mark_id(label: str) -> str:
    """The id of the mark of a page; no chapter's begins so."""
    return f"_page-{label}"


def marks_in(root: etree._Element) -> Iterator[str]:
    """The pages that begin within ``root``, in its order."""
    for mark in root.iter("span"):
        if mark.get("role") == "doc-pagebreak" and EPUB_TYPE in mark.attrib:
            yield str(mark.get("title"))


class _Pieces:
    """A chapter's text as it lies in its trees, to be found by counted letters."""

    def __init__(self, pieces: Sequence[tuple[etree._Element, str, str]]) -> None:
        self._pieces = pieces
        self._before = [0]
        for _, _, text in pieces:
            self._before.append(self._before[-1] + sum(map(str.isalnum, text)))

    def place(self, letters: int) -> tuple[etree._Element, str, int] | None:
        """Where the word begins that holds the next letter after ``letters`` of them.

        The element, ``text`` or ``tail``, and the offset there; None if the text ends before.
        """
        if letters >= self._before[-1]:
            return None
        index = bisect_right(self._before, letters) - 1
        left = letters - self._before[index]
        for offset, char in enumerate(self._pieces[index][2]):
            if char.isalnum():
                if not left:
                    first, start = self._word(index, offset)
                    owner, where, _ = self._pieces[first]
                    return owner, where, start
                left -= 1
        return None

    def _word(self, index: int, offset: int) -> tuple[int, int]:
        """The start of the word around a place, and of the marks that open before it."""
        start = self._back(index, offset, _is_letter, _LONGEST)
        return self._back(*start, _is_opening, _LONGEST)

    def _back(
        self, index: int, offset: int, wanted: Callable[[str], bool], most: int
    ) -> tuple[int, int]:
        at, first = (index, offset), (index, offset)
        for _ in range(most):
            before = self._char_before(*at)
            if before is None or not wanted(self._pieces[before[0]][2][before[1]]):
                return at
            at = before
        return first

    def _char_before(self, index: int, offset: int) -> tuple[int, int] | None:
        """The character before a place, in the same block."""
        while not offset:
            owner, where, _ = self._pieces[index]
            if index == 0 or (where == "text" and owner.tag in _BLOCKS):
                return None
            if where == "tail" and owner.tag in _BLOCKS | {"br"}:
                return None
            index -= 1
            offset = len(self._pieces[index][2])
        return index, offset - 1


def _is_letter(char: str) -> bool:
    return (char.isalnum() and unicodedata.east_asian_width(char) not in "WF") or (
        char in _IN_WORD or unicodedata.combining(char) > 0
    )


def _is_opening(char: str) -> bool:
    return unicodedata.category(char) in ("Ps", "Pi") or char in "¿¡\"'"


def _opens(owner: etree._Element, where: str, offset: int) -> etree._Element | None:
    """The block whose text begins at a place; None if the place lies within it."""
    if where == "tail" or (owner.text or "")[:offset].strip():
        return None
    while owner.tag not in _BLOCKS:
        parent = owner.getparent()
        if parent is None or owner.getprevious() is not None or (parent.text or "").strip():
            return None
        owner = parent
    return owner
