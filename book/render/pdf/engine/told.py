"""Words whose glyphs don't match their letters one to one say what they are.

In many scripts a glyph is not a letter: vowels of Hindi and Thai stand around what they follow,
marks of Hebrew and Arabic upon it, and several letters are drawn as one. What a glyph stands for
is then no answer to what a word is; the word has it as replacement text (ISO 32000-1, 14.9.4).

Programs that read a text which runs to the left take what they find from left to right, and turn
it round, whatever they find. There, no text is replaced: each letter has a glyph, the last one
first (see :mod:`book.render.pdf.engine.placed`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from weasyprint.text.ffi import FROM_UNITS

from book.base.scripts import is_shaped
from book.render.pdf.engine.clusters import SPACES, Cluster, clusters, with_marks, words
from book.render.pdf.engine.glyphruns import EMPTY, width_of
from book.render.pdf.engine.placed import CLOSING, LINE_END, TO_LEFT, Left, letters_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from book.render.pdf.engine.glyphruns import GlyphRun

#: What joins others, chooses between their forms, or makes syllables of Korean; scripts beyond
#: the first plane that are shaped, too.
_OTHERS = re.compile("[\u1100-\u11ff\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]")
#: Greek with accents: among small capitals a letter has one glyph, with an accent or without.
_ACCENTED = re.compile("[\u0386-\u0390\u03ac-\u03b0\u03cc-\u03ce\u1f00-\u1ffc]")
_PLAINER = {"\u00a0": " ", "\u2010": "-", "\u2011": "-"}


def has_to_be(text: str) -> bool:
    """Whether there may be words in ``text`` whose glyphs don't match their letters."""
    others = _OTHERS.search(text) or _ACCENTED.search(text)
    return not text.isascii() and bool(others or is_shaped(text))


def show(
    stream: Any,
    data: bytes,
    runs: Iterable[GlyphRun],
    more: float = 0.0,
    tracking: float = 0.0,
    *,
    is_leftward: bool = False,
) -> None:
    """Write the orders that draw ``runs`` of the text ``data``, in CSS pixels.

    Spaces are wider by ``more``; ``tracking`` is the character spacing that is set. A line that
    ``is_leftward`` ends at its left.
    """
    pen = _Pen(stream, more, tracking)
    pen.left = Left(LINE_END if is_leftward else "", is_of_line=not is_leftward)
    for run in runs:
        pen.take(run)
        found = list(clusters(run, data))
        if run.is_leftward:
            for one in with_marks(found, run):
                pen.draw(one) if one.is_plain else pen.tell_leftward(one)
                pen.left = Left(one.text[:1], _width_of(one, run) + more)
            continue
        if found:
            width = _width_of(found[-1], run) + more
            pen.left = Left(found[-1].text[-1:], width, is_of_line=not is_leftward)
        for word in words(found):
            if all(one.is_plain and pen.says(one) for one in word):
                for one in word:
                    pen.draw(one)
            else:
                pen.tell(word)
    pen.flush()


def _width_of(one: Cluster, run: GlyphRun) -> float:
    """What a cluster takes, in CSS pixels."""
    return float(sum(run.widths[one.first : one.last]) * FROM_UNITS)


