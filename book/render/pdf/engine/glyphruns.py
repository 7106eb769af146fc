"""What Pango has made of a line: runs of glyphs, each in one font and one direction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from book.render.pdf.engine.shapes import GLYPH

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The number of a glyph that draws nothing (PANGO_GLYPH_EMPTY).
EMPTY = 0x0FFFFFFF


def runs_of(line: Any, stream: Any) -> Iterator[GlyphRun]:
    """The runs of a line of Pango's, from left to right, with fonts that ``stream`` knows."""
    node = line.runs
    while node != ffi.NULL:
        yield GlyphRun(node.data, stream)
        node = node.next


class GlyphRun:
    """Glyphs of one font and one direction, from left to right, in Pango's units."""

    def __init__(self, run: Any, stream: Any) -> None:
        item, glyphs = run.item, run.glyphs
        count = glyphs.num_glyphs
        info = memoryview(ffi.buffer(glyphs.glyphs, 4 * GLYPH * count)).cast("i")
        self.glyphs, self.widths = info[0::GLYPH].tolist(), info[1::GLYPH].tolist()
        self.offsets, self.rises = info[2::GLYPH].tolist(), info[3::GLYPH].tolist()
        self.is_leftward = bool(item.analysis.level % 2)
        offset = item.offset
        clusters = ffi.unpack(glyphs.log_clusters, count) if count else []
        #: Where the text of each glyph begins, and where the last one's ends.
        self.bytes = [offset + one for one in clusters] + [offset + item.length]
        self.pango_font = item.analysis.font
        self.font, self.size = stream.add_font(self.pango_font)

    def is_special(self) -> bool:
        """Whether glyphs are pictures, in colours, or missing."""
        font = self.font
        is_picture = font.bitmap or font.svg or font.png or font.colr
        return bool(is_picture or any(one >> 28 for one in self.glyphs))


def width_of(stream: Any, run: GlyphRun, glyph: int) -> int:
    """What a font says that ``glyph`` takes, in thousandths of its size."""
    pango.pango_font_get_glyph_extents(run.pango_font, glyph, stream.ink_rect, stream.logical_rect)
    width: float = stream.logical_rect.width * FROM_UNITS
    size: float = run.size / 1000
    return round(width / size)
