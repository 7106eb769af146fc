"""What is known of the notes at the foot of a page while it is being laid out."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

from weasyprint.formatting_structure import boxes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class PageNotes(list[Any]):
    """The notes of a page. ``closed`` makes it false for the one loop that would move notes.

    WeasyPrint makes room for a line that has to stay by moving notes to the next page, as long
    as there are any; we let it ask once, break the last note instead, and end its loop.
    """

    closed = False

    def __bool__(self) -> bool:
        return len(self) > 0 and not self.closed


class State(NamedTuple):
    """The notes of a page, how high their area may be, where the last one goes on, who waits.

    Of those that are cut, how far down, and where they go on.
    """

    notes: Sequence[Any]
    limit: float
    broken: tuple[Any, Any] | None
    waiting: Sequence[Any]
    cuts: Mapping[Any, float]
    rests: Mapping[Any, Any]


class Laid(NamedTuple):
    """A note laid out: where, what came of it, and what it did besides.

    That is what it called, and what it put into the lists that it was given.
    """

    place: tuple[float, ...]
    result: tuple[Any, ...]
    called: Sequence[Any]
    margins: Sequence[float]
    absolute: Sequence[Any]
    fixed: Sequence[Any]


def highest(heights: list[float], room: float) -> float:
    """How high each may be at most so that all have ``room``."""
    left = sorted(heights, reverse=True)
    while left and left[-1] <= room / len(left):
        room -= left.pop()
    return room / len(left) if left else inf


def holds_something(note: Any) -> bool:
    """Whether a word or a picture stands in the box of a note, not only the room for its number."""
    return any(
        isinstance(one, boxes.ReplacedBox) or (isinstance(one, boxes.TextBox) and one.text.strip())
        for one in note.descendants()
    )
