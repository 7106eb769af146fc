"""The structure tree of a piece: one node an element, in the order in which it is to be heard.

Roles are the standard structure types of ISO 32000-1, 14.8.4; rules on their nesting, on notes
(7.9), tables (7.5), headings (7.4) and lists (7.6) are those of ISO 14289-1. Nothing in here
knows of pages or of WeasyPrint: :mod:`book.render.pdf.tags` brings content and writes the tree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pydyf

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LEVELS = {f"H{level}": level for level in range(1, 7)}
_ROLES = {
    **{role.lower(): role for role in _LEVELS},
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
#: Elements that only group others: they are not heard, and leave no node.
_GROUPING = {"div", "main", "header", "footer", "hgroup", "search", "center"}
_INLINE = {"", "Span", "Link", "Reference", "Code", "Quote", "Figure"}
#: Roles whose text stands in paragraphs (ISO 32000-1, 14.8.4.2), and those that hold it bare.
#: Either kind keeps the notes that are called in it; any other hands them to what it is in.
_HOLDS_BLOCKS = {"Document", "Sect", "Art", "Div", "BlockQuote", "Group"}
_HOLDS_NOTES = _HOLDS_BLOCKS | {"LBody", "Lbl", "TD", "TH", "Caption", "Note"}
_ROW_GROUPS = {"thead": "THead", "tbody": "TBody", "tfoot": "TFoot"}
_KEPT_EMPTY = {"TR", "TH", "TD"}


class Node:
    """An element of the structure tree.

    ``kids`` are nodes and pieces of content, ``(page, number)``, in reading order; ``links``
    the annotations that belong to it, as ``(page, annotation)``; ``entries`` what else its
    dictionary says. ``lang`` is the language it is in.
    """

    __slots__ = ("entries", "kids", "lang", "links", "role")

    def __init__(self, role: str, lang: str | None = None) -> None:
        self.role = role
        self.lang = lang
        self.kids: list[Node | tuple[int, int]] = []
        self.links: list[tuple[int, Any]] = []
        self.entries: dict[str, Any] = {}

    def add(self, role: str) -> Node:
        """A new node at the end of this one."""
        node = Node(role, self.lang)
        self.kids.append(node)
        return node


def name_string(name: str) -> bytes:
    """A byte string for an ID: UTF-8, since its bytes are compared and never shown."""
    return b"<" + name.encode().hex().encode() + b">"


class Tree:
    """The nodes of a document, made when their first content is seen."""

    def __init__(self, root: Element) -> None:
        self.document = Node("Document", _language(root))
        self._above = {child: parent for parent in root.iter() for child in parent}
        self._nodes: dict[Element, Node] = {root: self.document}
        self._labels: dict[Element, Node] = {}
        self._items: dict[Element, Node] = {}
        self._named: set[str] = set()
        first = next((one.get("id") for one in root.iter() if one.get("id")), "piece")
        self._prefix = f"{first}.tag"
        self._count = 0

    def node(self, element: Element) -> Node:
        """Where the content of ``element`` goes: its own node, or that of what it stands in."""
        found = self._nodes.get(element)
        if found is None:
            found = self._nodes[element] = self._make(element, self.node(self._above[element]))
        return found

    def label(self, element: Element) -> Node:
        """Where the marker of a list's item or of a note goes."""
        self.node(element)
        return self._labels.get(element) or self._nodes[element]

    def number(self, element: Element, numbering: str) -> None:
        """The list of the item ``element`` is numbered so (ISO 32000-1, 14.8.5.5)."""
        of = self._nodes.get(self._above[element])
        if of is not None and of.role == "L" and "A" not in of.entries:
            of.entries["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": f"/{numbering}"})

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
        """A picture, told by its alternative text (ISO 14289-1, 7.3)."""
        node = self._add(element, self.node(self._above[element]), "Figure")
        node.entries["Alt"] = pydyf.String(alternative)
        layout = {"O": "/Layout", "BBox": pydyf.Array([round(side, 2) for side in box])}
        node.entries["A"] = pydyf.Dictionary(layout)
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
        if tag == "aside" and "note" in _classes(element):
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
            node.entries["E"] = pydyf.String(element.get("title"))
        if role == "Group" and "Lang" in node.entries:
            node.role = "Div"
        return node

    def _add(self, element: Element, above: Node, role: str) -> Node:
        node = above.add(role)
        language = _language(element)
        if language is not None and language != above.lang:
            node.lang = language
            node.entries["Lang"] = pydyf.String(language)
        name = element.get("id")
        if name and role != "Group" and name not in self._named:
            self._named.add(name)
            node.entries["ID"] = name_string(name)
        return node

    def _add_item(self, element: Element, above: Node) -> Node:
        item = self._add(element, above, "LI")
        self._labels[element] = item.add("Lbl")
        return item.add("LBody")

    def _add_note(self, element: Element, above: Node) -> Node:
        node = self._add(element, above, "Note")
        node.entries.setdefault("ID", name_string(self._new_name()))
        self._labels[element] = node.add("Lbl")
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
            above = above.add("Reference")
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
                    item = node.add("LI")
                self._items[child] = item
                last = child.tag

    def _lay_table(self, element: Element, node: Node) -> None:
        """All rows and cells in their order, since an empty cell counts, too."""
        if caption := element.find("caption"):
            self._nodes[caption] = self._add(caption, node, "Caption")
        for group in element:
            if group.tag in _ROW_GROUPS:
                self._nodes[group] = self._add(group, node, _ROW_GROUPS[group.tag])
        cells = _cells(element)
        for row, group in {cell.row: cell.group for cell in cells}.items():
            self._nodes[row] = self._add(row, self._nodes.get(group, node), "TR")
        for cell in cells:
            self._nodes[cell.element] = self._add(
                cell.element, self._nodes[cell.row], "TH" if cell.scope else "TD"
            )
        self._describe(cells)

    def _describe(self, cells: list[_Cell]) -> None:
        """Say of each cell how far it reaches and, where that is not enough, what heads it."""
        heads = _heads(cells)
        for cell in cells:
            said = pydyf.Dictionary({"O": "/Table"})
            if cell.scope:
                said["Scope"] = f"/{cell.scope}"
            if len(cell.columns) > 1:
                said["ColSpan"] = len(cell.columns)
            if len(cell.rows) > 1:
                said["RowSpan"] = len(cell.rows)
            if above := heads.get(cell.element):
                said["Headers"] = pydyf.Array(self._named_cell(one) for one in above)
            if len(said) > 1:
                self._nodes[cell.element].entries["A"] = said

    def _named_cell(self, element: Element) -> bytes:
        entries = self._nodes[element].entries
        if "ID" not in entries:
            entries["ID"] = name_string(self._new_name())
        name: bytes = entries["ID"]
        return name

    def _new_name(self) -> str:
        """An ID for what has none: unique in the volume, as the piece's first id is."""
        self._count += 1
        return f"{self._prefix}{self._count}"


