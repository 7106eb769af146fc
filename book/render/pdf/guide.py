"""What leads a reader through the bound file: destinations, outline, page labels."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from book.render.pdf.leaves import name_string
from book.render.pdf.metadata import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from book.render.pdf.paginate import Placed
    from book.render.pdf.quires import Press
    from book.render.pdf.record import Spot

#: How many names are in a node of a tree of them.
_TOGETHER = 100


def destinations(press: Press, placed: Sequence[Placed], pages: Mapping[int, int]) -> bytes:
    """A name tree of every id of the book: it leads to its left upper corner.

    ``pages`` are the object numbers of the volume's pages, counted from 0.
    """
    # Letters come in the same order as their bytes in UTF-8.
    every = sorted((name, at) for at, one in enumerate(placed) for name in one.piece.record.anchors)
    return name_tree(
        press,
        (
            (name.encode(), _place(placed[at], placed[at].piece.record.anchors[name], pages))
            for name, at in every
        ),
    )


def name_tree(press: Press, pairs: Iterable[tuple[bytes, bytes]]) -> bytes:
    """The root of a name tree (ISO 32000-1, 7.9.6); ``pairs`` are in the order of their names.

    It has a node for each few names, so that a reader looks at few of them.
    """
    rest, nodes = iter(pairs), []
    while some := tuple(islice(rest, _TOGETHER)):
        limits = name_string(some[0][0]) + name_string(some[-1][0])
        names = b"".join(name_string(name) + value for name, value in some)
        nodes.append(b"%d 0 R" % press.add(b"<</Limits[%s]/Names[%s]>>" % (limits, names)))
    return b"<</Kids[%s]>>" % b" ".join(nodes)


def _place(placed: Placed, spot: Spot, pages: Mapping[int, int]) -> bytes:
    where = pages[placed.first + spot.page], f"{spot.left:.2f}".encode(), f"{spot.top:.2f}".encode()
    return b"[%d 0 R/XYZ %s %s null]" % where


@dataclass(slots=True)
class _Item:
    """An item of the outline; its number, and its items."""

    number: int
    title: str
    at: bytes
    items: list[_Item] = field(default_factory=list)


def outline(press: Press, placed: Sequence[Placed], pages: Mapping[int, int]) -> int:
    """All headings, nested by level, closed below the chapters.

    Gives the outline's number, or 0 if there are no headings.
    """
    root = _Item(press.add(b"null"), "", b"")
    for one in placed:
        stack = [(0, root)]
        record = one.piece.record
        for identity, level, title in one.sheet.headings:
            if identity not in record.anchors:
                continue
            item = _Item(press.add(b""), title, _place(one, record.anchors[identity], pages))
            while stack[-1][0] >= level:
                stack.pop()
            stack[-1][1].items.append(item)
            stack.append((level, item))
    if not root.items:
        return 0
    ends = _ends(root) + b"/Count %d" % len(root.items)
    press.put(root.number, b"<</Type/Outlines%s>>" % ends)
    _put_items(press, root)
    return root.number


def _put_items(press: Press, above: _Item) -> None:
    for place, item in enumerate(above.items):
        said = b"/Title%s/Parent %d 0 R/Dest%s" % (text(item.title), above.number, item.at)
        if place:
            said += b"/Prev %d 0 R" % above.items[place - 1].number
        if place + 1 < len(above.items):
            said += b"/Next %d 0 R" % above.items[place + 1].number
        if item.items:
            said += _ends(item) + b"/Count %d" % -len(item.items)
        press.put(item.number, b"<<%s>>" % said)
        _put_items(press, item)


def _ends(item: _Item) -> bytes:
    if not item.items:
        return b""
    return b"/First %d 0 R/Last %d 0 R" % (item.items[0].number, item.items[-1].number)


def page_labels(placed: Sequence[Placed]) -> bytes:
    """Page labels as printed: roman, then arabic; the cover is named."""
    styles = {"roman": b"r", "arabic": b"D"}
    nums, last = b"", ""
    for one in placed:
        numbering = one.sheet.numbering
        if numbering == last:
            continue
        last = numbering
        if numbering == "none":
            label = b"/P%s" % text(one.sheet.headings[0][2])
        else:
            label = b"/S/%s/St %d" % (styles[numbering], one.number)
        nums += b"%d<<%s>>" % (one.first, label)
    return b"<</Nums[%s]>>" % nums
