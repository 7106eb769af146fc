"""The cover: the title as large as it can be, over the book's chronology drawn as lines.

Below the title lies a time axis with a dot for each event. From each dot a line runs down to the
cover's foot, where all lines stand evenly: so crowded months make bundles, empty years make
gaps, and every book has a cover of its own. Its colours are chosen by its title.
"""

from __future__ import annotations

import hashlib
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from book.base.data import replace
from book.base.scripts import direction, is_shaped
from book.base.text import unbroken
from book.figures import kerning, svg
from book.figures.axis import MARGIN, WIDE, drawn, labelled
from book.figures.measure import NO_BREAK_HYPHEN, Type, chunks
from book.figures.spans import in_order
from book.theme.lettering import Lettering

if TYPE_CHECKING:
    from collections.abc import Sequence

    from book.figures.scale import Scale
    from book.figures.spans import Span
    from book.model import Book

#: In the cover's own units, as all measures below.
_MEASURE = WIDE - 2 * MARGIN
_TITLE = Type(480, 600, "Source Serif")
_SUBTITLE = Type(66, 400, "Source Serif")
_NAMES = Type(48, 600)
_HEAD = 250.0  # where the title's room begins
_HIGHEST, _LOWEST = 0.4, 0.66  # where the time axis may lie, in parts of the height
_CLEAR = 210.0  # from the last line of text to the axis; the years stand there
#: The height of letters above their line and below it, and what is between two lines, in ems.
_ABOVE, _UNDER, _APART = 0.78, 0.2, 0.04
_LEAST_TITLE, _MOST_LINES = 84.0, 6
#: Built-in faces alone.
_HOUSE = Lettering()


class _Palette(Struct, frozen=True):
    """Ground, text and lines, dots; text on ground has a contrast of 7 to 1 or more."""

    ground: str
    text: str
    mark: str


_PALETTES = (
    _Palette("#17263c", "#f4ecdd", "#e9a23b"),
    _Palette("#8f2418", "#f9f0e1", "#f2b84b"),
    _Palette("#173f38", "#f3ecda", "#ef9a5b"),
    _Palette("#efe5d2", "#1d1b19", "#b3301c"),
    _Palette("#43203c", "#f6e9e0", "#f08d62"),
    _Palette("#e0a52c", "#1b1611", "#7c1d12"),
)


def cover_svg(
    book: Book,
    lettering: Lettering = _HOUSE,
    *,
    width: float = 1600,
    height: float = 2560,
    unit: str = "px",
) -> str:
    """The cover of ``book`` as an SVG of ``width`` by ``height`` in a CSS ``unit``.

    It is made from the title, subtitle, authors, publisher and chronology, and in the faces of
    ``lettering``: title, subtitle and names each in the first that has all of its letters. The
    height should be 1.2 to 1.8 times the width. Where a language runs to the left, text and time
    begin at the right.
    """
    high = WIDE * height / width
    table = book.config.book
    colours = _PALETTES[hashlib.sha256(table.title.encode()).digest()[0] % len(_PALETTES)]
    side = _Side(direction(table.language) == "rtl")
    large, small = (
        _TITLE.of(table.title, lettering.text),
        _SUBTITLE.of(table.subtitle, lettering.text),
    )
    block = (table.title, large), (table.subtitle, small)
    titled, bottom = _title_block(*block, high * _LOWEST - _CLEAR, side)
    axis = max(bottom + _CLEAR, high * _HIGHEST)
    parts = [
        svg.tag("rect", width=WIDE, height=high, fill=colours.ground),
        *_lines(book, lettering, (axis, high), colours, side),
        svg.tag("g", "\n".join([*_strip(book, lettering, side), *titled]), fill=colours.text),
    ]
    told = ": ".join(part for part in (table.title, table.subtitle) if part)
    return svg.root(
        (f"{svg.num(width)}{unit}", f"{svg.num(height)}{unit}"), (WIDE, high), (told, ""), parts
    )


