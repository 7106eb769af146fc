"""Texts measured once, as they are drawn: where each letter of a text box begins.

Pango shapes the whole text of a box by HarfBuzz, with its kerning and ligatures; what a part of it
takes is read off. Letters are counted in bytes of UTF-8, as WeasyPrint's places in a text are.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.line_break import Layout, create_layout, first_line_metrics, line_size

#: The size of PangoGlyphInfo in integers: glyph, width, offsets, attributes.
GLYPH = 5
_HARD_SPACE = "\u00a0".encode()


@dataclass(slots=True)
class Shape:
    """A shaped text, in CSS pixels.

    ``places`` says where the letter at each byte begins, in Pango's units; ``starts`` whether a
    glyph begins there; ``space`` is the width of a space, without what stands between letters;
    ``hard`` says whether there are any at which no line ends. ``height`` and ``baseline`` are None
    where they differ within the text, as it is set in several fonts. ``layout`` has the measures
    of lines under the text.
    """

    text: str
    data: bytes
    places: array[int]
    starts: bytearray
    space: float
    hard: bool
    height: float | None
    baseline: float
    layout: Any

    def width(self, start: int, end: int) -> float:
        """What the text between two places takes."""
        return float((self.places[end] - self.places[start]) * FROM_UNITS)

    def parts_at(self, byte: int) -> bool:
        """Whether nothing is drawn as one over this place, as a ligature is."""
        return byte == len(self.data) or bool(self.starts[byte])

    def spaces(self, start: int, end: int) -> int:
        """How many spaces that give stand between two places."""
        found = self.data.count(b" ", start, end)
        return found + self.data.count(_HARD_SPACE, start, end) if self.hard else found


def shaped(text: str, style: Any, context: Any) -> Shape:
    """``text`` in ``style``, on one line."""
    layout = create_layout(text, style, context, None, 0)
    line, _ = layout.get_first_line()
    data = layout.text.encode()
    widths, starts = array("i", bytes(4 * (len(data) + 1))), bytearray(len(data) + 1)
    fonts = set()
    node = line.runs
    while node != ffi.NULL:
        item, glyphs = node.data.item, node.data.glyphs
        fonts.add(int(ffi.cast("intptr_t", item.analysis.font)))
        offset = item.offset
        for cluster, width in zip(*read(glyphs), strict=True):
            widths[offset + cluster] += width
            starts[offset + cluster] = 1
        node = node.next
    places = array("i", accumulate(widths[:-1], initial=0))
    _, height = line_size(line, style)
    baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
    space = data.find(b" ")
    wide = widths[space] * FROM_UNITS if space >= 0 else style["font_size"] / 4
    if style["letter_spacing"] != "normal":  # Spaces are wide enough where letters stand apart.
        wide = max(wide - max(style["letter_spacing"], 0.0), wide / 4)
    layout.deactivate()
    even = height if len(fonts) < 2 else None
    hard = _HARD_SPACE in data
    return Shape(text, data, places, starts, wide, hard, even, baseline, layout)


def read(glyphs: Any) -> tuple[list[int], list[int]]:
    """The clusters of a string of glyphs and their widths, in the order in which they stand."""
    count = glyphs.num_glyphs
    if not count:
        return [], []
    info = memoryview(ffi.buffer(glyphs.glyphs, 4 * GLYPH * count)).cast("i")
    return ffi.unpack(glyphs.log_clusters, count), info[1::GLYPH].tolist()


def metrics(text: str, style: Any, context: Any) -> tuple[float, float]:
    """The height and the baseline of a text that is set in several fonts."""
    layout = create_layout(text, style, context, None, 0)
    line, _ = layout.get_first_line()
    *_, height, baseline = first_line_metrics(line, text, layout, None, False, style)
    return height, baseline


class Fragment(Layout):  # type: ignore[misc] # weasyprint is untyped
    """The part of a text that stands on one line, and how it is drawn.

    It is a layout of WeasyPrint's that shapes its text only when it is drawn. ``stretch`` is what
    its letters are wider by, as a factor; ``tracking`` what stands between them, in CSS pixels;
    ``width`` what the text takes in all: its spaces make up for what is left.
    """

    def __init__(self, text: str, width: float, spaces: int, letters: int, shape: Shape) -> None:
        self.text, self.natural, self.width = text, width, width
        self.spaces, self.letters, self.space = spaces, letters, shape.space
        self.stretch, self.tracking = 1.0, 0.0
        self.justification_spacing, self.max_width, self.first_line_direction = 0.0, None, 0
        self.ascent = shape.layout.ascent
        self.underline_position = shape.layout.underline_position
        self.strikethrough_position = shape.layout.strikethrough_position
        if self.ascent is not None:
            self.underline_thickness = shape.layout.underline_thickness
            self.strikethrough_thickness = shape.layout.strikethrough_thickness
