"""A note that goes on overleaf ends on its page with a whole word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes

from book.render.pdf.engine.lines import is_hyphenated
from book.render.pdf.engine.textend import end_of, shorten

if TYPE_CHECKING:
    from collections.abc import Callable

    from book.render.pdf.engine.notestate import Laid

#: So many lines earlier a note is broken at most: no more than two in a row end in a hyphen.
_EARLIER = 3


def in_whole_words(lay: Callable[[float], Laid], bottom: float, end: float) -> Laid:
    """What ``lay`` makes of a note that may reach down to ``end``, with as much below it left free.

    ``bottom`` is where the page ends. If the note is broken within a word, it is broken some lines
    earlier, unless too little of it would be left, or notes of its own are called in it.
    """
    first = laid = lay(bottom - end)
    for _ in range(_EARLIER):
        box, resume_at, *_ = laid.result
        line = None if box is None or resume_at is None or laid.called else _last_line(box)
        if line is None:
            break
        if not is_hyphenated(line):
            return laid
        end = line.position_y + line.height / 2
        laid = lay(bottom - end)
        if laid.result[0] is not None:
            shorten(laid.result[0], end_of(laid.result[0], end))
    return first


def _last_line(box: Any) -> Any:
    """The last line of text in ``box``."""
    lines = [one for one in box.descendants() if isinstance(one, boxes.LineBox)]
    return lines[-1] if lines else None