class _Side(Struct, frozen=True):
    """Where lines of text and the time axis begin: at the left, or at the right ``to_left``."""

    to_left: bool

    def at(self, x: float) -> float:
        """A place on the time axis, so far from where time begins."""
        return WIDE - x if self.to_left else x

    def begun(self, line: str, y: float, type_: Type, out: float = 0.0) -> str:
        """A line of text from its side on, moved ``out`` of the measure by so much.

        Each letter is placed, unless the letters are shaped.
        """
        x = WIDE - MARGIN + out if self.to_left else MARGIN - out
        if is_shaped(line):
            return self.plain(line, y, type_, at_end=False, x=x)
        steps = kerning.positions(line, type_)
        x -= steps[-1] if self.to_left else 0.0
        places = " ".join(svg.num(x + place) for place in steps[:-1])
        return svg.text(line, x, y, type_).replace(f'x="{svg.num(x)}"', f'x="{places}"', 1)

    def plain(
        self, line: str, y: float, type_: Type, *, at_end: bool, x: float | None = None
    ) -> str:
        """A line whose letters are not placed, at the side where lines begin or ``at_end``."""
        if at_end != self.to_left:
            return svg.text(line, x or WIDE - MARGIN, y, type_, text_anchor="end")
        return svg.text(line, x or MARGIN, y, type_)


def _strip(book: Book, lettering: Lettering, side: _Side) -> list[str]:
    """The authors at the head where lines begin, the publisher at their end if there is room."""
    table = book.config.book
    authors = table.by
    type_ = _NAMES.of(authors + table.publisher, lettering.heads)
    while type_.width(authors) > _MEASURE and type_.size > 24:
        type_ = replace(type_, size=type_.size - 2)
    y = 160.0
    parts = [side.plain(authors, y, type_, at_end=False)] if authors else []
    if type_.width(f"{authors}    {table.publisher}") <= _MEASURE and table.publisher:
        plain = replace(_NAMES, size=type_.size, weight=400).of(table.publisher, lettering.heads)
        parts.append(side.plain(table.publisher, y, plain, at_end=True))
    return parts


def _title_block(
    titled: tuple[str, Type], below_it: tuple[str, Type], lowest: float, side: _Side
) -> tuple[list[str], float]:
    """Title and subtitle from the head down, the title as large as can be; where they end."""
    (title, large), (subtitle, small) = titled, below_it
    below = small.balanced(unbroken(subtitle), _MEASURE) if subtitle else ()
    while len(below) > 4 and small.size > 36:
        small = replace(small, size=small.size - 2)
        below = small.balanced(unbroken(subtitle), _MEASURE)
    room = lowest - _HEAD - (len(below) * small.size * 1.28 + 80 if below else 0)
    type_, lines = _lettered(title, large, room)
    above, leading, under = (part * type_.size for part in _heights(type_, lines))
    y = _HEAD + above
    # Large letters have white at their left; what aligns is the stem, not the white.
    out = type_.size * 0.035
    parts = [side.begun(line, y + i * leading, type_, out) for i, line in enumerate(lines)]
    y += (len(lines) - 1) * leading + under - type_.size * _UNDER
    if below:
        y += type_.size * _UNDER + small.size * 1.7
        step = small.size * 1.28
        parts += [side.begun(line, y + i * step, small) for i, line in enumerate(below)]
        y += (len(below) - 1) * step
    return parts, y


def _heights(type_: Type, lines: Sequence[str]) -> tuple[float, float, float]:
    """In ems: the first line's height, from line to line, and what hangs below the last.

    Letters that are stacked reach higher and lower than others, and must not touch.
    """
    inks = [type_.ink(line) if is_shaped(line) else (_ABOVE, _UNDER) for line in lines]
    steps = [ink[1] + below[0] + _APART for ink, below in pairwise(inks)]
    first, last = (inks[0][0], inks[-1][1]) if inks else (0.0, 0.0)
    return max(_ABOVE, first), max([_ABOVE + _UNDER, *steps]), max(_UNDER, last)


