"""Which headers a table's cell stands under (ISO 14289-1, 7.5; HTML, 4.9.12)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

ROW_GROUPS = {"thead": "THead", "tbody": "TBody", "tfoot": "TFoot"}


@dataclass(slots=True)
class Cell:
    """A cell in its table's grid; ``scope`` is empty for one that heads nothing."""

    element: Element
    row: Element
    group: Element
    rows: range
    columns: range
    scope: str


def cells_of(table: Element) -> list[Cell]:
    """Every cell of ``table``, placed as HTML does it (4.9.12.1, "Forming a table")."""
    groups: dict[Element, list[Element]] = {}
    for child in table:
        if child.tag == "tr":
            groups.setdefault(table, []).append(child)
        elif child.tag in ROW_GROUPS:
            groups[child] = [row for row in child if row.tag == "tr" and not _is_repeat(row)]
    cells: list[Cell] = []
    top = 0
    for group, rows in groups.items():
        taken: set[tuple[int, int]] = set()
        for offset, row in enumerate(rows):
            left, bare = 0, group.tag == "thead" or all(cell.tag == "th" for cell in row)
            for element in row:
                while (offset, left) in taken:
                    left += 1
                high = range(offset, offset + _span(element, "rowspan", len(rows) - offset))
                wide = range(left, left + _span(element, "colspan", 1000))
                taken.update((down, over) for down in high for over in wide)
                down = range(top + high.start, top + high.stop)
                scope = _scope(element, bare, len(wide))
                cells.append(Cell(element, row, group, down, wide, scope))
        top += len(rows)
    return cells


def _is_repeat(row: Element) -> bool:
    """Whether ``row`` only says, over heads that are repeated, that the table goes on."""
    return "cb-continued" in row.get("class", "").split()


def _span(element: Element, name: str, most: int) -> int:
    stated = element.get(name, "1").strip()
    span = int(stated) if stated.isdecimal() else 1
    return most if name == "rowspan" and not span else max(1, min(span, most))


def _scope(element: Element, bare: bool, width: int) -> str:
    """What a header heads: what it says, or else as its place has it. An empty one is none."""
    if element.tag != "th" or not (len(element) or (element.text or "").strip()):
        return ""
    stated = element.get("scope", "")
    if stated == "rowgroup":  # over its rows if it spans them from above, or else beside them
        return "Column" if width > 1 else "Row"
    if stated in {"row", "col", "colgroup"}:
        return "Row" if stated == "row" else "Column"
    return "Column" if bare else "Row"


def heads_of(cells: list[Cell]) -> dict[Element, list[Element]]:
    """The headers of each cell, where Scope alone does not tell them (ISO 14289-1, 7.5).

    Headers above one another in adjoining rows all count; a later one of the same width takes
    the place of an earlier one (HTML, 4.9.12.2).
    """
    if not _is_intricate(cells):
        return {}
    beside: dict[int, list[Cell]] = {}
    for cell in cells:
        for row in cell.rows if cell.scope == "Row" else ():
            beside.setdefault(row, []).append(cell)
    nearest: dict[int, list[Cell]] = {}
    further: dict[int, list[Cell]] = {}
    found: dict[Element, list[Element]] = {}
    for cell in cells:
        heads: list[Cell] = []
        for column in cell.columns:
            if cell.scope == "Column":
                heads += _add_head(cell, column, nearest, further)
            else:
                heads += further.get(column, []) + nearest.get(column, [])
        for row in cell.rows:
            left = cell.columns.start
            heads += [head for head in beside.get(row, ()) if head.columns.start < left]
        found[cell.element] = list(dict.fromkeys(head.element for head in heads))
    return found


def _add_head(
    cell: Cell, column: int, nearest: dict[int, list[Cell]], further: dict[int, list[Cell]]
) -> list[Cell]:
    """Let ``cell`` head what is below it in ``column``; gives the headers just above it."""
    block, old = nearest.get(column, []), further.get(column, [])
    if block and block[-1].rows.stop < cell.rows.start:
        block, old = [], old + block
    nearest[column] = [*block, cell]
    further[column] = [head for head in old if head.columns != cell.columns]
    return block


def _is_intricate(cells: list[Cell]) -> bool:
    heads = [cell for cell in cells if cell.scope]
    return any(len(cell.rows) > 1 or len(cell.columns) > 1 for cell in cells) or any(
        cell.rows.start and cell.columns.start for cell in heads
    )
