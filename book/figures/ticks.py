"""The marks of a time scale: days, months, years or centuries, as many as read well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from book.dates.historical import day_number
from book.figures import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from book.figures.scale import Scale

#: The least distances of labels in points, and the parts of it that labels and marks aim at.
LABELS = 9.0
_ROOM, _BARE = 1.7, 0.5
_DAYS = 70  # a scale longer than this counts months


class Step(Struct, frozen=True):
    """Every ``count`` days of the month, months of the year, or years."""

    unit: Literal["day", "month", "year"]
    count: int

    @property
    def length(self) -> float:
        """About how many days a step takes."""
        return self.count * {"day": 1.0, "month": 30.44, "year": 365.24}[self.unit]


_STEPS = (
    *(Step("day", count) for count in (1, 5, 10)),
    *(Step("month", count) for count in (1, 3, 6)),
    *(Step("year", count * 10**power) for power in range(10) for count in (1, 2, 5)),
)


class Tick(Struct, frozen=True):
    """A mark at height ``y``; ``label`` may be empty; ``strong`` ones are the years."""

    y: float
    label: str = ""
    strong: bool = False


class _Date(Struct, frozen=True):
    number: int
    year: int
    month: int
    day: int


def ticks(
    scale: Scale, language: str, least: float = LABELS, *, begun: bool = False
) -> tuple[Tick, ...]:
    """The marks of ``scale``, downwards; no two labels are closer than ``least``.

    Months and days stand below their year. If the scale is to be ``begun``, each of its stretches
    begins with its year, as it should where events don't tell their dates themselves.
    """
    labelled, bare = _step(scale, least * _ROOM), _step(scale, least * _BARE)
    found: list[Tick] = []
    for first, last, top, _ in scale.stretches:
        dated = list(_dates(labelled, first, last))
        found += [_tick(date, scale, labelled, language) for date in dated]
        if labelled.unit == "year":
            if begun or not dated:
                found.append(Tick(top, _context(first, labelled, language), strong=True))
        elif not dated or (dated[0].month, dated[0].day) != (1, 1):
            found.append(_begun(scale, (first, top), dated, labelled, language, least))
        found += [Tick(scale.y(date.number)) for date in _dates(bare, first, last)]
    return _apart(found, least)


def _step(scale: Scale, least: float) -> Step:
    """The finest step whose marks stand at least ``least`` points apart."""
    shown = sum(last - first for first, last, _, _ in scale.stretches)
    fine = (one for one in _STEPS if one.unit != "day" or shown <= _DAYS)
    return next((one for one in fine if one.length * scale.day >= least), _STEPS[-1])


def _dates(step: Step, first: float, last: float) -> Iterator[_Date]:
    """The dates of ``step`` from day ``first`` to day ``last``."""
    every = step.count if step.unit == "year" else 1
    start, stop = (_year_near(day) for day in (first, last))
    for counted in range((start - 2) // every * every, stop + 3, every):
        # Historians have no year 0, so round years BC are one off the astronomical ones.
        year = counted + 1 if counted <= 0 and every > 1 else counted
        for month in _months(step):
            for day in _days(step):
                number = day_number(year, month, day)
                if first <= number <= last:
                    yield _Date(number, year, month, day)


def _months(step: Step) -> range:
    return range(1, 13, {"day": 1, "month": step.count, "year": 12}[step.unit])


def _days(step: Step) -> range:
    return (
        range(1, 29 if step.count == 1 else 27, step.count) if step.unit == "day" else range(1, 2)
    )


def _tick(date: _Date, scale: Scale, step: Step, language: str) -> Tick:
    y = scale.y(date.number)
    if date.day > 1:
        return Tick(y, str(date.day))
    if date.month > 1:
        return Tick(y, told.month_alone(date.month, language))
    return Tick(y, told.year(date.year, language), strong=True)


def _begun(  # what a stretch is
    scale: Scale,
    begin: tuple[float, float],
    dated: Sequence[_Date],
    step: Step,
    language: str,
    least: float,
) -> Tick:
    """What a stretch of months or days begins with, whose first mark is no year's.

    If a year, or a month of days, begins so soon that both have no room, it is that which is told
    whole: else what follows would stand below the one before.
    """
    first, top = begin
    heads = (one for one in dated if one.day == 1 and (one.month == 1 or step.unit == "day"))
    head = next(heads, None)
    if head is None or scale.y(head.number) - top >= least:
        return Tick(top, _context(first, step, language), strong=True)
    if head.month == 1:
        return Tick(scale.y(head.number))  # It is a mark of its own.
    label = told.month(head.year, head.month, language)
    return Tick(scale.y(head.number), label, strong=True)


def _context(first: float, step: Step, language: str) -> str:
    """What a stretch that has no year of its own begins with: a year, or a month and year."""
    near = _year_near(first)
    year = max(one for one in range(near - 2, near + 2) if day_number(one, 1, 1) <= first)
    if step.unit != "day":
        return told.year(year, language)
    month = max(one for one in range(1, 13) if day_number(year, one, 1) <= first)
    return told.month(year, month, language)


def _year_near(day: float) -> int:
    """The year of ``day``, give or take one."""
    return int(day / 365.2425) + 1


def _apart(found: list[Tick], least: float) -> tuple[Tick, ...]:
    """``found`` in order, without the labels, weak ones first, that would touch another."""
    kept: list[Tick] = []
    for tick in sorted(found, key=lambda one: (not one.strong, not one.label, one.y)):
        near = [one for one in kept if one.label and abs(one.y - tick.y) < least]
        if tick.label and near:
            kept.append(Tick(tick.y))
        elif tick.label or all(abs(one.y - tick.y) > 1 for one in kept):
            kept.append(tick)
    return tuple(sorted(kept, key=lambda one: one.y))
