"""D: dates in the prose, and what marks make of them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from book import dates
from book.base.codes import finding
from book.base.patterns import pattern
from book.checks.prosedates import agrees, said
from book.dates import Precision
from book.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from book.checks.wording import Chaptered
    from book.model import Book, Event, Finding

_MARKED = pattern(r"\[[^\[\]]*\]\(when:[^)]{0,999}\)")
_YEAR = pattern(r"(?:\w+\s+)?(\d{4})")
#: So alike are two sentences that tell of one thing, and in so many words.
_ALIKE = 0.8
#: With so many sentences of its day one is compared, those that were told last.
_COMPARED = 20


def disagreeing(book: Book) -> Iterator[Finding]:
    """D003: the marked words say one date, the mark another."""
    for chapter in book.chapters:
        for event in chapter.events:
            told = list(said(event.text, chapter.language))
            date = dates.parse(event.edtf)
            wrong = bool(told) and not any(agrees(one, date) for one in told)
            if not told and (year := _YEAR.fullmatch(event.text.strip())):
                wrong = not _holds_year(date, int(year[1]))
            if wrong:
                shown = " ".join(event.text.split())  # without no-break spaces
                message = f"The text says “{shown}”, and its mark {event.edtf}."
                hint = "Look up which of the two is right, and mend the other."
                yield finding("D003", event.place, message, hint)


def _holds_year(date: dates.HistoricalDate, year: int) -> bool:
    first = date.start.year if isinstance(date.start, dates.Point) else year
    last = date.end or date.start
    return first <= year <= (last.last_year if isinstance(last, dates.Point) else year)


def unmarked(chapter: Chaptered) -> Iterator[Finding]:
    """D004: a day is named that no mark brings into the chronology. Told if it is asked for."""
    for line, plain in zip(chapter.lines, chapter.plain, strict=True):
        if line.kind != "prose":
            continue
        days = [one for one in said(line.text, chapter.language) if one.day and one.year]
        marks = [found.span() for found in _MARKED.finditer(plain)] if days else []
        for one in days:
            if not any(a <= one.start < b for a, b in marks):
                words = line.text[one.start : one.end]
                message = f"“{words}” is not marked, so the chronology doesn't have it."
                edtf = f"{one.year:04}-{one.month:02}-{one.day:02}"
                place = Place(chapter.path, line.number, one.start + 1)
                yield finding("D004", place, message, f"Write `[{words}](when:{edtf})`.")


def told_twice(book: Book) -> Iterator[Finding]:
    """D005: two sentences that say nearly the same of one day, so the chronology has both."""
    days: dict[str, dict[str, Event]] = {}
    for chapter in book.chapters:
        for event in chapter.events:
            others = days.setdefault(event.edtf, {})
            if not event.titled or event.sentence in others:
                continue
            compared = islice(reversed(others.values()), _COMPARED)
            near = [one for one in compared if _alike(one, event)]
            if near and _is_day(event.edtf):
                message = f"“{event.sentence}” is nearly what stands at {near[-1].place}."
                hint = f"Write the same sentence if it is one event: “{near[-1].sentence}”."
                yield finding("D005", event.place, message, hint)
            others[event.sentence] = event


def _is_day(edtf: str) -> bool:
    start = dates.parse(edtf).start
    return isinstance(start, dates.Point) and start.precision is Precision.DAY


def _alike(one: Event, other: Event) -> bool:
    """Whether two sentences that differ are nearly the same; numbers and names count."""
    from difflib import SequenceMatcher

    pair = SequenceMatcher(None, one.sentence.casefold(), other.sentence.casefold())
    return pair.real_quick_ratio() > _ALIKE and pair.ratio() > _ALIKE
