"""How wide text is: the advance widths of faces, and lines that fit a measure.

Both WeasyPrint's SVG engine and a reading system lay out SVG text on one line only, so figures
break their lines themselves. Widths are in the unit of the given size.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import uharfbuzz
from msgspec import Struct

from book.base.data import replace
from book.base.fonts import covered, opened
from book.base.fonts import faces as built_in
from book.base.scripts import is_shaped
from book.base.wordends import phrases, with_ends
from book.base.xml import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from book.base.fonts import Face

NO_BREAK_HYPHEN = "\N{NON-BREAKING HYPHEN}"
_WIDE_EM, _UNKNOWN_EM = 1.0, 0.62
#: No word of more letters is measured as a whole.
_WORD = 200
#: A line may be broken after a space, and after a hyphen or a dash inside a word.
_CHUNK = re.compile(r"[^ \-–—/]+[\-–—/]*|[\-–—/]+| +")


class Type(Struct, frozen=True):
    """A face at a size: what SVG attributes call it, and how wide it sets.

    ``face`` is where its family is not one of the built-in.
    """

    size: float
    weight: int = 400
    family: str = "Source Sans"
    face: Face | None = None

    def of(self, text: str, faces: Sequence[Face]) -> Type:
        """This in the first family of ``faces`` that has all letters of ``text``, or the most."""
        families = dict.fromkeys(one.family for one in faces)
        if not families:
            return self
        wanted = {ord(letter) for letter in text if unicodedata.category(letter)[0] in "LN"}
        lacks = {name: len(wanted - _letters(faces, name)) for name in families}
        family = min(lacks, key=lambda name: lacks[name])
        face = min(
            (one for one in faces if one.family == family),
            key=lambda one: (
                not one.variable,
                one.weight < self.weight,
                abs(one.weight - self.weight),
            ),
        )
        return replace(self, family=family, face=None if face in built_in() else face)

    def width(self, text: str) -> float:
        """The advance width of ``text``, in the unit of ``size``; kerned only if it is shaped."""
        if self.face is not None and is_shaped(text):
            return _shaped(self.opened, text) * self.size
        return sum(_advance(self.drawn, self.weight, letter) for letter in text) * self.size

    def ink(self, text: str) -> tuple[float, float]:
        """How far ``text`` reaches above its line and below it, in ems, as it is drawn."""
        opened, above, below = self.opened, 0, 0
        buffer = _drawn(opened, text)
        for one, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            if found := opened.get_glyph_extents(one.codepoint):
                top = found.y_bearing + place.y_offset
                above, below = max(above, top), max(below, -top - found.height)
        upem = opened.face.upem
        return above / upem, below / upem

    @property
    def drawn(self) -> Face | str:
        """Its face, or the name of its family if that is built in."""
        return self.face or self.family

    @property
    def opened(self) -> uharfbuzz.Font:
        """Its face, to be asked for glyphs."""
        return font(self.drawn, self.weight)

    def wrap(self, text: str, width: float, indent: float = 0.0) -> tuple[str, ...]:
        """``text`` in lines of at most ``width``; a word that is longer is cut.

        The first line is shorter by ``indent``, and empty if no word fits there.
        """
        lines, room = [""], width - indent
        for chunk in chunks(text):
            if self.width((lines[-1] + chunk).rstrip()) > room and (lines[-1] or room < width):
                lines.append("")
                room = width
            lines[-1] += chunk if lines[-1] else chunk.lstrip()
            # A word may be as long as a stranger likes: it is measured line by line.
            while (cut := self._fitting(lines[-1].rstrip(), room)) < len(lines[-1].rstrip()):
                lines[-1:] = [lines[-1][:cut], lines[-1][cut:]]
        return tuple(line.strip() for i, line in enumerate(lines) if line.strip() or i == 0)

    def balanced(self, text: str, width: float) -> tuple[str, ...]:
        """``text`` in as few lines of at most ``width`` as can be, about equally long."""
        best = self.wrap(text, width)
        # Narrower than its longest word, a text would have its words cut.
        low = min(max(self.width(chunk.rstrip()) for chunk in chunks(text) or [""]), width)
        high = width
        for _ in range(7):
            middle = (low + high) / 2
            lines = self.wrap(text, middle)
            if len(lines) > len(best):
                low = middle
            else:
                best, high = lines, middle
        return best

    def clip(self, line: str, width: float) -> str:
        """``line`` with an ellipsis at its end, cut after a word so that both fit ``width``."""
        while line and self.width(line + " …") > width:
            line = line.rpartition(" ")[0]
        return f"{line.rstrip(' ,;:.–—-')} …".lstrip()

    def _fitting(self, text: str, width: float) -> int:
        """How many letters of ``text`` fit, but at least one."""
        # Where letters are stacked or joined, together they are narrower than one by one.
        if len(text) <= _WORD and self.width(text) <= width:
            return max(len(text), 1)
        used = 0.0
        for length, letter in enumerate(text):
            used += _advance(self.drawn, self.weight, letter)
            if length and used * self.size > width:
                return length
        return max(len(text), 1)


def chunks(text: str) -> list[str]:
    """``text`` cut where a line may be broken.

    Chinese and Japanese break between phrases where these are known, else anywhere; Lao, Khmer and
    Burmese between words, if somebody knows them.
    """
    chunks: list[str] = []
    parts = [part for part in with_ends(folded(text)).split("\u200b") if part]
    for chunk in (each for part in parts for each in _CHUNK.findall(part)):
        if any(_is_wide(letter) for letter in chunk):
            known = phrases(chunk)
            chunks += known if len(known) > 1 else list(chunk)
        else:
            chunks.append(chunk)
    return chunks


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"


@cache
def font(drawn: Face | str, weight: int) -> uharfbuzz.Font:
    """An opened face at that weight; of a built-in family, which is named, the upright one."""
    if isinstance(drawn, str):
        wanted = (drawn, weight, "normal")
        drawn = next(f for f in built_in() if (f.family, f.weight, f.style) == wanted)
    found = uharfbuzz.Font(opened(drawn.file.read()))
    if drawn.variable:
        found.set_variations({"wght": weight})
    return found


def glyph_of(opened: uharfbuzz.Font, letter: str) -> int | None:
    """The number of the glyph for ``letter``, or None if the face has none."""
    code = ord("-" if letter == NO_BREAK_HYPHEN else letter)
    found: int | None = opened.get_nominal_glyph(code)
    return found


@cache
def _advance(drawn: Face | str, weight: int, letter: str) -> float:
    """The advance width of ``letter`` in ems; what the face lacks is guessed."""
    opened = font(drawn, weight)
    glyph = glyph_of(opened, letter)
    if glyph is not None:
        return float(opened.get_glyph_h_advance(glyph) / opened.face.upem)
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0.0
    return _WIDE_EM if _is_wide(letter) else _UNKNOWN_EM


def _shaped(opened: uharfbuzz.Font, text: str) -> float:
    """How wide ``text`` is in ems, its letters joined and stacked as they are drawn."""
    advances = (one.x_advance for one in _drawn(opened, text).glyph_positions)
    return float(sum(advances) / opened.face.upem)


def _drawn(opened: uharfbuzz.Font, text: str) -> uharfbuzz.Buffer:
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(opened, buffer)
    return buffer


def _letters(faces: Sequence[Face], family: str) -> frozenset[int]:
    return covered(tuple(one.file for one in faces if one.family == family)[:1], built_in=False)
