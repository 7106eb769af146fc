"""Time on paper: days become heights, with marked breaks where nothing happens for long.

Days are numbered as by :func:`book.dates.historical.day_number`; heights are in points,
downwards.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from book.figures.spans import Span

#: The height of a break, and how much of all time shown a gap must be to be one.
BREAK, _BREAK_SHARE, _MOST_BREAKS = 18.0, 0.55, 3


class Scale(Struct, frozen=True):
    """A scale in stretches ``(first day, last day, top, bottom)`` with breaks between them."""

    stretches: tuple[tuple[float, float, float, float], ...]

    def y(self, day: float) -> float:
        """The height of ``day``; days in a break or outside stand at its nearest end."""
        above: tuple[float, float] | None = None
        for first, last, top, bottom in self.stretches:
            if above and day < first and day - above[0] < first - day:
                return above[1]
            above = last, bottom
            if day <= last:
                share = (day - first) / (last - first) if last > first else 0.0
                return top + (bottom - top) * min(max(share, 0.0), 1.0)
        return self.stretches[-1][3]

    @property
    def day(self) -> float:
        """The height of a day, in points."""
        first, last, top, bottom = max(self.stretches, key=lambda s: s[1] - s[0])
        return (bottom - top) / (last - first) if last > first else 0.0


def scaled(spans: Sequence[Span], top: float, bottom: float, gap: float = BREAK) -> Scale:
    """The scale on which ``spans`` (sorted, at least one) fill the heights from ``top`` on.

    A break in it is ``gap`` high.
    """
    covers = _covers(spans)
    breaks = _breaks(covers)
    stretches: list[tuple[float, float]] = []
    begin = covers[0][0]
    for index, (_, last) in enumerate(covers):
        if index in breaks or index == len(covers) - 1:
            stretches.append((begin, last))
            begin = covers[min(index + 1, len(covers) - 1)][0]
    shown = sum(last - first for first, last in stretches)
    room = bottom - top - gap * (len(stretches) - 1)
    found, y = [], top
    for first, last in stretches:
        height = room * (last - first) / shown if shown else 0.0
        found.append((first, last, y, y + height))
        y += height + gap
    return Scale(tuple(found))


def _covers(spans: Sequence[Span]) -> list[tuple[float, float]]:
    """The stretches of time in which something happens."""
    spans = sorted(spans, key=lambda one: one.first)
    covers: list[tuple[float, float]] = [(spans[0].first, spans[0].last)]
    for span in spans[1:]:
        first, last = covers[-1]
        if span.first <= last:
            covers[-1] = (first, max(last, span.last))
        else:
            covers.append((span.first, span.last))
    return covers


def _breaks(covers: Sequence[tuple[float, float]]) -> set[int]:
    """The covers after which the scale is broken, because the gap would dwarf all else."""
    gaps = {i: after[0] - before[1] for i, (before, after) in enumerate(pairwise(covers))}
    shown = covers[-1][1] - covers[0][0]
    broken: set[int] = set()
    for index in sorted(gaps, key=lambda i: (-gaps[i], i))[:_MOST_BREAKS]:
        rest = shown - gaps[index]
        if gaps[index] < _BREAK_SHARE * shown or len(gaps) - len(broken) < 2 or rest <= 0:
            break
        broken.add(index)
        shown = rest
    return broken
