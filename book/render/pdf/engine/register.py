"""Register: after a table, a picture or a listing the text is back on the lines of the facing page.

The theme's measures are whole lines, but a table, a picture or a listing is as high as it is. Until
renderers know ``block-step`` (CSS Rhythmic Sizing 1, section 2) the space below it is made up
here to whole lines of the text around it.
"""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.block import block_level_layout
from weasyprint.text.line_break import strut

#: Less than this, in CSS pixels, is no difference.
_NOTHING = 0.02
_FIGURES = frozenset({"figure", "pre"})


def lay_block(context: Any, box: Any, *args: Any, **kwargs: Any) -> Any:
    """What WeasyPrint makes of a block, a table, picture or listing made up to whole lines."""
    found = block_level_layout(context, box, *args, **kwargs)
    laid, resume_at = found[0], found[1]
    if laid is not None and resume_at is None and _is_figure(laid) and not context.in_area:
        line = _line_of(laid)
        over = laid.border_height() % line if line else 0
        if _NOTHING < over < line - _NOTHING:
            laid.height += line - over
    return found


def _is_figure(box: Any) -> bool:
    is_one = box.is_table_wrapper or (box.element is not None and box.element.tag in _FIGURES)
    return bool(is_one and box.is_in_normal_flow() and box.height != "auto")


def _line_of(box: Any) -> float:
    """The height of a line of the text around ``box``, in CSS pixels."""
    # The wrapper of a table has a style of its own, whose parent is the table's.
    own = next((child for child in box.children if isinstance(child, boxes.TableBox)), box)
    around = own.style.parent_style
    return 0.0 if around is None else float(strut(around)[0])
