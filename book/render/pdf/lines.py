"""Lines whose last space alone does not fit: WeasyPrint 70 breaks them after their first word.

Where a text is followed by an inline element and fits its line but for the space at its end,
``split_first_line`` takes it for a text that can't be split, and gives its first word alone
(CSS Text 3, section 4.1.2: spaces at a line's end hang). One boundary in a hundred is hit.
"""

from __future__ import annotations

from typing import Any

from weasyprint.layout import inline

_split = inline.split_first_line
_COLLAPSING = ("normal", "nowrap", "pre-line")


def split_first_line(
    text: str, style: Any, context: Any, max_width: float | None, *rest: Any, **more: Any
) -> tuple[Any, ...]:
    """WeasyPrint's, but for a text that fits without the space at its end."""
    found: tuple[Any, ...] = _split(text, style, context, max_width, *rest, **more)
    _, length, resume_at, *_ = found
    if resume_at is None or max_width is None or style["white_space"] not in _COLLAPSING:
        return found
    bare = text.rstrip(" ")
    size = len(bare.encode())
    if bare == text or length >= size or len(bare) * style["font_size"] > 4 * max_width:
        return found
    layout, length, resume_at, width, *metrics = _split(
        bare, style, context, max_width, *rest, **more
    )
    if resume_at is None and width <= max_width:
        return (layout, length, size + 1, width, *metrics)
    return found


def install() -> None:
    """Put it in WeasyPrint's place."""
    inline.split_first_line = split_first_line
