"""Paragraphs that are set as a whole: their lines are found once, and laid as they were found.

The breaks of a paragraph depend on its text, its style and its measure alone. So they are the same
however often its lines are laid, and on whatever page they come to stand. WeasyPrint still lays
each line: it is only told where the line ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.layout.percent import percentage

from book.base.data import replace
from book.render.pdf.engine import content, shapes
from book.render.pdf.engine.balance import even_plan, wrap_of
from book.render.pdf.engine.plans import COSTS, LinePlan, Paragraph, Refit, key_at, path_of
from book.render.pdf.engine.settings import Wishes, wishes
from book.render.pdf.engine.shapes import Fragment
from book.render.pdf.engine.widening import widen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from book.render.pdf.engine.stops import LineEnd

_split_text = inline.split_text_box


class Met(NamedTuple):
    """A paragraph of which lines were laid on a page: by which plan, from which line, and where.

    ``refit`` is what asked for that plan, if it is not the best.
    """

    paragraph: Paragraph
    plan: LinePlan
    number: int
    path: tuple[int, ...]
    refit: Refit | None


@dataclass(slots=True)
class Current:
    """The line that is being laid."""

    plan: LinePlan
    number: int

    @property
    def end(self) -> LineEnd:
        """Where it ends."""
        return self.plan.ends[self.number]


def current(context: Any, line: Any, position_y: float, skip: Any, block: Any) -> Current | None:
    """The line of a paragraph that begins at ``skip``; None if it is not set as a whole."""
    if wrap := wrap_of(context, line, block):
        return _even(context, line, skip, block, wrap)
    if not _is_fitted(context, line, position_y, block):
        return None
    paragraph = _paragraph(context, line, block)
    if paragraph.best is None:
        return None
    path = path_of(skip)
    key = key_at(line, path)
    refit = context.refits.get(id(line))
    for asked in (refit, None):
        plan = paragraph.best if asked is None else paragraph.other(asked)
        number = None if plan is None else plan.starts.get(key)
        if plan is not None and number is not None:
            if not context.in_area:
                context.met.setdefault(id(line), Met(paragraph, plan, number, path, asked))
            return Current(plan, number)
    return None


def _even(context: Any, line: Any, skip: Any, block: Any, wrap: str) -> Current | None:
    """The line of a heading, say, or of a list that begins at ``skip``."""
    measures = _measures(line, block)
    kept = context.evens.get(id(line))
    if kept is None or kept[0] is not line or kept[1] != measures:
        plan = even_plan(context, line, block, measures, wrap)
        kept = context.evens[id(line)] = (line, measures, plan)
    plan = kept[2]
    number = None if plan is None else plan.starts.get(key_at(line, path_of(skip)))
    return None if number is None else Current(plan, number)


def _is_fitted(context: Any, line: Any, position_y: float, block: Any) -> bool:
    style = line.style
    if style["text_align_all"] != "justify" or style["direction"] != "ltr":
        return False
    if style["white_space"] != "normal" or not wishes(style).whole:
        return False
    if block.style["text_overflow"] != "clip" or block.style["block_ellipsis"] != "none":
        return False
    return not any(
        shape.position_y + shape.margin_height() > position_y for shape in context.excluded_shapes
    )


def _paragraph(context: Any, line: Any, block: Any) -> Paragraph:
    """The paragraph of a box of lines, made when it is first asked for."""
    measures = _measures(line, block)
    kept = context.plans.get(id(line))
    if kept is None or kept.line is not line or kept.measures != measures:
        found = content.content(context, line, block)
        kept = context.plans[id(line)] = Paragraph(context, line, found, measures)
    known: Paragraph = kept
    return known


def _measures(line: Any, block: Any) -> tuple[float, float]:
    """What the first line may take, and each of the others."""
    width = float(block.width)
    return width - float(percentage(line.style["text_indent"], line.style, width)), width


def split_text_box(
    context: Any, box: Any, width: float | None, skip: int, is_line_start: bool = True
) -> tuple[Any, int | None, bool]:
    """WeasyPrint's, but a text of a paragraph that is set as a whole is cut where its line ends."""
    now: Current | None = context.line_now
    text = None if now is None else now.plan.texts.get(id(box))
    if now is None or text is None:
        found: tuple[Any, int | None, bool] = _split_text(
            context, box, width, skip, is_line_start=is_line_start
        )
        return found
    end = now.end
    if end.box is not box or (end.resume or end.end) <= skip:
        return _part(context, text, skip, len(text.shape.data)), None, False
    return _part(context, text, skip, end.end, end), end.resume, False


