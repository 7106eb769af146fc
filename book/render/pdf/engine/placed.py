"""Marks that stand upon letters are put in their place by the font, in text that runs to the left.

Programs that read a page take such text as glyphs from left to right, and turn their letters round
one by one. They get words whole if nothing parts a line: no step of the pen back to a letter, no
rise, no replacement text. So a font gets glyphs more: a mark that draws itself where it stands
upon its letter and takes no room; one that draws nothing, for a letter that is drawn with
another, whose room it shares. Then each says one letter (ISO 32000-1, 9.10.3), and a letter is
behind what stands upon it.
"""

from __future__ import annotations

from itertools import groupby
from math import floor
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import bidirectional, category, combining, mirrored

from weasyprint.text.ffi import FROM_UNITS

from book.render.pdf.engine.addedglyphs import STEPS, PlacedGlyph, PlacedPart, with_glyphs
from book.render.pdf.engine.clusters import FAR, SPACES, Cluster, known
from book.render.pdf.engine.glyphruns import EMPTY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from book.render.pdf.engine.glyphruns import GlyphRun

#: U+200F stands between a mark and a weak letter behind it, such as a comma or a digit, and where
#: a line ends in a mark. PDFium takes the two for one run, in which the mark comes last; MuPDF
#: takes the mark for a part of the line above.
TO_LEFT = "\u200f"
#: Classes of what has no direction of its own, and is no space or bracket; of a line's end (UAX 9).
_WEAK = frozenset({"EN", "AN", "CS", "ES", "ET", "BN", "B"})
LINE_END = "\u2029"
#: The same with a space, where it is known that a line ends: pdf.js then sees that there is one.
CLOSING = PlacedGlyph(TO_LEFT + " ", (), 1)
#: Behind a space, a mark takes all of it but so many thousandths of the font's size, or up to one
#: step more: pdf.js sees two spaces where there is more between two letters, and poppler none where
#: there is less.
_SPACE, _STEP = 50, 50


class Left(NamedTuple):
    """What stands at the left of a cluster: a letter, and what it takes in CSS pixels.

    It ``is_of_line`` if it runs to the right in a line that does.
    """

    letter: str
    width: float = 0.0
    is_of_line: bool = False


class SaidLetter(NamedTuple):
    """A letter, the glyph that says it, and how far that stands from where its cluster begins.

    The glyph is one of the font's own or one to be added; distances are in CSS pixels.
    """

    letter: str
    glyph: int | PlacedGlyph
    right: float = 0.0


class _Stand(NamedTuple):
    """A glyph that is drawn, where it stands and how high, and what it takes, in CSS pixels."""

    glyph: int
    right: float
    above: float
    width: float


def letters_of(
    one: Cluster, run: GlyphRun, left: Left, width_of: Callable[[int], int]
) -> Iterator[SaidLetter]:
    """The letters of a cluster of a run to the left, from left to right: the last one first.

    Marks that follow one another stay as they are: so PDFium gives them back, and to the others
    their order says nothing (Unicode 3.11, canonical ordering). ``width_of`` says what a glyph of
    the font takes, in thousandths of its size.
    """
    first, others = one.text[:1] or " ", list(one.text[1:])
    under, shared = _shared(one, run, others)
    wide = sum(stand.width for stand in under) / run.size * 1000
    is_near = len(under) == 1 and abs(under[0].right) < FAR * run.size
    at, width = (under[0].right, width_of(under[0].glyph)) if is_near else (0.0, round(wide))
    behind = list(_leftward(others))
    share = width // (1 + sum(category(letter)[0] in "LN" for letter in others))
    taken = 0
    if behind and bidirectional(others[behind[0]]) == "NSM":
        taken = _taken(left, run.size)
        if left.is_of_line or bidirectional(left.letter or " ") in _WEAK:
            yield SaidLetter(TO_LEFT, PlacedGlyph(TO_LEFT, (), 0), at)
    at -= taken * run.size / 1000
    for place in behind:
        letter = others[place]
        takes = share if category(letter)[0] in "LN" else 0
        parts = _parts(shared[place], at, run)
        yield SaidLetter(letter, PlacedGlyph(letter, parts, takes + taken), at)
        at += (takes + taken) * run.size / 1000
        width, taken = width - takes, 0
    is_own = is_near and not under[0].above and _says(run, under[0].glyph, first)
    if is_own and width == width_of(under[0].glyph):
        yield SaidLetter(first, under[0].glyph, at)
    else:
        yield SaidLetter(first, PlacedGlyph(first, _parts(under, at, run), width), at)


