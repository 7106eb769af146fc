"""Kerning, for letters so large that its lack shows: WeasyPrint's SVG engine has none."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import uharfbuzz

from book.figures.measure import font, glyph_of

if TYPE_CHECKING:
    from book.base.fonts import Face
    from book.figures.measure import Type


def positions(text: str, type_: Type) -> tuple[float, ...]:
    """Where each letter of ``text`` begins, and the end of the last, from 0 in ``type_``."""
    x, found = 0.0, [0.0]
    for letter, after in pairwise(text + "\0"):
        x += type_.width(letter) + kern(type_.drawn, type_.weight, letter + after) * type_.size
        found.append(x)
    return tuple(found)


@cache
def kern(drawn: Face | str, weight: int, pair: str) -> float:
    """What is added between the two letters of ``pair``, in ems (OpenType 1.9, ``kern``)."""
    opened = font(drawn, weight)
    glyphs = [glyph_of(opened, letter) for letter in pair]
    if None in glyphs:
        return 0.0
    buffer = uharfbuzz.Buffer()
    buffer.add_str(pair)
    buffer.guess_segment_properties()
    uharfbuzz.shape(opened, buffer, {"kern": True})
    if [one.codepoint for one in buffer.glyph_infos] != glyphs:
        return 0.0  # They are drawn together, as one glyph.
    added = buffer.glyph_positions[0].x_advance - opened.get_glyph_h_advance(glyphs[0])
    return float(added / opened.face.upem)
