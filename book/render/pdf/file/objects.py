"""Typeset pages as PDF objects that have no place in a file yet.

What an object says of others is marked, so that it can be put under any numbers: objects of the
same leaves count from 0; fonts of the book and streams that many pages share go by their
SHA-256. Bytes of the marks are in no PDF object that we make outside a stream, since strings
are written in ASCII.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct, field

from book.base.data import replace
from book.render.pdf.structure.nodes import Node, join, move

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_MARK = re.compile(rb"\xfe([LKFDS])([0-9a-f]+);")


class PdfObject(Struct, frozen=True):
    """A PDF object: what it says, with marks, and for a stream its bytes as stored."""

    value: bytes
    stream: bytes | None = None

    def digest(self) -> str:
        """The SHA-256 of both."""
        whole = hashlib.sha256(len(self.value).to_bytes(8, "big") + self.value)
        whole.update(self.stream or b"")
        return whole.hexdigest()


class Leaf(Struct, frozen=True):
    """A page: its own object and its contents', its boxes and annotations, what it draws with.

    ``resources`` is a resource dictionary's inside but for ``pictures``, that of its
    ``XObject`` dictionary (ISO 32000-1, 7.8.3).
    """

    page: int
    contents: int
    value: bytes
    resources: bytes
    pictures: bytes


class Spot(NamedTuple):
    """A place: its page, from 0, and its left and top in points from the lower left corner."""

    page: int
    left: float
    top: float


class FontUse(Struct, frozen=True):
    """What pages draw from a font of the book, which binding embeds.

    ``face`` is what its descriptor says but for box and file; ``widths`` are in thousandths of
    the size, ``texts`` what a glyph stands for, both by glyph number.
    """

    face: bytes
    name: bytes
    is_cff: bool
    ascent: int
    descent: int
    widths: dict[int, float]
    texts: dict[int, str]


class Leaves(Struct, frozen=True):
    """Pages in their order; ``things`` are their objects, ``None`` for a page's own.

    ``fonts`` and ``shared`` are what they need of the book's, by SHA-256; ``intent`` how their
    colours are meant (ISO 19005-3, 6.2.3); ``tags`` the tree of what they say; ``anchors`` where
    their ids are. Where it ``lacks_letters``, some are drawn as empty boxes.
    """

    things: tuple[PdfObject | None, ...]
    leaves: tuple[Leaf, ...]
    fonts: dict[str, FontUse]
    shared: dict[str, PdfObject] = field(default_factory=dict)
    intent: bytes = b""
    tags: Node | None = None
    anchors: dict[str, Spot] = field(default_factory=dict)
    lacks_letters: bool = False


def local(number: int) -> bytes:
    """The mark of a reference to an object of the same leaves."""
    return b"\xfeL%x;" % number


def parent_key(number: int) -> bytes:
    """The mark of an object's own number, its key in the parent tree (ISO 32000-1, 14.7.4.4)."""
    return b"\xfeK%x;" % number


def font(digest: str) -> bytes:
    """The mark of a reference to a font of the book."""
    return b"\xfeF%s;" % digest.encode()


def descendant(digest: str) -> bytes:
    """The mark of a reference to the glyphs of a font of the book, by their numbers."""
    return b"\xfeD%s;" % digest.encode()


def common(digest: str) -> bytes:
    """The mark of a reference to a stream that many pages share."""
    return b"\xfeS%s;" % digest.encode()


def placed(value: bytes, base: int, numbers: Mapping[str, int]) -> bytes:
    """``value`` with numbers for marks: ``base`` for local ones, ``numbers`` for the book's."""

    def number(found: re.Match[bytes]) -> bytes:
        kind, name = found[1], found[2]
        if kind == b"L":
            return b"%d 0 R" % (base + int(name, 16))
        if kind == b"K":
            return b"%d" % (base + int(name, 16))
        return b"%d 0 R" % (numbers[name.decode()] + (kind == b"D"))

    return _MARK.sub(number, value)


def joined(runs: Sequence[Leaves]) -> Leaves:
    """``runs`` of pages that follow one another, as one."""
    if len(runs) == 1:
        return runs[0]
    things: list[PdfObject | None] = []
    leaves: list[Leaf] = []
    shared: dict[str, PdfObject] = {}
    tags: Node | None = None
    for run in runs:
        if run.tags is not None:
            move(run.tags, len(leaves), len(things))
            tags = run.tags if tags is None else tags
            if tags is not run.tags:
                join(tags, run.tags)
        leaves += [_leaf_after(leaf, len(things)) for leaf in run.leaves]
        things += [_after(thing, len(things)) for thing in run.things]
        shared |= run.shared
    fonts = all_uses(run.fonts for run in runs)
    lacks = any(run.lacks_letters for run in runs)
    made = tuple(things), tuple(leaves), fonts, shared, runs[0].intent, tags
    return Leaves(*made, lacks_letters=lacks)


def all_uses(uses: Iterable[Mapping[str, FontUse]]) -> dict[str, FontUse]:
    """What is drawn from each font by all of these, by digest."""
    found: dict[str, FontUse] = {}
    for one in uses:
        for digest, use in one.items():
            found[digest] = united(found[digest], use) if digest in found else use
    return found


def united(use: FontUse, other: FontUse) -> FontUse:
    """What both draw from a font. Of two texts for a glyph, the shorter one is true.

    Where a running head is too long, its ellipsis stands for all that it leaves out.
    """
    texts = dict(use.texts)
    for glyph, text in other.texts.items():
        texts[glyph] = min(text, texts.get(glyph, text), key=lambda one: (len(one), one))
    first = min(use, other, key=lambda one: (one.face, one.ascent, one.descent))
    return replace(first, widths=use.widths | other.widths, texts=texts)


def _leaf_after(leaf: Leaf, count: int) -> Leaf:
    return Leaf(
        leaf.page + count,
        leaf.contents + count,
        _moved(leaf.value, count),
        _moved(leaf.resources, count),
        _moved(leaf.pictures, count),
    )


def _after(thing: PdfObject | None, count: int) -> PdfObject | None:
    return thing and replace(thing, value=_moved(thing.value, count))


def _moved(value: bytes, count: int) -> bytes:
    """``value`` where the objects it is of come after ``count`` others."""
    return _MARK.sub(
        lambda found: (
            b"\xfe%s%x;" % (found[1], int(found[2], 16) + count) if found[1] in b"LK" else found[0]
        ),
        value,
    )
