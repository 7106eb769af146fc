"""The cover's time axis: dotted where nothing happens for long, and its labels above it.

Only the labels tell when its dots are: so each stretch of it begins with its year.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from book.base.data import replace
from book.figures import svg
from book.figures.measure import Type
from book.figures.scale import scaled
from book.figures.ticks import ticks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from book.figures.scale import Scale
    from book.figures.spans import Span
    from book.figures.ticks import Tick
    from book.theme.lettering import Lettering

#: The cover's width in its own units, in which all its measures are, and the room at its sides.
WIDE, MARGIN = 1600.0, 130.0
_YEARS = Type(38, 600)
#: How wide a break of the axis is, and how far apart labels stand: as near as they have room.
_BREAK, _LEAST_LABELS = 200.0, (120.0, 160.0, 200.0, 250.0, 310.0)


def drawn(
    stretches: Sequence[tuple[float, float, float, float]],
    axis: float,
    colour: str,
    at: Callable[[float], float],
) -> list[str]:
    """The time axis through the whole width, dotted where the scale is broken.

    ``axis`` is its height; ``at`` tells where a place on the axis lies on the cover.
    """
    look: svg.Look = {"stroke": colour, "stroke_width": 3}
    dots: svg.Look = {"stroke_dasharray": "3 15", **look}
    breaks = [(above[3], below[2]) for above, below in pairwise(stretches)]
    parts, begin = [], 0.0
    for end, after in [*breaks, (WIDE, WIDE)]:
        parts.append(svg.line(at(begin), axis, at(end), axis, **look))
        begin = after
    # No dot comes to lie below an event's.
    for end, after in breaks:
        parts.append(svg.line(at(end + 34), axis, at(after - 34), axis, **dots))
    return parts


class Label(Struct, frozen=True):
    """A year, or a shorter time, above its place on the axis."""

    text: str
    x: float
    type_: Type

    def touches(self, other: Label) -> bool:
        """Whether both can't be read as two."""
        halves = (self.type_.width(self.text) + other.type_.width(other.text)) / 2
        return abs(self.x - other.x) < halves + _YEARS.size / 2


def labelled(
    spans: Sequence[Span], language: str, lettering: Lettering, at: Callable[[float], float]
) -> tuple[Scale, list[Label]]:
    """The scale of the time axis and its labels: as many as have room."""
    for least in _LEAST_LABELS:
        scale = scaled(spans, MARGIN, WIDE - MARGIN, gap=max(_BREAK, least))
        marked = ticks(scale, language, least, begun=True)
        labels = [_label(one, lettering, at) for one in marked if one.label]
        if not any(one.touches(other) for one, other in pairwise(labels)):
            break
    return scale, labels


def _label(tick: Tick, lettering: Lettering, at: Callable[[float], float]) -> Label:
    type_ = _YEARS if tick.strong else replace(_YEARS, weight=400)
    type_ = type_.of(tick.label, lettering.heads)
    half = MARGIN / 2 + type_.width(tick.label) / 2
    return Label(tick.label, min(max(at(tick.y), half), WIDE - half), type_)
