"""The wording of a date: which words of a language and which of CLDR's patterns say it.

Decisions: a ``~`` reads "about", a ``?`` "perhaps". An open end reads "from 1943" or "until
1943"; an unknown one is a question mark, "1943–?", since nobody knows how it went on. What is
unspecified is left out: ``1943-08-XX`` reads "August 1943". Years before AD 100 carry their era.
A century reads as the language names it; where a decade could be taken for a century (``190X``)
or the name would be wrong (``00XX``), the years stand instead: "1900–1909".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

from msgspec import Struct

from book.dates.cldr import Calendar, calendar
from book.dates.historical import Bound, Point, Precision
from book.words import Phrase, Words, roman, words

if TYPE_CHECKING:
    from book.dates.historical import HistoricalDate

_ERA_BELOW = 100


def full(date: HistoricalDate, language: str) -> str:
    """``date`` in words; see :meth:`HistoricalDate.words`. 5 to 10 microseconds once loaded."""
    return _Wording(calendar(language), words(language), is_short=False).of(date)


def short(date: HistoricalDate, language: str) -> str:
    """``date`` as short as possible; see :meth:`HistoricalDate.short`."""
    return _Wording(calendar(language, short=True), words(language), is_short=True).of(date)


class _Wording(Struct, frozen=True):
    calendar: Calendar
    words: Words
    is_short: bool

    def of(self, date: HistoricalDate) -> str:
        text = self._interval(date)
        for pattern, replacement in self.words.elisions:
            text = re.sub(pattern, replacement, text)
        return text

    def _interval(self, date: HistoricalDate) -> str:
        start, end = date.start, date.end
        if isinstance(start, Point):
            if end is None or start == end:
                return self._point(start)
            if isinstance(end, Point):
                return self._collapsed(start, end) or self._whole(start, end)
            return self._endless(start, end)
        assert isinstance(end, Point)
        return self._startless(start, end)

    def _endless(self, start: Point, end: Bound) -> str:
        if end is Bound.UNKNOWN:
            return self._join(self._point(start), self.words.doubt)
        if self.is_short or start.qualifier:
            return self._join(self._point(start), "").rstrip()
        return self._say(start, self.words.since)

    def _startless(self, start: Bound, end: Point) -> str:
        if start is Bound.UNKNOWN:
            return self._join(self.words.doubt, self._point(end))
        if self.is_short or end.qualifier:
            return self._join("", self._point(end)).lstrip()
        return self._say(end, self.words.until)

    def _join(self, one: str, two: str) -> str:
        """A dash, closed up between single words as typographers do."""
        gap = " " if " " in one + two else ""
        return f"{one}{gap}{self.calendar.dash}{gap}{two}"

    def _whole(self, start: Point, end: Point) -> str:
        crossing = start.year < 1 <= end.last_year
        return self._join(self._point(start, crossing), self._point(end, crossing))

    def _collapsed(self, start: Point, end: Point) -> str:
        """An interval that says once what its ends share, or an empty string."""
        if start.qualifier or end.qualifier or start.precision is not end.precision:
            return ""
        if start.precision is Precision.YEAR:
            return self._years(start.year, end.year, self.words.plain)
        if start.year != end.year or start.precision not in {Precision.MONTH, Precision.DAY}:
            return ""
        cldr, gap = self.calendar, ""
        if start.precision is Precision.MONTH:
            halves = cldr.months
        elif start.month == end.month:
            halves = cldr.days
        else:
            halves, gap = cldr.days_of_months, " "
        return self._halved(halves, start, end, gap)

    def _halved(self, halves: tuple[str, str] | None, one: Point, two: Point, gap: str) -> str:
        if not halves:
            return ""
        left, right = (
            self._fill(half, point, era="y" in half and point.year < _ERA_BELOW)
            for half, point in zip(halves, (one, two), strict=True)
        )
        return f"{left}{gap}{self.calendar.dash}{gap}{right}"

    def _point(self, point: Point, era: bool = False) -> str:
        qualifier, texts = point.qualifier, self.words
        if self.is_short:
            text = self._say(point, texts.brief, era)
            text = texts.circa.format(text) if qualifier in {"~", "%"} else text
            return text + texts.doubt if qualifier in {"?", "%"} else text
        phrases = {"": texts.plain, "~": texts.about, "?": texts.perhaps, "%": texts.perhaps_about}
        return self._say(point, phrases[qualifier], era)

    def _say(self, point: Point, phrase: Phrase, era: bool = False) -> str:
        """One date within a phrase such as "from {}", in the form that the phrase asks for."""
        era = era or point.year < _ERA_BELOW
        cldr, year = self.calendar, self.calendar.number(point.year)
        match point.precision:
            case Precision.CENTURY | Precision.DECADE:
                return self._span(point, phrase)
            case Precision.YEAR:
                return phrase.year.format(self._fill(cldr.year, point, era=era))
            case Precision.SEASON:
                shown = year if not era else self._fill(cldr.year, point, era=True)
                return phrase.seasons[point.month - 21].format(shown)
            case Precision.MONTH:
                text = self._fill(cldr.month, point, era=era, phrase=phrase)
                return phrase.month.format(text)
            case Precision.DAY:
                return phrase.day.format(self._fill(cldr.day, point, era=era))
            case _:
                assert_never(point.precision)

    def _span(self, point: Point, phrase: Phrase) -> str:
        first, last = point.year, point.last_year
        century = point.precision is Precision.CENTURY
        if first < _ERA_BELOW or (not century and first % 100 == 0):
            return self._years(first, last, phrase)
        ordinal = first // 100 + 1
        form = phrase.century if century else phrase.decade
        return form.format(first, last=last, ordinal=ordinal, roman=roman(ordinal))

    def _years(self, first: int, last: int, phrase: Phrase) -> str:
        cldr = self.calendar
        one = Point(first, first, 0, 0, Precision.YEAR, "", masked=False)
        two = Point(last, last, 0, 0, Precision.YEAR, "", masked=False)
        if first < 1 <= last:
            years = self._join(*(self._fill(cldr.year, point, era=True) for point in (one, two)))
        else:
            both = f"{cldr.number(first)}{cldr.dash}{cldr.number(last)}"
            years = cldr.fill(cldr.year, one, both, era=first < _ERA_BELOW, case="named", first="1")
        return phrase.year.format(years)

    def _fill(self, pattern: str, point: Point, *, era: bool, phrase: Phrase | None = None) -> str:
        return self.calendar.fill(
            pattern,
            point,
            self.calendar.number(point.year),
            era=era,
            case=phrase.months if phrase else "named",
            first=self.words.first_day,
        )
