"""Dates as the prose says them, to hold marks against: "10 September 1943", in any language."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from book.dates import Point
from book.dates.cldr import calendar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from book.dates import HistoricalDate

# What may stand between a day and its month: "10th of", "10. ", "10 de".
_ORDINAL = r"(?:st|nd|rd|th|\.|er|º|ª|:e)?"
_OF = r"(?:\s+(?:of|de|den|di))?\s+"


class Said(NamedTuple):
    """A date in the prose: what is not said is 0; ``start`` and ``end`` are its letters."""

    day: int
    month: int
    year: int
    start: int
    end: int


def said(text: str, language: str) -> Iterator[Said]:
    """The dates with a month's name in ``text``: a day or a year stands beside it."""
    pattern, months = _pattern(language)
    for found in pattern.finditer(text):
        day = int(found["first"] or found["second"] or 0)
        year = int(found["year"] or 0)
        if (day or year) and day <= 31:
            yield Said(day, months[found["month"].casefold()], year, *found.span())


def agrees(one: Said, date: HistoricalDate) -> bool:
    """Whether ``one`` may be what ``date`` means: an end of it, or a day that lies within."""
    points = [point for point in (date.start, date.end) if isinstance(point, Point)]
    if any(_fits(one, point) for point in points):
        return True
    if date.end is None:
        return False
    first, last = date.start, date.end
    if not isinstance(first, Point) or not isinstance(last, Point):
        return True
    key = (one.year or first.year, one.month, one.day or 1)
    start = (first.year, first.month if first.month < 13 else 0, first.day)
    end = (last.last_year, last.month if 0 < last.month < 13 else 12, last.day or 31)
    return start <= key <= end


def _fits(one: Said, point: Point) -> bool:
    if one.year and not point.year <= one.year <= point.last_year:
        return False
    if not point.month or point.month > 12:
        return True
    return point.month == one.month and (not one.day or not point.day or one.day == point.day)


@cache
def _pattern(language: str) -> tuple[re.Pattern[str], Mapping[str, int]]:
    months: dict[str, int] = {}
    full, short = calendar(language), calendar(language, short=True)
    for names in (full.names, full.names_alone, short.short_names, short.short_names_alone):
        for number, name in enumerate(names, 1):
            if len(name) > 2 and not name.isdigit():
                months.setdefault(name.casefold().rstrip("."), number)
    either = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    first = re.escape("".join(sorted({name[0] for name in months})))
    pattern = re.compile(
        rf"\b(?<!\.)(?=[\d{first}])(?:(?P<first>\d{{1,2}}){_ORDINAL}{_OF})?(?P<month>{either})\.?(?!\w)"
        rf"(?:\s+(?P<second>\d{{1,2}}){_ORDINAL}(?!\w))?(?:(?:,|\s+de)?\s+(?P<year>\d{{4}})(?!\w))?",
        re.IGNORECASE,
    )
    return pattern, months