def _shared(
    one: Cluster, run: GlyphRun, others: list[str]
) -> tuple[list[_Stand], list[list[_Stand]]]:
    """What the first letter of a cluster draws, and what each of the ``others`` does."""
    stands = [] if _is_unseen(one.text) else list(_stands(one, run))
    base = max(stands, key=lambda stand: stand.width, default=None)
    under: list[_Stand] = []
    shared: list[list[_Stand]] = [[] for _ in others]
    for stand in stands:
        if stand is base or stand.width or not others:
            under.append(stand)
        else:
            shared[_place_of(stand.glyph, others, shared, run)].append(stand)
    return under, shared


def _leftward(letters: list[str]) -> Iterator[int]:
    """The places of ``letters``, the last one first, but of marks behind one another the first."""
    runs = groupby(range(len(letters)), key=lambda place: bool(combining(letters[place])))
    for are_marks, places in reversed([(are_marks, list(some)) for are_marks, some in runs]):
        yield from places if are_marks else reversed(places)


def _taken(left: Left, size: float) -> int:
    """How much of a space at its left a mark takes, in thousandths of the font's ``size``."""
    if left.is_of_line or left.letter not in SPACES:
        return 0
    return max(floor((left.width / size * 1000 - _SPACE) / _STEP), 0) * _STEP


def _is_unseen(text: str) -> bool:
    """Whether ``text`` only joins or parts its neighbours."""
    return bool(text) and all(category(letter) == "Cf" for letter in text)


def _stands(one: Cluster, run: GlyphRun) -> Iterator[_Stand]:
    at = 0.0
    for place in range(one.first, one.last):
        width = run.widths[place] * FROM_UNITS
        if run.glyphs[place] != EMPTY:
            right, above = run.offsets[place] * FROM_UNITS, -run.rises[place] * FROM_UNITS
            yield _Stand(run.glyphs[place], at + right, above, width)
        at += width


def _place_of(glyph: int, letters: list[str], shared: list[list[_Stand]], run: GlyphRun) -> int:
    """Which of ``letters`` a glyph draws: its own, else the first that has no glyph yet."""
    own = known(run.font).get_nominal_glyph
    free = [place for place, some in enumerate(shared) if not some]
    its = [place for place in free if own(ord(letters[place])) == glyph]
    return (its or free or [len(letters) - 1])[0]


def _parts(stands: list[_Stand], right: float, run: GlyphRun) -> tuple[PlacedPart, ...]:
    """What a glyph draws that stands so far to the right of where its cluster begins."""
    unit = STEPS / run.size
    return tuple(
        PlacedPart(stand.glyph, round((stand.right - right) * unit), round(stand.above * unit))
        for stand in stands
    )


def _says(run: GlyphRun, glyph: int, letter: str) -> bool:
    """Whether ``glyph`` can say ``letter`` wherever it is drawn."""
    if known(run.font).get_nominal_glyph(ord(letter)) == glyph:
        return True
    is_turned = bool(mirrored(letter))
    return not is_turned and run.font.to_unicode.get(glyph, letter) == letter


class PlacedGlyphs:
    """Glyphs that are added to a font, by their numbers: one for each that differs."""

    def __init__(self) -> None:
        self._numbers: dict[PlacedGlyph, int] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def number(self, placed: PlacedGlyph, following: int) -> int:
        """The number of ``placed``: ``following``, if it has none yet."""
        return self._numbers.setdefault(placed, following)

    def apart(self, texts: Mapping[int, str]) -> dict[int, str]:
        """``texts`` by glyphs of the font's own, and those glyphs too that these draw."""
        added = set(self._numbers.values())
        drawn = {part.glyph: "" for placed in self._numbers for part in placed.parts}
        return drawn | {glyph: text for glyph, text in texts.items() if glyph not in added}

    def added_to(self, font: bytes) -> bytes:
        """The file of the ``font`` with these glyphs, under their numbers."""
        return with_glyphs(font, {number: placed for placed, number in self._numbers.items()})
