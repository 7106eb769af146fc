"""The page of our standard theme on A5, as other typesetters are told it; all in points."""

from __future__ import annotations

from pathlib import Path

from book.base.fonts import faces

MILLIMETRE = 72 / 25.4
WIDTH, HEIGHT = 148 * MILLIMETRE, 210 * MILLIMETRE
INNER, OUTER, TOP = 0.122 * WIDTH, 0.148 * WIDTH, 0.096 * HEIGHT
SIZE, LINE = 10.3, 14.0
SMALL, SMALL_LINE = SIZE * 0.825, LINE * 0.786
#: Of folios and running heads.
FOLIO = SIZE * 0.87
LINES = 33
DEPTH = LINES * LINE
MEASURE = WIDTH - INNER - OUTER
#: A quotation's size, and how far it is moved in; how far an item is; a note's hanging number.
QUOTED, QUOTED_IN, ITEM_IN, NOTE_IN = SIZE * 0.95, LINE, 1.5 * LINE, 1.6 * SMALL
#: A picture is no higher than this.
HIGHEST = 0.75 * HEIGHT


def face(family: str, weight: int = 400, style: str = "normal") -> Path:
    """The file of one of the package's own faces."""
    asked = family, weight, style
    return next(one.path for one in faces() if (one.family, one.weight, one.style) == asked)


def space() -> float:
    """How wide the text's face draws a space, in ems."""
    from fontTools.ttLib import TTFont

    font = TTFont(face("Source Serif"))
    return float(font["hmtx"]["space"][0] / font["head"].unitsPerEm)
