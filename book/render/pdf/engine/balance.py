"""Headings, captions and titles have lines of about the same length (CSS Text 4, section 6.1).

No word stands alone in the last one then, and none that leans on the next, such as "of", at the end
of another if that can be helped. They take as few lines as without it.

Their ends are found from their words as they are drawn, and WeasyPrint is told each, as it is of
a paragraph that is set as a whole (**whole**). What can't be found so, as it runs to the left, has
no spaces or has line breaks of its own, is laid in trial at some widths, and then at the least one
that does not make it longer.
"""

from __future__ import annotations

import copy
from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING, Any

from weasyprint.layout import inline

from book.render.pdf.engine.content import content
from book.render.pdf.engine.plans import LinePlan
from book.render.pdf.engine.settings import asked
from book.render.pdf.engine.stops import LineEnd, Stops

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from book.render.pdf.paragraphs.fit import Stop

#: So many lines are balanced; more are a text.
_MOST = 5
#: What is too long by less than this, in CSS pixels, fits; so near the least width is found.
_HAIR, _NEAR = 1e-6, 0.5
#: A word of so many letters or fewer leans on the next one, and ending a line with it is as bad as
#: leaving this share of the measure empty.
_LEANING, _LEAN = 3, 0.1

_next_line = inline.get_next_linebox


def is_balanced(context: Any, line: Any) -> bool:
    """Whether the lines of the box ``line`` are to be about as long as one another."""
    style = line.style
    return bool(
        asked(style, "__wrap") == "balance"
        and style["text_align_all"] != "justify"
        and not context.excluded_shapes
    )


def even_plan(
    context: Any, line: Any, block: Any, measures: tuple[float, float]
) -> LinePlan | None:
    """How the box ``line`` is set with lines about as long as one another.

    ``measures`` are those of its first line and of the others. None if there are many lines, if a
    word is longer than any, and if the lines can't be found in advance.
    """
    style = line.style
    if style["direction"] != "ltr" or style["white_space"] != "normal":
        return None
    found = content(context, line, block)
    if found is None:
        return None
    for text in found.texts:  # What is ragged neither hangs nor gives.
        text.wishes = replace(text.wishes, width=0.0, space=0.0, hang=0.0)
    stops, places = Stops(context, found, style["lang"]).between()
    ends = even_ends(stops, measures, lambda at: _leans(found.texts, places[at]))
    if not ends:
        return None
    starts: dict[Any, int] = {None: 0}
    for number, at in enumerate(ends[:-1], 1):
        starts[id(places[at].box), places[at].resume] = number
    last = stops[-1].end - stops[ends[-2] if len(ends) > 1 else 0].begin
    texts = {id(one.box): one for one in found.texts}
    lines = [places[at] for at in ends]
    return LinePlan(line, lines, [0.0] * len(ends), starts, last, texts, is_ragged=True)


def _leans(texts: Sequence[Any], place: LineEnd) -> bool:
    """Whether the word before ``place`` is a small one that belongs to the next."""
    data = next((one.shape.data for one in texts if one.box is place.box), b"")
    word = data[: place.end].decode().rpartition(" ")[2]
    return 0 < len(word) <= _LEANING and word.isalpha() and word.islower()


def even_ends(
    stops: Sequence[Stop], measures: tuple[float, float], leans: Callable[[int], bool]
) -> tuple[int, ...]:
    """Where the lines end that leave least of the measure empty by its squares: places of stops.

    They are as few as can be; none is found if a word is longer than a line, or if they are many.
    """
    first, rest = measures
    ways: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for count in range(_MOST):
        measure, later = rest if count else first, dict[int, tuple[float, tuple[int, ...]]]()
        for begin, (cost, ends) in ways.items():
            for at in range(begin + 1, len(stops)):
                left = measure - (stops[at].end - stops[begin].begin)
                if left < -_HAIR:
                    break
                lean = _LEAN * rest if at < len(stops) - 1 and leans(at) else 0.0
                total = cost + left * left + lean * lean
                if at not in later or total < later[at][0]:
                    later[at] = total, (*ends, at)
        if len(stops) - 1 in later:
            return later[len(stops) - 1][1]
        ways = later
    return ()


def narrowed(context: Any, line: Any, block: Any, given: tuple[Any, ...]) -> Any:
    """``block`` as narrow as it may be for the lines of the box ``line`` to stay as many.

    ``given`` is what they are laid with: where, and the styles of the first letter and line.
    """
    kept = context.balances.get(id(line))
    if kept is None or kept[0] is not line or kept[1] != block.width:
        found = _least_width(context, line, block, given)
        kept = context.balances[id(line)] = (line, block.width, found)
    width: float | None = kept[2]
    return block if width is None else _with_width(block, line, width)


def _with_width(block: Any, line: Any, width: float) -> Any:
    narrow = copy.copy(block)
    narrow.width = width
    align = str(line.style["text_align_all"])
    part = {"center": 0.5, "right": 1.0, "end": 1.0}.get(align, 0.0)
    if block.style["direction"] == "rtl":
        part = {"center": 0.5, "left": 0.0, "end": 0.0}.get(align, 1.0)
    narrow.position_x += part * (block.width - width)
    return narrow


def _least_width(context: Any, line: Any, block: Any, given: tuple[Any, ...]) -> float | None:
    """The least width at which the lines are as many as in ``block``; None if nothing is gained."""
    full = float(block.width)
    count = _lines_in(context, line, block, given)
    if not 1 < count <= _MOST:
        return None
    low, high = full / count / 2, full
    while high - low > _NEAR:
        middle = (low + high) / 2
        if _lines_in(context, line, _with_width(block, line, middle), given) <= count:
            high = middle
        else:
            low = middle
    return high


def _lines_in(context: Any, line: Any, block: Any, given: tuple[Any, ...]) -> float:
    """How many lines there are as they are laid in ``block``; infinitely many if one runs over."""
    count, skip = 0, None
    while count <= _MOST:
        where, *styles = given
        laid, skip = _next_line(context, line, where, -inf, skip, block, [], [], *styles)
        if laid is None:
            break
        count += 1
        over = laid.width - inline.trailing_whitespace_size(context, laid) - block.width
        if over > _NEAR:
            return inf
        if skip is None:
            break
    return count
