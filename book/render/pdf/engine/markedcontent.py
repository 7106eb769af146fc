"""What WeasyPrint draws is marked so that a structure tree can be made of it.

Spaces and hyphens are told as a reader needs them, links have one rectangle a line; see
:mod:`book.render.pdf.engine.tags`, which makes the tree.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.inline import skip_first_whitespace
from weasyprint.pdf.anchors import add_links as _add_all_links
from weasyprint.pdf.fonts import Font
from weasyprint.pdf.stream import Stream

from book.base.fonts import pinned
from book.render.pdf.engine.drawing import NO_TRACKING
from book.render.pdf.engine.placed import PlacedGlyphs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from book.render.pdf.engine.addedglyphs import PlacedGlyph

_PLAINER = {"\u00a0": " ", "\u2010": "-", "\u2011": "-"}
_PAINTS = ("TJ'", " EMC'", "Do'", "f'", "S'", "sh'", "f*'", "B'")
_HYPHEN = pydyf.Dictionary({"ActualText": b"<feff2010>"})
_SPACES = (b" ", b"\n")
#: Pango's number of the style.
_ITALIC = 2
#: The last number that a glyph of a font can have.
_LAST_GLYPH = 0xFFFF
#: The lines that begin after a space, which stands at no line's end any more.
AFTER_SPACE: WeakSet[Any] = WeakSet()


class _Characters(dict[int, str]):
    """What a font's glyphs say: of two characters with one glyph, the plainer."""

    def __setitem__(self, glyph: int, text: str) -> None:
        super().__setitem__(glyph, _PLAINER.get(text, text))


class DrawnFont(Font):  # type: ignore[misc] # weasyprint is untyped
    """WeasyPrint's font, with the plainer characters (ISO 32000-1, 14.8.2.4.2).

    ``digest`` is the SHA-256 of its file, if binding embeds that as it is: then it is not cut
    here, which would have to be done again for the whole book.
    """

    file_content: bytes

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.to_unicode = _Characters()
        self.digest = ""
        self.placed = PlacedGlyphs()

    @property
    def has_room(self) -> bool:
        """Whether glyphs can be added."""
        return self._following <= _LAST_GLYPH

    @property
    def _following(self) -> int:
        count: int = self.glyph_count
        return count + len(self.missing) + len(self.placed)

    def number_of(self, placed: PlacedGlyph) -> int:
        """The number of a glyph that is added to the font."""
        number = self.placed.number(placed, self._following)
        self.widths[number] = placed.width
        return number

    def get_unused_glyph_id(self, codepoint: int) -> int:
        """The number that stands for a character that the font lacks."""
        number: int = self.missing.setdefault(codepoint, min(self._following, _LAST_GLYPH))
        return number

    def clean(self, to_unicode: Any, hinting: Any) -> None:
        """Cut the font, unless binding will; a variable one is then as heavy as it was set.

        HarfBuzz does that in a hundredth of the time that fontTools takes, which looks at each of
        the 65,000 glyphs that a Chinese font keeps places for.
        """
        if self.placed:
            self.digest = ""  # What binding embeds has no more glyphs than the font.
            to_unicode = self.placed.apart(to_unicode)
        if self.digest:
            return
        if "fvar" not in self.tables or not to_unicode or self.png or self.svg or self.colr:
            super().clean(to_unicode, hinting)
        else:
            self.subset(to_unicode, hinting)
            own = {"wght": self.weight, "opsz": self.font_size, "ital": int(self.style == _ITALIC)}
            self.file_content = pinned(self.file_content, own | self.variations)
        if self.placed:
            self.file_content = self.placed.added_to(self.file_content)
            self.name: bytes = _named(self.name, self.file_content)


def _named(name: bytes, file: bytes) -> bytes:
    """The ``name`` of a font with six letters that tell its ``file`` from others (9.6.4)."""
    letters = bytes(ord("A") + byte % 26 for byte in hashlib.sha256(file).digest()[:6])
    return b"/%s+%s" % (letters, name.partition(b"+")[2])


class MarkedContent:
    """A stretch of a page's drawing orders, ``[start, end)``, that draws one box."""

    __slots__ = ("end", "start", "stream")

    def __init__(self, stream: Any) -> None:
        self.stream = stream
        self.start = self.end = len(stream.stream)

    def is_empty(self) -> bool:
        """Whether it draws nothing."""
        orders = self.stream.stream[self.start : self.end]
        return not any(str(order).endswith(_PAINTS) for order in orders)


class MarkedStream(Stream):  # type: ignore[misc] # weasyprint is untyped
    """WeasyPrint's drawing orders, with marks; a group is drawn in ``outer``."""

    outer: MarkedStream | None = None

    def add_group(self, *args: Any, **kwargs: Any) -> Any:
        """A group of orders, drawn here."""
        group = super().add_group(*args, **kwargs)
        group.outer = self
        return group

    @property
    def drawn(self) -> dict[Any, MarkedContent]:
        """What was drawn for each box."""
        found: dict[Any, MarkedContent] = self._tags
        return found

    @contextmanager
    def marked(self, box: Any, tag: str) -> Iterator[None]:
        """Mark what is drawn for ``box``, and remember where."""
        if self._tags is None:
            yield
            return
        mark = self._tags[box] = MarkedContent(self)
        if self.outer is not None:  # what is drawn with opacity is told as a whole
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
            hyphen = box.style["hyphenate_character"]
            _mark_text(mark, len(hyphen) == 1 and text.endswith(hyphen))
        else:
            yield
            self.end_marked_content()
            mark.end = len(self.stream)


def _mark_text(mark: MarkedContent, is_hyphenated: bool) -> None:
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
    is_tracked = text[-1] == NO_TRACKING
    orders += text[:-1] if is_tracked else text
    hyphen = _last_glyph(orders) if is_hyphenated else None
    orders.append(b"EMC")
    mark.end = len(orders)
    if hyphen:
        orders += ["/Artifact", _HYPHEN, b"BDC", hyphen, b"EMC"]
    orders += [*([NO_TRACKING] if is_tracked else []), b"ET", *_drawn_aside(after)]


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


def begins_after_space(box: Any, skip_stack: Any) -> bool:
    """Whether the line of the line box ``box`` that begins there follows a space."""
    begun = skip_first_whitespace(box, skip_stack)
    skips = (skip_stack, {} if begun == "continue" else begun)
    return any(_is_after_space(box, skip) for skip in skips)


def _is_after_space(box: Any, skip: Any) -> bool:
    while skip:
        ((index, skip),) = skip.items()
        if isinstance(box, boxes.TextBox):
            return bool(box.text.encode()[:index].endswith(_SPACES))
        before = box.children[index - 1] if index and not skip else None
        while isinstance(before, boxes.ParentBox) and before.children:
            before = before.children[-1]
        if isinstance(before, boxes.TextBox) and before.text.encode().endswith(_SPACES):
            return True
        box = box.children[index]
    return False


def add_links(
    links_and_anchors: Any, matrix: Any, pdf: Any, page: Any, names: Any, tags: Any
) -> None:
    """One annotation a line of a link, none for the elements inside it or for no width."""
    links, anchors = links_and_anchors
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
    _add_all_links((kept, anchors), matrix, pdf, page, names, tags)
