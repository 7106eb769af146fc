"""A piece's pages as they stand in the file: quires, which binding has only to put together.

A quire's objects have their last numbers, in a range of its own, and are compressed (ISO
32000-1, 7.5.7). It is the same bytes in every file in which its range begins at the same
number, so a piece that did not change costs a copy.
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from book.render.pdf.file import nametree
from book.render.pdf.file.objects import FontUse, Leaf, Leaves, Spot, Thing, placed
from book.render.pdf.file.structure import Elements, count, names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MEDIA_BOX = re.compile(rb"/MediaBox ?(\[[^]]*\])")
#: How many objects a reader has to unpack to get at one.
_TOGETHER = 200
#: The ranges of the quires begin at multiples of this.
_ROUND = 256
#: An entry of the cross reference stream: what it is, where, and where in that.
ENTRY = struct.Struct(">BIH")


@dataclass(frozen=True, slots=True)
class Quire:
    """Objects of the file from the number ``first`` on, but for their bytes.

    ``table`` is their part of the cross reference stream (7.5.8.3), an :data:`ENTRY` for each
    number: 1 and the place; 2, the number of a stream and the place in that; or 0 for none.
    ``standing`` are the places in it of the first kind, which count from the quire's own
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
    places: tuple[nametree.Names, ...] = ()
    ids: tuple[nametree.Names, ...] = ()

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
class Press:
    """Objects under their numbers become a quire."""

    first: int
    _plain: dict[int, Thing] = field(default_factory=dict)
    _packed: dict[int, bytes] = field(default_factory=dict)
    _last: int = 0

    def put(self, number: int, thing: Thing | bytes) -> int:
        """Put an object without marks under ``number``."""
        if isinstance(thing, Thing) and thing.stream is not None:
            self._plain[number] = thing
        else:
            self._packed[number] = thing.said if isinstance(thing, Thing) else thing
        self._last = max(self._last, number)
        return number

    def add(self, thing: Thing | bytes) -> int:
        """Put an object under the next number."""
        return self.put(max(self._last + 1, self.first), thing)

    def pressed(self, fonts: dict[str, FontUse], **facts: Any) -> tuple[Quire, bytes]:
        """The quire of all that was put, and its bytes; ``facts`` are what else it says."""
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
        return Quire(self.first, table, plain, fonts, **facts), b"".join(parts)


def standing(number: int, thing: Thing) -> bytes:
    """A stream as it stands in the file (7.3.8)."""
    return b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (number, thing.said, thing.stream)


class Stream:
    """A stream that is compressed as it is written."""

    def __init__(self) -> None:
        self._press, self._packed = zlib.compressobj(6), list[bytes]()

    def write(self, content: bytes) -> None:
        """Add ``content`` at its end."""
        self._packed.append(self._press.compress(content))

    def thing(self, said: bytes) -> Thing:
        """The whole of it; ``said`` is what its dictionary says beside how it is compressed."""
        packed = b"".join([*self._packed, self._press.flush()])
        return Thing(b"<<%s/Filter/FlateDecode/Length %d>>" % (said, len(packed)), packed)


def stream(said: bytes, *content: bytes) -> Thing:
    """A compressed stream."""
    made = Stream()
    for part in content:
        made.write(part)
    return made.thing(said)


def _object_stream(some: list[tuple[int, bytes]]) -> Thing:
    index, size = [], 0
    for number, said in some:
        index.append(b"%d %d" % (number, size))
        size += len(said) + 1
    head = b" ".join(index) + b"\n"
    said = b"/Type/ObjStm/N %d/First %d" % (len(some), len(head))
    return stream(said, head, *(part for _, one in some for part in (one, b"\n")))


