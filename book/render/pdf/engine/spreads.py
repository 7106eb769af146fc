"""Facing pages: they end on the same line, and no word is broken over a leaf.

A compositor has three means: a paragraph is set a line longer or shorter, its lines end elsewhere,
or both pages of a spread are a line longer or shorter than others. Here each spread is laid out,
and if it is not as it should be, again with one or two of them, the cheapest first. What it costs
is told in the demerits of paragraphs (:mod:`book.render.pdf.paragraphs.costs`).

A spread depends on nothing but what it begins with, so a chapter is still made from its beginning
on, and what is kept of it stays right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from book.base.data import replace
from book.render.pdf.engine.pages import Asked, LaidPage, PageParagraph, PageSetting

if TYPE_CHECKING:
    from book.render.pdf.engine.runs import PageStart
    from book.render.pdf.engine.settings import PageWishes

    Lay = Callable[[PageStart | None, PageSetting], LaidPage]

#: Spreads that are longer or shorter by so many lines.
_DEPTHS = {0: 0.0, -1: 15_000.0, 1: 20_000.0, -2: 200_000.0, -3: 400_000.0, -4: 600_000.0}
_WHITE = 300_000.0
#: Feet that differ by one line, each line more, and as much as can't be helped.
_UNEVEN, _MORE, _HOPELESS = 150_000.0, 900_000.0, 1_100_000.0
#: A word that goes on overleaf, and on the facing page.
_OVERLEAF, _ACROSS = 3_000_000.0, 60_000.0
#: A line of white more above a heading, and above a quotation, a list, a picture.
_ABOVE_HEADING, _ABOVE_OTHERS = 50_000.0, 90_000.0
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
#: A paragraph that is dearer is not set anew, one that is cheaper is taken at once.
_DEAREST, _CHEAP = 150_000.0, 2_000.0
#: How many paragraphs are looked into for each change, and how often pages of a spread are laid.
_LOOKS, _TRIES = 4, 24


@dataclass(slots=True)
class _Search:
    """Looks for the cheapest way to set one spread, or the page that a chapter begins with."""

    lay_page: Lay
    wishes: PageWishes
    cost: float = inf
    pages: tuple[LaidPage, ...] = ()
    tries: int = 0

    def lay(self, start: PageStart | None, setting: PageSetting) -> LaidPage:
        self.tries += 1
        return self.lay_page(start, setting)

    def consider(self, cost: float, *pages: LaidPage) -> None:
        if cost < self.cost:
            self.cost, self.pages = cost, pages

    def depths(self) -> Iterator[int]:
        """How much deeper the spread is tried, as long as that may pay."""
        for deeper, cost in _DEPTHS.items():
            if cost < self.cost and (self.wishes.even or not deeper):
                yield deeper

    def versions(
        self, start: PageStart | None, deeper: int, spent: float, *, is_recto: bool
    ) -> Iterator[tuple[float, LaidPage]]:
        """A page as it is, and with paragraphs set anew, as long as that may pay."""
        first = self.lay(start, PageSetting(deeper))
        if not first.can_go_on:
            yield 0.0, first
            return
        yield from self.mended(start, first, 0.0, is_recto=is_recto)
        if not self.wishes.even or self.cost - spent < _CHEAP:
            return
        for cost, setting in (*whites(first), *changes(first)):
            if spent + cost < self.cost and self.tries < _TRIES:
                laid = self.lay(start, setting)
                if laid.can_go_on:
                    yield from self.mended(start, laid, cost, is_recto=is_recto)

    def mended(
        self, start: PageStart | None, laid: LaidPage, cost: float, *, is_recto: bool
    ) -> Iterator[tuple[float, LaidPage]]:
        """A page, and if it ends in a part of a word, the same with a whole one."""
        if not laid.broken or not self.wishes.whole:
            yield cost, laid
            return
        for more, refit in mends(laid):
            if self.tries < _TRIES:
                refits = *laid.setting.refits, refit
                other = self.lay(start, replace(laid.setting, refits=refits))
                if other.can_go_on and not other.broken and other.gap <= laid.gap:
                    yield cost + more, other
                    break
        yield cost + (_OVERLEAF if is_recto else _ACROSS), laid


def single(lay: Lay, start: PageStart | None, wishes: PageWishes) -> tuple[LaidPage, ...]:
    """The page that a chapter begins with, which faces the end of another."""
    search = _Search(lay, wishes)
    for deeper in search.depths():
        for cost, laid in search.versions(start, deeper, 0.0, is_recto=True):
            if not laid.can_go_on:
                return (laid,)
            search.consider(cost + _depth(laid), laid)
    return search.pages


def spread(lay: Lay, start: PageStart, wishes: PageWishes) -> tuple[LaidPage, ...]:
    """Two facing pages, or one if the piece ends on it or no page can begin behind it."""
    search = _Search(lay, wishes)
    for deeper in search.depths():
        for cost, left in search.versions(start, deeper, _DEPTHS[deeper], is_recto=False):
            total = cost + _depth(left)
            if left.after is None:
                if not left.can_go_on:
                    return (left,)
                search.consider(total, left)
            elif total < search.cost and search.tries < _TRIES:
                right = _with_right(search, left, total)
                if right is not None:
                    return left, right
    return search.pages


def _with_right(search: _Search, left: LaidPage, spent: float) -> LaidPage | None:
    """Try the right page behind ``left``: it is to end where that one does.

    Gives it if it has to be taken, as no page can begin behind it again.
    """
    deeper = left.setting.deeper - left.gap if left.has_foot else 0
    if deeper < min(_DEPTHS):  # What can't be alike is not made shorter for that.
        deeper = 0
    for cost, right in search.versions(left.after, deeper, spent, is_recto=True):
        if not right.can_go_on:
            return right
        search.consider(spent + cost + _unevenness(left, right), left, right)
        if not right.gap and not right.broken:
            break
    return None


def _depth(laid: LaidPage) -> float:
    """What it costs that a page ends where it does."""
    if not laid.has_foot:
        return 0.0
    deeper = laid.setting.deeper - laid.gap
    return _DEPTHS.get(deeper, -deeper * _WHITE)


def _unevenness(left: LaidPage, right: LaidPage) -> float:
    """What it costs that the feet of two pages differ."""
    if not right.has_foot or not right.gap:
        return 0.0
    if not left.has_foot:
        return _depth(right)
    return min(_UNEVEN + (right.gap - 1) * _MORE, _HOPELESS)


def whites(laid: LaidPage) -> Iterator[tuple[float, PageSetting]]:
    """A page that is a line short, with a line more above a heading or what else is set off."""
    for element in laid.set_off if laid.has_foot and laid.gap == 1 else ():
        cost = _ABOVE_HEADING if element.tag in _HEADINGS else _ABOVE_OTHERS
        yield cost, replace(laid.setting, whites=(*laid.setting.whites, element))


def changes(laid: LaidPage) -> Iterator[tuple[float, PageSetting]]:
    """How the paragraphs of a page can make it a line or two longer or shorter, cheapest first."""
    one: list[tuple[float, tuple[Asked, ...]]] = []
    two: list[tuple[float, tuple[Asked, ...]]] = []
    for lines in (1, -1):
        found = _single_changes(laid, lines)
        one += [(cost, (asked,)) for cost, asked in found[:1]]
        if len(found) > 1:
            two.append((found[0][0] + found[1][0], (found[0][1], found[1][1])))
    for cost, refits in (*sorted(one, key=_cost), *sorted(two, key=_cost)):
        yield cost, replace(laid.setting, refits=refits)


def _cost(change: tuple[float, tuple[Asked, ...]]) -> float:
    return change[0]


def _single_changes(laid: LaidPage, lines: int) -> list[tuple[float, Asked]]:
    """The cheapest of the page's paragraphs that can have so many lines more, or fewer."""
    parts = [one for one in laid.parts if one.left > 2 and one.left - one.lines <= 2]
    # What its last line has more or less than it needs is shared by all of its lines.
    parts.sort(key=lambda one: _strain(one, lines))
    found: list[tuple[float, Asked]] = []
    for part in parts[:_LOOKS]:
        cost = _price(part, part.left + lines)
        if cost < _DEAREST:
            found.append((cost, part.set_in(part.left + lines)))
        if sum(cost < _CHEAP for cost, _ in found) > 1:
            break
    return sorted(found, key=lambda one: one[0])


def _strain(part: PageParagraph, lines: int) -> float:
    """By how much each of a paragraph's lines is to change, roughly."""
    last = part.plan.last
    return (part.paragraph.measures[1] - last if lines > 0 else last) / part.left


def mends(laid: LaidPage) -> Iterator[tuple[float, Asked]]:
    """How the last paragraph of a page could be set so that the page ends with a whole word."""
    part = laid.parts[-1] if laid.parts else None
    if part is None or part.lines >= part.left:
        return
    for lines in (part.left, part.left + 1, part.left - 1):
        cost = _price(part, lines, whole=part.lines)
        if cost < inf:
            yield cost, part.set_in(lines, part.lines)


def _price(part: PageParagraph, lines: int, whole: int = 0) -> float:
    """By how much dearer a paragraph is if it has so many lines from the page's first one on."""
    ways = part.paragraph.counts(part.path, whole)
    if lines not in ways:
        return inf
    plain = part.paragraph.counts(part.path).get(part.left)
    return max(0.0, ways[lines].demerits - (plain.demerits if plain else 0.0))
