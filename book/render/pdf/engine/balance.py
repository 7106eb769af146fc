"""Ragged text has lines that go together: even ones, or none of one word (CSS Text 4, section 6.1).

Where ``--wrap`` is ``balance``, as for headings, captions and titles, the lines of a short text are
about as long as one another. Where it is ``pretty``, as for lists and cells, all but the last are
about as long, and that has more than one short word. No small word that leans on the next, such as
"of", ends a line if that can be helped. Lines are as few as without it.

Their ends are found from the words as they are drawn, and WeasyPrint is told each, as it is of
a paragraph that is set as a whole (**whole**). A heading for which they can't be found so, as it
runs to the left, has no spaces or has line breaks of its own, is laid in trial at some widths, and
then at the least one that does not make it longer.
"""

from __future__ import annotations

import copy
from math import inf
from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

from book.base.data import replace
from book.render.pdf.engine.content import content
from book.render.pdf.engine.plans import LinePlan
from book.render.pdf.engine.settings import asked
from book.render.pdf.engine.stops import LineEnd, Stops

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from book.render.pdf.paragraphs.fit import Stop

#: So many lines are balanced; more are a text.
_MOST = 5
#: What is too long by less than this, in CSS pixels, fits; so near the least width is found.
_HAIR, _NEAR = 0.02, 0.5
#: A word of so many letters or fewer leans on the next one, and ending a line with it is as bad as
#: leaving this share of the measure empty.
_LEANING, _LEAN = 3, 0.1
#: What share of the measure a last line should take, and what it is as bad as if it does not.
_SHORT, _RUNT = 0.2, 0.45
#: So many ems a letter takes at the most, on the average: fewer letters need no second line.
_WIDEST = 0.7

_next_line = inline.get_next_linebox


def wrap_of(context: Any, line: Any, block: Any) -> str:
    """How the lines of the box ``line`` are to go together: ``balance``, ``pretty`` or nothing.

    Nothing as well where all of it stands on one line for certain.
    """
    style = line.style
    if style["text_align_all"] == "justify" or context.excluded_shapes:
        return ""
    wanted = asked(style, "__wrap")
    if wanted != "balance" and (wanted != "pretty" or style["hyphens"] == "auto"):
        return ""
    texts = (len(box.text) for box in line.descendants() if isinstance(box, boxes.TextBox))
    return wanted if sum(texts) * _WIDEST * style["font_size"] > block.width else ""


def even_plan(
    context: Any, line: Any, block: Any, measures: tuple[float, float], wrap: str
) -> LinePlan | None:
    """How the box ``line`` is set with lines that go together as ``wrap`` says.

    ``measures`` are those of its first line and of the others. None if too many lines are to be
    balanced, if a word is longer than any, and if the lines can't be found in advance.
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
    data = {id(one.box): one.shape.data for one in found.texts}
    leaning = {at for at, place in enumerate(places[:-1]) if _leans(data, place)}
    ends = even_ends(stops, measures, leaning, is_pretty=wrap == "pretty")
    if not ends:
        return None
    starts: dict[Any, int] = {None: 0}
    for number, at in enumerate(ends[:-1], 1):
        starts[id(places[at].box), places[at].resume] = number
    last = stops[-1].end - stops[ends[-2] if len(ends) > 1 else 0].begin
    texts = {id(one.box): one for one in found.texts}
    lines = [places[at] for at in ends]
    return LinePlan(line, lines, [0.0] * len(ends), starts, last, texts, is_ragged=True)


def _leans(data: dict[int, bytes], place: LineEnd) -> bool:
    """Whether the word before ``place`` is a small one that belongs to the next."""
    before = data.get(id(place.box), b"")[: place.end]
    word = before[-4 * _LEANING - 1 :].decode(errors="ignore").rpartition(" ")[2]
    return 0 < len(word) <= _LEANING and word.isalpha() and (len(word) < 2 or not word.isupper())


def even_ends(
    stops: Sequence[Stop],
    measures: tuple[float, float],
    leaning: Collection[int] = (),
    *,
    is_pretty: bool = False,
) -> tuple[int, ...]:
    """Where the lines end that leave least of the measure empty by its squares: places of stops.

    They are as few as can be; none is found if a word is longer than a line, or if they are more
    than can be balanced. The last line of what ``is_pretty`` counts only if it is short.
    """
    first, rest = measures
    final, small = len(stops) - 1, (_LEAN * rest) ** 2
    ways: dict[int, tuple[float, Any]] = {0: (0.0, None)}
    count = 0
    while ways and (is_pretty or count < _MOST):
        measure, later = rest if count else first, dict[int, tuple[float, Any]]()
        for begin, (cost, ends) in ways.items():
            room = measure + stops[begin].begin
            for at in range(begin + 1, final + 1):
                left = room - stops[at].end
                if left < -_HAIR:
                    break
                if at < final or not is_pretty:
                    total = cost + left * left + (small if at in leaning else 0.0)
                else:
                    is_short = count and left > (1 - _SHORT) * measure
                    total = cost + ((_RUNT * measure) ** 2 if is_short else 0.0)
                if at not in later or total < later[at][0]:
                    later[at] = total, (at, ends)
        if final in later:
            return _told(later[final][1])
        ways, count = later, count + 1
    return ()


def _told(chain: Any) -> tuple[int, ...]:
    ends = []
    while chain is not None:
        at, chain = chain
        ends.append(at)
    return tuple(reversed(ends))


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
