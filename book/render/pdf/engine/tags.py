"""A piece is tagged: one structure tree, made from its HTML, over all its pages.

ISO 32000-1, 14.7 and 14.8; ISO 14289-1 (PDF/UA-1), clause 7. WeasyPrint numbers what it draws
(marked content) and makes a tree of each page's boxes. Ours has one element for each of the
HTML's, however many pages it is broken over; notes follow the block that calls them; what says
nothing is an artifact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from book.render.pdf.engine.markedcontent import AFTER_SPACE, MarkedContent
from book.render.pdf.engine.placed import CLOSING, TO_LEFT
from book.render.pdf.engine.turned import is_turned, turn_rectangle
from book.render.pdf.structure.nodes import Node
from book.render.pdf.structure.tree import Tree

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SVG = "{http://www.w3.org/2000/svg}"
_BOUNDS = (b"BMC", b"EMC")
#: How an order ends that shows glyphs, and one that shows a word that says what it is.
_SHOWN = (b"] TJ", b" EMC")
_NUMBERINGS = {
    "decimal": "Decimal",
    "cb-example": "Decimal",
    "lower-alpha": "LowerAlpha",
    "lower-latin": "LowerAlpha",
    "upper-alpha": "UpperAlpha",
    "upper-latin": "UpperAlpha",
    "lower-roman": "LowerRoman",
    "upper-roman": "UpperRoman",
    "disc": "Disc",
    "circle": "Circle",
    "square": "Square",
}


def add_tags(pdf: Any, document: Any, pdf_version: object, page_streams: list[Any]) -> None:
    """Give ``document`` its tree, ``document.tags``; called when all its pages are drawn."""
    del pdf, pdf_version
    root = _root(document)
    tree = Tree(root)
    reader = _Reader(tree, document.fonts, document.earlier_heads)
    for number, (page, stream) in enumerate(zip(document.pages, page_streams, strict=True)):
        reader.read(number, page, stream)
    for stream in page_streams:
        stream.stream[:] = [order for order in stream.stream if order != b""]
    document.tags = tree.document


def _root(document: Any) -> Element:
    first = document.pages[0]._page_box.children[0]
    element: Element = first.element
    return element


class _Reader:
    """Goes through the boxes of the pages in reading order and brings what they draw to nodes."""

    def __init__(self, tree: Tree, fonts: Any, earlier_heads: set[Element]) -> None:
        self.counts: list[int] = []
        self._spaces = {
            font.hash.encode(): (b"<%04x>" % glyph, font.widths[glyph])
            for font in fonts.values()
            for glyph, text in font.to_unicode.items()
            if text == " " and not font.bitmap
        }
        self._closings = {
            font.hash.encode(): (
                b"[<%04x>" % numbers[TO_LEFT],
                b"<%04x>" % numbers[CLOSING.letter],
            )
            for font in fonts.values()
            if CLOSING.letter in (numbers := {text: at for at, text in font.to_unicode.items()})
        }
        self._ends: dict[Element, MarkedContent | None] = {}
        self._tree = tree
        self._repeated = set(earlier_heads)
        self._page = 0
        self._height, self._is_turned = 0.0, False
        self._tags: dict[Any, MarkedContent] = {}
        self._stream: Any = None
        self._groups: set[Any] = set()
        self._last: tuple[Node, int] | None = None
        self._first: MarkedContent | None = None
        self._last_read: MarkedContent | None = None

    def read(self, number: int, page: Any, stream: Any) -> None:
        """Read a page; what is left on it is an artifact."""
        self._page, self._height, self._tags = number, page.height, stream.drawn
        self._is_turned = is_turned(page._page_box.page_type)
        self._stream, self._groups = stream, set()
        self._last = self._last_read = None
        self.counts.append(0)
        for box in page._page_box.children:
            if not isinstance(box, boxes.MarginBox):
                self._visit(box)
        for mark in self._tags.values():
            if mark.stream is stream:
                stream.stream[mark.start : mark.start + 3] = ["/Artifact", b"", b"BMC"]
            else:
                self._mark_group(mark.stream, b"/Artifact BMC")

    def _visit(self, box: Any) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.TextBox):
            self._read_text(box)
        elif isinstance(box, boxes.ReplacedBox):
            self._read_picture(box)
        elif not self._is_artifact(box):
            if box.element_tag and box.element_tag.endswith("::footnote-call"):
                self._tree.note(box.element)
            self._follow(box)
            first, self._first = self._first, None
            for child in box.children:
                self._visit(child)
            if isinstance(box, boxes.LineBox):
                if box in AFTER_SPACE:
                    self._part(self._ends.get(box.element), self._first)
                self._ends[box.element] = self._last_read
                self._close(self._first and self._last_read)
            self._first = first or self._first

    def _is_artifact(self, box: Any) -> bool:
        """Rules and leaders say nothing, nor do the heads of a table when they are repeated."""
        if isinstance(box, boxes.TableRowGroupBox) and (box.is_header or box.is_footer):
            if box.element in self._repeated:
                return True
            self._repeated.add(box.element)
        return box.is_leader or (box.element is not None and box.element.tag == "hr")

    def _follow(self, box: Any) -> None:
        annotation = box.link_annotation
        if annotation is None:
            return
        link = self._tree.link_around(box.element)
        if link is not None:
            self._tree.node(link).links.append((self._page, annotation.number))
            if text := _link_text(link):
                annotation["Contents"] = pydyf.String(text)

    def _read_text(self, box: Any) -> None:
        mark = self._tags.get(box)
        if mark is None or mark.is_empty():
            return
        element, pseudo = box.element, box.element_tag.partition("::")[2]
        if pseudo in {"marker", "footnote-marker"}:
            node = self._tree.label(element)
            numbering = _NUMBERINGS.get(box.style["list_style_type"])
            if numbering:
                self._tree.number(element, numbering)
        else:
            node = self._tree.node(element)
        self._add(node, box)

    def _close(self, last: MarkedContent | None) -> None:
        """Let a line that ends at its left in a mark say so, by what ``last`` draws."""
        if last is None or not self._closings:
            return
        orders, font = last.stream.stream, b""
        for place in range(last.start, last.end):
            order = orders[place]
            if isinstance(order, bytes) and order.endswith(b" Tf"):
                font = order[1:].split()[0]
            elif isinstance(order, bytes) and order.endswith(_SHOWN):
                mark, closing = self._closings.get(font, (b"?", b""))
                if order.startswith(mark):
                    order = b"[%d%s%s" % (CLOSING.width, closing, order.removeprefix(mark))
                    orders[place] = order
                return

    def _part(self, before: MarkedContent | None, after: MarkedContent | None) -> None:
        """Draw the space that a line's end took the place of, where it can't be seen.

        It goes behind the line or, if that is in another run of pages or its font knows none,
        under the start of the next. Words
        run into one another for a reader where there is none (ISO 32000-1, 14.8.2.5).
        """
        if before is not None:
            place, (space, _) = before.end - 2, self._space_of(before, is_last=True)
            order = before.stream.stream[place]
            if space and isinstance(order, bytes) and order.endswith(_SHOWN):
                before.stream.stream[place] = _with_more(order, space)
                return
        if after is None:
            return
        orders, (space, width) = after.stream.stream, self._space_of(after)
        for place in range(after.start, after.end if space else 0):
            order = orders[place]
            if isinstance(order, bytes) and order.endswith(_SHOWN):
                moved = b"[%s%d " % (space, width)
                is_told = order.startswith(b"/")
                orders[place] = moved + (b"] TJ " + order if is_told else order[1:])
                return

    def _space_of(self, mark: MarkedContent, *, is_last: bool = False) -> tuple[bytes, int]:
        """The space of the font that ``mark`` begins with, or ends with, and its width."""
        fonts = [
            order[1:].split()[0]
            for order in mark.stream.stream[mark.start : mark.end]
            if isinstance(order, bytes) and order.endswith(b" Tf")
        ]
        return self._spaces.get(fonts[-1 if is_last else 0], (b"", 0)) if fonts else (b"", 0)

    def _read_picture(self, box: Any) -> None:
        self._follow(box)
        alternative = _alternative(box.element)
        if box in self._tags and alternative and "::" not in box.element_tag:
            x, y = box.content_box_x(), box.content_box_y()
            place = (x, self._height - y - box.height, x + box.width, self._height - y)
            inner = tuple(side * 0.75 for side in place)
            if self._is_turned:
                inner = tuple(turn_rectangle(inner, self._height * 0.75))
            self._add(self._tree.figure(box.element, alternative, inner), box)

    def _add(self, node: Node, box: Any) -> None:
        """What ``box`` draws is content of ``node``, of one stretch with what is just before."""
        mark = self._tags.pop(box)
        orders = mark.stream.stream
        if mark.stream is not self._stream:
            if self._mark_group(mark.stream, b"/Span <</MCID %d>> BDC" % self.counts[-1]):
                self._number(node, {})
            return
        if self._last == (node, mark.start):
            orders[mark.start - 1 : mark.start + 3] = [b""] * 4
        else:
            self._number(node, orders[mark.start + 1])
        self._last = (node, mark.end)
        self._last_read = mark
        self._first = self._first or mark

    def _number(self, node: Node, properties: Any) -> None:
        properties["MCID"] = self.counts[-1]
        node.kids.append((self._page, self.counts[-1]))
        self.counts[-1] += 1

    def _mark_group(self, group: Any, opening: bytes) -> bool:
        """Mark the drawing of a group as one; False if it has been marked already."""
        while group.outer is not self._stream:
            group = group.outer
        if group in self._groups:
            return False
        self._groups.add(group)
        draw = b"/%s Do" % group.id.encode()
        orders = self._stream.stream
        orders[orders.index(draw)] = b"%s\n%s\nEMC" % (opening, draw)
        for place, order in enumerate(group.stream):  # its own artifacts may not be in content
            if order in _BOUNDS:
                start = place - (order == b"BMC")
                group.stream[start : place + 1] = [b""] * (place + 1 - start)
        return True


def _with_more(order: bytes, glyph: bytes) -> bytes:
    """An order that shows glyphs, with one more."""
    if order.endswith(b"EMC"):
        return order + b" [" + glyph + b"] TJ"
    return order[:-4] + glyph + b"] TJ"


def _alternative(element: Element) -> str:
    """The words for a picture; none for one that only adorns."""
    if element.tag == _SVG + "svg":
        parts = [element.findtext(_SVG + name, "") for name in ("title", "desc")]
        return element.get("aria-label") or " ".join(" ".join(parts).split())
    return " ".join((element.get("alt") or "").split())


def _link_text(element: Element) -> str:
    """A link's alternate description (ISO 14289-1, 7.18.5): its title, or the text in it."""
    text = element.get("title") or element.get("aria-label") or "".join(element.itertext())
    pictures = (_alternative(image) for image in element.iter())
    return " ".join(text.split()) or " ".join(filter(None, pictures))
