"""A date as a value: what it says, the days it may mean, its place in a chronology."""

from __future__ import annotations

from enum import Enum, IntEnum

from msgspec import Struct

# As authors know them in a message; what is printed comes from CLDR.
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_BEFORE_MONTH = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)


class Precision(IntEnum):
    """How much of a date is known, from coarse to fine."""

    CENTURY = 0
    DECADE = 1
    YEAR = 2
    SEASON = 3
    MONTH = 4
    DAY = 5


class Bound(Enum):
    """An end of an interval that is no date: open (``..``) or unknown (nothing)."""

    OPEN = ".."
    UNKNOWN = ""


def is_leap(year: int) -> bool:
    """Whether ``year`` (astronomical, any size) has a 29 February in the Gregorian calendar."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_days(year: int, month: int) -> int:
    """How many days ``month`` (1 to 12) of ``year`` (astronomical) has."""
    if month == 2:
        return 29 if is_leap(year) else 28
    return 30 if month in {4, 6, 9, 11} else 31


def day_number(year: int, month: int, day: int) -> int:
    """The day's number, 1 for 0001-01-01: :meth:`datetime.date.toordinal` without its bounds."""
    past = year - 1
    leap = int(month > 2 and is_leap(year))
    years = 365 * past + past // 4 - past // 100 + past // 400
    return years + _BEFORE_MONTH[month - 1] + leap + day


class Point(Struct, frozen=True):
    """One date of level 1; not yet an interval.

    Years are astronomical (0 is 1 BC). ``last_year`` differs from ``year`` only for decades and
    centuries. ``month`` is 0 if there is none, and 21 to 24 for a season; ``day`` is 0 if there
    is none. ``qualifier`` is ``?``, ``~``, ``%`` or empty. ``masked`` tells that a finer part
    stands as ``XX``: ``1943-08-XX`` is a day in August 1943, known to the month.
    """

    year: int
    last_year: int
    month: int
    day: int
    precision: Precision
    qualifier: str
    masked: bool

    @property
    def first(self) -> int:
        """The number of the earliest day that is meant (see :func:`day_number`)."""
        if self.precision is Precision.SEASON:
            return day_number(self.year, (self.month - 20) * 3, 1)
        return day_number(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> int:
        """The number of the latest day that is meant.

        Seasons are those of the north, for the order alone: spring begins in March, and winter
        is the one that begins in December of its year.
        """
        if self.precision is Precision.SEASON:
            after = self.month == 24
            end = 2 if after else (self.month - 20) * 3 + 2
            year = self.year + after
            return day_number(year, end, month_days(year, end))
        month = self.month or 12
        return day_number(self.last_year, month, self.day or month_days(self.last_year, month))


Key = tuple[int, int, int, int, int, str]


class HistoricalDate(Struct, frozen=True):
    """A date or an interval, as :func:`book.dates.parse` reads it.

    ``edtf`` is the text it was read from. ``end`` is None unless it is an interval. Equal and
    hashed by value; two dates are equal exactly if their texts are.
    """

    edtf: str
    start: Point | Bound
    end: Point | Bound | None = None

    @property
    def key(self) -> Key:
        """Where it stands in a chronology: a total order, for years of any size.

        1. What has no known start comes first, by its latest day.
        2. The earliest possible day.
        3. Coarse before fine: a year's entry before its months', a month's before its days'.
           What is unspecified does not count as known: ``1943-08-XX`` stands with ``1943-08``.
        4. The latest possible day; without end comes last.
        5. The text, so that no two different dates tie (``1943`` before ``1943?``).

        Being uncertain or approximate moves no date.
        """
        start, end = self.start, self.end
        if isinstance(start, Bound):
            latest, precision = (end.last, end.precision) if isinstance(end, Point) else (0, 0)
            return (0, latest, precision, 0, 0, self.edtf)
        if isinstance(end, Bound):
            return (1, start.first, start.precision, 1, 0, self.edtf)
        return (1, start.first, start.precision, 0, (end or start).last, self.edtf)

    @property
    def machine(self) -> str | None:
        """The value for ``<time datetime>``, or None if HTML can't say this date.

        HTML (section "Dates and times" of the standard) knows years from 1 on in four or more
        digits, months and days; no seasons, intervals, unspecified digits, years BC, and no
        "about" or "perhaps".
        """
        point = self.start
        if isinstance(point, Bound) or self.end is not None or point.qualifier or point.masked:
            return None
        if point.year < 1 or point.precision not in _IN_HTML:
            return None
        parts = (f"{point.year:04}", f"{point.month:02}", f"{point.day:02}")
        return "-".join(parts[: _IN_HTML[point.precision]])

    def words(self, language: str) -> str:
        """The date in words, as a historian's editor has it: "about August 1943".

        ``language`` is a BCP 47 tag; what is unknown falls back to its language, then to
        English. ``en`` is American as in CLDR; ``en-GB`` puts the day first.
        """
        from book.dates.words import full

        return full(self, language)

    def short(self, language: str) -> str:
        """The date as short as it can be said, for a timeline or a handout: "c. Aug 1943"."""
        from book.dates.words import short

        return short(self, language)


_IN_HTML = {Precision.YEAR: 1, Precision.MONTH: 2, Precision.DAY: 3}