def _classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def _is_link(element: Element) -> bool:
    return element.tag == "a" and "href" in element.attrib


def _language(element: Element) -> str | None:
    return element.get("lang", element.get(_XML_LANG))


def settle(document: Node) -> None:
    """Give everything its last place: text in paragraphs, notes behind what calls them.

    Elements without content go, levels of headings that were left out are closed up (ISO
    14289-1, 7.4.2), and a link to nowhere is no link.
    """
    _settle(document, [])
    for kid in document.kids:  # each says its language, for they may come to stand elsewhere
        if isinstance(kid, Node) and document.lang:
            kid.entries.setdefault("Lang", pydyf.String(document.lang))


def _settle(node: Node, levels: list[tuple[int, int]]) -> list[Node]:
    """Settle ``node``; gives the notes in it that what it is in has to place."""
    if node.role in _LEVELS:
        node.role = f"H{_level(_LEVELS[node.role], levels)}"
    elif node.role == "Link" and not node.links:
        node.role = "Span"
    settled: list[Node | tuple[int, int]] = []
    run: list[Node | tuple[int, int]] = []
    notes: list[Node] = []
    for kid in node.kids:
        called = _settle(kid, levels) if isinstance(kid, Node) else []
        if not isinstance(kid, Node):
            run.append(kid)
        elif kid.role == "Note":
            notes.append(kid)
        elif kid.role in _INLINE:
            run += [kid] if kid.kids or kid.links else []
        else:
            _end_run(node.role, run, notes, settled)
            said = [kid] if kid.kids or kid.role in _KEPT_EMPTY else []
            settled += kid.kids if kid.role == "Group" else said
        notes += called
        if not run:
            _end_run(node.role, run, notes, settled)
    _end_run(node.role, run, notes, settled)
    node.kids = settled
    return notes


def _end_run(
    role: str,
    run: list[Node | tuple[int, int]],
    notes: list[Node],
    settled: list[Node | tuple[int, int]],
) -> None:
    """Settle what was gathered of a line of text, and the notes that are called in it."""
    if role in _HOLDS_BLOCKS and not all(
        isinstance(kid, Node) and kid.role == "Figure" for kid in run
    ):
        paragraph = Node("P")
        paragraph.kids = run[:]
        settled.append(paragraph)
    else:
        settled += run
    run.clear()
    if role in _HOLDS_NOTES:
        settled += notes
        notes.clear()


