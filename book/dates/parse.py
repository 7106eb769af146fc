"""EDTF text -> :class:`HistoricalDate`, or a :class:`DateError` that an author can act upon."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from book.base.patterns import pattern
from book.dates.historical import MONTHS, Bound, HistoricalDate, Point, Precision, month_days

_DATE = pattern(
    r"(?P<year>-?[0-9]{2}(?:[0-9]{2}|[0-9]X|XX))"
    r"(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?"
    r"(?P<qualifier>[?~%]?)"
)
# Seventeen digits are more than the age of the universe in seconds, and keep int() fast.
_LONG_YEAR = pattern(r"Y(?P<year>-?[1-9][0-9]{4,16})(?P<qualifier>[?~%]?)")
_SEASONS = range(21, 25)
_HELP = "write a date like 1943-09-10, 1943-09, 1943, 1943~ (about), 1943? (perhaps) or 1943/1944"


class DateError(ValueError):
    """A date that can't be used.

    ``kind`` is ``"unreadable"`` (it is no EDTF of level 0 or 1) or ``"impossible"`` (it is, but
    there is no such date). ``message`` is one plain sentence for the author, ``hint`` what to
    do; ``code`` is the finding's code in :data:`book.base.codes.CODES`.
    """

    def __init__(self, kind: Literal["unreadable", "impossible"], message: str, hint: str) -> None:
        super().__init__(kind, message, hint)
        self.kind = kind
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}"

    @property
    def code(self) -> str:
        """``D001`` for what is unreadable, ``D002`` for what is impossible."""
        return "D001" if self.kind == "unreadable" else "D002"


@lru_cache(maxsize=1 << 16)
def parse(edtf: str) -> HistoricalDate:
    """Read a date in EDTF, level 0 or 1 (see :mod:`book.dates`); each is read once and kept.

    Nothing is mended silently, not even a space at the end. Raises :class:`DateError`; where
    what the author meant can be guessed, its hint holds the EDTF to write.
    """
    try:
        return _strict(edtf)
    except DateError as error:
        if error.kind == "impossible":
            raise
        found = _meant(edtf)
        if not found:
            raise
        raise DateError("unreadable", error.message, found) from None


def _meant(edtf: str) -> str:
    """What to write instead, or nothing: only guesses that can be read themselves are given."""
    from book.dates.guess import guesses

    good: dict[str, None] = {}
    mended = ""
    for guess, why in guesses(edtf):
        try:
            _strict(guess)
        except DateError as error:
            if error.kind == "impossible":
                mended = mended or error.hint
        else:
            good[f"{guess}{why}"] = None
    return "write " + ", or ".join([*good][:2]) if good else mended


def _strict(edtf: str) -> HistoricalDate:
    left, slash, right = edtf.partition("/")
    if not slash:
        return HistoricalDate(edtf, _point(edtf, edtf))
    start, end = _end(left, edtf), _end(right, edtf)
    if isinstance(start, Bound):
        if isinstance(end, Bound):
            raise DateError(
                "unreadable",
                f"{_shown(edtf)} is an interval with neither a start nor an end",
                "write at least one of its dates, as in 1943/.. or ../1943",
            )
    elif isinstance(end, Point) and _reversed(start, end):
        raise DateError(
            "impossible", f"{edtf} ends before it begins", f"write {right}/{left}, or mend a date"
        )
    return HistoricalDate(edtf, start, end)


def _shown(edtf: str) -> str:
    return repr(edtf if len(edtf) <= 40 else f"{edtf[:39]}…")


def _end(text: str, edtf: str) -> Point | Bound:
    if text in {"", ".."}:
        return Bound(text)
    return _point(text, edtf)


def _reversed(start: Point, end: Point) -> bool:
    # Which months a season has depends on the hemisphere; only the years are certain.
    if Precision.SEASON in {start.precision, end.precision}:
        return end.last_year < start.year
    return end.last < start.first


def _point(text: str, edtf: str) -> Point:
    """One date; ``edtf`` is the whole text, for the message."""
    if match := _LONG_YEAR.fullmatch(text):
        number = int(match["year"])
        return Point(number, number, 0, 0, Precision.YEAR, match["qualifier"], masked=False)
    match = _DATE.fullmatch(text)
    if not match or text.startswith("-0000"):
        raise DateError("unreadable", f"{_shown(edtf)} can't be read as a date", _HELP)
    year, month, day, qualifier = match.group("year", "month", "day", "qualifier")
    if "X" in year and not month:
        return _decade_or_century(year, qualifier)
    if "X" in year or (month == "XX" and day not in {None, "XX"}):
        raise DateError(
            "unreadable",
            f"{_shown(edtf)} leaves open what comes first, so it has no place in an order",
            f"write {year} alone",
        )
    number, known_month, known_day = int(year), _number(month), _number(day)
    _exists(year, month, day)
    precision = _precision(known_month, known_day)
    masked = "XX" in {month, day}
    return Point(number, number, known_month, known_day, precision, qualifier, masked)


def _number(digits: str | None) -> int:
    return int(digits) if digits and digits != "XX" else 0


def _precision(month: int, day: int) -> Precision:
    if day:
        return Precision.DAY
    if month in _SEASONS:
        return Precision.SEASON
    return Precision.MONTH if month else Precision.YEAR


def _decade_or_century(year: str, qualifier: str) -> Point:
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if year.startswith("-"):
        # There is no year -0, so the last year of -000X is -1.
        low, high = high, min(low, -1)
    precision = Precision.CENTURY if year.endswith("XX") else Precision.DECADE
    return Point(low, high, 0, 0, precision, qualifier, masked=False)


def _exists(year: str, month: str | None, day: str | None) -> None:
    """Raise unless there is such a month, and such a day in it."""
    if month is None or month == "XX":
        return
    number = int(month)
    if not 1 <= number <= 12:
        if number in _SEASONS and not day:
            return
        raise _no_month(year, number, day)
    if day is None or day == "XX":
        return
    days = month_days(int(year), number)
    if int(day) == 0:
        raise DateError(
            "impossible",
            f"{year}-{month}-{day} does not exist: days begin at 01",
            f"write {year}-{month} for the month",
        )
    if int(day) > days:
        name = MONTHS[number - 1] + (f" {year}" if number == 2 else "")
        raise DateError(
            "impossible",
            f"{year}-{month}-{day} does not exist: {name} has {days} days",
            f"write {year}-{month}-{days}, or {year}-{month} for the month",
        )


def _no_month(year: str, month: int, day: str | None) -> DateError:
    """What is wrong with a month that is none, guessing what it was meant to be."""
    written = f"{year}-{month:02}" + (f"-{day}" if day else "")
    why = f"there is no month {month:02}"
    hint = f"write {year}-01 to {year}-12, or {year}-21 (spring) to {year}-24 (winter)"
    if month in _SEASONS and not _swapped(year, month, day):
        why = f"{month} is a season, which has no days"
        hint = f"write {year}-{month} for the season, or a month from 01 to 12"
    elif _swapped(year, month, day):
        hint = f"write {year}-{day}-{month:02} (year, month, day)"
    elif not day and year[0] != "-" and month > int(year[2:]):
        hint = f"write {year}/{year[:2]}{month} for the years from {year} to {year[:2]}{month}"
    return DateError("impossible", f"{written} does not exist: {why}", hint)


def _swapped(year: str, month: int, day: str | None) -> bool:
    """Whether the month and the day would make a date if they changed places."""
    if day is None or day == "XX" or not 1 <= int(day) <= 12:
        return False
    return 1 <= month <= month_days(int(year), int(day))
