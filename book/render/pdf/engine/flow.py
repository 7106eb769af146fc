"""What stands in the flow of a page: each block on its way through the layout."""

from __future__ import annotations

from math import inf
from typing import Any

import weasyprint.layout.block
from weasyprint.formatting_structure import boxes

from book.render.pdf.engine.floats import FloatContext
from book.render.pdf.engine.notearea import AreaContext
from book.render.pdf.engine.register import lay_block

#: What has white above it, which may be a line more.
_SET_OFF = frozenset(
    ["h2", "h3", "h4", "h5", "h6", "hr", "blockquote", "ul", "ol", "dl", "pre", "table", "figure"]
)
_lay_floating = weasyprint.layout.block._out_of_flow_layout
_lay_float = weasyprint.layout.block.float_layout


def lay_in_block(
    context: Any,
    box: Any,
    bottom_space: float,
    skip_stack: Any,
    containing_block: Any,
    *args: Any,
    **kwargs: Any,
) -> Any:
    """What a block lays: a note in its area by our rules, everything else by WeasyPrint's."""
    given = (box, bottom_space, skip_stack, containing_block, *args)
    if isinstance(context, FloatContext):
        if isinstance(containing_block, boxes.FootnoteAreaBox):
            return context.lay_note(*given, **kwargs)
        context.saw(box)
        if isinstance(box, boxes.TableCaptionBox):
            context.topmost = containing_block.element if args[0] else None
        if box.element in context.blocks and box.element is not containing_block.element:
            if box.element.tag in _SET_OFF and skip_stack is None:
                _set_off(context, box, page_is_empty=args[0])
            if context.allowed is not None and not kwargs and not context.in_area:
                found = context.lay_flowing(*given)
                if found is not None:
                    return found
    return lay_block(context, *given, **kwargs)


def _set_off(context: AreaContext, box: Any, *, page_is_empty: bool) -> None:
    """Give a block a line of white more if that is asked for; at a page's head none stands."""
    if not page_is_empty:
        context.set_off[box.element] = None
        if box.element in context.whites:
            box.position_y += context.white


def lay_out_of_flow(
    context: Any,
    box: Any,
    index: int,
    child: Any,
    new_children: list[Any],
    page_is_empty: bool,
    *args: Any,
    **kwargs: Any,
) -> Any:
    """What floats or is positioned, by WeasyPrint's rules; it has been seen.

    What floats stands on one page, if it is not the first on it: see :func:`lay_float`.
    """
    if isinstance(context, AreaContext):
        context.saw(child)
    given = (box, index, child, new_children, page_is_empty, *args)
    if not isinstance(context, FloatContext):
        return _lay_floating(context, *given, **kwargs)
    outer = context.whole
    is_first = page_is_empty and not new_children
    context.whole = child if child.is_floated() and not is_first else None
    try:
        return _lay_floating(context, *given, **kwargs)
    finally:
        context.whole = outer


def lay_float(context: Any, box: Any, *args: Any, **kwargs: Any) -> Any:
    """What floats beside the text, whole where it is to be: if it has no room, it breaks a page."""
    if isinstance(context, FloatContext) and context.whole is box:
        *others, _bottom_space = args
        args = (*others, -inf)
    return _lay_float(context, box, *args, **kwargs)
