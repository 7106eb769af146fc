"""Where the lines of a paragraph end, found for all of them together.

A paragraph is given as its stops: the places where a line may end. For each it is known how much
stands before it, at its natural width, and how much of that are spaces and what letters can give.
:func:`fit` finds the way through the stops that costs least.

The way to a stop is known by what later lines depend on: how loose its last line is, and how many
hyphens in a row end there. So the best of all ways is found, not only a good one; the tests hold it
against every way that there is.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct

from book.render.pdf.paragraphs.costs import STEPS, Costs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DEFAULT = Costs()
#: What is too long by less than this, in the unit of the measure, fits.
_HAIR = 1e-6
#: The ratio of a line that has nothing to give.
_HOPELESS = 50.0
_INFINITE = float("inf")


class Stop(NamedTuple):
    """A place where a line may end, seen from the paragraph's start.

    ``end`` is the width of all before it, with a hyphen if it has one and without what hangs out of
    the measure there; ``begin`` that of all before the line that begins behind it. ``spaces`` and
    ``letters`` are those before ``end``, ``spaces_on`` and ``letters_on`` before ``begin``: the
    width of spaces that give, and by how much letters may become wider or narrower.
    """

    end: float
    begin: float
    spaces: float
    spaces_on: float
    letters: float
    letters_on: float
    cost: float = 0.0
    is_hyphen: bool = False


class Fit(Struct, frozen=True):
    """Where lines end, as places among the stops, and how far each line is drawn apart or in."""

    ends: tuple[int, ...]
    ratios: tuple[float, ...]
    demerits: float


class _Way(NamedTuple):
    """A way to a stop: what it costs, what depends on it, and the way to the stop before."""

    demerits: float
    step: int
    run: int
    lines: int
    stop: int
    ratio: float
    before: _Way | None


class Measure(Struct, frozen=True):
    """What lines are to be fitted to: the first line's measure and that of the others.

    ``least`` is what the last line should have.
    """

    first: float
    rest: float
    least: float = 0.0


def fit_quietly(stops: Sequence[Stop], measure: Measure, costs: Costs = DEFAULT) -> Fit | None:
    """The best way through ``stops`` if there is one without hyphens on which all lines are even.

    The first stop is the paragraph's start and the last its end.
    """
    places = [place for place, stop in enumerate(stops) if not stop.is_hyphen]
    found = _Search(stops, places, measure, costs).ways(costs.quiet)
    return _told(min(found, key=_demerits)) if found else None


def fit(stops: Sequence[Stop], measure: Measure, costs: Costs = DEFAULT) -> Fit | None:
    """The best way through ``stops``, or None if there is none without a line that is too long."""
    for largest in (costs.largest, _INFINITE):
        if found := _Search(stops, range(len(stops)), measure, costs).ways(largest):
            return _told(min(found, key=_demerits))
    return None


def by_lines(
    stops: Sequence[Stop], measure: Measure, costs: Costs = DEFAULT, whole: int = 0
) -> dict[int, Fit]:
    """The best way of so many lines, for each count that there is a way for with even lines.

    The line ``whole``, from 1, may not end in a hyphen.
    """
    search = _Search(stops, range(len(stops)), measure, costs, counts=True, whole=whole)
    best: dict[int, _Way] = {}
    for way in search.ways(costs.even):
        if way.lines not in best or way.demerits < best[way.lines].demerits:
            best[way.lines] = way
    return {lines: _told(way) for lines, way in best.items()}


def _demerits(way: _Way) -> float:
    return way.demerits


def _told(way: _Way) -> Fit:
    ends, ratios, demerits = [], [], way.demerits
    while way.before is not None:
        ends.append(way.stop)
        ratios.append(way.ratio)
        way = way.before
    return Fit(tuple(reversed(ends)), tuple(reversed(ratios)), demerits)


class _Search:
    """One search: the places of the stops that may be used, and what has been found so far."""

    def __init__(
        self,
        stops: Sequence[Stop],
        places: Iterable[int],
        measure: Measure,
        costs: Costs,
        *,
        counts: bool = False,
        whole: int = 0,
    ) -> None:
        self._stops, self._places = stops, list(places)
        self._measure, self._costs, self._counts, self._whole = measure, costs, counts, whole
        self._slack = _slack([stops[place] for place in self._places], costs)

    def ways(self, largest: float) -> list[_Way]:
        """The ways to the last stop on which no line's ratio is over ``largest``."""
        start = self._stops[self._places[0]]
        origin = [_Way(0.0, 1, 0, 0, self._places[0], 0.0, None)]
        live = [
            (start.begin, start.spaces_on, start.letters_on, self._measure.first, False, origin)
        ]
        ways: list[_Way] = []
        for place in self._places[1:]:
            ways = self._to(place, live, largest)
            if ways:
                stop = self._stops[place]
                begin = stop.begin, stop.spaces_on, stop.letters_on
                live.append((*begin, self._measure.rest, stop.is_hyphen, ways))
            elif not live:
                return []
        return ways

    def _to(self, place: int, live: list[tuple[Any, ...]], largest: float) -> list[_Way]:
        """The best ways to one stop; lines that no later stop can end are struck from ``live``."""
        end, _, spaces_all, _, letters_all, _, cost, is_hyphen = self._stops[place]
        apart, drawn_in = self._costs.apart, self._costs.drawn_in
        is_last = place == self._places[-1]
        best: dict[tuple[int, int, int], _Way] = {}
        dead = 0
        for begin, spaces_on, letters_on, measure, after_hyphen, ways in live:
            gap = measure - end + begin
            spaces, letters = spaces_all - spaces_on, letters_all - letters_on
            if gap < 0:
                give = spaces * drawn_in + letters
                if -gap > give + _HAIR:
                    dead += -gap > give + self._slack + _HAIR
                    continue
                ratio = gap / give if give else 0.0
            elif is_last:
                ratio = 0.0
            else:
                ratio = _ratio(gap, spaces * apart, letters)
                if ratio > largest:
                    if ratio > largest + 2:
                        break
                    continue
            bad = self._costs.badness * abs(ratio) ** 3
            demerits = (self._costs.line + bad) ** 2 + cost * cost
            if is_last:
                demerits += self._end_costs(measure - gap, after_hyphen)
            self._keep(best, ways, (place, ratio, demerits, is_hyphen))
        del live[:dead]
        return list(best.values())

    def _keep(
        self,
        best: dict[tuple[int, int, int], _Way],
        ways: list[_Way],
        line: tuple[int, float, float, bool],
    ) -> None:
        """Go on from each of ``ways`` by a line; of those that end alike keep the best."""
        place, ratio, demerits, is_hyphen = line
        step = bisect_right(STEPS, ratio)
        for way in ways:
            if is_hyphen and way.lines + 1 == self._whole:
                continue
            run = way.run + 1 if is_hyphen else 0
            total = way.demerits + demerits
            if run > 1:
                total += self._costs.pair if run == 2 else self._costs.run
                run = 2
            between = abs(step - way.step)
            if between > 1 and way.before is not None:
                total += self._costs.uneven * (between - 1)
            key = step, run, way.lines if self._counts else 0
            if key not in best or total < best[key].demerits:
                best[key] = _Way(total, step, run, way.lines + 1, place, ratio, way)

    def _end_costs(self, width: float, after_hyphen: bool) -> float:
        short = self._costs.short_last if width < self._measure.least else 0.0
        return short + (self._costs.last_begins_broken if after_hyphen else 0.0)


def _slack(stops: Sequence[Stop], costs: Costs) -> float:
    """By how much less a line may take at a later stop than at one that has a hyphen, say."""
    least, slack = _INFINITE, 0.0
    for stop in reversed(stops):
        taken = stop.end - stop.spaces * costs.drawn_in - stop.letters
        slack = max(slack, taken - least)
        least = min(least, taken)
    return slack


def _ratio(gap: float, spaces: float, letters: float) -> float:
    """The ratio of a line that is drawn apart by ``gap``: letters give up to 1, spaces further."""
    if gap <= _HAIR:
        return 0.0
    if gap <= spaces + letters:
        return gap / (spaces + letters)
    return min((gap - letters) / spaces, _HOPELESS) if spaces else _HOPELESS
