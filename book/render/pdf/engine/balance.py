"""Headings and captions of a few lines have lines of about the same length (CSS Text 4, 6.1).

No word stands alone in the last one then. They take as few lines as without it, and each as much
of the measure as all of them need.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from book.render.pdf.engine.content import content
from book.render.pdf.engine.settings import asked
from book.render.pdf.engine.stops import Stops

if TYPE_CHECKING:
    from collections.abc import Sequence

    from book.render.pdf.paragraphs.fit import Stop

#: So many lines are balanced; more are a text.
_MOST = 5
#: In CSS pixels.
_HAIR = 0.5


def balanced(context: Any, line: Any, block: Any) -> Any:
    """``block`` as narrow as it may be for the lines of the box ``line`` to stay as many.

    That is where ``--wrap`` of its style is ``balance``; else it stays as it is.
    """
    if asked(line.style, "__wrap") != "balance" or context.excluded_shapes:
        return block
    kept = context.balances.get(id(line))
    if kept is None or kept[0] is not line or kept[1] != block.width:
        kept = context.balances[id(line)] = (line, block.width, _width(context, line, block))
    width: float | None = kept[2]
    if width is None:
        return block
    narrow = copy.copy(block)
    narrow.width = width
    align = str(line.style["text_align_all"])
    part = {"center": 0.5, "right": 1.0, "end": 1.0}.get(align, 0.0)
    if block.style["direction"] == "rtl":
        part = {"center": 0.5, "left": 0.0, "end": 0.0}.get(align, 1.0)
    narrow.position_x += part * (block.width - width)
    return narrow


def _width(context: Any, line: Any, block: Any) -> float | None:
    """What the lines need at the least; None if nothing is gained."""
    found = content(context, line, block)
    if found is None:
        return None
    stops, _ = Stops(context, found, line.style["lang"]).between()
    count = lines_in(stops, block.width)
    if not 1 < count <= _MOST:
        return None
    low, high = block.width / count / 2, float(block.width)
    while high - low > _HAIR:
        middle = (low + high) / 2
        if lines_in(stops, middle) <= count:
            high = middle
        else:
            low = middle
    return min(high + _HAIR, float(block.width))


def lines_in(stops: Sequence[Stop], width: float) -> int:
    """How many lines of this ``width`` are filled one after the other; infinitely many if none is.

    The first of ``stops`` is the text's start and the last its end.
    """
    begin, count, last = stops[0].begin, 1, stops[0]
    for stop in stops[1:]:
        if stop.end - begin > width:
            if last.begin == begin or stop.end - last.begin > width:
                return 1 << 30
            begin, count = last.begin, count + 1
        last = stop
    return count
