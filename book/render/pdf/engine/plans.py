"""The lines of a paragraph that is set as a whole, and how else it could be set from a line on.

A paragraph has one best plan, which its text, its style and its measure decide. Where a page asks
for it, it gets another from some line on: a line more or less, or a line that ends in a whole word.
Such a plan is made from no more than what a :class:`Refit` says, so the next page can be handed it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from weasyprint.formatting_structure import boxes

from book.render.pdf.engine.stops import LineEnd, Stops
from book.render.pdf.paragraphs.costs import Costs
from book.render.pdf.paragraphs.fit import Fit, Measure, by_lines, fit, fit_quietly

if TYPE_CHECKING:
    from book.render.pdf.engine.content import ParagraphContent, ShapedText

COSTS = Costs()
#: What the last line should have at the least, in ems.
_LEAST = 2.0


class Refit(NamedTuple):
    """How a paragraph is set from the line on that begins at ``start``.

    That is the way from the paragraph's box to a place in a text, empty at its beginning. From
    there on it has so many ``lines``; the one that is ``whole``, from 1, ends in a whole word.
    """

    start: tuple[int, ...]
    lines: int
    whole: int = 0


@dataclass(slots=True)
class LinePlan:
    """Lines of a paragraph: where each ends, and what hangs out where it begins.

    ``starts`` has the number of the line that begins at a place; ``last`` is what its last line
    takes. Lines that are ``is_ragged`` are as long as their words.
    """

    line: Any
    ends: list[LineEnd]
    lefts: list[float]
    starts: dict[Any, int]
    last: float
    texts: dict[int, ShapedText]
    is_ragged: bool = False


class Paragraph:
    """A paragraph by its box of lines, which holds what is ``found``, and its measures.

    ``best`` is its own plan; None if it can't be set as a whole.
    """

    def __init__(
        self, context: Any, line: Any, found: ParagraphContent | None, measures: tuple[float, float]
    ) -> None:
        self.line, self.measures = line, measures
        self.best: LinePlan | None = None
        self._made: Stops | None = None
        self._divided: Any = None
        self._counts: dict[Any, dict[int, Fit]] = {}
        self._others: dict[Refit, LinePlan | None] = {}
        if found is None:
            return
        self._made = Stops(context, found, line.style["lang"])
        self._texts = {id(one.box): one for one in found.texts}
        stops, places = self._made.between()
        fitted = fit_quietly(stops, self._measure(), COSTS)
        if fitted is None or self._ends_short(stops, fitted):
            divided, parts = self._within()
            other = fit(divided, self._measure(), COSTS)
            if other is not None and (fitted is None or other.demerits < fitted.demerits):
                stops, places, fitted = divided, parts, other
        if fitted is None:
            stops, places = self._made.anywhere(min(measures))
            fitted = fit(stops, self._measure(), COSTS)
        if fitted is not None:
            self.best = self._plan(stops, places, fitted)

    def _measure(self, *, begins: bool = True) -> Measure:
        first, rest = self.measures
        return Measure(first if begins else rest, rest, least=_LEAST * self.line.style["font_size"])

    def _ends_short(self, stops: Any, fitted: Fit) -> bool:
        """Whether the last of several lines is shorter than it may be."""
        if len(fitted.ends) < 2:
            return False
        return bool(stops[-1].end - stops[fitted.ends[-2]].begin < self._measure().least)

    def _within(self) -> Any:
        if self._divided is None and self._made is not None:
            self._divided = self._made.within()
        return self._divided

    def _plan(self, stops: Any, places: list[LineEnd], fitted: Fit, first: Any = None) -> LinePlan:
        ends = [places[at] for at in fitted.ends]
        lefts = [places[at].left for at in (0, *fitted.ends[:-1])]
        starts: dict[Any, int] = {first: 0}
        for number, end in enumerate(ends[:-1], 1):
            starts[id(end.box), end.resume] = number
        before = fitted.ends[-2] if len(ends) > 1 else 0
        last = stops[-1].end - stops[before].begin
        return LinePlan(self.line, ends, lefts, starts, last, self._texts)

    def other(self, refit: Refit) -> LinePlan | None:
        """The plan that ``refit`` asks for; None if there is none with even lines."""
        if refit not in self._others:
            fitted = self.counts(refit.start, refit.whole).get(refit.lines)
            found = self._tail(refit.start)
            plan = None if fitted is None or found is None else self._plan(*found, fitted)
            if plan is not None:
                del plan.starts[None]
                plan.starts[key_at(self.line, refit.start)] = 0
            self._others[refit] = plan
        return self._others[refit]

    def counts(self, start: tuple[int, ...], whole: int = 0) -> dict[int, Fit]:
        """The best ways from ``start`` on, by how many lines they have."""
        if (start, whole) not in self._counts:
            tail = self._tail(start)
            measure = self._measure(begins=not start)
            ways = {} if tail is None else by_lines(tail[0], measure, COSTS, whole)
            self._counts[start, whole] = ways
        return self._counts[start, whole]

    def _tail(self, start: tuple[int, ...]) -> tuple[Any, list[LineEnd]] | None:
        """The stops from ``start`` on."""
        stops, places = self._within() or ([], [])
        if not start:
            return (stops, places) if stops else None
        key = key_at(self.line, start)
        at = next((n for n, one in enumerate(places) if (id(one.box), one.resume) == key), None)
        return None if at is None else (stops[at:], places[at:])


def path_of(skip: Any) -> tuple[int, ...]:
    """The way that ``skip`` leads from a box of lines, as WeasyPrint hands it on."""
    path = []
    while skip:
        ((index, skip),) = skip.items()
        path.append(index)
    return tuple(path)


def key_at(line: Any, path: tuple[int, ...]) -> Any:
    """The box and the byte at which a line begins; None at the paragraph's beginning."""
    if not path:
        return None
    box = line
    for index in path:
        if isinstance(box, boxes.TextBox):
            return id(box), index
        box = box.children[index]
    return id(box), 0
