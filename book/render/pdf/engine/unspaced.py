"""Lines of scripts without spaces are filled by what stands between their letters.

CSS Text 3, section 7.3: between two letters of Chinese, Japanese or Korean is an opportunity to
justify, and so it is between what is drawn together in Thai and Lao, whose spaces part phrases and
are few. WeasyPrint only widens spaces, and leaves lines without any ragged. So do we in Khmer and
Burmese: where letters stand apart, Pango joins none, and their syllables fall asunder.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes
from weasyprint.text.line_break import split_first_line

from book.render.pdf.engine.widening import widen

if TYPE_CHECKING:
    from collections.abc import Iterator

_LETTERS = re.compile("[\u2e80-\u30ff\u31f0-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_STACKED = re.compile("[\u0e00-\u0eff]")
#: By how much of an em letters may stand apart: what is more is no line. What is drawn together
#: is narrower in the second.
_MOST, _MOST_STACKED = 0.25, 0.12


def fill(line: Any, gap: float) -> bool:
    """Share ``gap`` between the letters of ``line``; whether it is one of such a script."""
    texts = list(_texts(line))
    whole = "".join(box.text for box in texts)
    if len(whole) < 2:
        return False
    if 2 * len(_LETTERS.findall(whole)) >= len(whole):
        counts, most = [float(len(box.text)) for box in texts], _MOST
    elif 2 * len(_STACKED.findall(whole)) >= len(whole):
        counts, most = [_count(box) for box in texts], _MOST_STACKED
    else:
        return False
    more = gap / max(sum(counts) - 1, 1.0)
    if more > most * line.style["font_size"]:
        return False
    widen(line, partial(_grow, more=more, counts=dict(zip(texts, counts, strict=True))))
    return True


def _texts(box: Any) -> Iterator[Any]:
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            yield child
        elif isinstance(child, (boxes.LineBox, boxes.InlineBox)):
            yield from _texts(child)


def _count(box: Any) -> float:
    """How many places of a text grow with the spacing of its letters, as Pango sees them."""
    apart = box.style.copy()
    spacing = apart["letter_spacing"]
    apart["letter_spacing"] = 1 + (0 if spacing == "normal" else spacing)
    found = [split_first_line(box.text, one, None, None, 0)[3] for one in (apart, box.style)]
    return float(found[0] - found[1])


def _grow(box: Any, more: float, counts: dict[Any, float]) -> float:
    """Set each letter of a text apart by so much ``more``; gives by how much it has grown."""
    style = box.style = box.style.copy()
    spacing = style["letter_spacing"]
    style["letter_spacing"] = more + (0 if spacing == "normal" else spacing)
    grown = more * counts[box]
    box.width += grown
    return grown
