"""Words whose glyphs don't match their letters one to one say what they are.

In many scripts a glyph is not a letter: vowels of Hindi and Thai stand around what they follow,
marks of Hebrew and Arabic upon it, and several letters are drawn as one. What a glyph stands for
is then no answer to what a word is; the word has it as replacement text (ISO 32000-1, 14.9.4).

Programs that read a text which runs to the left take what they find from left to right, and turn
it round, whatever they find. There, each letter of what is drawn together says itself, the last
first: all but one of them with an unseen glyph that has no width.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from weasyprint.text.ffi import FROM_UNITS

from book.base.scripts import is_shaped
from book.render.pdf.engine.clusters import SPACES, Cluster, clusters, known, with_marks, words
from book.render.pdf.engine.glyphruns import EMPTY, width_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from book.render.pdf.engine.glyphruns import GlyphRun

#: What joins others, chooses between their forms, or makes syllables of Korean; scripts beyond
#: the first plane that are shaped, too.
_OTHERS = re.compile("[\u1100-\u11ff\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]")
#: How wide what only says something is drawn, of its width: by nothing, some would pass it over.
_POINT = 0.01
#: A hair, by which what stands at the same place is kept in its order, of the font's size.
_HAIR = 0.003
_PLAINER = {"\u00a0": " ", "\u2010": "-", "\u2011": "-"}


def has_to_be(text: str) -> bool:
    """Whether there may be words in ``text`` whose glyphs don't match their letters."""
    return not text.isascii() and bool(is_shaped(text) or _OTHERS.search(text))


def show(stream: Any, data: bytes, runs: Iterable[GlyphRun], more: float = 0.0) -> None:
    """Write the orders that draw ``runs`` of the text ``data``; spaces are wider by ``more``."""
    pen = _Pen(stream, more)
    for run in runs:
        pen.take(run)
        found = list(clusters(run, data))
        if run.is_leftward:
            for one in with_marks(found):
                pen.draw(one) if one.is_plain else pen.tell_backwards(one)
            continue
        for word in words(found):
            if all(one.is_plain for one in word):
                for one in word:
                    pen.draw(one)
            else:
                pen.tell(word)
    pen.flush()


class _Pen:
    """Where the next glyph goes, and what has to be written before it."""

    def __init__(self, stream: Any, more: float) -> None:
        self._stream, self._more = stream, more
        self._run: Any = None
        self._string: list[str] = []
        #: How far the pen is from where it should be, in CSS pixels, and how far above the line.
        self._owed, self._rise = 0.0, 0
        #: Where the orders of the word begin that is being said.
        self._start = 0

    def take(self, run: GlyphRun) -> None:
        """Go on with ``run``."""
        before = self._run
        if before is None or run.font is not before.font or run.size != before.size:
            self.flush()
            self._stream.set_font_size(run.font.hash, run.size)
        self._run = run

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

    def tell_backwards(self, one: Cluster) -> None:
        """Draw a cluster of a word that runs to the left, and say its letters, the last first."""
        run = self._run
        self._know(one.text)
        drawn = [place for place in range(one.first, one.last) if run.glyphs[place] != EMPTY]
        if not drawn:
            self._draw(one, "")
            return
        base = max(drawn, key=lambda place: run.widths[place])
        *more, first = reversed(one.text)
        hair = _HAIR * run.size
        for count, letter in enumerate(more, 1):
            at = 2 * hair * (count - 1 - len(more))
            self._begin(letter)
            self._show_unseen(base, at, count)
            self._show_unseen(base, at + hair, width=_POINT)
            self._end()
        self._begin(first)
        if one.last - one.first == 1:
            self._draw(one, "")
        else:
            self._draw_stacked(one, base)
        self._end()

    def _draw_stacked(self, one: Cluster, base: int) -> None:
        """Draw what stands upon something else between what shows how wide both are."""
        run, at = self._run, 0.0
        places: dict[int, float] = {}
        for place in range(one.first, one.last):
            if run.glyphs[place] != EMPTY:
                places[place] = at + run.offsets[place] * FROM_UNITS
                self._name(run.glyphs[place], "", one.text)
            at += run.widths[place] * FROM_UNITS
        self._show_unseen(base)
        for place in sorted(places, key=lambda place: place != base):
            self._stamp(run.glyphs[place], places[place], run.rises[place])
        self._rise_to(0)
        self._show_unseen(base, at - 8 * _HAIR * run.size, width=_POINT)
        self._owed += at

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

    def _show_unseen(self, place: int, at: float = 0.0, count: int = 1, width: float = 1.0) -> None:
        """Draw the glyph at ``place`` invisibly, ``at`` so far from the pen's place.

        What looks the same at the same place is left out by some, who take it for a letter made
        bold: the ``count`` has to be another.
        """
        self.flush()
        glyph, orders = self._run.glyphs[place], self._stream.stream
        back = round(self._width(glyph) / self._run.size * 1000)
        if step := self._step(at):
            self._stream.show_text(f"{-step}")
        orders.append(b"3 Tr" if width == 1 else b"3 Tr %g Tz" % (100 * width))
        self._stream.show_text(f"{back}".join([f"<{glyph:04x}>"] * count))
        orders.append(b"0 Tr" if width == 1 else b"100 Tz 0 Tr")
        self._owed -= self._width(glyph) * width

    def _stamp(self, glyph: int, at: float, rise: int) -> None:
        """Draw a glyph so far from where the pen should be, and leave that where it is."""
        self._rise_to(rise)
        step = self._step(at)
        self._string.append(f"{-step}<{glyph:04x}>" if step else f"<{glyph:04x}>")
        self._owed -= self._width(glyph)

    def _width(self, glyph: int) -> float:
        """What ``glyph`` takes, in CSS pixels."""
        widths: dict[int, float] = self._run.font.widths
        if glyph not in widths:
            widths[glyph] = width_of(self._stream, self._run, glyph)
        size: float = self._run.size
        return widths[glyph] * size / 1000

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

    def _know(self, text: str) -> None:
        """Let the font know the letters of ``text``: what it doesn't, some don't take for said."""
        font = self._run.font
        for letter in text:
            if glyph := known(font).get_nominal_glyph(ord(letter)):
                font.to_unicode.setdefault(glyph, letter)

    def _name(self, glyph: int, letter: str, cluster: str) -> None:
        """Remember what ``glyph`` says: its letter, or what it is a part of."""
        said = self._run.font.to_unicode
        if letter:
            said[glyph] = _PLAINER.get(letter, letter)
        elif glyph not in said:
            said[glyph] = cluster or " "
