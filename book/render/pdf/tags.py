"""A piece is tagged: one structure tree, made from its HTML, over all its pages.

ISO 32000-1, 14.7 and 14.8; ISO 14289-1 (PDF/UA-1), clause 7. WeasyPrint numbers what it draws
(marked content) and makes a tree of each page's boxes. Ours has one element for each of the
HTML's, however many pages it is broken over; notes follow the block that calls them; what says
nothing is an artifact. :func:`install` puts it in place.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pydyf
import weasyprint.pdf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf.anchors import add_links
from weasyprint.pdf.stream import Stream

from book.render.pdf.tagtree import Node, Tree, settle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_SVG = "{http://www.w3.org/2000/svg}"
#: What a reader hears of a hyphen that only the line's end has put there: nothing.
_SOFT_HYPHEN = pydyf.Dictionary({"ActualText": b"<feff00ad>"})
_NUMBERINGS = {
    "decimal": "Decimal",
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


def install() -> None:
    """Give WeasyPrint, in this process, the tags of this module."""
    Stream.marked = _marked
    weasyprint.pdf.add_links = _add_links
    weasyprint.pdf.add_tags = add_tags


class _Mark:
    """A stretch of a page's drawing orders, ``[start, end)``, that draws one box."""

    __slots__ = ("end", "start", "stream")

    def __init__(self, stream: Any, start: int) -> None:
        self.stream = stream
        self.start = self.end = start

    @property
    def is_empty(self) -> bool:
        """Whether it draws nothing."""
        return not any(
            isinstance(order, bytes) and order.endswith((b"TJ", b"Do", b"f", b"S", b"sh"))
            for order in self.stream.stream[self.start : self.end]
        )


@contextmanager
def _marked(self: Any, box: Any, tag: str) -> Iterator[None]:
    """Mark what is drawn for ``box``, remember where, and draw what a reader needs to hear.

    A space between two elements is a box of its own, which WeasyPrint does not draw; without
    it words run into one another (ISO 32000-1, 14.8.2.5).
    """
    if self._tags is None:
        yield
        return
    mark = self._tags[box] = _Mark(self, len(self.stream))
    self.begin_marked_content(tag, pydyf.Dictionary({"MCID": 0}))
    is_text = isinstance(box, boxes.TextBox)
    text = box.text if is_text else ""
    if text and box.width and text.isspace():
        box.text = "_"  # only asked whether there is anything to draw
    try:
        yield
    finally:
        if is_text:
            box.text = text
            if text.endswith(box.style["hyphenate_character"]):
                _soften(self.stream, mark.start)
        self.end_marked_content()
        mark.end = len(self.stream)


def _soften(orders: list[Any], start: int) -> None:
    """Tell the last glyph drawn as a soft hyphen (ISO 32000-1, 14.8.2.2.3)."""
    for place in range(len(orders) - 1, start, -1):
        order = orders[place]
        if isinstance(order, bytes) and order.endswith(b"] TJ"):
            opened = order.rfind(b"<")
            closed = order.find(b">", opened)
            if opened < 0 or closed - opened < 5:
                return
            before, hyphen = order[: closed - 4], order[closed - 4 :]
            before = before[:-1] if before.endswith(b"<") else before + b">"
            orders[place : place + 1] = [
                before + b"] TJ",
                "/Span",
                _SOFT_HYPHEN,
                b"BDC",
                b"[<" + hyphen,
                b"EMC",
            ]
            return


def _add_links(found: Any, matrix: Any, pdf: Any, page: Any, names: Any, tags: Any) -> None:
    """One annotation a line of a link, none for the elements inside it or for no width."""
    links, anchors = found
    kept: list[Any] = []
    for link in links:
        _, target, (left, top, right, bottom), _ = link
        middle = (top + bottom) / 2
        is_covered = any(
            other == target and x1 - 0.5 <= left and right <= x2 + 0.5 and y1 <= middle <= y2
            for _, other, (x1, y1, x2, y2), _ in kept[-3:]
        )
        if right > left and not is_covered:
            kept.append(link)
    add_links((kept, anchors), matrix, pdf, page, names, tags)


def add_tags(pdf: Any, document: Any, pdf_version: object, page_streams: list[Any]) -> None:
    """Add the structure tree of ``document`` to ``pdf``; called when all pages are drawn."""
    del pdf_version  # the types used are those of PDF 1.7
    root = _root(document)
    tree = Tree(root)
    reader = _Reader(tree)
    for number, (page, stream) in enumerate(zip(document.pages, page_streams, strict=True)):
        reader.read(number, page, stream)
    settle(tree.document)
    _Writer(pdf, reader.counts).write(tree.document)
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["Lang"] = pydyf.String(tree.document.lang or "")


def _root(document: Any) -> Element:
    first = document.pages[0]._page_box.children[0]
    element: Element = first.element
    return element


