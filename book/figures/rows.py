"""The labels of a timeline: what stands beside each mark, and where, so that none collide."""

from __future__ import annotations

from heapq import heapify, heappop, heappush, heapreplace
from typing import TYPE_CHECKING

from msgspec import Struct

from book import dates
from book.base.data import replace
from book.figures.told import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from book.figures.measure import Type
    from book.figures.spans import Span
    from book.model import Entry

#: The least clear space between labels, in parts of the leading.
GAP = 0.25
_MOST_LINES = 6
#: So many dates are more than a line can tell.
_MANY = 100


class TimelineRow(Struct, frozen=True):
    """A label: the numbers of its events, its date, and after it the sentence in lines.

    The first line of the sentence begins behind the date, the others below it. The label of
    several events has their dates only.
    """

    events: tuple[int, ...]
    date: str
    sentence: tuple[str, ...] = ("",)

    @property
    def lines(self) -> int:
        """How many lines the label takes."""
        return len(self.sentence)


class Setting(Struct, frozen=True):
    """How labels are set: their measure, their types, the leading, the space behind a date."""

    measure: float
    strong: Type
    plain: Type
    leading: float
    space: float
    language: str

    def indent(self, date: str) -> float:
        """Where the sentence begins behind ``date``."""
        return self.strong.width(date) + self.space


def rows(
    entries: Sequence[Entry], spans: Sequence[Span], setting: Setting, height: float
) -> tuple[TimelineRow, ...]:
    """One label an event, as full as fits in ``height``; if none fits, neighbours share one."""
    found = [_row(number, entry, setting) for number, entry in enumerate(entries)]
    longest = [(-row.lines, -number) for number, row in enumerate(found)]
    heapify(longest)
    count = sum(row.lines for row in found)
    while _height(count, len(found), setting.leading) > height:
        lines, number = longest[0]
        if lines == -1:
            return _shared(found, entries, spans, (setting, height))
        found[-number] = _shorter(found[-number], setting)
        count += found[-number].lines + lines
        heapreplace(longest, (-found[-number].lines, number))
    return tuple(found)


def _height(lines: int, count: int, leading: float) -> float:
    """The least height of so many labels, one below the other, in points."""
    return lines * leading + (count - 1) * GAP * leading


def _row(number: int, entry: Entry, setting: Setting) -> TimelineRow:
    date = entry.words
    if setting.strong.width(date) > setting.measure:
        date = setting.strong.clip(date, setting.measure)
    told = sentence(entry, setting.language)
    row = TimelineRow((number,), date, _tidy(told, setting, setting.indent(date)))
    while row.lines > _MOST_LINES:
        row = _shorter(row, setting)
    return row


def _tidy(sentence: str, setting: Setting, indent: float) -> tuple[str, ...]:
    """``sentence`` in lines, set a little narrower if its last line would be a lone word."""
    best = setting.plain.wrap(sentence, setting.measure, indent)
    for percent in range(97, 70, -3):
        if len(best) == 1 or setting.plain.width(best[-1]) > setting.measure / 4:
            break
        lines = setting.plain.wrap(sentence, setting.measure * percent / 100, indent)
        if len(lines) > len(best):
            break
        best = lines
    return best


def _shorter(row: TimelineRow, setting: Setting) -> TimelineRow:
    """``row`` with one line less, an ellipsis where it was cut."""
    kept = row.sentence[:-1]
    room = setting.measure - (setting.indent(row.date) if len(kept) == 1 else 0.0)
    return replace(row, sentence=(*kept[:-1], setting.plain.clip(kept[-1], room)))


def _shared(
    labels: list[TimelineRow],
    entries: Sequence[Entry],
    spans: Sequence[Span],
    room: tuple[Setting, float],
) -> tuple[TimelineRow, ...]:
    """``labels`` with neighbours put together until they fit: dates only, the closest first."""
    setting, height = room
    behind = [*range(1, len(labels)), -1]
    before = [*range(-1, len(labels) - 1)]
    kept = {number: row.events for number, row in enumerate(labels)}
    # Pairs by their first, the closest on top. One that was joined since has other events.
    pairs: list[tuple[bool, int, int, int]] = []

    def offer(at: int) -> None:
        if at >= 0 and behind[at] >= 0:
            events = kept[at] + kept[behind[at]]
            told = setting.strong.width(_dates(events, entries, setting)) <= setting.measure
            apart = spans[events[-1]].at - spans[events[0]].at
            heappush(pairs, (not told, apart, len(events), at))

    for number in kept:
        offer(number)
    while len(kept) > 1 and _height(len(kept), len(kept), setting.leading) > height:
        *_, count, at = heappop(pairs)
        other = behind[at] if at in kept else -1
        if other >= 0 and len(kept[at] + kept[other]) == count:
            kept[at] += kept.pop(other)
            behind[at] = behind[other]
            if behind[at] >= 0:
                before[behind[at]] = at
            offer(at)
            offer(before[at])
    return tuple(
        labels[at]
        if events == labels[at].events
        else TimelineRow(events, _fitting(events, entries, setting))
        for at, events in sorted(kept.items())
    )


def _dates(events: Sequence[int], entries: Sequence[Entry], setting: Setting) -> str:
    """The dates of ``events``, short, one after the other; of many the first and the last."""
    if len(events) > _MANY:
        events = (*events[:_MANY], events[-1])
    short = (dates.parse(entries[number].edtf).short(setting.language) for number in events)
    return " · ".join(dict.fromkeys(short))


def _fitting(events: Sequence[int], entries: Sequence[Entry], setting: Setting) -> str:
    """The dates of ``events`` in one line; too many are given by the first, last and count."""
    line = _dates(events, entries, setting)
    if setting.strong.width(line) <= setting.measure:
        return line
    every = line.split(" · ")
    brief = f"{every[0]} – {every[-1]} ({len(events)})"
    if setting.strong.width(brief) <= setting.measure:
        return brief
    return setting.strong.clip(brief, setting.measure)


def placed(wanted: Sequence[float], heights: Sequence[float], bottom: float) -> tuple[float, ...]:
    """The tops of blocks of ``heights``, in order between 0 and ``bottom``, none overlapping.

    Each is as near to its ``wanted`` top as the others allow: the sum of the squares of what
    they are moved is least (isotonic regression, by pooling adjacent violators). The blocks
    must fit: the sum of ``heights`` is at most ``bottom``.
    """
    above = [0.0]
    for height in heights:
        above.append(above[-1] + height)
    pools: list[tuple[float, int]] = []
    for want, before in zip(wanted, above, strict=False):
        pools.append((want - before, 1))
        while len(pools) > 1 and pools[-2][0] >= pools[-1][0]:
            (upper, many), (lower, few) = pools[-2:]
            pools[-2:] = [((upper * many + lower * few) / (many + few), many + few)]
    slack = max(bottom - above[-1], 0.0)
    shifts = [min(max(shift, 0.0), slack) for shift, many in pools for _ in range(many)]
    return tuple(shift + before for shift, before in zip(shifts, above, strict=False))
