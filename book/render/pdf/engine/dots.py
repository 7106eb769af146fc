"""Emphasis in Chinese and Japanese: a dot at each letter (CSS Text Decoration 4, section 3).

WeasyPrint knows no ``text-emphasis``. Where a theme says ``--emphasis-dots: over`` or ``under``,
each letter of these scripts gets its dot; stops and Latin letters get none. Dots are drawn and no
letters, so that nobody hears or copies them.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from weasyprint.draw.color import get_color
from weasyprint.draw.text import draw_text as _plainly
from weasyprint.text.ffi import FROM_UNITS

from book.base.patterns import pattern
from book.render.pdf.engine.clusters import SPACES
from book.render.pdf.engine.glyphruns import runs_of
from book.render.pdf.engine.settings import asked
from book.render.pdf.engine.shapes import Fragment

if TYPE_CHECKING:
    from collections.abc import Iterator

_LETTERS = pattern(
    "[\u2e80-\u2fdf\u3005-\u3007\u3021-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
#: How far the middle of a dot is from the line that letters stand upon, and how wide it is, in ems.
_OVER, _UNDER, _WIDE = 1.02, -0.29, 0.17
_ROUND = 1


def draw_text(stream: Any, textbox: Any, offset: float, *rest: Any) -> None:
    """WeasyPrint's, with dots where they are asked for."""
    _plainly(stream, textbox, offset, *rest)
    style = textbox.style
    if not style["__emphasis_dots"] or not _LETTERS.search(textbox.text):
        return
    where = {"over": _OVER, "under": _UNDER}.get(asked(style, "__emphasis_dots"))
    if where is None or style["visibility"] != "visible":
        return
    size = style["font_size"]
    y = textbox.position_y + textbox.baseline - where * size
    with stream.stacked():
        stream.set_color(get_color(style, "color"), stroke=True)
        stream.set_line_cap(_ROUND)
        stream.set_line_width(_WIDE * size)
        for middle in _middles(stream, textbox):
            x = textbox.position_x + middle
            stream.move_to(x, y)
            stream.line_to(x, y)
            stream.stroke()


def _middles(stream: Any, textbox: Any) -> Iterator[float]:
    """Where the middle of each letter to be dotted is, from the left end of the text."""
    layout, data = textbox.pango_layout, textbox.text.encode()
    layout.reactivate(textbox.style)
    line, _ = layout.get_first_line()
    runs = list(runs_of(line, stream))
    layout.deactivate()
    stretch, tracking, more = 1.0, 0.0, 0.0
    if isinstance(layout, Fragment):
        stretch, tracking = layout.stretch, layout.tracking
        drawn = sum(FROM_UNITS * sum(run.widths) + len(run.widths) * tracking for run in runs)
        more = (layout.width / stretch - drawn) / layout.spaces if layout.spaces else 0.0
    x = 0.0
    for run in runs:
        for start, width in zip(run.bytes, run.widths, strict=False):
            letter = data[start : start + 4].decode(errors="ignore")[:1]
            wide = (width * FROM_UNITS + tracking + (more if letter in SPACES else 0.0)) * stretch
            if _LETTERS.match(letter) and unicodedata.category(letter)[0] in "LN":
                yield x + wide / 2
            x += wide