def _lettered(title: str, type_: Type, room: float) -> tuple[Type, tuple[str, ...]]:
    """The title's type and lines; it breaks at its hyphens only if a word is too long else."""
    title = unbroken(title)
    large, whole = type_, title.replace("-", NO_BREAK_HYPHEN)
    type_, lines = _fitted(whole, type_, room)
    if any(type_.width(chunk) > _MEASURE for chunk in chunks(whole)):
        return _fitted(title, large, room)
    return type_, tuple(line.replace(NO_BREAK_HYPHEN, "-") for line in lines)


def _fitted(title: str, type_: Type, room: float) -> tuple[Type, tuple[str, ...]]:
    """The largest size at which the title fits with its words whole, and its lines."""
    while True:
        lines = type_.balanced(title, _MEASURE)
        whole = all(type_.width(chunk) <= _MEASURE for chunk in chunks(title))
        above, leading, under = _heights(type_, lines)
        high = (above + (len(lines) - 1) * leading + under) * type_.size <= room
        if (whole and high and len(lines) <= _MOST_LINES) or type_.size <= _LEAST_TITLE:
            return type_, lines
        type_ = replace(type_, size=type_.size - 4)


def _lines(
    book: Book, lettering: Lettering, room: tuple[float, float], colours: _Palette, side: _Side
) -> list[str]:
    """The time axis with its years, the events, and their lines to the cover's foot."""
    axis, high = room
    begins, parts = _chapters(book), []
    _, spans = in_order(book.chronology)
    if not spans:
        parts += drawn((), axis, colours.text, side.at)
    else:
        scale, labels = labelled(spans, book.config.book.language, lettering, side.at)
        begins = [scale.y(one.at) for one in spans]
        parts += drawn(scale.stretches, axis, colours.text, side.at)
        look: svg.Look = {"text_anchor": "middle", "fill": colours.text}
        parts += [svg.text(one.text, one.x, axis - 56, one.type_, **look) for one in labels]
        parts += _bars(spans, scale, axis, colours.mark, side)
    line: svg.Look = {
        "fill": "none",
        "stroke": colours.text,
        "stroke_width": max(2.5, min(7.0, 120 / len(begins))),
    }
    reach = (high - axis) * 0.55
    begins = [side.at(x) for x in begins]
    for number, x in enumerate(begins):
        foot = side.at(WIDE * (number + 0.5) / len(begins))
        points = (x, axis, x, axis + reach, foot, high - reach, foot, high)
        path = "M{} {}C{} {} {} {} {} {}".format(*map(svg.num, points))
        parts.append(svg.tag("path", d=path, **line))
    dot: svg.Look = {"fill": colours.mark, "stroke": colours.ground, "stroke_width": 6}
    parts += [svg.tag("circle", cx=x, cy=axis, r=22, **dot) for x in begins]
    return parts


def _bars(spans: Sequence[Span], scale: Scale, axis: float, colour: str, side: _Side) -> list[str]:
    """What lasted long enough to be seen, along the axis."""
    look: svg.Look = {"stroke": colour, "stroke_width": 12, "stroke_linecap": "round"}
    ends = [(scale.y(one.at), scale.y(one.last + 1)) for one in spans]
    return [
        svg.line(side.at(x), axis, side.at(end), axis, **look) for x, end in ends if end - x > 40
    ]


def _chapters(book: Book) -> list[float]:
    """Where chapters begin on the measure, by their length: for a book without events.

    Lengths are taken in sheets of 3000 letters, so that a few words more don't change the cover.
    """
    lengths = [len(chapter.body) // 3000 + 1 for chapter in book.chapters] or [1]
    total, found = sum(lengths), [0.0]
    for length in lengths[:-1]:
        found.append(found[-1] + length)
    return [MARGIN + _MEASURE * (at + lengths[i] / 2) / total for i, at in enumerate(found)]
