"""Kerning, for letters so large that its lack shows: WeasyPrint's SVG engine has none.

Read from the font's GPOS table (OpenType 1.9, pair adjustment), where the feature is ``kern``.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from book.figures.measure import font

if TYPE_CHECKING:
    from book.figures.measure import Type

_PAIRS, _EXTENSION = 2, 9


def positions(text: str, type_: Type) -> tuple[float, ...]:
    """Where each letter of ``text`` begins, and the end of the last, from 0 in ``type_``."""
    x, found = 0.0, [0.0]
    for letter, after in pairwise(text + "\0"):
        x += type_.width(letter) + _kern(type_.family, type_.weight, letter, after) * type_.size
        found.append(x)
    return tuple(found)


@cache
def _kern(family: str, weight: int, left: str, right: str) -> float:
    """What is added between two letters, in ems."""
    opened = font(family, weight)
    names = opened.getBestCmap()
    first, second = names.get(ord(left)), names.get(ord(right))
    if first is None or second is None:
        return 0.0
    for table in _tables(family, weight):
        if first in table.Coverage.glyphs:
            found = _adjustment(table, first, second)
            if found is not None:
                return found / float(opened["head"].unitsPerEm)
    return 0.0


def _adjustment(table: Any, first: str, second: str) -> int | None:
    """The advance that a subtable adds to ``first``; None lets the next subtable speak."""
    if table.Format == 1:
        pairs = table.PairSet[table.Coverage.glyphs.index(first)].PairValueRecord
        record = next((pair for pair in pairs if pair.SecondGlyph == second), None)
        if record is None:
            return None
    else:
        left, right = table.ClassDef1.classDefs, table.ClassDef2.classDefs
        record = table.Class1Record[left.get(first, 0)].Class2Record[right.get(second, 0)]
    return int(getattr(record.Value1, "XAdvance", 0) or 0)


@cache
def _tables(family: str, weight: int) -> tuple[Any, ...]:
    """The pair subtables of the feature ``kern``, in order."""
    gpos = font(family, weight)["GPOS"].table
    wanted = {
        index
        for record in gpos.FeatureList.FeatureRecord
        if record.FeatureTag == "kern"
        for index in record.Feature.LookupListIndex
    }
    subtables = [
        table.ExtSubTable if table.LookupType == _EXTENSION else table
        for index in sorted(wanted)
        for table in gpos.LookupList.Lookup[index].SubTable
    ]
    return tuple(table for table in subtables if table.LookupType == _PAIRS)
