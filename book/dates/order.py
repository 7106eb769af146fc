"""What follows what within a year or a month.

A date that is known only by its year, season or month may have a place within it: behind another
date. In a chapter that is written ``1943,after:1943-02-02``; EDTF has no word for it.
"""

from __future__ import annotations

from functools import lru_cache

from book.dates.historical import HistoricalDate, Point, Precision
from book.dates.parse import DateError, parse

#: What parts a date from the one that it follows.
_AFTER = ",after:"


def placed(written: str) -> tuple[str, str]:
    """A date and the one that it follows, both in EDTF; the second is empty if none is said.

    Raises :class:`DateError` if either can't be read, or the first is over when the second
    begins.
    """
    edtf, is_said, after = written.partition(_AFTER)
    date = parse(edtf)
    if is_said and first_day(parse(after)) > last_day(date):
        message = f"{edtf} is over before {after}, so it can't follow it"
        raise DateError("impossible", message, "name an earlier date after `after:`")
    return edtf, after


def is_period(date: HistoricalDate) -> bool:
    """Whether it is one date without a day: a year, a month, a season."""
    return isinstance(date.start, Point) and date.end is None and _is_coarse(date.start)


def holds(period: str, date: str) -> bool:
    """Whether ``date`` lies within ``period`` (see :func:`is_period`) and is shorter; both in EDTF.

    Raises :class:`DateError` if one can't be read.
    """
    around, within = _stretch(period), _stretch(date)
    if around is None or within is None:
        return False
    (begin, end), (first, last) = around, within
    return begin <= first and last <= end and last - first < end - begin


@lru_cache(maxsize=10_000)
def _stretch(edtf: str) -> tuple[int, int] | None:
    """The first and last day of a date; None if one of its ends is open or not known."""
    date = parse(edtf)
    if not all(isinstance(end, Point) for end in (date.start, date.end or date.start)):
        return None
    return first_day(date), last_day(date)


def day_within(period: HistoricalDate, after: HistoricalDate) -> int:
    """The day of ``period`` behind which it stands if it follows ``after``; its first at least."""
    return max(first_day(period), last_day(after))


def first_day(date: HistoricalDate) -> int:
    """The number of the earliest day that is known of it."""
    return _ends(date)[0].first


def last_day(date: HistoricalDate) -> int:
    """The number of the latest day that is known of it."""
    return _ends(date)[-1].last


def _ends(date: HistoricalDate) -> tuple[Point, ...]:
    """The one or two points that are known of it; there is always one."""
    return tuple(end for end in (date.start, date.end) if isinstance(end, Point))


def _is_coarse(point: Point) -> bool:
    return point.masked or point.precision < Precision.DAY
