"""Tables in print: which cells stay whole, and what is said where a table goes on overleaf.

Works in place on the tree that spelling a chapter's marks has made.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from lxml import etree

from book.base.xml import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

#: A short column has so many characters at most, and all short columns of a table together.
_SHORT, _ALL_SHORT = 20, 36
#: No word of a cell with so few characters is divided; it is a name, or a few words.
_FEW = 26
#: A caption that is longer is not said again where a table goes on.
_LONGEST_CAPTION = 60
_Row = list["etree._Element"]


def with_whole_cells(root: etree._Element, continued: str) -> None:
    """Mark the cells of each table that stay whole, and say over heads that a table goes on.

    The cells of columns that hold little are ``short``, of one line: dates and references. Other
    cells that hold little are ``unparted``. ``continued`` is the word for what stands in a row of
    the head that the typesetter leaves out where the table begins.
    """
    for table in root.iter("table"):
        rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
        for cell in (cell for row in rows for cell in row):
            if _width(cell) <= _FEW:
                _add_class(cell, "unparted")
        _mark_short(rows)
        if (head := table.find("thead")) is not None and table.find("tbody") is not None:
            head.insert(0, _continued(table, rows, continued))


def _mark_short(rows: Sequence[_Row]) -> None:
    """Those of short columns; not in a table that they would fill, or with cells that span."""
    if any("colspan" in cell.attrib or "rowspan" in cell.attrib for row in rows for cell in row):
        return
    columns = list(zip_longest(*rows))
    widest = [max(_width(cell) for cell in column) for column in columns]
    if sum(width for width in widest if width <= _SHORT) > _ALL_SHORT:
        return
    for column, width in zip(columns, widest, strict=True):
        for cell in column if width <= _SHORT else ():
            if cell is not None:
                _add_class(cell, "short")


def _continued(table: etree._Element, rows: Sequence[_Row], word: str) -> etree._Element:
    """The row over the heads: the caption, if it is short, and the ``word``."""
    caption = table.find("caption")
    said = "" if caption is None or len(caption) else folded(caption.text or "")
    row = etree.Element("tr", {"class": "cb-continued"})
    width = max(sum(_span(cell) for cell in cells) for cells in rows)
    cell = etree.SubElement(row, "td", {"colspan": str(width)})
    cell.text = f"{said} ({word})" if 0 < len(said) <= _LONGEST_CAPTION else word
    return row


def _span(cell: etree._Element) -> int:
    said = cell.get("colspan", "1").strip()
    return max(1, int(said)) if said.isdecimal() else 1


def _width(cell: etree._Element | None) -> int:
    return 0 if cell is None else len("".join(cell.itertext()).strip())


def _add_class(cell: etree._Element, name: str) -> None:
    cell.set("class", " ".join([*cell.get("class", "").split(), name]))
