"""A piece's pages as they stand in the file: segments, which binding has only to put together.

A segment's objects have their last numbers, in a range of its own, and are compressed (ISO
32000-1, 7.5.7). It is the same bytes in every file in which its range begins at the same
number, so a piece that did not change costs a copy.
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from book.render.pdf.file import nametree
from book.render.pdf.file.objects import FontUse, Leaf, Leaves, PdfObject, Spot, placed
from book.render.pdf.file.structure import Elements, count, names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MEDIA_BOX = re.compile(rb"/MediaBox ?(\[[^]]*\])")
#: How many objects a reader has to unpack to get at one.
_TOGETHER = 200
#: The ranges of the segments begin at multiples of this.
_ROUND = 256
#: An entry of the cross reference stream: what it is, where, and where in that.
ENTRY = struct.Struct(">BIH")


class Segment(Struct, frozen=True):
    """Objects of the file from the number ``first`` on, but for their bytes.

    ``table`` is their part of the cross reference stream (7.5.8.3), an :data:`ENTRY` for each
    number: 1 and the place; 2, the number of a stream and the place in that; or 0 for none.
    ``standing`` are the places in it of the first kind, which count from the segment's own
    beginning. ``pages`` is the number of the node of the page tree; ``tops`` are as in
    :class:`Elements`; ``parents`` is the number of a node of the parent tree and the keys that it
    goes from and to. ``places`` and ``ids`` are nodes of the trees of destinations (12.3.2.3) and
    of elements with an ID (14.7.2).
    """

    first: int
    table: bytes
    standing: tuple[int, ...]
    fonts: dict[str, FontUse]
    pages: int = 0
    tops: tuple[int, ...] = ()
    parents: tuple[int, int, int] | None = None
    places: tuple[nametree.NameNode, ...] = ()
    ids: tuple[nametree.NameNode, ...] = ()

    @property
    def end(self) -> int:
        """The first number behind its own."""
        return self.first + len(self.table) // ENTRY.size

    def table_at(self, place: int) -> bytes:
        """Its part of the table if its bytes stand at ``place`` in the file."""
        table = bytearray(self.table)
        for at in self.standing:
            kind, own, inside = ENTRY.unpack_from(table, at)
            ENTRY.pack_into(table, at, kind, place + own, inside)
        return bytes(table)


@dataclass(slots=True)
class SegmentWriter:
    """Objects under their numbers become a segment."""

    first: int
    _plain: dict[int, PdfObject] = field(default_factory=dict)
    _packed: dict[int, bytes] = field(default_factory=dict)
    _last: int = 0

    def put(self, number: int, thing: PdfObject | bytes) -> int:
        """Put an object without marks under ``number``."""
        if isinstance(thing, PdfObject) and thing.stream is not None:
            self._plain[number] = thing
        else:
            self._packed[number] = thing.value if isinstance(thing, PdfObject) else thing
        self._last = max(self._last, number)
        return number

    def add(self, thing: PdfObject | bytes) -> int:
        """Put an object under the next number."""
        return self.put(max(self._last + 1, self.first), thing)

    def finished(self, fonts: dict[str, FontUse], **facts: Any) -> tuple[Segment, bytes]:
        """The segment of all that was put, and its bytes; ``facts`` are what else it says."""
        where: dict[int, tuple[int, int, int]] = {}
        packed = sorted(self._packed.items())
        for start in range(0, len(packed), _TOGETHER):
            some = packed[start : start + _TOGETHER]
            holder = self.add(_object_stream(some))  # which puts it among the plain ones
            where |= {number: (2, holder, place) for place, (number, _) in enumerate(some)}
        parts: list[bytes] = []
        size = 0
        for number, thing in self._plain.items():
            where[number] = (1, size, 0)
            parts.append(standing(number, thing))
            size += len(parts[-1])
        numbers = range(self.first, self._last + 1)
        table = b"".join(ENTRY.pack(*where.get(number, (0, 0, 0))) for number in numbers)
        plain = tuple(ENTRY.size * (number - self.first) for number in sorted(self._plain))
        return Segment(self.first, table, plain, fonts, **facts), b"".join(parts)


def standing(number: int, thing: PdfObject) -> bytes:
    """A stream as it stands in the file (7.3.8)."""
    return b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (number, thing.value, thing.stream)


class Stream:
    """A stream that is compressed as it is written."""

    def __init__(self) -> None:
        self._press, self._packed = zlib.compressobj(6), list[bytes]()

    def write(self, content: bytes) -> None:
        """Add ``content`` at its end."""
        self._packed.append(self._press.compress(content))

    def thing(self, value: bytes) -> PdfObject:
        """The whole of it; ``value`` is what its dictionary says beside how it is compressed."""
        packed = b"".join([*self._packed, self._press.flush()])
        return PdfObject(b"<<%s/Filter/FlateDecode/Length %d>>" % (value, len(packed)), packed)


def stream(value: bytes, *content: bytes) -> PdfObject:
    """A compressed stream."""
    made = Stream()
    for part in content:
        made.write(part)
    return made.thing(value)


def _object_stream(some: list[tuple[int, bytes]]) -> PdfObject:
    index, size = [], 0
    for number, value in some:
        index.append(b"%d %d" % (number, size))
        size += len(value) + 1
    head = b" ".join(index) + b"\n"
    value = b"/Type/ObjStm/N %d/First %d" % (len(some), len(head))
    return stream(value, head, *(part for _, one in some for part in (one, b"\n")))


def room(leaves: Leaves) -> int:
    """How many numbers are set aside for a segment of ``leaves``: some more than it needs."""
    inside = len(leaves.things) + len(leaves.leaves)
    inside += sum(1 for _ in nametree.groups(leaves.anchors))
    if leaves.tags:
        inside += count(leaves.tags) + sum(1 for _ in nametree.groups(names(leaves.tags)))
    return rounded(inside + inside // _TOGETHER + 8)


def rounded(number: int) -> int:
    """The first number from ``number`` on at which a range may begin."""
    return -(-number // _ROUND) * _ROUND


class Surroundings(Struct, frozen=True):
    """The numbers of what segments lead to.

    These are the page tree's root, the Document, and what is drawn before and after a page's
    text so that a folio comes over it.
    """

    pages: int
    document: int
    opening: int
    closing: int


def body(
    leaves: Leaves,
    first: int,
    around: Surroundings,
    numbers: Mapping[str, int],
    folios: int | None,
    *,
    with_blank: bool,
) -> tuple[Segment, bytes]:
    """The segment of a piece, tagged, its numbers from ``first`` on; and its bytes.

    ``folios`` is the number of its first page's folio, the others follow; None if it has
    none. ``with_blank`` adds a page with nothing on it, not even a folio.
    """
    writer = SegmentWriter(first)
    for place, thing in enumerate(leaves.things):
        if thing is not None:
            writer.put(first + place, PdfObject(placed(thing.value, first, numbers), thing.stream))
    node = first + len(leaves.things)
    writer.put(node, b"")
    pages = []
    for place, leaf in enumerate(leaves.leaves):
        folio = None if folios is None else folios + place
        value = placed(_page(leaf, node, around, folio), first, numbers)
        pages.append(writer.put(first + leaf.page, value))
    elements, parents = None, None
    if leaves.tags is not None:
        elements = Elements(leaves.tags, node + 1, around.document, pages, first)
        for element in elements.elements:
            writer.add(element)
        parents = _parents(writer, elements.parents)
    kids = [*pages, writer.add(_blank(leaves.leaves[-1], node))] if with_blank else pages
    refs = b" ".join(b"%d 0 R" % kid for kid in kids)
    writer.put(
        node, b"<</Type/Pages/Parent %d 0 R/Count %d/Kids[%s]>>" % (around.pages, len(kids), refs)
    )
    ids = elements.names if elements else {}
    return writer.finished(
        leaves.fonts,
        pages=node,
        tops=tuple(elements.tops if elements else ()),
        parents=parents,
        places=_named(writer, {one: _at(spot, pages) for one, spot in leaves.anchors.items()}),
        ids=_named(writer, {one: b"%d 0 R" % number for one, number in ids.items()}),
    )


def _at(spot: Spot, pages: Sequence[int]) -> bytes:
    """A destination (12.3.2.2): the left upper corner of what stands there."""
    left, top = f"{spot.left:.2f}".encode(), f"{spot.top:.2f}".encode()
    return b"[%d 0 R/XYZ %s %s null]" % (pages[spot.page], left, top)


def _named(writer: SegmentWriter, values: Mapping[str, bytes]) -> tuple[nametree.NameNode, ...]:
    return tuple(
        nametree.NameNode(some[0], writer.add(nametree.node(some, values)))
        for some in nametree.groups(values)
    )


def _page(leaf: Leaf, node: int, around: Surroundings, folio: int | None) -> bytes:
    pictures, contents = leaf.pictures, b"\xfeL%x;" % leaf.contents
    if folio is not None:
        pictures += b"/Folio %d 0 R" % folio
        contents = b"[%d 0 R %s %d 0 R]" % (around.opening, contents, around.closing)
    return b"<</Type/Page/Parent %d 0 R%s/Contents %s/Resources<<%s%s>>>>" % (
        node,
        leaf.value,
        contents,
        leaf.resources,
        b"/XObject<<%s>>" % pictures if pictures else b"",
    )


def _blank(like: Leaf, node: int) -> bytes:
    """A page of the size of ``like`` with nothing on it."""
    box = _media_box(like)
    return b"<</Type/Page/Parent %d 0 R/MediaBox%s/Resources<<>>/Tabs/S>>" % (node, box)


def _parents(writer: SegmentWriter, parents: Mapping[int, bytes]) -> tuple[int, int, int]:
    keys = sorted(parents)
    nums = b" ".join(b"%d %s" % (key, parents[key]) for key in keys)
    node = writer.add(b"<</Limits[%d %d]/Nums[%s]>>" % (keys[0], keys[-1], nums))
    return node, keys[0], keys[-1]


def folios(leaves: Leaves, first: int, numbers: Mapping[str, int]) -> tuple[Segment, bytes]:
    """The segment of a piece's folios: forms (8.10), one a page, numbered from ``first`` on."""
    writer = SegmentWriter(first)
    base = first + len(leaves.leaves)
    contents = {leaf.contents for leaf in leaves.leaves}
    for place, thing in enumerate(leaves.things):
        if thing is not None and place not in contents:
            writer.put(base + place, PdfObject(placed(thing.value, base, numbers), thing.stream))
    for place, leaf in enumerate(leaves.leaves):
        drawn = leaves.things[leaf.contents] or PdfObject(b"<<>>", b"")
        value = b"<</Type/XObject/Subtype/Form/BBox%s/Resources<<%s%s>>%s" % (
            _media_box(leaf),
            leaf.resources,
            b"/XObject<<%s>>" % leaf.pictures if leaf.pictures else b"",
            drawn.value.removeprefix(b"<<"),
        )
        writer.put(first + place, PdfObject(placed(value, base, numbers), drawn.stream))
    return writer.finished(leaves.fonts)


def _media_box(leaf: Leaf) -> bytes:
    found = _MEDIA_BOX.search(leaf.value)
    return found[1] if found else b"[0 0 0 0]"
