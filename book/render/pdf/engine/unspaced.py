"""Lines of scripts without spaces are filled by what stands between their letters.

CSS Text 3, section 7.3: between two letters of Chinese, Japanese or Korean is an opportunity to
justify. WeasyPrint only widens spaces, and leaves lines without any ragged.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes

from book.render.pdf.engine.widening import widen

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
    widen(line, partial(_grow, more=more))
    return True


def _texts(box: Any) -> Iterator[Any]:
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            yield child
        elif isinstance(child, (boxes.LineBox, boxes.InlineBox)):
            yield from _texts(child)


def _grow(box: Any, more: float) -> float:
    """Set each letter of a text apart by so much ``more``; gives by how much it has grown."""
    style = box.style = box.style.copy()
    spacing = style["letter_spacing"]
    style["letter_spacing"] = more + (0 if spacing == "normal" else spacing)
    grown = more * len(box.text)
    box.width += grown
    return grown
