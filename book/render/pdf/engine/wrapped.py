"""Lines of code that are too long for their measure go on in the next, which hangs, with a mark.

Without either, a listing says other than it is: where a line begins is what code is read by. The
mark is drawn and no letter, so that nobody copies it.
"""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure import boxes

from book.render.pdf.engine.settings import ems

#: How far the mark reaches into the indent, and how thick it is, in ems.
_WIDE, _HIGH, _THICK = 0.7, 0.55, 0.07


class _Mark:
    """An arrow that goes down and to the right, drawn as a picture is."""

    def get_intrinsic_size(self, *_: object) -> tuple[float, float, float]:
        """Its width, its height and their ratio."""
        return _WIDE, _HIGH, _WIDE / _HIGH

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        """Draw it so wide and high."""
        size, base, tip = height / 3, height * 0.7, width
        stream.set_color(style["color"], stroke=True)
        stream.set_line_width(_THICK * style["font_size"])
        for path in (
            ((0, 0), (0, base), (tip, base)),
            ((tip - size, base - size), (tip, base), (tip - size, base + size)),
        ):
            (x, y), *rest = path
            stream.move_to(x, y)
            for x, y in rest:
                stream.line_to(x, y)
            stream.stroke()


_MARK = _Mark()


def hang_of(line: Any, skip: Any, measure: float) -> float:
    """How far a line of the box ``line`` hangs that begins at ``skip``, in CSS pixels.

    It is a quarter of the ``measure`` at most.
    """
    style = line.style
    if skip is None or style["white_space"] != "pre-wrap" or style["direction"] != "ltr":
        return 0.0
    if line.element is None or line.element.tag != "pre" or _ends_line(_before(line, skip)):
        return 0.0
    hang = float(ems(style, "__code_hang") * style["font_size"])
    return max(min(hang, measure / 4), 0.0)


def _ends_line(text: str) -> bool:
    return not text or text[-1] in "\n\r\u2028\u2029"


def _before(box: Any, skip: Any) -> str:
    """The last of the text before a place."""
    if isinstance(box, boxes.TextBox):
        ((index, _),) = skip.items()
        return str(box.text.encode()[:index].decode(errors="ignore")[-1:])
    ((index, inner),) = skip.items()
    if inner is not None and (found := _before(box.children[index], inner)):
        return found
    return next((found for one in reversed(box.children[:index]) if (found := _last(one))), "")


def _last(box: Any) -> str:
    if isinstance(box, boxes.TextBox):
        return str(box.text[-1:])
    if not isinstance(box, boxes.ParentBox):
        return "\n"
    return next((found for one in reversed(box.children) if (found := _last(one))), "")


def add_mark(line: Any, left: float, hang: float) -> None:
    """Put the mark before a line that hangs; it begins at ``left``."""
    size = line.style["font_size"]
    mark = boxes.InlineReplacedBox("pre::wrapped", line.style, line.element, _MARK)
    for side in ("top", "right", "bottom", "left"):
        setattr(mark, f"margin_{side}", 0)
        setattr(mark, f"padding_{side}", 0)
        setattr(mark, f"border_{side}_width", 0)
    mark.width, mark.height = min(_WIDE * size, hang * 0.7), _HIGH * size
    mark.position_x = left + (hang - mark.width) / 3
    mark.position_y = line.position_y + line.baseline - mark.height - 0.05 * size
    mark.baseline = mark.height
    line.children = [*line.children, mark]
