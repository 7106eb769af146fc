"""The structure tree of a piece: one node an element, in the order in which it is to be heard.

Roles are the standard structure types of ISO 32000-1, 14.8.4; rules on their nesting, on notes
(7.9), tables (7.5), headings (7.4) and lists (7.6) are those of ISO 14289-1. Nothing in here
knows of pages or of WeasyPrint: :mod:`book.render.pdf.engine.tags` brings content.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from book.base.formulas import DRAWN_FORMULA
from book.render.pdf.structure.nodes import BODY, ITEM, ITSELF, LABEL, REFERENCE, Node
from book.render.pdf.structure.tables import ROW_GROUPS, Cell, cells_of, heads_of
from book.render.pdf.syntax import name_string, number, text_string

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ROLES = {
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    **dict.fromkeys(("ul", "ol", "menu", "dl"), "L"),
    **dict.fromkeys(("p", "pre", "address", "summary", "legend"), "P"),
    **dict.fromkeys(("code", "kbd", "samp"), "Code"),
    **dict.fromkeys(("figure", "aside", "details", "fieldset"), "Div"),
    **dict.fromkeys(("em", "strong", "i", "b", "sup", "sub", "del", "ins", "dfn"), "Span"),
    **dict.fromkeys(("section", "nav"), "Sect"),
    **dict.fromkeys(("caption", "figcaption"), "Caption"),
    "article": "Art",
    "blockquote": "BlockQuote",
    "q": "Quote",
    "table": "Table",
}
#: How many elements stood in one that was emptied.
INSIDE = "data-inside"
#: Elements that only group others: they are not heard, and leave no node.
_GROUPING = {"div", "main", "header", "footer", "hgroup", "search", "center"}


class Tree:
    """The nodes of a document, made when their first content is seen."""

    def __init__(self, root: Element) -> None:
        self.document = Node("Document", (0, ITSELF), _language(root))
        self._above = {child: parent for parent in root.iter() for child in parent}
        self._places: dict[Element, int] = {}
        place = 0
        for element in root.iter():
            self._places[element] = place
            place += 1 + int(element.get(INSIDE, 0))
        self._nodes: dict[Element, Node] = {root: self.document}
        self._labels: dict[Element, Node] = {}
        self._items: dict[Element, Node] = {}
        self._named: set[str] = set()
        first = next((one.get("id") for one in root.iter() if one.get("id")), "piece")
        self._prefix = f"{first}.tag"

    def node(self, element: Element) -> Node:
        """Where the content of ``element`` goes: its own node, or that of what it stands in."""
        if element not in self._nodes:
            above = self.node(self._above[element])
            if element not in self._nodes:  # a table brings its cells
                self._nodes[element] = self._make(element, above)
        return self._nodes[element]

    def label(self, element: Element) -> Node:
        """Where the marker of a list's item or of a note goes."""
        self.node(element)
        return self._labels.get(element) or self._nodes[element]

    def number(self, element: Element, numbering: str) -> None:
        """The list of the item ``element`` is numbered so (ISO 32000-1, 14.8.5.5)."""
        of = self._nodes.get(self._above[element])
        if of is not None and of.role == "L" and "A" not in of.entries:
            of.entries["A"] = b"<</O /List/ListNumbering /%s>>" % numbering.encode()

    def note(self, element: Element) -> Node:
        """The note ``element``, called here; :func:`settle` finds its place after the block."""
        if element not in self._nodes:
            self._nodes[element] = self._add_note(element, self.node(self._above[element]))
        return self._nodes[element]

    def link_around(self, element: Element) -> Element | None:
        """The link that ``element`` is or stands in."""
        over: Element | None = element
        while over is not None and not _is_link(over):
            over = self._above.get(over)
        return over

    def figure(self, element: Element, alternative: str, box: tuple[float, ...]) -> Node:
        """A picture or a formula, told by its alternative text (ISO 14289-1, 7.3 and 7.7)."""
        role = "Formula" if DRAWN_FORMULA in element.get("class", "").split() else "Figure"
        node = self._add(element, self.node(self._above[element]), role)
        node.entries["Alt"] = text_string(alternative)
        sides = b" ".join(number(side) for side in box)
        node.entries["A"] = b"<</O /Layout/BBox [%s]>>" % sides
        return node

    def _make(self, element: Element, above: Node) -> Node:
        tag = element.tag
        if tag == "body":
            return above
        if tag == "li":
            return self._add_item(element, above)
        if tag in {"dt", "dd"}:
            inner = self._items.get(element, above)
            return self._add(element, inner, "Lbl" if tag == "dt" else "LBody")
        if tag == "aside" and {"note", "end-note"} & set(_classes(element)):
            return self._add_note(element, above)
        if _is_link(element):
            return self._add_link(element, above)
        role = _ROLES.get(tag, "")
        if not role and (tag in _GROUPING or _language(element) not in {None, above.lang}):
            role = "Group" if tag in _GROUPING else "Span"
        if tag == "abbr" and element.get("title"):
            role = "Span"
        return self._add_usual(element, above, role) if role else above

    def _add_usual(self, element: Element, above: Node, role: str) -> Node:
        node = self._add(element, above, role)
        if element.tag == "dl":
            self._group(element, node)
        elif element.tag == "table":
            self._lay_table(element, node)
        elif element.tag == "abbr" and element.get("title"):
            node.entries["E"] = text_string(element.get("title", ""))
        if role == "Group" and "Lang" in node.entries:
            node.role = "Div"
        return node

    def _add(self, element: Element, above: Node, role: str) -> Node:
        node = above.add(role, (self._places[element], ITSELF))
        language = _language(element)
        if language is not None and language != above.lang:
            node.lang = language
            node.entries["Lang"] = text_string(language)
        name = element.get("id")
        if name and role != "Group" and name not in self._named:
            self._named.add(name)
            node.entries["ID"] = name_string(name)
        return node

    def _add_item(self, element: Element, above: Node) -> Node:
        item = self._add(element, above, "LI")
        place = self._places[element]
        self._labels[element] = item.add("Lbl", (place, LABEL))
        return item.add("LBody", (place, BODY))

    def _add_note(self, element: Element, above: Node) -> Node:
        node = self._add(element, above, "Note")
        node.entries.setdefault("ID", name_string(self._new_name(element)))
        self._labels[element] = node.add("Lbl", (self._places[element], LABEL))
        return node

    def _add_link(self, element: Element, above: Node) -> Node:
        """A link; a note's call is a reference to it, its number there the note's label."""
        classes = _classes(element)
        if "note-number" in classes:
            over = self._above.get(element)
            while over is not None and over not in self._labels:
                over = self._above.get(over)
            above = above if over is None else self._labels[over]
        elif "note-call" in classes:
            above = above.add("Reference", (self._places[element], REFERENCE))
        return self._add(element, above, "Link")

    def _group(self, element: Element, node: Node) -> None:
        """Terms and what is said of them are items of a list (ISO 32000-1, 14.8.4.3.3)."""
        item, last = node, "dd"
        for child in element:
            if child.tag == "div":
                item, last = self._add(child, node, "LI"), "dd"
                self._nodes[child] = item
                self._items |= dict.fromkeys(child, item)
            else:
                if child.tag == "dt" and last != "dt":
                    item = node.add("LI", (self._places[child], ITEM))
                self._items[child] = item
                last = child.tag

    def _lay_table(self, element: Element, node: Node) -> None:
        """All rows and cells in their order, since an empty cell counts, too."""
        if (caption := element.find("caption")) is not None:
            self._nodes[caption] = self._add(caption, node, "Caption")
        for group in element:
            if group.tag in ROW_GROUPS:
                self._nodes[group] = self._add(group, node, ROW_GROUPS[group.tag])
        cells = cells_of(element)
        for row, group in {cell.row: cell.group for cell in cells}.items():
            self._nodes[row] = self._add(row, self._nodes.get(group, node), "TR")
        for cell in cells:
            self._nodes[cell.element] = self._add(
                cell.element, self._nodes[cell.row], "TH" if cell.scope else "TD"
            )
        self._describe(cells)

    def _describe(self, cells: list[Cell]) -> None:
        """Say of each cell how far it reaches and, where that is not enough, what heads it."""
        heads = heads_of(cells)
        for cell in cells:
            attributes = b""
            if cell.scope:
                attributes += b"/Scope /%s" % cell.scope.encode()
            if len(cell.columns) > 1:
                attributes += b"/ColSpan %d" % len(cell.columns)
            if len(cell.rows) > 1:
                attributes += b"/RowSpan %d" % len(cell.rows)
            if above := heads.get(cell.element):
                attributes += b"/Headers [%s]" % b" ".join(map(self._named_cell, above))
            if attributes:
                self._nodes[cell.element].entries["A"] = b"<</O /Table%s>>" % attributes

    def _named_cell(self, element: Element) -> bytes:
        entries = self._nodes[element].entries
        if "ID" not in entries:
            entries["ID"] = name_string(self._new_name(element))
        return entries["ID"]

    def _new_name(self, element: Element) -> str:
        """An ID for what has none: unique in the volume, as the piece's first id is."""
        return f"{self._prefix}{self._places[element]}"


def _classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def _is_link(element: Element) -> bool:
    return element.tag == "a" and "href" in element.attrib


def _language(element: Element) -> str | None:
    return element.get("lang", element.get(_XML_LANG))
