"""A line whose texts have grown: what stands behind each is moved, and what holds it is wider."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes

if TYPE_CHECKING:
    from collections.abc import Callable


def widen(box: Any, grow: Callable[[Any], float], moved: float = 0.0) -> float:
    """Let each text in ``box``, a line or a part of one, ``grow``, which gives by how much it does.

    All is in CSS pixels. ``box`` has been moved by ``moved`` before; gives by how much what stands
    behind it is. What is out of the flow stays where it is.
    """
    box.position_x += moved
    before = moved
    for child in box.children:
        if not child.is_in_normal_flow():
            continue
        if isinstance(child, boxes.TextBox):
            child.position_x += moved
            moved += grow(child)
        elif isinstance(child, (boxes.LineBox, boxes.InlineBox)):
            moved = widen(child, grow, moved)
        else:
            child.translate(moved, 0)
    box.width += moved - before
    return moved
