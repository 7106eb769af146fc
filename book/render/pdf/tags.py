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
from weasyprint.layout import inline
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf.anchors import add_links
from weasyprint.pdf.fonts import Font
from weasyprint.pdf.stream import Stream

from book.render.pdf.tagtree import Node, Tree, settle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_SVG = "{http://www.w3.org/2000/svg}"
_PLAINER = {"\u00a0": " ", "\u2010": "-", "\u2011": "-"}
_PAINTS = ("TJ'", "Do'", "f'", "S'", "sh'", "f*'", "B'")
_HYPHEN = pydyf.Dictionary({"ActualText": b"<feff2010>"})
_plain_add_group = Stream.add_group
_skip_first_whitespace = inline.skip_first_whitespace
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
    inline.skip_first_whitespace = _skip_first_space
    Stream.marked, Stream.add_group = _marked, _add_group
    weasyprint.pdf.stream.Font = _Font
    weasyprint.pdf.add_links = _add_links
    weasyprint.pdf.add_tags = add_tags


class _Characters(dict[int, str]):
    """What a font's glyphs say: of two characters with one glyph, the plainer."""

    def __setitem__(self, glyph: int, text: str) -> None:
        super().__setitem__(glyph, _PLAINER.get(text, text))


class _Font(Font):  # type: ignore[misc] # weasyprint is untyped
    """WeasyPrint's font, with the plainer characters (ISO 32000-1, 14.8.2.4.2)."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.to_unicode = _Characters(self.to_unicode)


class _Mark:
    """A stretch of a page's drawing orders, ``[start, end)``, that draws one box."""

    __slots__ = ("end", "start", "stream")

    def __init__(self, stream: Any) -> None:
        self.stream = stream
        self.start = self.end = len(stream.stream)

    def is_empty(self) -> bool:
        """Whether it draws nothing."""
        orders = self.stream.stream[self.start : self.end]
        return not any(str(order).endswith(_PAINTS) for order in orders)


@contextmanager
def _marked(self: Any, box: Any, tag: str) -> Iterator[None]:
    """Mark what is drawn for ``box``, and remember where."""
    if self._tags is None:
        yield
        return
    mark = self._tags[box] = _Mark(self)
    if hasattr(self, "outer"):  # what is drawn with opacity is told as a whole
        yield
        mark.end = len(self.stream)
        return
    self.begin_marked_content(tag, pydyf.Dictionary({"MCID": 0}))
    if isinstance(box, boxes.TextBox):
        text = box.text
        if not text.strip():  # only asked whether there is anything to draw: a space is
            box.text = "_"
        yield
        box.text = text
        _mark_text(mark, text.endswith(box.style["hyphenate_character"]))
    else:
        yield
        self.end_marked_content()
        mark.end = len(self.stream)


def _mark_text(mark: _Mark, is_hyphenated: bool) -> None:
    """End ``mark``, within the text object so that the next line may go on with it.

    Lines under or through the text are artifacts. So is a hyphen put in at the line's end: it
    is read as U+2010 and never heard.
    """
    orders, start = mark.stream.stream, mark.start
    opening, drawn = orders[start : start + 3], orders[start + 3 :]
    begin = drawn.index(b"BT") if b"BT" in drawn else len(drawn)
    end = drawn.index(b"ET") if b"ET" in drawn else begin
    before, text, after = drawn[:begin], drawn[begin + 1 : end], drawn[end + 1 :]
    if not text or (after and b"S" not in after):  # nothing, or a coloured glyph as a picture
        orders.append(b"EMC")
        mark.end = len(orders)
        return
    if not before and start and orders[start - 1] == b"ET":
        orders[start - 1 :] = opening
    else:
        orders[start:] = [*_drawn_aside(before), b"BT", *opening]
    mark.start = len(orders) - 3
    orders += text
    hyphen = _last_glyph(orders) if is_hyphenated else None
    orders.append(b"EMC")
    mark.end = len(orders)
    if hyphen:
        orders += ["/Artifact", _HYPHEN, b"BDC", hyphen, b"EMC"]
    orders += [b"ET", *_drawn_aside(after)]


def _drawn_aside(orders: list[Any]) -> list[Any]:
    return ["/Artifact", b"BMC", *orders, b"EMC"] if b"S" in orders else orders


