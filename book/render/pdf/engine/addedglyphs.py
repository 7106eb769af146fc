"""Glyphs are added to a font that draw others of it, each where it is wanted."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Steps of a font's size in which places are told: at 10 points, of 0.02 points.
STEPS = 500
_OUTLINES_ON_GRID = 0x0004
#: Tables that have something for each glyph, and that no page needs.
_OTHERS = ("hdmx", "LTSH", "VDMX", "vmtx", "vhea", "VORG")


class PlacedPart(NamedTuple):
    """A glyph of a font, so many steps to the right and above."""

    glyph: int
    right: int
    above: int


class PlacedGlyph(NamedTuple):
    """A glyph to be added to a font: its letter, what it draws, what it takes in thousandths."""

    letter: str
    parts: tuple[PlacedPart, ...]
    width: int


def with_glyphs(font: bytes, placed: Mapping[int, PlacedGlyph]) -> bytes:
    """The file of a ``font`` that has ``placed`` too, by their numbers, which it has not yet."""
    from fontTools.ttLib import TTFont

    file = TTFont(BytesIO(font), recalcTimestamp=False)
    size: int = file["head"].unitsPerEm
    names: list[str] = list(file.getGlyphOrder())
    had = len(names)
    names += [f"cid{number:05}" for number in range(had, max(placed) + 1)]
    add = (_Contours if "glyf" in file else _Charstrings)(file, names)
    for number in range(had, len(names)):
        one = placed.get(number, PlacedGlyph("", (), 0))
        parts = [
            (names[part.glyph], round(part.right * size / STEPS), round(part.above * size / STEPS))
            for part in one.parts
        ]
        width = round(one.width * size / 1000)
        left = add.add(names[number], parts, width)
        file["hmtx"].metrics[names[number]] = (width, left)
    file.setGlyphOrder(names)
    for table in _OTHERS:
        if table in file:
            del file[table]
    written = BytesIO()
    file.save(written)
    return written.getvalue()


_Parts = list[tuple[str, int, int]]


class _Contours:
    """TrueType's outlines (OpenType 1.9, glyf), where a glyph can be made of others."""

    def __init__(self, file: Any, names: list[str]) -> None:
        self._table = file["glyf"]
        file["hmtx"]  # It is read while the font has its own number of glyphs.
        self._table.glyphOrder = names

    def add(self, name: str, parts: _Parts, width: int) -> int:
        """Add a glyph; gives where it begins at the left."""
        from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent

        del width
        glyph = self._table.glyphs[name] = Glyph()
        if not parts:
            return 0
        glyph.numberOfContours, glyph.components = -1, []
        for other, right, above in parts:
            part = GlyphComponent()
            part.glyphName, part.x, part.y, part.flags = other, right, above, _OUTLINES_ON_GRID
            glyph.components.append(part)
        glyph.recalcBounds(self._table)
        left: int = glyph.xMin
        return left


class _Charstrings:
    """Outlines of the Compact Font Format (Adobe Technical Note 5176): each glyph draws itself."""

    def __init__(self, file: Any, names: list[str]) -> None:
        del names
        self._table = file["CFF "].cff
        self._top = self._table.topDictIndex[0]
        self._glyphs = file.getGlyphSet()
        file["hmtx"]  # It is read while the font has its own number of glyphs.

    def add(self, name: str, parts: _Parts, width: int) -> int:
        """Add a glyph; gives where it begins at the left."""
        from fontTools.pens.boundsPen import BoundsPen
        from fontTools.pens.t2CharStringPen import T2CharStringPen
        from fontTools.pens.transformPen import TransformPen

        top = self._top
        is_keyed = hasattr(top, "FDArray")
        private = top.FDArray[0].Private if is_keyed else top.Private
        takes = None if width == private.defaultWidthX else width - private.nominalWidthX
        pen, bounds = T2CharStringPen(takes, self._glyphs), BoundsPen(self._glyphs)
        for other, right, above in parts:
            for one in (pen, bounds):
                self._glyphs[other].draw(TransformPen(one, (1, 0, 0, 1, right, above)))
        strings = top.CharStrings
        strings.charStrings[name] = len(strings.charStringsIndex)
        strings.charStringsIndex.append(pen.getCharString(private, self._table.GlobalSubrs))
        top.charset.append(name)
        if is_keyed:
            top.FDSelect.append(0)
        return round(bounds.bounds[0]) if bounds.bounds else 0