def _part(
    context: Any, text: content.ShapedText, start: int, end: int, place: LineEnd | None = None
) -> Any:
    """A box with the part of a text that stands on a line, as ``split_text_box`` makes it."""
    if end <= start:
        return None
    shape, style = text.shape, text.box.style
    hyphen = "" if place is None else place.hyphen
    said = shape.data[start:end].decode() + hyphen
    width = shape.width(start, end)
    if place is not None:
        width += place.extra
    letters = shape.starts.count(1, start, end) + len(hyphen)
    box = text.box.copy_with_text(said)
    height, box.baseline = shape.height, shape.baseline
    if height is None:
        height, box.baseline = shapes.metrics(said, style, context)
    box.pango_layout = Fragment(said, width, shape.spaces(start, end), letters, shape)
    box.width, box.height = width, height
    line_height, _ = inline.strut(style)
    box.margin_top = box.margin_bottom = (line_height - height) / 2
    box.baseline += box.margin_top
    return box


#: A line whose spaces would grow by more than so many times their width is left ragged.
_GAPING = 3


def align(context: Any, line: Any, available: float) -> float:
    """Draw a line apart or in until it takes the measure and what hangs out; gives its place.

    One whose spaces would be four times as wide, as before a picture without room, is left ragged.
    """
    now: Current = context.line_now
    left, right = now.plan.lefts[now.number], now.end.right
    is_last = now.number == len(now.plan.ends) - 1
    gap = available + left + right - line.width
    parts = list(_parts(line))
    if gap < 0 or not (is_last or gap > _GAPING * _spaces(parts) > 0):
        _spread(parts, gap)
        widen(line, _grow)
    return -left


def _parts(box: Any) -> Iterator[Any]:
    """The texts of a line that are drawn apart or in."""
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            if isinstance(child.pango_layout, Fragment):
                yield child
        elif isinstance(child, (boxes.LineBox, boxes.InlineBox)):
            yield from _parts(child)


def _spaces(parts: list[Any]) -> float:
    """How wide the spaces of a line's texts are together, in CSS pixels."""
    return sum(float(box.pango_layout.spaces * box.pango_layout.space) for box in parts)


def _spread(parts: list[Any], gap: float) -> None:
    """Give a line's texts what is left of its measure, or take it from them."""
    spaces = _spaces(parts)
    wanted = [_wishes(box) for box in parts]
    letters = sum(
        box.width * one.width + box.pango_layout.letters * one.space * box.style["font_size"]
        for box, one in zip(parts, wanted, strict=True)
    )
    if not spaces and (gap > 0 or not letters):
        return
    give = letters + spaces * (COSTS.apart if gap > 0 else COSTS.drawn_in)
    ratio = max(-1.0, min(1.0, gap / give))
    for box, one in zip(parts, wanted, strict=True):
        part: Fragment = box.pango_layout
        part.stretch = 1 + ratio * one.width
        part.tracking = ratio * one.space * box.style["font_size"]
        part.width = (part.natural + part.letters * part.tracking) * part.stretch
    rest = gap - sum(box.pango_layout.width - box.pango_layout.natural for box in parts)
    if gap < 0:  # What is still over hangs out, rather than that words run together.
        rest = max(rest, -spaces * COSTS.drawn_in)
    for box in parts if spaces else ():
        box.pango_layout.width += rest * box.pango_layout.spaces * box.pango_layout.space / spaces


def _wishes(box: Any) -> Wishes:
    """What is wanted of a text; nothing may stand between letters that hang together."""
    wanted = wishes(box.style)
    if wanted.space and content.JOINED.search(box.text):
        return replace(wanted, space=0.0)
    return wanted


def _grow(box: Any) -> float:
    """Make a text as wide as it was shared out to be; gives by how much it has grown."""
    if not isinstance(box.pango_layout, Fragment):
        return 0.0
    more = float(box.pango_layout.width - box.width)
    box.width = box.pango_layout.width
    return more
