"""Glyphs are added to fonts of both kinds of outlines."""

from __future__ import annotations

from io import BytesIO

import pytest
import uharfbuzz
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen

from book.render.pdf.engine.addedglyphs import STEPS, PlacedGlyph, PlacedPart, with_glyphs

_NAMES = [".notdef", "alef", "qamats"]
_SIZE = 2000
#: A square of 200 units, for each glyph.
_SQUARE = ((100, 0), (100, 200), (300, 200), (300, 0))


def _drawn(pen: T2CharStringPen | TTGlyphPen) -> T2CharStringPen | TTGlyphPen:
    pen.moveTo(_SQUARE[0])
    for point in _SQUARE[1:]:
        pen.lineTo(point)
    pen.closePath()
    return pen


@pytest.fixture(params=["glyf", "CFF "])
def font(request: pytest.FixtureRequest) -> bytes:
    """A font of three glyphs, with outlines in one table or the other."""
    builder = FontBuilder(_SIZE, isTTF=request.param == "glyf")
    builder.setupGlyphOrder(_NAMES)
    builder.setupCharacterMap({0x5D0: "alef", 0x5B8: "qamats"})
    if builder.isTTF:
        builder.setupGlyf({name: _drawn(TTGlyphPen(None)).glyph() for name in _NAMES})
    else:
        strings = {name: _drawn(T2CharStringPen(500, None)).getCharString() for name in _NAMES}
        builder.setupCFF("Test", {}, strings, {})
    builder.setupHorizontalMetrics(dict.fromkeys(_NAMES, (500, 100)))
    builder.setupHorizontalHeader(ascent=1000, descent=-200)
    builder.setupOS2()
    builder.setupPost()
    written = BytesIO()
    builder.save(written)
    return written.getvalue()


def test_a_glyph_draws_others_where_it_should(font: bytes) -> None:
    """Under its number, to the step, with the room that it takes; numbers between draw nothing."""
    parts = (PlacedPart(1, 0, 0), PlacedPart(2, -STEPS // 10, STEPS // 4))
    made = with_glyphs(font, {4: PlacedGlyph("א", parts, 250), 5: PlacedGlyph("ב", (), 0)})
    known = uharfbuzz.Font(uharfbuzz.Face(made))
    assert known.face.glyph_count == 6
    box = known.get_glyph_extents(4)
    assert (box.x_bearing, box.x_bearing + box.width) == (100 - _SIZE // 10, 300)
    assert (box.y_bearing + box.height, box.y_bearing) == (0, 200 + _SIZE // 4)
    assert [known.get_glyph_h_advance(number) for number in (1, 3, 4, 5)] == [500, 0, 500, 0]
    assert all(known.get_glyph_extents(number).width == 0 for number in (3, 5))
    old = uharfbuzz.Font(uharfbuzz.Face(font)).get_glyph_extents(1)
    assert known.get_glyph_extents(1) == old


def test_the_same_font_has_the_same_bytes(font: bytes) -> None:
    """However often it is made."""
    placed = {3: PlacedGlyph("א", (PlacedPart(2, 7, 9),), 0)}
    assert with_glyphs(font, placed) == with_glyphs(font, placed)
