"""What pages that were laid out give in to: loose lines, hyphens at the foot, small tables.

A page that can be read is not always one that a designer would let pass, so what is less than it
should be is written down where it is known best. What runs out of the type area is among it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.images import RasterImage
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.text.line_break import strut

from book.base.formulas import DRAWN_FORMULA
from book.render.pdf.engine.shapes import Fragment
from book.render.pdf.engine.squeezes import Squeeze
from book.render.pdf.engine.turned import is_turned
from book.render.pdf.record import Compromise, Kind

#: Lines whose spaces are wider by less than this are as they should be; a space in ems, where no
#: font is asked.
_LOOSE, _SPACE = 1.5, 0.25
#: What signs hang out of the measure is not outside; in ems. What is less than a hair, in CSS
#: pixels, isn't either.
_HANG, _HAIR = 0.7, 1.0
#: The dots to the inch that a picture should have at the least, in print, if it is larger than this
#: in square CSS pixels: an icon in the text isn't looked at.
_FINE, _SMALL = 200, 40 * 40
#: A formula is smaller than its text by so much: what is hardly smaller isn't looked at.
_LEGIBLE = 0.85
#: A page's foot is short by this, in lines; a last page has no more than so many of them.
_SHORT, _FEW = 1.5, 2
_HYPHENS = ("-", "\u2010")
_TOLD = 120


def compromises(
    document: Any, squeezes: Mapping[Any, Squeeze], begun: frozenset[Any], feet: Sequence[bool]
) -> tuple[Compromise, ...]:
    """Those of the pages of ``document``; ``begun`` are the tables that go on on its first.

    ``feet`` says of each page whether it has a foot of its own, which may be short.
    """
    found: list[Compromise] = []
    seen = set(begun)
    for number, page in enumerate(document.pages):
        told = _Page(number, page._page_box, squeezes, seen).compromises()
        found += (one for one in told if feet[number] or one.kind != "short foot")
    return tuple(found)


class _Page:
    """Looks through one page."""

    def __init__(
        self, number: int, page: Any, squeezes: Mapping[Any, Squeeze], seen: set[Any]
    ) -> None:
        self._number, self._page = number, page
        self._squeezes, self._seen = squeezes, seen
        self._left, self._right = page.content_box_x(), page.content_box_x() + page.width
        self._bottom = page.content_box_y() + page.height
        self._lines: list[Any] = []
        self._end = page.content_box_y()
        self._found: list[Compromise] = []

    def compromises(self) -> list[Compromise]:
        """What is found on it."""
        body, *areas = self._page.children
        for area in areas:
            if not isinstance(area, boxes.MarginBox):
                self._visit(area, None)
        self._lines.clear()
        self._visit(body, None)
        self._foot(body, areas)
        return self._found

    def _tell(self, kind: Kind, amount: float, words: str) -> None:
        folded = " ".join(words.replace("\u200b", "").replace("\u2060", "").split())
        self._found.append(Compromise(kind, self._number, round(amount, 2), folded[:_TOLD]))

    def _visit(self, box: Any, line: Any) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.LineBox):
            self._line(box)
            line = box
        elif isinstance(box, boxes.TableBox):
            self._table(box)
        elif isinstance(box, boxes.ReplacedBox):
            self._picture(box)
        elif isinstance(box, boxes.TextBox):
            self._text(box, line)
        if isinstance(box, boxes.ParentBox):
            for child in box.children:
                self._visit(child, line)
            if isinstance(box, boxes.BlockBox):
                self._last_word([one for one in box.children if isinstance(one, boxes.LineBox)])

    def _text(self, box: Any, line: Any) -> None:
        if box.text.strip():
            self._outside(box, _HANG * box.style["font_size"], _said(line or box))

    def _picture(self, box: Any) -> None:
        self._end = max(self._end, box.position_y + box.margin_height())
        source = str((box.element.get("src") if box.element is not None else "") or "")
        self._outside(box, _HAIR, source)
        picture = box.replacement
        if source and DRAWN_FORMULA in (box.element.get("class") or "").split():
            self._formula(box)
        if isinstance(picture, RasterImage) and box.width * box.height > _SMALL and source:
            dots = 96 * picture.width / box.width
            if dots < _FINE:
                self._tell("coarse picture", dots, source)

    def _formula(self, box: Any) -> None:
        """One that is drawn smaller than its text, as it was typed."""
        natural = box.style["width"].value if box.style["width"] != "auto" else box.width
        if box.width < _LEGIBLE * natural:
            words = str(box.element.get("data-tex") or "")
            size = box.style["font_size"] * box.width / natural * 0.75
            self._tell("small formula", size, words)

    def _outside(self, box: Any, allowed: float, words: str) -> None:
        """What begins within the type area and ends beyond it, to a side or below."""
        left, right = box.content_box_x(), box.content_box_x() + box.width
        over = max(right - self._right if left < self._right else 0.0, 0.0)
        over = max(over, self._left - left if right > self._left else 0.0)
        top = box.content_box_y()
        below = top + box.height - self._bottom
        if isinstance(box, boxes.TextBox):
            below -= box.height / 2  # half of it at the least, whatever its line has
        if top < self._bottom:
            over = max(over, below)
        if over > allowed + _HAIR:
            self._tell("outside", over * 0.75, words)

    def _table(self, table: Any) -> None:
        squeeze = self._squeezes.get(table.element)
        if squeeze is None or table.element in self._seen:
            return
        self._seen.add(table.element)
        kinds: dict[Kind, bool] = {
            "broken table": squeeze.parted > 2,  # anywhere
            "turned table": bool(squeeze.page),
            "divided table": squeeze.parted > 0,
            "small table": squeeze.size < squeeze.whole,
        }
        kind = next((name for name, is_so in kinds.items() if is_so), None)
        if kind:
            self._tell(kind, squeeze.size * 0.75, _said(table))

    def _line(self, line: Any) -> None:
        self._lines.append(line)
        self._end = max(self._end, line.position_y + line.height)
        spaces = natural = more = 0.0
        for box in line.descendants():
            if not isinstance(box, boxes.TextBox):
                continue
            part = box.pango_layout
            if isinstance(part, Fragment):
                taken = part.width / part.stretch - part.natural - part.letters * part.tracking
                spaces, natural = spaces + part.spaces, natural + part.spaces * part.space
                more += taken * part.stretch
            elif box.justification_spacing:
                count = box.text.count(" ")
                spaces, more = spaces + count, more + count * box.justification_spacing
                natural += count * _SPACE * box.style["font_size"]
        if spaces > 1 and more > (_LOOSE - 1) * natural:
            self._tell("loose line", 1 + more / natural, _said(line))

    def _last_word(self, lines: list[Any]) -> None:
        if len(lines) > 1 and getattr(lines[-1], "resume_at", 1) is None:
            last = _said(lines[-1]).strip()
            if _said(lines[-2]).endswith(_HYPHENS) and last and " " not in last:
                letters = sum(char.isalpha() for char in last)
                self._tell("divided last word", letters, f"{_said(lines[-2])}{last}")

    def _foot(self, body: Any, areas: list[Any]) -> None:
        if not self._lines:
            return
        last = _said(max(self._lines, key=lambda one: one.position_y))
        if last.endswith(_HYPHENS):
            kind: Kind = "hyphen at a page's foot"
            if self._number % 2 == 0:  # Every piece begins on a right-hand page.
                kind = "hyphen before a leaf is turned"
            self._tell(kind, 1, last)
        notes = (one for one in areas if isinstance(one, boxes.FootnoteAreaBox))
        bottom = min((one.position_y for one in notes), default=self._bottom)
        missing = (bottom - self._end) / strut(body.style)[0]
        if missing > _SHORT and not is_turned(self._page.page_type):
            self._tell("short foot", missing, last)
        if len(self._lines) <= _FEW and self._number:
            self._tell("short last page", len(self._lines), last)


def _said(box: Any) -> str:
    return "".join(_texts(box))


def _texts(box: Any) -> Iterator[str]:
    if isinstance(box, boxes.TextBox):
        yield box.text
    elif isinstance(box, boxes.ParentBox):
        for child in box.children:
            yield from _texts(child)
        if not isinstance(box, (boxes.InlineBox, boxes.LineBox)):
            yield " "
