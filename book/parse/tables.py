"""Tables as HTML has them: a caption, columns, a head, rows of cells, a foot, in this order.

HTML, section 4.9.1. Parts that stand elsewhere are moved, cells and rows that lack what holds
them get it, and text between cells becomes a cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from book.base.xml import tags
from book.parse.loose import GONE, loose, strip

if TYPE_CHECKING:
    from lxml import etree

_CELLS = tags("td th")
_GROUPS = tags("thead tbody tfoot")
_PARTS = _GROUPS | {"caption", "colgroup", "tr"}


class Told(Protocol):
    """Who is told what is wrong: a sentence, the element it is wrong with, a finding's code."""

    def __call__(self, message: str, element: etree._Element, code: str = "M008") -> None:
        """Be told it."""


def fit_row(row: etree._Element, told: Told) -> None:
    """Only cells stand in a row."""
    for one in loose(row, lambda child: child.tag in _CELLS):
        if one.is_blank:
            one.clear()
        else:
            told("This stands in a table, but in no cell.", one.wrapped("td"))


def fit_group(group: etree._Element, told: Told) -> None:
    """Only rows stand in a head, a body and a foot."""
    for one in loose(group, lambda child: child.tag == "tr"):
        if one.is_blank:
            one.clear()
        else:
            fit_row(one.wrapped("tr"), told)


def fit_columns(group: etree._Element) -> None:
    """Only columns stand in a group of them; what else does goes behind it."""
    for one in reversed([*loose(group, lambda child: child.tag == "col")]):
        if one.is_blank:
            one.clear()
        else:
            one.move_behind()


def fit_table(table: etree._Element, told: Told) -> None:
    """Put the parts of ``table`` in their order; one without a row is no table."""
    _hold_columns(table)
    for one in loose(table, lambda child: child.tag in _PARTS):
        if one.is_blank:
            one.clear()
        else:
            fit_row(one.wrapped("tr"), told)
    _caption(table, told)
    parts = {name: [child for child in table if child.tag == name] for name in _PARTS}
    for further in [*parts["thead"][1:], *parts["tfoot"][1:]]:
        further.tag = "tbody"
    if any(child.tag == "tbody" for child in table):
        for one in loose(table, lambda child: child.tag != "tr"):
            if one.elements:
                one.wrapped("tbody")
    if not any(child.tag == "tr" or child.find("tr") is not None for child in table):
        _no_table(table)
        return
    order = {"caption": 0, "colgroup": 1, "thead": 2, "tfoot": 4}
    table[:] = sorted(table, key=lambda child: order.get(str(child.tag), 3))


def _hold_columns(table: etree._Element) -> None:
    """Columns that stand by themselves get a group."""
    for one in loose(table, lambda child: child.tag != "col"):
        if one.elements:
            fit_columns(one.wrapped("colgroup"))


def _caption(table: etree._Element, told: Told) -> None:
    """One, without a table in it; what a second says stands below the first."""
    captions = [child for child in table if child.tag == "caption"]
    if not captions:
        return
    first, *others = captions
    for other in others:
        other.tag = "div"
        first.append(other)
        told("This table has a second caption.", other)
    for inner in list(first.iterdescendants("table")):
        told("A caption can't hold a table.", inner)
        inner.tag = "div"
        for part in list(inner.iterdescendants("tr", "caption")):
            part.tag = "div"
        for part in list(inner.iterdescendants(*_GROUPS, *_CELLS, "colgroup", "col")):
            part.tail = " " + (part.tail or "")
            part.tag = GONE
    strip(first)


def _no_table(table: etree._Element) -> None:
    table.tag = "div"
    for child in table:
        child.tag = "div" if child.tag == "caption" else GONE
    strip(table)
