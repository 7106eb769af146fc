"""How wide the columns of a table are that can't have all the width that they would take.

As a compositor does it: no column is narrower than its longest word, and the rest is shared so
that the rows take as few lines as can be. A column where prose stands gets more than one of names,
and none gets more than it can use.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

#: So often shares are made better; they settle after some dozen times.
_ROUNDS = 48
#: How much the highest cell of a row counts more than its neighbours.
_SHARP = 6
#: Rows beyond these are like them.
_ENOUGH = 160


def shared(
    least: Sequence[float], most: Sequence[float], rows: Sequence[Sequence[float]], room: float
) -> list[float]:
    """The widths of columns that take ``room`` together, in any unit.

    ``least`` is what the longest word of each takes and ``most`` what its longest cell takes on
    one line; both sums enclose ``room``. ``rows`` say what each cell takes on one line; those that
    a cell of several columns covers have nothing.
    """
    some = rows[:: -(-len(rows) // _ENOUGH)] if rows else rows
    ways = [_even(least, most, room), _even(least, [one**0.5 for one in most], room)]
    widths = list(ways[1])
    for _ in range(_ROUNDS):
        wanted = _wanted(some, widths)
        aims = [(old * new) ** 0.5 for old, new in zip(widths, wanted, strict=True)]
        widths = _within(aims, least, most, room)
    return min((*ways, widths), key=lambda way: _lines(some, way))


def _wanted(rows: Sequence[Sequence[float]], widths: Sequence[float]) -> list[float]:
    """What each column should have so that rows become lower: those that make rows high, more."""
    weights = [1e-6] * len(widths)
    for row in rows:
        heights = [cell / width for cell, width in zip_longest(row, widths, fillvalue=0.0) if width]
        top = max(heights, default=0.0)
        if top <= 1:
            continue
        for place, height in enumerate(heights):
            if height > 1:
                weights[place] += (height / top) ** _SHARP * row[place]
    return [weight**0.5 for weight in weights]


def _within(
    aims: Sequence[float], least: Sequence[float], most: Sequence[float], room: float
) -> list[float]:
    """Widths in the proportion of ``aims``, but none below or above what is said."""
    low, high = 0.0, room / min(aims) + 1
    for _ in range(60):
        scale = (low + high) / 2
        if sum(_held(aims, least, most, scale)) < room:
            low = scale
        else:
            high = scale
    widths = _held(aims, least, most, high)
    return [width * room / sum(widths) for width in widths]


def _held(
    aims: Sequence[float], least: Sequence[float], most: Sequence[float], scale: float
) -> list[float]:
    return [
        max(low, min(aim * scale, high)) for aim, low, high in zip(aims, least, most, strict=True)
    ]


def _even(least: Sequence[float], most: Sequence[float], room: float) -> list[float]:
    """What CSS does: each column gets its least, and a part of what ``most`` asks for above it."""
    more = [max(high - low, 0.0) for low, high in zip(least, most, strict=True)]
    rest, total = room - sum(least), sum(more)
    if not total:
        return [low + rest / len(least) for low in least]
    return [low + one * rest / total for low, one in zip(least, more, strict=True)]


def _lines(rows: Sequence[Sequence[float]], widths: Sequence[float]) -> float:
    """About how many lines the rows take; lines are seldom full to their end."""
    total = 0.0
    for row in rows:
        heights = [cell / width for cell, width in zip(row, widths, strict=False) if width]
        total += max((1.0 if one <= 1 else int(one * 1.08) + 1 for one in heights), default=1.0)
    return total
