"""Lines of scripts without spaces are filled by what stands between their letters.

CSS Text 3, section 7.3: between two letters of Chinese, Japanese or Korean is an opportunity to
justify. WeasyPrint only widens spaces, and leaves lines without any ragged.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes

if TYPE_CHECKING:
    from collections.abc import Iterator

_LETTERS = re.compile("[\u2e80-\u30ff\u31f0-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
#: By how much of an em letters may stand apart: what is more is no line.
_MOST = 0.25


def fill(line: Any, gap: float) -> bool:
    """Share ``gap`` between the letters of ``line``; whether it is one of such a script."""
    texts = list(_texts(line))
    whole = "".join(box.text for box in texts)
    if len(whole) < 2 or 2 * len(_LETTERS.findall(whole)) < len(whole):
        return False
    more = gap / (len(whole) - 1)
    if more > _MOST * line.style["font_size"]:
        return False
    _spread(line, more, 0.0)
    return True


def _texts(box: Any) -> Iterator[Any]:
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            yield child
        elif isinstance(child, (boxes.LineBox, boxes.InlineBox)):
            yield from _texts(child)


def _spread(box: Any, more: float, moved: float) -> float:
    """Move what is in ``box`` by what has grown before it; gives by how much all has grown."""
    before = moved
    for child in box.children:
        if not child.is_in_normal_flow():
            continue
        if isinstance(child, boxes.TextBox):
            child.position_x += moved
            style = child.style = child.style.copy()
            spacing = style["letter_spacing"]
            style["letter_spacing"] = more + (0 if spacing == "normal" else spacing)
            child.width += more * len(child.text)
            moved += more * len(child.text)
        elif isinstance(child, (boxes.LineBox, boxes.InlineBox)):
            child.position_x += moved
            moved = _spread(child, more, moved)
        else:
            child.translate(moved, 0)
    box.width += moved - before
    return moved
