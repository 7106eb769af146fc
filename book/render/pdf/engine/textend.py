"""Where the text of a laid out page ends, above its notes.

WeasyPrint draws a box that is broken at a page's end down to the foot of the text, so its height
says nothing of what stands in it.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

from weasyprint.formatting_structure import boxes

_HAIR = 0.01
#: So many lines of text stand above a note that fills the page, or none.
_LEAST = 3


def end_of(box: Any, bottom: float) -> float:
    """Where what stands in ``box`` ends; broken boxes were drawn down to ``bottom``."""
    end: float = box.border_box_y() + box.border_height()
    if isinstance(box, boxes.BlockBox) and end > bottom - _HAIR:
        inside = (end_of(child, bottom) for child in box.children if isinstance(child, boxes.Box))
        return max(inside, default=end)
    return end


def shorten(box: Any, end: float) -> None:
    """Let nothing of a broken ``box`` be drawn below ``end``, where what stands in it ends."""
    over = box.border_box_y() + box.border_height() - end
    if isinstance(box, boxes.BlockBox) and over > 0:
        box.height -= over
        for child in box.children:
            shorten(child, end)


def is_scant(box: Any) -> bool:
    """Whether ``box`` has fewer than three lines of text, or ends in a heading."""
    lines = (one for one in box.descendants() if isinstance(one, boxes.LineBox))
    return ends_in_heading(box) or len(list(islice(lines, _LEAST))) < _LEAST


def ends_in_heading(box: Any) -> bool:
    """Whether ``box`` ends with a heading, or what else must have something behind it."""
    while isinstance(box, boxes.BlockBox) and box.children:
        if box.style["break_after"] in ("avoid", "avoid-page"):
            return True
        box = box.children[-1]
    return False