class _Reader:
    """Goes through the boxes of the pages in reading order and brings what they draw to nodes."""

    def __init__(self, tree: Tree) -> None:
        self.counts: list[int] = []
        self._tree = tree
        self._repeated: set[Element] = set()
        self._page = 0
        self._height = 0.0
        self._tags: dict[Any, _Mark] = {}
        self._last: tuple[Node, _Mark] | None = None

    def read(self, number: int, page: Any, stream: Any) -> None:
        """Read a page; what is left on it is an artifact."""
        self._page, self._height, self._tags = number, page.height, stream._tags
        self._last = None
        self.counts.append(0)
        for box in page._page_box.children:
            if not isinstance(box, boxes.MarginBox):
                self._visit(box)
        for mark in self._tags.values():
            _make_artifact(mark)
        stream.stream[:] = [order for order in stream.stream if order != b""]

    def _visit(self, box: Any) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.TextBox):
            self._hear(box)
        elif isinstance(box, boxes.ReplacedBox):
            self._see(box)
        elif not self._is_artifact(box):
            if box.element_tag and box.element_tag.endswith("::footnote-call"):
                self._tree.note(box.element)
            self._follow(box)
            for child in box.children:
                self._visit(child)

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
            self._tree.node(link).links.append((self._page, annotation))
            if told := _told(link):
                annotation["Contents"] = pydyf.String(told)

    def _hear(self, box: Any) -> None:
        mark = self._tags.get(box)
        if mark is None or mark.is_empty:
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

    def _see(self, box: Any) -> None:
        self._follow(box)
        alternative = _alternative(box.element)
        if box in self._tags and alternative and "::" not in box.element_tag:
            x, y = box.content_box_x(), box.content_box_y()
            place = (x, self._height - y - box.height, x + box.width, self._height - y)
            inner = tuple(side * 0.75 for side in place)
            self._add(self._tree.figure(box.element, alternative, inner), box)

    def _add(self, node: Node, box: Any) -> None:
        """What ``box`` draws is content of ``node``, of one stretch with what is just before."""
        mark = self._tags.pop(box)
        last, self._last = self._last, (node, mark)
        if last and last[0] is node and last[1].end == mark.start:
            _join(mark)
            return
        number = self.counts[-1]
        mark.stream.stream[mark.start + 1]["MCID"] = number
        self.counts[-1] += 1
        node.kids.append((self._page, number))


def _join(mark: _Mark) -> None:
    """Let the stretch of content before ``mark`` go on: one for a paragraph, not for a line."""
    orders, start = mark.stream.stream, mark.start
    orders[start - 1 : start + 3] = [b""] * 4
    if orders[start - 2] == b"ET" and orders[start + 3] == b"BT":
        orders[start - 2] = orders[start + 3] = b""


def _make_artifact(mark: _Mark) -> None:
    orders, start = mark.stream.stream, mark.start
    orders[start : start + 3] = ["/Artifact", b"", b"BMC"]


def _alternative(element: Element) -> str:
    """The words for a picture; none for one that only adorns."""
    if element.tag == _SVG + "svg":
        parts = [element.findtext(_SVG + name, "") for name in ("title", "desc")]
        return element.get("aria-label") or " ".join(" ".join(parts).split())
    return " ".join((element.get("alt") or "").split())


def _told(element: Element) -> str:
    """A link's alternate description (ISO 14289-1, 7.18.5): its title, or the text in it."""
    said = element.get("title") or element.get("aria-label") or "".join(element.itertext())
    pictures = [_alternative(image) for image in element.iter()]
    return " ".join(said.split()) or " ".join(pictures)


class _Writer:
    """Writes nodes as structure elements (ISO 32000-1, 14.7.2), numbered in reading order."""

    def __init__(self, pdf: Any, counts: list[int]) -> None:
        self._pdf = pdf
        self._pages = pdf.page_references
        self._parents: list[Any] = [pydyf.Array([b"null"] * count) for count in counts]

    def write(self, document: Node) -> None:
        """Write the tree, its root, and the table that leads from content to elements."""
        root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
        self._pdf.add_object(root)
        root["K"] = pydyf.Array([self._element(document, root.reference)])
        numbers = pydyf.Array()
        for number, entry in enumerate(self._parents):
            numbers.extend((number, entry))
        table = pydyf.Dictionary({"Nums": numbers})
        self._pdf.add_object(table)
        root["ParentTree"] = table.reference
        root["ParentTreeNextKey"] = len(self._parents)
        self._pdf.catalog["StructTreeRoot"] = root.reference

    def _element(self, node: Node, above: bytes) -> bytes:
        element = pydyf.Dictionary({"S": f"/{node.role}", "P": above, **node.entries})
        self._pdf.add_object(element)
        reference: bytes = element.reference
        home = next((kid[0] for kid in node.kids if not isinstance(kid, Node)), None)
        if home is not None:
            element["Pg"] = self._pages[home]
        kids: list[Any] = []
        for kid in node.kids:
            if isinstance(kid, Node):
                kids.append(self._element(kid, reference))
                continue
            page, number = kid
            self._parents[page][number] = reference
            if page != home:
                content = {"Type": "/MCR", "Pg": self._pages[page], "MCID": number}
                number = pydyf.Dictionary(content)
            kids.append(number)
        for page, annotation in node.links:
            annotation["StructParent"] = len(self._parents)
            self._parents.append(reference)
            content = {"Type": "/OBJR", "Pg": self._pages[page], "Obj": annotation.reference}
            kids.append(pydyf.Dictionary(content))
        is_short = len(kids) == 1 and node.role != "Document"
        element["K"] = kids[0] if is_short else pydyf.Array(kids)
        return reference
