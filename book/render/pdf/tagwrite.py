"""The nodes of a structure tree find their last place and become PDF objects."""

from __future__ import annotations

from typing import Any

import pydyf

from book.render.pdf.tagtree import Node

_LEVELS = {f"H{level}": level for level in range(1, 7)}
_INLINE = {"", "Span", "Link", "Reference", "Code", "Quote", "Figure"}
#: Roles whose text stands in paragraphs (ISO 32000-1, 14.8.4.2), and those that hold it bare.
#: Either kind keeps the notes that are called in it; any other hands them to what it is in.
_HOLDS_BLOCKS = {"Document", "Sect", "Art", "Div", "BlockQuote", "Group"}
_HOLDS_NOTES = _HOLDS_BLOCKS | {"LBody", "Lbl", "TD", "TH", "Caption", "Note"}
_KEPT_EMPTY = {"TR", "TH", "TD"}


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


class Writer:
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