def _level(level: int, levels: list[tuple[int, int]]) -> int:
    """The level to give: never two below the heading that it stands under."""
    while levels and levels[-1][0] >= level:
        levels.pop()
    given = levels[-1][1] + 1 if levels else level
    levels.append((level, given))
    return given


@dataclass(slots=True)
class _Cell:
    """A cell in its table's grid; ``scope`` is empty for one that heads nothing."""

    element: Element
    row: Element
    group: Element
    rows: range
    columns: range
    scope: str


def _cells(table: Element) -> list[_Cell]:
    """Every cell of ``table``, placed as HTML does it (4.9.12.1, "Forming a table")."""
    groups: dict[Element, list[Element]] = {}
    for child in table:
        if child.tag == "tr":
            groups.setdefault(table, []).append(child)
        elif child.tag in _ROW_GROUPS:
            groups[child] = [row for row in child if row.tag == "tr"]
    cells: list[_Cell] = []
    top = 0
    for group, rows in groups.items():
        taken: set[tuple[int, int]] = set()
        for offset, row in enumerate(rows):
            left, bare = 0, group.tag == "thead" or all(cell.tag == "th" for cell in row)
            for element in row:
                while (offset, left) in taken:
                    left += 1
                high = range(offset, offset + _span(element, "rowspan", len(rows) - offset))
                wide = range(left, left + _span(element, "colspan", 1000))
                taken.update((down, over) for down in high for over in wide)
                down = range(top + high.start, top + high.stop)
                scope = _scope(element, bare, len(wide))
                cells.append(_Cell(element, row, group, down, wide, scope))
        top += len(rows)
    return cells


def _span(element: Element, name: str, most: int) -> int:
    said = element.get(name, "1").strip()
    span = int(said) if said.isdecimal() else 1
    return most if name == "rowspan" and not span else max(1, min(span, most))


def _scope(element: Element, bare: bool, width: int) -> str:
    """What a header heads: what it says, or else as its place has it. An empty one is none."""
    if element.tag != "th" or not (len(element) or (element.text or "").strip()):
        return ""
    said = element.get("scope", "")
    if said == "rowgroup":  # over its rows if it spans them from above, or else beside them
        return "Column" if width > 1 else "Row"
    if said in {"row", "col", "colgroup"}:
        return "Row" if said == "row" else "Column"
    return "Column" if bare else "Row"


def _heads(cells: list[_Cell]) -> dict[Element, list[Element]]:
    """The headers of each cell, where Scope alone does not tell them (ISO 14289-1, 7.5).

    Headers above one another in adjoining rows all count; a later one of the same width takes
    the place of an earlier one (HTML, 4.9.12.2).
    """
    if not _is_intricate(cells):
        return {}
    beside: dict[int, list[_Cell]] = {}
    for cell in cells:
        for row in cell.rows if cell.scope == "Row" else ():
            beside.setdefault(row, []).append(cell)
    nearest: dict[int, list[_Cell]] = {}
    further: dict[int, list[_Cell]] = {}
    found: dict[Element, list[Element]] = {}
    for cell in cells:
        heads: list[_Cell] = []
        for column in cell.columns:
            if cell.scope == "Column":
                heads += _add_head(cell, column, nearest, further)
            else:
                heads += further.get(column, []) + nearest.get(column, [])
        for row in cell.rows:
            left = cell.columns.start
            heads += [head for head in beside.get(row, ()) if head.columns.start < left]
        found[cell.element] = list(dict.fromkeys(head.element for head in heads))
    return found


def _add_head(
    cell: _Cell, column: int, nearest: dict[int, list[_Cell]], further: dict[int, list[_Cell]]
) -> list[_Cell]:
    """Let ``cell`` head what is below it in ``column``; gives the headers just above it."""
    block, old = nearest.get(column, []), further.get(column, [])
    if block and block[-1].rows.stop < cell.rows.start:
        block, old = [], old + block
    nearest[column] = [*block, cell]
    further[column] = [head for head in old if head.columns != cell.columns]
    return block


def _is_intricate(cells: list[_Cell]) -> bool:
    heads = [cell for cell in cells if cell.scope]
    return any(len(cell.rows) > 1 or len(cell.columns) > 1 for cell in cells) or any(
        cell.rows.start and cell.columns.start for cell in heads
    )
