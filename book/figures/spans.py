"""What a date covers on paper, and whether it is sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from book import dates

if TYPE_CHECKING:
    from collections.abc import Iterable

    from book.model import Entry


class Span(Struct, frozen=True):
    """The days that a date may mean, as :func:`book.dates.historical.day_number` counts them.

    ``about`` tells that it is qualified, masked or open: it is drawn hollow. ``at`` is the day
    where its label belongs: the first, or a later one of what follows others within its date.
    ``added`` is what only the editors tell.
    """

    first: int
    last: int
    about: bool
    at: int
    added: bool = False


def span(entry: Entry) -> Span:
    """The span of an entry's date; an open or unknown end is drawn as short as the known one."""
    date = dates.parse(entry.edtf)
    ends = [date.start] if date.end is None else [date.start, date.end]
    known = [end for end in ends if isinstance(end, dates.Point)]
    first, last = known[0].first, known[-1].last
    if isinstance(date.start, dates.Bound):
        first = last
    elif isinstance(date.end, dates.Bound):
        last = first
    unsure = len(known) < len(ends) or any(end.qualifier or end.masked for end in known)
    last = max(first, last)
    at = first if entry.day is None else min(max(entry.day, first), last)
    return Span(first, last, unsure, at, entry.series == "editor")


def in_order(entries: Iterable[Entry]) -> tuple[tuple[Entry, ...], tuple[Span, ...]]:
    """``entries`` as they follow each other on a scale, and their spans.

    That is their order in the chronology, but for what has no known beginning: a chronology
    puts it first, a scale can only show where it ends.
    """
    pairs = sorted(((one, span(one)) for one in entries), key=lambda pair: pair[1].at)
    return tuple(entry for entry, _ in pairs), tuple(found for _, found in pairs)