def _last_glyph(orders: list[Any]) -> bytes | None:
    """Take the last glyph out of the last order; gives an order that draws it alone."""
    order: bytes = orders[-1]
    opened = order.rfind(b"<")
    closed = order.find(b">", opened)
    if not order.endswith(b"] TJ") or opened < 0 or closed - opened < 5:
        return None
    before = order[: closed - 4]
    orders[-1] = (before[:-1] if before.endswith(b"<") else before + b">") + b"] TJ"
    return b"[<" + order[closed - 4 :]


def _add_group(self: Any, *args: Any, **kwargs: Any) -> Any:
    """What WeasyPrint's function does; remember where the group is drawn."""
    group = _plain_add_group(self, *args, **kwargs)
    group.outer = self
    return group


def _skip_first_space(box: Any, skip_stack: Any) -> Any:
    """What WeasyPrint's function does; remember whether a line begins after a space."""
    found = _skip_first_whitespace(box, skip_stack)
    if isinstance(box, boxes.LineBox):
        skips = (skip_stack, {} if found == "continue" else found)
        box.after_space = any(_is_after_space(box, skip) for skip in skips)
    return found


def _is_after_space(box: Any, skip: Any) -> bool:
    while skip:
        ((index, skip),) = skip.items()
        if isinstance(box, boxes.TextBox):
            return bool(box.text.encode()[:index].endswith(b" "))
        before = box.children[index - 1] if index else None
        if not skip and isinstance(before, boxes.TextBox):
            return bool(before.text.endswith(" "))
        box = box.children[index]
    return False


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
    reader = _Reader(tree, document.fonts)
    for number, (page, stream) in enumerate(zip(document.pages, page_streams, strict=True)):
        reader.read(number, page, stream)
    for stream in page_streams:
        stream.stream[:] = [order for order in stream.stream if order != b""]
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

    def __init__(self, tree: Tree, fonts: Any) -> None:
        self.counts: list[int] = []
        self._spaces = {
            font.hash.encode(): b"<%04x>" % glyph
            for font in fonts.values()
            for glyph, text in font.to_unicode.items()
            if text == " " and not font.bitmap
        }
        self._ends: dict[Element, _Mark] = {}
        self._tree = tree
        self._repeated: set[Element] = set()
        self._page = 0
        self._height = 0.0
        self._tags: dict[Any, _Mark] = {}
        self._stream: Any = None
        self._groups: set[Any] = set()
        self._last: tuple[Node, int] | None = None
        self._heard: _Mark | None = None

    def read(self, number: int, page: Any, stream: Any) -> None:
        """Read a page; what is left on it is an artifact."""
        self._page, self._height, self._tags = number, page.height, stream._tags
        self._stream, self._groups = stream, set()
        self._last = self._heard = None
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
            self._hear(box)
        elif isinstance(box, boxes.ReplacedBox):
            self._see(box)
        elif not self._is_artifact(box):
            if box.element_tag and box.element_tag.endswith("::footnote-call"):
                self._tree.note(box.element)
            self._follow(box)
            is_line = isinstance(box, boxes.LineBox)
            if is_line and getattr(box, "after_space", False):
                self._add_space(box.element)
            for child in box.children:
                self._visit(child)
            if is_line and self._heard is not None:
                self._ends[box.element] = self._heard

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

    def _add_space(self, element: Element) -> None:
        """Draw the space that a line's end took the place of behind the line before.

        Words run into one another for a reader where there is none (ISO 32000-1, 14.8.2.5).
        """
        if (mark := self._ends.pop(element, None)) is None:
            return
        orders = mark.stream.stream
        for order in orders[mark.end - 1 : mark.start : -1]:
            if isinstance(order, bytes) and order.endswith(b" Tf"):
                space = self._spaces.get(order[1:].split()[0], b"")
                break
        else:
            return
        if str(orders[mark.end - 2]).endswith("] TJ'"):
            orders[mark.end - 2] = orders[mark.end - 2][:-4] + space + b"] TJ"

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
        self._heard = mark

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
            if order in {b"BMC", b"EMC"}:
                start = place - (order == b"BMC")
                group.stream[start : place + 1] = [b""] * (place + 1 - start)
        return True


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
