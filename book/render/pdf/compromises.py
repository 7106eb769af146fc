"""Where pages are not as they should be: what was given in to, by printed page and by line.

What a page gives in to is in its piece's record; here it gets its page's number, and the place in
the manuscript of the words that stand there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from book.model import Place
from book.read.lettered import Lettered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from book.model import Book, Chapter
    from book.render.pdf.record import Compromise, Kind, Placed

#: How bad a kind is, and how much worse each more of its amount over a first makes it.
_WEIGHTS: dict[Kind, tuple[float, float, float]] = {
    "outside": (1000, 1, 0),
    "broken table": (400, 0, 0),
    "small formula": (350, -20, 6),
    "coarse picture": (250, -1, 200),
    "short last page": (120, -20, 1),
    "hyphen before a leaf is turned": (90, 0, 0),
    "short foot": (20, 8, 1),
    "divided table": (70, -5, 8),
    "turned table": (60, 0, 0),
    "small table": (50, -20, 8),
    "divided last word": (40, -2, 3),
    "loose line": (20, 60, 1.5),
    "split note": (15, 10, 2),
    "hyphen at a page's foot": (15, 0, 0),
}
_UNITS: dict[Kind, str] = {
    "outside": "{:.1f} pt outside",
    "broken table": "type of {:.1f} pt",
    "small formula": "letters of {:.1f} pt",
    "coarse picture": "{:.0f} dpi",
    "short last page": "{:.0f} of text",
    "short foot": "{:.1f} lines missing",
    "divided table": "type of {:.1f} pt",
    "turned table": "type of {:.1f} pt",
    "small table": "type of {:.1f} pt",
    "divided last word": "{:.0f} letters left",
    "loose line": "spaces {:.1f} times as wide",
    "split note": "over {:.0f} pages",
}


class PrintedCompromise(NamedTuple):
    """A compromise: the page as it is printed, the place in the manuscript, what and how much.

    ``amount`` is in the unit that :data:`book.render.pdf.record.Kind` names; ``said`` says it in
    words, ``words`` are those that stand there, and ``weight`` is how bad it is.
    """

    page: str
    place: Place
    kind: Kind
    amount: float
    said: str
    words: str
    weight: float


def told(
    book: Book, placed: Sequence[Placed], labels: Sequence[str]
) -> tuple[PrintedCompromise, ...]:
    """The compromises of all chapters: the page with the worst first, and on each the worst.

    ``labels`` are the printed page numbers of the volume, in order.
    """
    found: list[tuple[int, PrintedCompromise]] = []
    for one in placed:
        if one.piece.record.compromises and (chapter := book.by_slug.get(one.sheet.name)):
            places = _Places(book, chapter)
            starts = one.piece.record.starts
            for each in one.piece.record.compromises:
                at, place = one.first + each.page, places.of(each, starts[each.page])
                found.append((at, _told(each, place, labels[at] or str(at + 1))))
    worst: dict[int, float] = {}
    for at, each_told in found:
        worst[at] = max(worst.get(at, 0.0), each_told.weight)
    found.sort(key=lambda one: (-worst[one[0]], one[0], -one[1].weight, one[1].place))
    return tuple(one for _, one in found)


def _told(one: Compromise, place: Place, page: str) -> PrintedCompromise:
    base, slope, first = _WEIGHTS[one.kind]
    weight = max(base + slope * (one.amount - first), 1.0)
    said = _UNITS.get(one.kind, "").format(one.amount)
    if one.kind == "short last page":
        said = "1 line of text" if one.amount <= 1 else f"{one.amount:.0f} lines of text"
    words = "" if one.kind == "split note" else one.words
    return PrintedCompromise(page, place, one.kind, one.amount, said, words, round(weight, 2))


class _Places:
    """Where words of a chapter stand; its file is read when it is first asked for."""

    def __init__(self, book: Book, chapter: Chapter) -> None:
        self._book, self._chapter = book, chapter
        self._read: Lettered | None = None

    def of(self, one: Compromise, before: int) -> Place:
        """The place of what is there, behind so many letters, or of the chapter."""
        return next(self._known(one), None) or self._found(one.words, before) or Place(self._path)

    @property
    def _path(self) -> str:
        return self._chapter.path or "book.toml"

    def _known(self, one: Compromise) -> Iterator[Place]:
        if one.kind == "split note":
            yield from (note.place for note in self._chapter.notes if note.id == one.words)
        yield from (image.place for image in self._chapter.images if image.src == one.words)

    def _found(self, words: str, before: int) -> Place | None:
        if not self._chapter.path:
            return None
        if self._read is None:
            self._read = Lettered.of(self._book.root, self._chapter.path)
        return self._read.place(words, before)


def findings_of(found: Sequence[PrintedCompromise]) -> Iterator[tuple[str, Place, str, str]]:
    """What of it is wrong and not only less than good: code, place, message, hint.

    Of pictures with one place, which show one file, the coarsest is told.
    """
    coarsest: dict[Place, PrintedCompromise] = {}
    for one in found:
        if one.kind == "coarse picture":
            known = coarsest.setdefault(one.place, one)
            coarsest[one.place] = min(known, one, key=lambda each: each.amount)
    for one in found:
        if one.kind == "outside":
            message = f"Something runs {one.amount:.0f} points out of the type area, {_on(one)}."
            hint = "Make it smaller, or let it break; see docs/typesetting.md."
            yield "T030", one.place, message, hint
        elif one.kind == "broken table":
            message = f"A table is too wide even for type of {one.amount:.1f} points, {_on(one)}."
            hint = "Its words are broken at any letter: take out columns, or make two tables of it."
            yield "T031", one.place, message, hint
        elif one.kind == "small formula":
            message = (
                f"A formula is too wide; its letters have {one.amount:.1f} points, {_on(one)}."
            )
            hint = "Break it: `\\begin{aligned} a &= b \\\\ &+ c \\end{aligned}`."
            yield "T032", one.place, message, hint
        elif one.kind == "coarse picture" and coarsest[one.place] is one:
            message = f"A picture is printed with {one.amount:.0f} dots to the inch, {_on(one)}."
            hint = (
                "It should have 200 at the least: use a larger one, or print it smaller (`width`)."
            )
            yield "T020", one.place, message, hint


def _on(one: PrintedCompromise) -> str:
    return f"on page {one.page}"