def room(leaves: Leaves) -> int:
    """How many numbers are set aside for a quire of ``leaves``: some more than it needs."""
    inside = len(leaves.things) + len(leaves.leaves)
    inside += sum(1 for _ in nametree.groups(leaves.anchors))
    if leaves.tags:
        inside += count(leaves.tags) + sum(1 for _ in nametree.groups(names(leaves.tags)))
    return rounded(inside + inside // _TOGETHER + 8)


def rounded(number: int) -> int:
    """The first number from ``number`` on at which a range may begin."""
    return -(-number // _ROUND) * _ROUND


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The numbers of what quires lead to.

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
    shelf: Mapping[str, int],
    folios: int | None,
    *,
    with_blank: bool,
) -> tuple[Quire, bytes]:
    """The quire of a piece, tagged, its numbers from ``first`` on; and its bytes.

    ``folios`` is the number of its first page's folio, the others follow; None if it has
    none. ``with_blank`` adds a page with nothing on it, not even a folio.
    """
    press = Press(first)
    for place, thing in enumerate(leaves.things):
        if thing is not None:
            press.put(first + place, Thing(placed(thing.said, first, shelf), thing.stream))
    node = first + len(leaves.things)
    press.put(node, b"")
    pages = []
    for place, leaf in enumerate(leaves.leaves):
        folio = None if folios is None else folios + place
        said = placed(_page(leaf, node, around, folio), first, shelf)
        pages.append(press.put(first + leaf.page, said))
    elements, parents = None, None
    if leaves.tags is not None:
        elements = Elements(leaves.tags, node + 1, around.document, pages, first)
        for element in elements.elements:
            press.add(element)
        parents = _parents(press, elements.parents)
    kids = [*pages, press.add(_blank(leaves.leaves[-1], node))] if with_blank else pages
    refs = b" ".join(b"%d 0 R" % kid for kid in kids)
    press.put(
        node, b"<</Type/Pages/Parent %d 0 R/Count %d/Kids[%s]>>" % (around.pages, len(kids), refs)
    )
    ids = elements.names if elements else {}
    return press.pressed(
        leaves.fonts,
        pages=node,
        tops=tuple(elements.tops if elements else ()),
        parents=parents,
        places=_named(press, {one: _at(spot, pages) for one, spot in leaves.anchors.items()}),
        ids=_named(press, {one: b"%d 0 R" % number for one, number in ids.items()}),
    )


def _at(spot: Spot, pages: Sequence[int]) -> bytes:
    """A destination (12.3.2.2): the left upper corner of what stands there."""
    left, top = f"{spot.left:.2f}".encode(), f"{spot.top:.2f}".encode()
    return b"[%d 0 R/XYZ %s %s null]" % (pages[spot.page], left, top)


def _named(press: Press, values: Mapping[str, bytes]) -> tuple[nametree.Names, ...]:
    return tuple(
        nametree.Names(some[0], press.add(nametree.node(some, values)))
        for some in nametree.groups(values)
    )


def _page(leaf: Leaf, node: int, around: Surroundings, folio: int | None) -> bytes:
    pictures, contents = leaf.pictures, b"\xfeL%x;" % leaf.contents
    if folio is not None:
        pictures += b"/Folio %d 0 R" % folio
        contents = b"[%d 0 R %s %d 0 R]" % (around.opening, contents, around.closing)
    return b"<</Type/Page/Parent %d 0 R%s/Contents %s/Resources<<%s%s>>>>" % (
        node,
        leaf.said,
        contents,
        leaf.resources,
        b"/XObject<<%s>>" % pictures if pictures else b"",
    )


def _blank(like: Leaf, node: int) -> bytes:
    """A page of the size of ``like`` with nothing on it."""
    box = _media_box(like)
    return b"<</Type/Page/Parent %d 0 R/MediaBox%s/Resources<<>>/Tabs/S>>" % (node, box)


def _parents(press: Press, parents: Mapping[int, bytes]) -> tuple[int, int, int]:
    keys = sorted(parents)
    nums = b" ".join(b"%d %s" % (key, parents[key]) for key in keys)
    node = press.add(b"<</Limits[%d %d]/Nums[%s]>>" % (keys[0], keys[-1], nums))
    return node, keys[0], keys[-1]


def folios(leaves: Leaves, first: int, shelf: Mapping[str, int]) -> tuple[Quire, bytes]:
    """The quire of a piece's folios: forms (8.10), one a page, numbered from ``first`` on."""
    press = Press(first)
    base = first + len(leaves.leaves)
    contents = {leaf.contents for leaf in leaves.leaves}
    for place, thing in enumerate(leaves.things):
        if thing is not None and place not in contents:
            press.put(base + place, Thing(placed(thing.said, base, shelf), thing.stream))
    for place, leaf in enumerate(leaves.leaves):
        drawn = leaves.things[leaf.contents] or Thing(b"<<>>", b"")
        said = b"<</Type/XObject/Subtype/Form/BBox%s/Resources<<%s%s>>%s" % (
            _media_box(leaf),
            leaf.resources,
            b"/XObject<<%s>>" % leaf.pictures if leaf.pictures else b"",
            drawn.said.removeprefix(b"<<"),
        )
        press.put(first + place, Thing(placed(said, base, shelf), drawn.stream))
    return press.pressed(leaves.fonts)


def _media_box(leaf: Leaf) -> bytes:
    found = _MEDIA_BOX.search(leaf.said)
    return found[1] if found else b"[0 0 0 0]"
