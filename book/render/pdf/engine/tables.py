"""Tables: as wide as they may be, columns by what stands in them, heads that say where they go on.

WeasyPrint shares what columns are short of by what each would take on one line, so that one of
prose takes all, or one of short words more than it can use; **paragraphs/columns** does it by the
lines that rows then take. A table that is wider than its measure is remembered, to be laid again
(**squeezes**). What heads say on a page where the table goes on is left out on the first.
"""

from __future__ import annotations

import copy
from typing import Any

from weasyprint.layout import LayoutContext
from weasyprint.layout.block import remove_placeholders
from weasyprint.layout.block import table_layout as _lay
from weasyprint.layout.preferred import table_and_columns_preferred_widths
from weasyprint.layout.preferred import table_cell_min_max_content_width as _widths_of
from weasyprint.layout.table import auto_table_layout as _lay_columns
from weasyprint.text.line_break import strut

from book.render.pdf.engine.squeezes import Squeeze, more
from book.render.pdf.paragraphs.columns import shared

#: The row of a head that is there where the table goes on.
CONTINUED = "cb-continued"
#: Less than this, in CSS pixels, is no difference.
_HAIR = 0.05
#: Of fewer rows none is moved.
_FEW = 3


class TableContext(LayoutContext):  # type: ignore[misc] # weasyprint is untyped
    """WeasyPrint's layout context, with what is known of tables."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        #: What is done to tables, by their elements; which of them can stand across the page.
        self.squeezes: dict[Any, Squeeze] = {}
        self.turnable: frozenset[Any] = frozenset()
        #: What is to be done to those that were found to be too wide.
        self.wanted: dict[Any, Squeeze] = {}
        #: What each cell takes at the least, and on one line: it is the same on every page.
        self.cells: dict[Any, tuple[float, float]] = {}
        #: The widths of columns that were shared out, by table and room.
        self.shares: dict[tuple[Any, float], list[float]] = {}
        #: The table of the caption that was laid last, if a page begins with it.
        self.topmost: Any = None
        super().__init__(*args, **kwargs)


def cell_widths(context: Any, cell: Any, outer: bool = True) -> tuple[float, float]:
    """What a cell takes at the least, and on one line, in CSS pixels; measured once."""
    if not isinstance(context, TableContext) or not outer:
        found: tuple[float, float] = _widths_of(context, cell, outer)
        return found
    if cell not in context.cells:
        context.cells[cell] = _widths_of(context, cell)
    return context.cells[cell]


def lay_columns(context: Any, box: Any, containing_block: Any) -> None:
    """WeasyPrint's widths of a table's columns; what is too little for all is shared better."""
    _lay_columns(context, box, containing_block)
    table = box.get_wrapped_table()
    if not isinstance(context, TableContext) or not table.column_widths:
        return
    found = table_and_columns_preferred_widths(context, box, outer=False)
    _, _, least, most, percentages, fixed, spacing, columns = found
    room = table.width - spacing
    over = _over(box, table, containing_block[0])
    if over > _HAIR:
        share = (table.width - over) / table.width
        _want(context, table, share)
    elif sum(least) < room < sum(most) and not any(percentages) and not any(fixed):
        key = (table, room)
        if key not in context.shares:
            rows = [_contents(context, row) for row in zip(*columns, strict=True)]
            context.shares[key] = shared(least, most, rows, room)
        table.column_widths = list(context.shares[key])


def _over(box: Any, table: Any, room: float) -> float:
    """By how much a table is wider than what it stands in."""
    margins = sum(
        one for one in (box.margin_left, box.margin_right) if isinstance(one, (int, float))
    )
    return float(margins + table.border_width() - room)


def _want(context: TableContext, table: Any, share: float) -> None:
    if table.element is None or table.element.tag != "table":
        return  # It is one by a theme's will alone.
    now = context.squeezes.get(table.element)
    can_turn = table.element in context.turnable and not context.in_area
    wanted = more(table.style, now, share, can_turn=can_turn)
    if wanted is not None:
        context.wanted[table.element] = wanted


def _contents(context: Any, row: tuple[Any, ...]) -> list[float]:
    """What each cell of a row takes on one line; nothing for one over several columns."""
    return [cell_widths(context, cell)[1] if cell and cell.colspan == 1 else 0.0 for cell in row]


def lay_table(context: Any, table: Any, bottom_space: float, skip: Any, *more: Any) -> Any:
    """What WeasyPrint makes of a table, with a row above its heads only where it goes on.

    One that goes on overleaf ends where the text of the facing page does. On a page that begins
    with the table or its caption some of it always stands, and below its heads if it has any.
    """
    within, is_empty, absolute, fixed = more
    topmost = context.topmost if isinstance(context, TableContext) else None
    is_topmost = skip is None and topmost is not None and table.element is topmost
    more = within, is_empty or is_topmost, absolute, fixed
    whole = _with_heads(table, is_begun=skip is not None)
    found = _lay(context, whole, bottom_space, skip, *more)
    if _has_lost_heads(whole, found[0]):
        remove_placeholders(context, [found[0]], absolute, fixed)
        headed = _lay(context, _begun_at_any_row(whole), bottom_space, skip, *more)
        laid = headed[0]
        end = laid.border_box_y() + laid.border_height() if laid is not None else 0.0
        if laid is None or context.overflows_page(bottom_space, end):
            if laid is not None:
                remove_placeholders(context, [laid], absolute, fixed)
            headed = _lay(context, whole, bottom_space, skip, *more)
        found = headed
    laid, resume_at = found[0], found[1]
    around = table.style.parent_style
    is_broken = laid is not None and resume_at is not None
    if is_broken and around is not None and not (context.in_area or context.in_column):
        _reach(laid, context.page_bottom - bottom_space, float(strut(around)[0]))
    return found


def _has_lost_heads(table: Any, laid: Any) -> bool:
    """Whether WeasyPrint left out a table's heads, since no rows that stay together have room."""
    had_heads = bool(table.children) and table.children[0].is_header
    return had_heads and laid is not None and not (laid.children and laid.children[0].is_header)


