"""Two sides, and what is done so that they are enough: air, size, length, in this order.

Nothing is left out before it has been set smaller, and nothing of it in silence.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from book import figures
from book.base.codes import finding
from book.base.data import replace
from book.model import Place
from book.render.handout.content import BLOCKS
from book.render.handout.layout import MM, Content, HandoutLayout, Room
from book.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from book.base.fonts import Face
    from book.model import Book, Finding

HERE = Place("book.toml")
_LINE, _PROSE_LINE = 15.0, 18.0  # pixels
#: How side two is set, in order of preference: with air, plainly, the chronology cut short.
_SETTINGS = ("roomy", "", "short-3", "short-2", "short-1", "tight", "tight small")
_WHOLE = 2  # the settings before this one cut nothing
#: Where they cut: how many lines of a date's sentence are left.
_LEFT = {"short-3": "three lines", "short-2": "two lines"}
#: Those that may stand below the first one, in the left column.
_MOVED = ((), ("where_to_get",), ("questions",), ("questions", "where_to_get"))
#: The classes of side one, and the points of its story in each: beside a timeline, and alone.
_SIZES = {"": 9.75, "close-1": 9.0, "close-2": 8.25}
_ALONE = {"": 11.0, "close-1": 9.75, "close-2": 8.25}


class Fitted(NamedTuple):
    """What is shown, by how many pixels it is too long even so, and what was done to it."""

    content: Content
    over: float
    done: tuple[str, ...] = ()


def side_one(content: Content, layout: HandoutLayout) -> tuple[Fitted, Room]:
    """The story on its side: smaller if need be, then shorter by its last paragraphs."""
    done: tuple[str, ...] = ()
    sizes = _SIZES if content.figure else _ALONE
    for close, size in sizes.items():
        content = replace(content, close=close)
        room = layout.room(content)
        if close:
            done = (f"the story is set in {size:g} points instead of {sizes['']:g}",)
        if room.over <= 0:
            return Fitted(content, room.over, done), room
    story = content.story

    def over(count: int) -> float:
        return layout.room(replace(content, story=story[:count])).over

    count = _most(len(story), over)
    if count:
        content = replace(content, story=story[:count])
        room = layout.room(content)
        gone = sum(len(one.split()) for one in story[count:])
        what = f"the last {_counted(len(story) - count, 'paragraph')} of the story ({gone} words)"
        done = (*done, f"{what} {'are' if len(story) - count > 1 else 'is'} left out")
    return Fitted(content, room.over, done), room


def _most(count: int, over: Callable[[int], float]) -> int:
    """The most things, fewer than ``count``, of which there is room for all; 0 if not for one."""
    low, high = 0, count - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if over(middle) <= 0 else (low, middle - 1)
    return low if low and over(low) <= 0 else 0


def with_timeline(book: Book, content: Content, room: Room, faces: Sequence[Face]) -> Content:
    """``content`` with the timeline, lettered in ``faces``, in the room that side one leaves.

    What it tells in full is not told again on side two.
    """
    if not content.figure:
        return content
    width = content.figure_width if content.story else room.width / MM
    height = room.timeline / MM
    drawn = figures.timeline(book, faces, width=width, height=height, ink="#000")
    if figures.tells_all(book, faces, width=width, height=height):
        blocks = tuple(one for one in content.left if one != "chronology")
        content = replace(content, left=blocks, chronology=())
    said = words(book.config.book.language, book.config.book.words)
    marked = any(entry.series == "editor" for entry in book.chronology)
    return replace(
        content,
        figure=Markup(figures.spoken(drawn)),
        figure_width=width,
        legend=f"[{said.by_editors}]: {said.added_by_editors}" if marked else "",
    )


def side_two(content: Content, layout: HandoutLayout, weights: Sequence[int]) -> Fitted:
    """Side two in the most even columns that fit; ``weights`` say how often people are named.

    If it does not fit with air, it is set plainly; then the chronology is cut short, then all is
    set smaller; then the list of dates is left out, which the timeline shows, then who is named
    least, then the last documents.
    """
    for number, short in enumerate(_SETTINGS):
        # Each try is a layout; what was most even stays so, but for what fits no other way.
        ends = number in {0, len(_SETTINGS) - 2}
        content = replace(content, short=short)
        ways = _arrangements(content) if ends else (content,)
        over, content = min(((layout.over_two(way), way) for way in ways), key=lambda one: one[0])
        if over <= 0:
            break
    done = tuple(_set_smaller(content, number))
    for way in (_without_dates, _with_fewer_people(weights), _with_fewer_documents):
        if over > 0 and (less := way(content, layout)):
            content, over, said = less
            done = (*done, *said)
    return Fitted(content, over, done)


def at_ease(book: Book, content: Content, layout: HandoutLayout) -> bool:
    """Whether ``content`` is on two sides with nothing set smaller, cut or left out."""
    room = layout.room(content)
    if room.over > 0:
        return False
    ways = _arrangements(with_timeline(book, content, room, layout.heads))
    return any(layout.over_two(way) <= 0 for way in ways)


def _set_smaller(content: Content, number: int) -> Iterator[str]:
    if number >= _WHOLE and content.chronology:
        left = _LEFT.get(_SETTINGS[number], "one line")
        count = _counted(len(content.chronology), "date")
        yield f"the sentences of its {count} are cut to {left}, where they are longer"
    if "small" in content.short and {"documents", "questions"} & {*content.left, *content.right}:
        yield "documents and questions are set in 8.25 points instead of 9.75"


def _without_dates(content: Content, layout: HandoutLayout) -> Fitted | None:
    """Without the list of dates, if a timeline shows them."""
    if not (content.figure and content.chronology):
        return None
    keep = [tuple(n for n in side if n != "chronology") for side in (content.left, content.right)]
    left, right = keep if keep[0] else (keep[1], ())
    less = replace(content, left=left, right=right, chronology=())
    ways = ((layout.over_two(way), way) for way in _arrangements(less))
    over, less = min(ways, key=lambda one: one[0])
    count = len(content.chronology)
    said = f"the list of its {_counted(count, 'date')} is left out, which the timeline shows"
    return Fitted(less, over, (said,))


def _with_fewer_people(
    weights: Sequence[int],
) -> Callable[[Content, HandoutLayout], Fitted | None]:
    def made(content: Content, layout: HandoutLayout) -> Fitted | None:
        often = sorted(range(len(weights)), key=lambda one: -weights[one])

        def of(count: int) -> Content:
            kept = sorted(often[:count])
            return replace(content, people=tuple(content.people[one] for one in kept))

        return _fewer(len(content.people), of, layout, "person", "that are named least")

    return made


def _with_fewer_documents(content: Content, layout: HandoutLayout) -> Fitted | None:
    def of(count: int) -> Content:
        return replace(content, documents=content.documents[:count])

    return _fewer(len(content.documents), of, layout, "document", "that come last")


def _fewer(
    count: int, of: Callable[[int], Content], layout: HandoutLayout, name: str, which: str
) -> Fitted | None:
    """As many of ``count`` things as there is room for, one at least; None if there are no more."""
    if count < 2:
        return None
    most = _most(count, lambda some: layout.over_two(of(some))) or 1
    less = of(most)
    gone = _counted(count - most, name).replace("persons", "people")
    said = f"of {count}, the {gone} {which} {'are' if count - most > 1 else 'is'} left out"
    return Fitted(less, layout.over_two(less), (said,))


def _arrangements(content: Content) -> Iterable[Content]:
    """The ways to put the blocks of side two in two columns, in their order or nearly so."""
    blocks = tuple(one for one in BLOCKS if one in content.left + content.right)
    for moved in _MOVED:
        if set(moved) <= set(blocks[1:]):
            left = tuple(one for one in blocks if one in blocks[:1] or one in moved)
            right = tuple(one for one in blocks if one not in left)
            yield replace(content, left=left, right=right)


def fitted(done: Iterable[str]) -> Iterator[Finding]:
    """O002 for what was ``done`` so that the sides are enough."""
    if all_of_it := "; ".join(done):
        hint = "`pages` in [handout] allows more than two; or shorten what it names."
        yield finding("O002", HERE, f"The handout was made to fit: {all_of_it}.", hint)


def overflows(content: Content, over_one: float, over_two: float) -> Iterator[Finding]:
    """O001 for each side that is too long, and what to shorten."""
    if over_one > 0:
        count = sum(len(paragraph.split()) for paragraph in content.story)
        hint = f"Shorten the story (or the chapters' summaries): it has {count} words; aim at 250."
        yield _too_long("first", over_one, _PROSE_LINE, hint)
    if over_two > 0:
        hint = "Shorten the documents and questions in [handout] and what [people] says."
        yield _too_long("second", over_two, _LINE, hint)


def _too_long(side: str, over: float, line: float, hint: str) -> Finding:
    lines, centimetres = ceil(over / line), over / MM / 10
    many = f"{lines} lines" if lines > 1 else "a line"
    message = f"The handout's {side} side is {many} ({centimetres:.1f} cm) too long."
    return finding("O001", HERE, message, hint)


def _counted(count: int, name: str) -> str:
    return f"{count} {name}{'s' * (count != 1)}"
