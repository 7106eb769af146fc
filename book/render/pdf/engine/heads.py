"""Running heads that are too long end at a word.

``text-overflow: ellipsis`` (CSS Overflow 4, section 5.1) cuts where the room ends, within a word.
Here as many words stay as there is room for, but no short one at the end, such as "of the".
"""

from __future__ import annotations

from typing import Any

from weasyprint.draw import text as drawing
from weasyprint.matrix import Matrix
from weasyprint.text.ffi import pango
from weasyprint.text.line_break import line_size

from book.render.pdf.engine import told
from book.render.pdf.engine.glyphruns import runs_of

_draw = drawing.draw_first_line
_ELLIPSIS = "\u2026"
#: What is smaller can't be drawn (pydyf's numbers have so many digits).
_LEAST = 1e-6
#: A word of so many letters or fewer leans on the next one.
_LEANING = 3
#: How much of the room that is left stands before a text, by how it is aligned.
_BEFORE = {"right": 1, "end": 1, "center": 0.5}


def draw_first_line(
    stream: Any, textbox: Any, text_overflow: str, block_ellipsis: str, matrix: Any
) -> Any:
    """WeasyPrint's, but a text that has to be cut is cut between words."""
    layout = textbox.pango_layout
    can_be_cut = text_overflow == "ellipsis" and layout.max_width is not None
    if can_be_cut and _width(layout) > layout.max_width:
        _shorten(layout)
        # What is too wide was put at the left.
        part = _BEFORE.get(textbox.style["text_align_all"], 0)
        matrix = Matrix(e=part * (layout.max_width - _width(layout))) @ matrix
        text_overflow = "clip"
    if text_overflow == "clip" and block_ellipsis == "none" and told.has_to_be(layout.text):
        return _tell(stream, textbox, matrix)
    return _draw(stream, textbox, text_overflow, block_ellipsis, matrix)


def _tell(stream: Any, textbox: Any, matrix: Any) -> Any:
    """Draw a text whose glyphs may not match its letters, unless it has pictures in it."""
    layout = textbox.pango_layout
    if not textbox.text.strip() or textbox.style["font_size"] < _LEAST:
        return []
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    line, _ = layout.get_first_line()
    runs = list(runs_of(line, stream))
    if any(run.is_special() for run in runs):
        return _draw(stream, textbox, "clip", "none", matrix)
    stream.set_text_matrix(*matrix.values)
    is_leftward = textbox.style["direction"] == "rtl"
    told.show(stream, layout.text.encode(), runs, is_leftward=is_leftward)
    return []


def _shorten(layout: Any) -> None:
    """Take words from the end of the text until it fits with an ellipsis."""
    words = layout.text.split(" ")
    while len(words) > 1:
        words.pop()
        while len(words) > 1 and len(words[-1]) <= _LEANING:
            words.pop()
        layout.set_text(" ".join(words).rstrip(",;:.\u2013\u2014 ") + _ELLIPSIS)
        if _width(layout) <= layout.max_width:
            return


def _width(layout: Any) -> float:
    line, _ = layout.get_first_line()
    return float(line_size(line, layout.style)[0])