def _begun_at_any_row(table: Any) -> Any:
    """A table of which WeasyPrint lays what has room below the heads: a row alone, or a part."""
    whole = copy.copy(table)
    whole.children = []
    for group in table.children:
        one = group
        if not (group.is_header or group.is_footer):
            one = copy.copy(group)
            one.style = group.style.copy()
            one.style["break_inside"] = "avoid"
        whole.children.append(one)
    return whole


def _reach(laid: Any, foot: float, line: float) -> None:
    """Move the rows of a table apart if less than a ``line`` is left below the last one."""
    groups = [group for group in laid.children if not group.is_header]
    rows = groups[0].children if len(groups) == 1 else []
    if len(rows) < _FEW:
        return
    rest = foot - rows[-1].position_y - rows[-1].height
    if not _HAIR < rest < line:
        return
    for number, row in enumerate(rows):
        row.translate(dy=rest * number / (len(rows) - 1))
    for box in (groups[0], laid):
        box.height = foot - box.content_box_y()


def _with_heads(table: Any, *, is_begun: bool) -> Any:
    head = table.children[0] if table.children else None
    if head is None or not head.is_header or len(head.children) < 2:
        return table
    if CONTINUED not in (head.children[0].element.get("class") or ""):
        return table
    whole = table
    table = copy.copy(whole)
    collapses = table.style["border_collapse"] == "collapse"
    if collapses:
        beside, (top, below, *rest) = whole.collapsed_border_grid
        if is_begun:  # The rule above the table stands below what is said there.
            table.collapsed_border_grid = beside, [below, top, *rest]
        else:
            table.collapsed_border_grid = beside[1:], [top, *rest]
    if not is_begun:
        fewer = head.copy_with_children(head.children[1:])
        table.children = [fewer, *table.children[1:]]
    return table
