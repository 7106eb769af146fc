"""The chronology, drawn up from the dates that are marked in the text.

Lines stand in the order of their dates. One whose date is only a year, a season or a month has a
place within it: behind the date that its mark names (``1943,after:1943-02-02``), else behind
what it is told after, the nearest date before it in the text that lies within its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from book import dates
from book.base.patterns import pattern
from book.model import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from book.dates import HistoricalDate
    from book.model import Chapter, Event

#: A note call or a dated event of a chapter's symbolic XHTML.
_MARK = pattern(r"<(?:a|time) ([^>]*)>")
#: Among so many marks before one, and behind it, is looked for what its line follows.
_FAR = 200
_CALLED, _ID = pattern('data-note="([^"]*)"'), pattern(r'\bid="([^"]*)"')


def entries(
    chapters: Sequence[Chapter], language: str, identity: Callable[[int], str]
) -> tuple[Entry, ...]:
    """The lines of the chronology; ``identity`` gives an id to the number of each, from 1."""
    events = [event for chapter in chapters for event in in_text(chapter)]
    editors = {chapter.slug for chapter in chapters if chapter.series == "editor"}
    told_in = {event.note for event in events if event.note}
    notes = {
        note.id
        for chapter in chapters
        if any(event.note for event in chapter.events)
        for note in chapter.notes
        if note.id in told_in and note.series == "editor"
    }

    def is_added(event: Event) -> bool:
        return event.note in notes or _slug(event) in editors

    return tuple(
        Entry(
            id=identity(number),
            edtf=line.edtf,
            words=line.date.words(language),
            sentence=line.sentence,
            told=line.told,
            day=day,
            series="editor" if all(map(is_added, line.told)) else "source",
        )
        for number, (line, day) in enumerate(_in_order(events), 1)
    )


def in_text(chapter: Chapter) -> Sequence[Event]:
    """The events of ``chapter`` in the order of reading: those of a note where it is called."""
    if not any(event.note for event in chapter.events):
        return chapter.events
    place: dict[str, int] = {}
    for found in _MARK.finditer(chapter.heading + chapter.body):
        name = _CALLED.search(found[1]) or _ID.search(found[1])
        if name:
            place.setdefault(name[1], len(place))
    end = len(place)
    return sorted(chapter.events, key=lambda one: place.get(one.note or one.id, end))


class _Line(Struct, frozen=True):
    edtf: str
    sentence: str
    told: tuple[Event, ...]

    @property
    def date(self) -> HistoricalDate:
        return dates.parse(self.edtf)

    @property
    def days(self) -> int:
        """How many days the date may mean, but one."""
        return dates.last_day(self.date) - dates.first_day(self.date)

    @property
    def teller(self) -> Event:
        """The mark that says where it belongs: one that names what it follows, or has words."""
        return next(
            (one for one in self.told if one.after),
            next((one for one in self.told if one.titled), self.told[0]),
        )


def _told(events: Sequence[Event]) -> dict[tuple[str, str], list[Event]]:
    """The events of each date and sentence.

    Marks of one date with the same sentence are one entry. A mark without a sentence joins the
    first entry of its date that has one; if there is none, all such marks of the date are one
    entry, in the words of the first.
    """
    first = {event.edtf: event.sentence for event in reversed(events)}
    first |= {event.edtf: event.sentence for event in reversed(events) if event.titled}
    told: dict[tuple[str, str], list[Event]] = {}
    for event in events:
        sentence = event.sentence if event.titled else first[event.edtf]
        told.setdefault((event.edtf, sentence), []).append(event)
    return told


def _in_order(events: Sequence[Event]) -> list[tuple[_Line, int | None]]:
    """The lines in their order, each with the day behind which it stands within its date."""
    lines = [_Line(edtf, sentence, tuple(told)) for (edtf, sentence), told in _told(events).items()]
    places = {event.id: number for number, event in enumerate(events)}
    line_of = {event.id: line for line in lines for event in line.told}
    days: dict[_Line, int | None] = {}
    # What a line follows is shorter than its own date, so its place is known by then.
    for line in sorted(lines, key=lambda one: one.days):
        teller = line.teller
        days[line] = None
        if teller.after:
            days[line] = dates.day_within(line.date, dates.parse(teller.after))
        elif found := _followed(line, events, places[teller.id]):
            before = line_of[found.id]
            days[line] = days[before] or dates.first_day(before.date)
    spots = ((_spot(line, days[line]), number, line) for number, line in enumerate(lines))
    return [(line, days[line]) for _, _, line in sorted(spots, key=lambda one: one[:2])]


def _followed(line: _Line, events: Sequence[Event], place: int) -> Event | None:
    """What a line follows that is told at ``place``: the nearest before it that lies within it.

    But if that is in another chapter, and the text then goes on with something earlier, it was
    told ahead, as in a preface or an opening scene.
    """
    if not dates.is_period(line.date):
        return None
    before = events[max(place - _FAR, 0) : place]
    found = next((one for one in reversed(before) if _is_within(one, line)), None)
    if found is None or _slug(found) == _slug(events[place]):
        return found
    behind = events[place + 1 : place + 1 + _FAR]
    following = next((one for one in behind if _is_within(one, line)), None)
    if following and dates.parse(following.edtf).key < dates.parse(found.edtf).key:
        return None
    return found


def _slug(event: Event) -> str:
    return event.id.partition(".")[0]


def _is_within(event: Event, line: _Line) -> bool:
    return event.edtf != line.edtf and dates.holds(line.edtf, event.edtf)


def _spot(line: _Line, day: int | None) -> tuple[object, ...]:
    """What lines are sorted by; on a day what follows others comes last, the longest at the end."""
    if day is not None:
        return 1, day, 1, line.days
    known, first, *rest = line.date.key
    return known, first, 0, *rest
