"""The chronology as a calendar: iCalendar (RFC 5545), an event of whole days a line."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING

from book import dates
from book.base import identity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from book.model import Book, Entry

#: No line is longer, in bytes (RFC 5545, section 3.1).
_LONGEST = 75


def calendar(book: Book) -> tuple[str, int]:
    """The calendar, and how many entries it can't hold: those without a first or last day.

    A year, a month or a span is an event of all its days. What lies before the year 1 or after
    9999 is left out too.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//chapbook//book show//EN"]
    left_out = 0
    for entry in book.chronology:
        days = _days(entry)
        if days is None:
            left_out += 1
        else:
            lines += _event(book, entry, *days)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)), left_out


def _days(entry: Entry) -> tuple[date, date] | None:
    found = dates.parse(entry.edtf)
    first, last = found.start, found.end or found.start
    if not isinstance(first, dates.Point) or not isinstance(last, dates.Point):
        return None
    if first.first < 1 or last.last >= date.max.toordinal():
        return None
    return date.fromordinal(first.first), date.fromordinal(last.last)


def _event(book: Book, entry: Entry, first: date, last: date) -> Iterator[str]:
    stamp = identity.made(book).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    yield from ("BEGIN:VEVENT", f"UID:{entry.id}@{identity.ebook(book).rpartition(':')[2]}")
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{_plain(first)}"
    yield f"DTEND;VALUE=DATE:{_plain(last + timedelta(days=1))}"
    yield f"SUMMARY:{_escaped(entry.sentence)}"
    yield f"DESCRIPTION:{_escaped(entry.words)}"
    yield from ("TRANSP:TRANSPARENT", "END:VEVENT")


def _plain(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _escaped(text: str) -> str:
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """``line`` in pieces of at most 75 bytes, the further ones behind a space."""
    piece = ""
    for char in line:
        if len((piece + char).encode()) > _LONGEST:
            yield piece
            piece = " "
        piece += char
    yield piece
