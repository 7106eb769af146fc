"""What leads a reader through the bound file: destinations, outline, page labels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from book.render.pdf.syntax import name_string, text_string
from book.words.digits import in_digits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from book.render.pdf.file.segments import SegmentWriter
    from book.render.pdf.record import Placed


@dataclass(slots=True)
class _Item:
    """An item of the outline; its number, and its items."""

    number: int
    title: str
    at: bytes
    items: list[_Item] = field(default_factory=list)


def outline(writer: SegmentWriter, placed: Sequence[Placed]) -> int:
    """All headings, nested by level, closed below the chapters.

    Gives the outline's number, or 0 if there are no headings.
    """
    root = _Item(writer.add(b"null"), "", b"")
    for one in placed:
        stack = [(0, root)]
        record = one.piece.record
        for identity, level, title in one.sheet.headings:
            if identity not in record.anchors:
                continue
            item = _Item(writer.add(b""), title, name_string(identity))
            while stack[-1][0] >= level:
                stack.pop()
            stack[-1][1].items.append(item)
            stack.append((level, item))
    if not root.items:
        return 0
    ends = _ends(root) + b"/Count %d" % len(root.items)
    writer.put(root.number, b"<</Type/Outlines%s>>" % ends)
    _put_items(writer, root)
    return root.number


def _put_items(writer: SegmentWriter, above: _Item) -> None:
    for place, item in enumerate(above.items):
        entries = b"/Title%s/Parent %d 0 R/Dest%s" % (
            text_string(item.title),
            above.number,
            item.at,
        )
        if place:
            entries += b"/Prev %d 0 R" % above.items[place - 1].number
        if place + 1 < len(above.items):
            entries += b"/Next %d 0 R" % above.items[place + 1].number
        if item.items:
            entries += _ends(item) + b"/Count %d" % -len(item.items)
        writer.put(item.number, b"<<%s>>" % entries)
        _put_items(writer, item)


def _ends(item: _Item) -> bytes:
    if not item.items:
        return b""
    return b"/First %d 0 R/Last %d 0 R" % (item.items[0].number, item.items[-1].number)


def page_labels(placed: Sequence[Placed], digits: str) -> bytes:
    """Page labels as printed: roman, then arabic; the cover is named.

    PDF counts in Latin digits alone (ISO 32000-1, 12.4.2), so pages in others are named, too.
    """
    styles = {"roman": b"r", "arabic": b"D"}
    nums, last = b"", ""
    for one in placed:
        numbering = one.sheet.numbering
        if numbering == "arabic" and digits != "latn":
            count = one.piece.record.pages + one.piece.record.pages % 2
            for page in range(count):
                name = text_string(in_digits(str(one.number + page), digits))
                nums += b"%d<</P%s>>" % (one.first + page, name)
        if numbering == last or (numbering == "arabic" and digits != "latn"):
            last = numbering
            continue
        last = numbering
        if numbering == "none":
            label = b"/P%s" % text_string(one.sheet.headings[0][2])
        else:
            label = b"/S/%s/St %d" % (styles[numbering], one.number)
        nums += b"%d<<%s>>" % (one.first, label)
    return b"<</Nums[%s]>>" % nums
