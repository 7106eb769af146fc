"""The ebook's fonts have lost nothing that its text needs."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import pytest
import uharfbuzz
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from book.base.fonts import MONO, Face, faces, subset
from book.render.epub.fonts import _FEATURES, _SMALL_CAPS

LETTERS = "AVTodysee office 0123 Żółw é Жar"
FACES = pytest.mark.parametrize("face", faces(), ids=lambda face: face.path.stem)

PROPORTIONAL = pytest.mark.parametrize(
    "face", [one for one in faces() if one.family != MONO], ids=lambda face: face.path.stem
)


@cache
def cut(face: Face, small_caps: bool = False) -> bytes:
    """``face`` as the ebook would have it."""
    return subset(face, LETTERS, _FEATURES + (_SMALL_CAPS if small_caps else ()))


def opened(face: Face, small_caps: bool = False) -> Any:
    return TTFont(io.BytesIO(cut(face, small_caps)))


def drawn(font: Any, glyph: str) -> list[Any]:
    """What a pen does for ``glyph``, and its width."""
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[glyph].draw(pen)
    return [*pen.value, glyphs[glyph].width]


def features(font: Any, table: str) -> set[str]:
    return {record.FeatureTag for record in font[table].table.FeatureList.FeatureRecord}


@FACES
def test_letters_are_drawn_as_before(face: Face) -> None:
    """Each has its outline and its width, and there are no others."""
    whole, part = TTFont(face.path), opened(face)
    kept = part.getBestCmap()
    assert set(kept) == {*map(ord, LETTERS)} & set(whole.getBestCmap())
    for code, glyph in kept.items():
        assert drawn(part, glyph) == drawn(whole, whole.getBestCmap()[code])


@PROPORTIONAL
def test_kerning_ligatures_and_figures_stay(face: Face) -> None:
    """And small capitals, where the style sheet asks for them."""
    part = opened(face)
    assert "kern" in features(part, "GPOS")
    assert {"liga", "onum", "pnum"} & features(part, "GSUB")
    assert "smcp" not in features(part, "GSUB")
    if face.style == "normal":
        assert "smcp" in features(opened(face, True), "GSUB")


def test_pairs_are_as_close_as_before() -> None:
    """``A`` and ``V`` overlap in the cut font as they do in the whole one."""
    serif = next(face for face in faces() if face.path.stem == "SourceSerifPro-Regular")
    before = set_width(serif.path.read_bytes(), "AV")
    apart = set_width(serif.path.read_bytes(), "A") + set_width(serif.path.read_bytes(), "V")
    assert before < apart
    assert set_width(cut(serif), "AV") == before


def set_width(data: bytes, text: str) -> int:
    """How wide ``text`` is when it is set in the font ``data``, in its units."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(uharfbuzz.Font(uharfbuzz.Face(data)), buffer)
    return sum(glyph.x_advance for glyph in buffer.glyph_positions)


@FACES
def test_the_face_keeps_its_name_and_its_licence(face: Face) -> None:
    """In English: a menu shows them, and the licence asks for it."""
    names = {record.nameID for record in opened(face)["name"].names}
    assert {1, 2, 4, 6, 13} <= names <= {*range(7), 13, 14, 16, 17}


@FACES
def test_the_same_letters_give_the_same_bytes(face: Face) -> None:
    """Nothing of the clock is in it."""
    assert subset(face, LETTERS, _FEATURES) == cut(face)
