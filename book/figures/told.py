"""The words of figures: months and years on a scale, and the text alternative of a timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from book.dates import HistoricalDate, Point, Precision
from book.dates.cldr import calendar
from book.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from book.model import Entry


def month(year: int, number: int, language: str) -> str:
    """A month of an astronomical year, short: "Sept 1943"."""
    point = Point(year, year, number, 0, Precision.MONTH, "", masked=False)
    return HistoricalDate("", point).short(language)


def month_alone(number: int, language: str) -> str:
    """A month without its year, short: "Sept"."""
    return calendar(language, short=True).short_names_alone[number - 1]


def year(number: int, language: str) -> str:
    """An astronomical year: "1943", "44 BC"."""
    point = Point(number, number, 0, 0, Precision.YEAR, "", masked=False)
    return HistoricalDate("", point).short(language)


def description(entries: Sequence[Entry], language: str) -> str:
    """The text alternative: how many events from when to when, then each with its date."""
    first, last, said = entries[0].words, entries[-1].words, words(language)
    summary = said.timeline_alt.format(count=len(entries), first=first, last=last)
    if len(entries) == 1:
        summary = f"{said.timeline}."  # One event goes from nowhere to nowhere.
    events = (f"{entry.words}: {sentence(entry, language).rstrip('.')}." for entry in entries)
    return " ".join([summary, *events])


def sentence(entry: Entry, language: str) -> str:
    """What happened; what only the editors tell is marked as theirs: "… [Ed.]"."""
    mark = words(language).by_editors
    return f"{entry.sentence} [{mark}]" if entry.series == "editor" else entry.sentence
