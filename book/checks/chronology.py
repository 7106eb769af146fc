"""D: dates in the prose, and what marks make of them."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from book import dates
from book.base.codes import finding
from book.checks.prosedates import agrees, said
from book.dates import Precision
from book.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from book.checks.wording import Chaptered
    from book.model import Book, Event, Finding

_MARKED = re.compile(r"\[[^\[\]]*\]\(when:[^)]*\)")
_YEAR = re.compile(r"(?:\w+\s+)?(\d{4})")
#: So alike are two sentences that tell of one thing, and in so many words.
_ALIKE = 0.8


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
                message = f"The text says “{event.text}”, and its mark {event.edtf}."
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
        marks = [found.span() for found in _MARKED.finditer(plain)]
        for one in said(line.text, chapter.language):
            if one.day and one.year and not any(a <= one.start < b for a, b in marks):
                words = line.text[one.start : one.end]
                message = f"“{words}” is not marked, so the chronology doesn't have it."
                edtf = f"{one.year:04}-{one.month:02}-{one.day:02}"
                place = Place(chapter.path, line.number, one.start + 1)
                yield finding("D004", place, message, f"Write `[{words}](when:{edtf})`.")


def told_twice(book: Book) -> Iterator[Finding]:
    """D005: two sentences that say nearly the same of one day, so the chronology has both."""
    days: dict[str, list[Event]] = {}
    for chapter in book.chapters:
        for event in chapter.events:
            if event.titled:
                others = days.setdefault(event.edtf, [])
                near = next((one for one in others if _alike(one, event)), None)
                if near and _is_day(event.edtf):
                    message = f"“{event.sentence}” is nearly what stands at {near.place}."
                    hint = f"Write the same sentence if it is one event: “{near.sentence}”."
                    yield finding("D005", event.place, message, hint)
                others.append(event)


def _is_day(edtf: str) -> bool:
    start = dates.parse(edtf).start
    return isinstance(start, dates.Point) and start.precision is Precision.DAY


def _alike(one: Event, other: Event) -> bool:
    """Whether two sentences are nearly, but not quite the same; numbers and names count."""
    if one.sentence == other.sentence:
        return False
    pair = SequenceMatcher(None, one.sentence.casefold(), other.sentence.casefold())
    return pair.real_quick_ratio() > _ALIKE and pair.ratio() > _ALIKE
