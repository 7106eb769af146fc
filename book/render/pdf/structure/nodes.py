"""The nodes of a structure tree: made in a worker, joined where pages are, kept, then written.

A piece is set a few pages at a time, and each of these runs of pages has a tree of its own. An
element that is broken over two of them has a node of the same key in both.
"""

from __future__ import annotations

from dataclasses import dataclass, field

#: What a node is of its element: itself, its label, its list's body, a reference to it, an item
#: that the HTML has no element for.
ITSELF, LABEL, BODY, REFERENCE, ITEM = range(5)

_LEVELS = {f"H{level}": level for level in range(1, 7)}
_INLINE = {"", "Span", "Link", "Reference", "Code", "Quote", "Figure", "Formula"}
#: Roles whose text stands in paragraphs (ISO 32000-1, 14.8.4.2), and those that hold it bare.
#: Either kind keeps the notes that are called in it; any other hands them to what it is in.
_HOLDS_BLOCKS = {"Document", "Sect", "Art", "Div", "BlockQuote", "Group"}
_HOLDS_NOTES = _HOLDS_BLOCKS | {"LBody", "Lbl", "TD", "TH", "Caption", "Note"}
_KEPT_EMPTY = {"TR", "TH", "TD"}


@dataclass(slots=True, eq=False)
class Node:
    """An element of the structure tree.

    ``key`` tells the HTML element (counted from 0 in document order) and what of it the node
    is. ``kids`` are nodes and pieces of content, ``(page, number)``, in reading order; ``links``
    the annotations that belong to it, as ``(page, annotation)``, both counted from 0;
    ``entries`` what else its dictionary says. ``lang`` is the language it is in.
    """

    role: str
    key: tuple[int, int]
    lang: str | None = None
    kids: list[Node | tuple[int, int]] = field(default_factory=list)
    links: list[tuple[int, int]] = field(default_factory=list)
    entries: dict[str, bytes] = field(default_factory=dict)

    def add(self, role: str, key: tuple[int, int]) -> Node:
        """A new node at the end of this one."""
        node = Node(role, key, self.lang)
        self.kids.append(node)
        return node


def move(node: Node, pages: int, annotations: int) -> None:
    """Count the pages and annotations of ``node`` on from these."""
    node.links = [(page + pages, number + annotations) for page, number in node.links]
    for place, kid in enumerate(node.kids):
        if isinstance(kid, Node):
            move(kid, pages, annotations)
        else:
            node.kids[place] = (kid[0] + pages, kid[1])


def join(node: Node, more: Node) -> None:
    """Add to ``node`` what ``more``, the same element on later pages, holds."""
    known = {kid.key: kid for kid in node.kids if isinstance(kid, Node)}
    for kid in more.kids:
        if isinstance(kid, Node) and kid.key in known:
            join(known[kid.key], kid)
        else:
            node.kids.append(kid)
    node.links += more.links
    node.entries |= {
        name: value for name, value in more.entries.items() if name not in node.entries
    }


def settle(document: Node) -> None:
    """Give everything its last place: text in paragraphs, notes behind what calls them.

    Elements without content go, levels of headings that were left out are closed up (ISO
    14289-1, 7.4.2), and a link to nowhere is no link.
    """
    _settle(document, [])


def _put_in_order(node: Node) -> None:
    """A picture that floats is printed behind what follows it, but told where it was written."""
    if node.role in _HOLDS_BLOCKS and all(isinstance(kid, Node) for kid in node.kids):
        node.kids.sort(key=lambda kid: kid.key if isinstance(kid, Node) else (0, 0))


def _settle(node: Node, levels: list[tuple[int, int]]) -> list[Node]:
    """Settle ``node``; gives the notes in it that what it is in has to place."""
    if node.role in _LEVELS:
        node.role = f"H{_level(_LEVELS[node.role], levels)}"
    elif node.role == "Link" and not node.links:
        node.role = "Span"
    _put_in_order(node)
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
            _end_run(node, run, notes, settled)
            kept = [kid] if kid.kids or kid.role in _KEPT_EMPTY else []
            settled += kid.kids if kid.role == "Group" else kept
        notes += called
        if not run:
            _end_run(node, run, notes, settled)
    _end_run(node, run, notes, settled)
    node.kids = settled
    return notes


def _end_run(
    node: Node,
    run: list[Node | tuple[int, int]],
    notes: list[Node],
    settled: list[Node | tuple[int, int]],
) -> None:
    """Settle what was gathered of a line of text, and the notes that are called in it."""
    if node.role in _HOLDS_BLOCKS and not all(
        isinstance(kid, Node) and kid.role in {"Figure", "Formula"} for kid in run
    ):
        settled.append(Node("P", node.key, node.lang, kids=run[:]))
    else:
        settled += run
    run.clear()
    if node.role in _HOLDS_NOTES:
        settled += notes
        notes.clear()


def _level(level: int, levels: list[tuple[int, int]]) -> int:
    """The level to give: never two below the heading that it stands under."""
    while levels and levels[-1][0] >= level:
        levels.pop()
    given = levels[-1][1] + 1 if levels else level
    levels.append((level, given))
    return given