class _Pen:
    """Where the next glyph goes, and what has to be written before it."""

    def __init__(self, stream: Any, more: float, tracking: float) -> None:
        self._stream, self._more, self._tracking = stream, more, tracking
        self._run: Any = None
        self._string: list[str] = []
        #: How far the pen is from where it should be, in CSS pixels, and how far above the line.
        self._owed, self._rise = 0.0, 0
        #: What stands at the left of the next cluster.
        self.left = Left("")
        #: Where the orders of the word begin that is being said.
        self._start = 0

    def take(self, run: GlyphRun) -> None:
        """Go on with ``run``."""
        before = self._run
        if before is None or run.font is not before.font or run.size != before.size:
            self.flush()
            self._stream.set_font_size(run.font.hash, run.size)
        self._run = run

    def says(self, one: Cluster) -> bool:
        """Whether the glyph of a letter, if it has been drawn before, stood for the same letter."""
        known = self._run.font.to_unicode.get(self._run.glyphs[one.first], one.text)
        return bool(known == _PLAINER.get(one.text, one.text))

    def flush(self) -> None:
        """Write what has been drawn as an order."""
        if self._string:
            self._stream.show_text("".join(self._string))
            self._string = []

    def draw(self, one: Cluster) -> None:
        """Draw glyphs that say what they are."""
        self._draw(one, one.text)

    def tell(self, word: Sequence[Cluster]) -> None:
        """Draw the clusters of a word that runs to the right, and say it."""
        self._begin("".join(one.text for one in word))
        for one in word:
            self._draw(one, "")
        self._end()

    def tell_leftward(self, one: Cluster) -> None:
        """Draw a cluster of a word that runs to the left: its letters, the last one first."""
        run, font = self._run, self._run.font
        if not font.has_room:
            self._draw(one, "")
            return
        for letter, glyph, right in letters_of(one, run, self.left, self._thousandths):
            number = glyph if isinstance(glyph, int) else font.number_of(glyph)
            font.to_unicode[number] = letter
            if letter == TO_LEFT:
                font.to_unicode[font.number_of(CLOSING)] = CLOSING.letter
            self._stamp(number, right, 0)
            self._owed -= self._tracking
        drawn = [place for place in range(one.first, one.last) if run.glyphs[place] != EMPTY]
        self._owed += len(drawn) * self._tracking
        self._owed += _width_of(one, run)

    def _begin(self, said: str) -> None:
        self.flush()
        self._start = len(self._stream.stream)
        span = f"/Span<</ActualText<feff{said.encode('utf-16-be').hex()}>>>BDC"
        self._stream.stream.append(span.encode())

    def _end(self) -> None:
        """End what has begun; all of it is one order, as nothing may part it."""
        self._rise_to(0)
        self.flush()
        orders = self._stream.stream
        orders[self._start :] = [b" ".join([*orders[self._start :], b"EMC"])]

    def _stamp(self, glyph: int, at: float, rise: int) -> None:
        """Draw a glyph so far from where the pen should be, and leave that where it is."""
        self._rise_to(rise)
        step = self._step(at)
        self._string.append(f"{-step}<{glyph:04x}>" if step else f"<{glyph:04x}>")
        self._owed -= self._width(glyph)

    def _width(self, glyph: int) -> float:
        """What ``glyph`` takes, in CSS pixels."""
        size: float = self._run.size
        return self._thousandths(glyph) * size / 1000

    def _thousandths(self, glyph: int) -> int:
        """What ``glyph`` takes, in thousandths of the font's size."""
        widths: dict[int, int] = self._run.font.widths
        if glyph not in widths:
            widths[glyph] = width_of(self._stream, self._run, glyph)
        return widths[glyph]

    def _step(self, more: float = 0.0) -> int:
        """How far the pen has to move, and ``more``, in thousandths of the font's size."""
        unit: float = 1000 / self._run.size
        step = round((self._owed + more) * unit)
        self._owed -= step / unit
        return step

    def _draw(self, one: Cluster, text: str) -> None:
        run = self._run
        for place in range(one.first, one.last):
            glyph, width = run.glyphs[place], run.widths[place] * FROM_UNITS
            if glyph == EMPTY:
                self._owed += width
                continue
            self._name(glyph, text[place - one.first : place - one.first + 1], one.text)
            self._stamp(glyph, run.offsets[place] * FROM_UNITS, run.rises[place])
            self._owed += width + (self._more if text and text in SPACES else 0.0)

    def _rise_to(self, rise: int) -> None:
        if rise != self._rise:
            self.flush()
            self._stream.set_text_rise(-rise * FROM_UNITS)
            self._rise = rise

    def _name(self, glyph: int, letter: str, cluster: str) -> None:
        """Remember what ``glyph`` says: its letter, or what it is a part of."""
        said = self._run.font.to_unicode
        if letter:
            said[glyph] = _PLAINER.get(letter, letter)
        elif glyph not in said:
            said[glyph] = cluster or " "
