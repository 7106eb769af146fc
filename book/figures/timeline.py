"""The timeline: a scale at the left, true to time; labels at the right, where they have room.

Each event has a mark on the scale: a dot for a day, a bar for a longer time, hollow if the date
is uncertain, with corners if only the editors tell of it. A leader joins the mark to its label.
The order is kept, so no leaders cross.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Self

from msgspec import Struct

from book.base.data import replace
from book.base.scripts import direction
from book.figures import svg
from book.figures.measure import Type
from book.figures.rows import GAP, Setting, TimelineRow, placed, rows
from book.figures.scale import Scale, scaled
from book.figures.spans import in_order
from book.figures.ticks import Tick, ticks
from book.figures.told import description, sentence
from book.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from book.base.fonts import Face
    from book.figures.spans import Span
    from book.model import Book, Entry

POINT = 72 / 25.4  # points in a millimetre
_LEADING = 10.5
_RISE = 7.0  # from the top of a label to its first baseline
_EYE = 2.2  # from a baseline up to where a leader meets it: about half the height of an x
_DOT, _BAR, _LANE = 4.4, 2.2, 5.6  # the widths of dots, of bars, and of their lanes
_TICK = 4.0
_FAN, _SPACE = 28.0, 5.5  # the width in which leaders spread, and the space behind a date
_LANES = 5  # at most; in the last, marks may overlap
_HAIR: svg.Look = {"stroke_width": 0.35}  # thin and not pale: presses screen what is pale
_TALL, _AIRY = 1.45, 1.1  # height to width at most; clear space between labels, in lines
_SPARSE = 0.4  # of the height allowed is taken even by few events, so that time shows as length
_NEARLY = 0.7  # what nearly fills the height is spread to fill it


class _Types(Struct, frozen=True):
    """What labels are set in: sentences and dates, and the ticks of the scale."""

    plain: Type
    strong: Type
    small: Type
    small_strong: Type

    @classmethod
    def of(cls, text: str, faces: Sequence[Face]) -> Self:
        """Those in the first family of ``faces`` that has all letters of ``text``."""
        sizes = Type(8.25), Type(8.25, 600), Type(7.25), Type(7.25, 600)
        return cls(*(one.of(text, faces) for one in sizes))

    def tick(self, tick: Tick) -> Type:
        """What the label of ``tick`` is set in."""
        return self.small_strong if tick.strong else self.small


class _Mark(Struct, frozen=True):
    """An event on the scale: from ``top`` to ``bottom`` in a lane beside the axis.

    ``begin`` is the height at which its leader starts. The editors' are ``added``.
    """

    top: float
    bottom: float
    about: bool
    width: float
    begin: float
    lane: int = 0
    added: bool = False


class _Layout(Struct, frozen=True):
    """All that is drawn, in points; ``axis`` and ``left`` are where scale and labels stand."""

    scale: Scale
    ticks: tuple[Tick, ...]
    marks: tuple[_Mark, ...]
    rows: tuple[TimelineRow, ...]
    tops: tuple[float, ...]
    axis: float
    left: float
    types: _Types


def timeline(
    book: Book,
    faces: Sequence[Face] = (),
    *,
    width: float,
    height: float | None = None,
    ink: str = "currentColor",
    accent: str | None = None,
) -> str:
    """The chronology of ``book`` as an inline SVG, ``width`` millimetres wide; "" without events.

    It is at most ``height`` millimetres high (1.45 times ``width`` if not given): what does not
    fit is shortened, and at last neighbours share a label of dates alone. The text alternative
    says so, and tells every event in full. ``ink`` colours everything, ``accent`` the marks if
    it is given; both are CSS colours. It is lettered in the first family of ``faces`` that has
    its letters, in ours if there are none.
    """
    if not book.chronology:
        return ""
    language = book.config.book.language
    most = (height or width * _TALL) * POINT
    told = description(book.chronology, language)
    types = _Types.of(told, faces)
    layout, bottom = _laid_out(book.chronology, language, (width * POINT, most), types)
    parts = [
        *_drawn_scale(layout, ink),
        *_leaders(layout, ink),
        *_drawn_marks(layout, accent or ink),
        *_labels(layout),
    ]
    if direction(language) == "rtl":
        parts = svg.mirrored(parts, width * POINT)
    group = svg.tag("g", "\n".join(parts), fill=ink)
    return svg.root(
        (f"{svg.num(width)}mm", f"{svg.num(bottom / POINT)}mm"),
        (width * POINT, bottom),
        (words(language).timeline, told),
        [group],
    )


def tells_all(book: Book, faces: Sequence[Face] = (), *, width: float, height: float) -> bool:
    """Whether a timeline of that size, in millimetres, has room to tell every event in full."""
    if not book.chronology:
        return True
    language = book.config.book.language
    types = _Types.of(description(book.chronology, language), faces)
    layout, _ = _laid_out(book.chronology, language, (width * POINT, height * POINT), types)
    entries, _ = in_order(book.chronology)
    told = [" ".join(filter(None, row.sentence)).split() for row in layout.rows]
    return told == [sentence(entry, language).split() for entry in entries]


def _laid_out(
    chronology: Sequence[Entry], language: str, size: tuple[float, float], types: _Types
) -> tuple[_Layout, float]:
    """Where everything stands on ``size``, and the height that is taken; all in points."""
    lanes = 1
    while True:
        layout, bottom = _with_lanes(chronology, language, lanes, size, types)
        needed = 1 + max(mark.lane for mark in layout.marks)
        if needed <= lanes:
            return layout, bottom
        lanes = needed


def _with_lanes(
    chronology: Sequence[Entry],
    language: str,
    lanes: int,
    size: tuple[float, float],
    types: _Types,
) -> tuple[_Layout, float]:
    """The layout that leaves room for ``lanes`` beside the axis."""
    width, most = size
    entries, spans = in_order(chronology)
    axis = _scale_width(ticks(scaled(spans, 0, most), language), types)
    left = axis + lanes * _LANE + _FAN
    setting = Setting(width - left, types.strong, types.plain, _LEADING, _SPACE, language)
    labels = rows(entries, spans, setting, most)
    natural = sum(row.lines for row in labels) * _LEADING + len(labels) * _AIRY * _LEADING
    natural = max(natural, most * _SPARSE)
    bottom = most if natural > most * _NEARLY else natural
    scale = scaled(spans, _RISE - _EYE, bottom - _LEADING + _RISE - _EYE)
    marks = _in_lanes(spans, scale)
    tops = _tops(labels, marks, bottom)
    return _Layout(scale, ticks(scale, language), marks, labels, tops, axis, left, types), bottom


def _scale_width(marked: Sequence[Tick], types: _Types) -> float:
    """The width that labels and ticks take left of the axis."""
    return max((types.tick(tick).width(tick.label) for tick in marked), default=0.0) + _TICK + 3


def _in_lanes(spans: Sequence[Span], scale: Scale) -> tuple[_Mark, ...]:
    """A mark for each span; long ones take the lanes next to the axis, none overlap."""
    marks = [_mark(one, scale) for one in spans]
    order = sorted(range(len(marks)), key=lambda i: (marks[i].top - marks[i].bottom, i))
    lanes: list[list[_Mark]] = [[] for _ in range(_LANES)]
    for number in order:
        mark = marks[number]
        free = (i for i, lane in enumerate(lanes) if all(_clear(mark, one) for one in lane))
        mark = replace(mark, lane=next(free, _LANES - 1))
        lanes[mark.lane].append(mark)
        marks[number] = mark
    return tuple(marks)


def _mark(one: Span, scale: Scale) -> _Mark:
    """The mark of a span: a dot on its day, or a bar if it can be told from one."""
    top, bottom = scale.y(one.first), scale.y(one.last + 1)
    if one.first == one.last or bottom - top < _DOT * 1.25:
        return _Mark(top - _DOT / 2, top + _DOT / 2, one.about, _DOT, top, added=one.added)
    begin = min(scale.y(one.at), bottom - _BAR)
    ends = (top - _BAR / 2, bottom - _BAR / 2 - 1.2)
    return _Mark(*ends, one.about, _BAR, begin, added=one.added)


def _clear(one: _Mark, other: _Mark) -> bool:
    return one.bottom < other.top - 0.6 or other.bottom < one.top - 0.6


def _tops(
    labels: Sequence[TimelineRow], marks: Sequence[_Mark], bottom: float
) -> tuple[float, ...]:
    """The top of each label: beside its mark, or as near as its neighbours allow."""
    heights = [row.lines * _LEADING for row in labels]
    spare = (bottom - sum(heights)) / max(len(labels) - 1, 1)
    gap = min(max(spare * 0.85, min(GAP * _LEADING, spare)), _AIRY * _LEADING)
    wanted = [
        sum(marks[number].begin for number in row.events) / len(row.events) - _RISE + _EYE
        for row in labels
    ]
    return placed(wanted, [height + gap for height in heights], bottom + gap)


def _drawn_scale(layout: _Layout, ink: str) -> list[str]:
    """The axis, dotted where it is broken, with its ticks and their labels."""
    x = layout.axis
    thin: svg.Look = {"stroke": ink, "stroke_width": 0.6}
    stretches = layout.scale.stretches
    parts = [svg.line(x, top, x, bottom, **thin) for _, _, top, bottom in stretches]
    for (_, _, _, above), (_, _, below, _) in pairwise(stretches):
        parts.append(svg.line(x, above + 2, x, below - 2, stroke_dasharray="0.6 2.4", **thin))
    for tick in layout.ticks:
        reach = _TICK if tick.label else _TICK / 2
        parts.append(svg.line(x - reach, tick.y, x, tick.y, **thin))
        if tick.label:
            at = (x - _TICK - 2, tick.y + 2.5)
            parts.append(svg.text(tick.label, *at, layout.types.tick(tick), text_anchor="end"))
    return parts


def _leaders(layout: _Layout, ink: str) -> list[str]:
    """From each mark a hairline to its label; all spread between the same two verticals."""
    parts = []
    near, far = layout.left - _FAN, layout.left - 3
    middle = svg.num((near + far) / 2)
    for row, top in zip(layout.rows, layout.tops, strict=True):
        for number in row.events:
            mark = layout.marks[number]
            start = _centre(layout, mark) + mark.width / 2 + 1
            y, to = svg.num(mark.begin), svg.num(top + _RISE - _EYE)
            curve = f"C{middle} {y} {middle} {to} {svg.num(far)} {to}"
            path = f"M{svg.num(start)} {y}H{svg.num(near)}{curve}"
            parts.append(svg.tag("path", d=path, fill="none", stroke=ink, **_HAIR))
    return parts


def _centre(layout: _Layout, mark: _Mark) -> float:
    return layout.axis + (mark.lane + 0.5) * _LANE + 2.4


def _drawn_marks(layout: _Layout, colour: str) -> list[str]:
    """Dots and bars; what is uncertain is hollow, what the editors added has corners."""
    parts = []
    for mark in layout.marks:
        look: svg.Look = {"fill": colour}
        inset = 0.0
        if mark.about:
            look = {"fill": "none", "stroke": colour, "stroke_width": 0.8}
            inset = 0.4
        width = (_DOT if mark.about else mark.width) - 2 * inset
        parts.append(
            svg.tag(
                "rect",
                x=_centre(layout, mark) - width / 2,
                y=mark.top + inset,
                width=width,
                height=mark.bottom - mark.top - 2 * inset,
                rx=0 if mark.added else width / 2,
                **look,
            )
        )
    return parts


def _labels(layout: _Layout) -> list[str]:
    """Dates and sentences, line by line."""
    parts = []
    for row, top in zip(layout.rows, layout.tops, strict=True):
        x, y = layout.left, top + _RISE
        parts.append(svg.text(row.date, x, y, layout.types.strong))
        for number, line in enumerate(row.sentence):
            begin = x if number else x + layout.types.strong.width(row.date) + _SPACE
            if line:
                parts.append(svg.text(line, begin, y + number * _LEADING, layout.types.plain))
    return parts
