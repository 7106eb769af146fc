"""Notes at the foot of their page: begun where they are called, continued where they must be.

WeasyPrint sets notes whole or not at all: one that finds no room moves to a later page, and one
longer than a page is cut off without a word. This module teaches it what printers do (CSS GCPM
3, section 2.5, leaves the policy to the user agent):

- a note begins on the page of its call; if it does not fit there whole, either the line with
  the call moves to the next page (when that leaves only a small gap), or the note is broken;
- the rest of a broken note stands at the foot of the next page, before that page's own notes;
- a page keeps room for text: the rest of a very long note takes several pages.

It works as a layout context with other rules (WeasyPrint 70: ``LayoutContext``), so line and
page breaking, orphans and widows stay WeasyPrint's. :func:`install` puts it in place.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any

import weasyprint.document
import weasyprint.layout.block
import weasyprint.layout.page
from weasyprint.formatting_structure import boxes, build
from weasyprint.layout import LayoutContext
from weasyprint.layout.block import block_level_layout
from weasyprint.layout.inline import iter_line_boxes

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Habit:
    """A printer's habit: when to break a note, and how much of a page the rest of one may take.

    A gap of less than ``small_gap`` CSS pixels is better than a broken note. The rest of a
    note takes at most ``largest_share`` of a page's height; the text gets what is left.
    """

    small_gap: float
    largest_share: float


#: The first is how notes are set; the others are tried where it can't keep a note in its place.
HABITS = (Habit(56, 0.75), Habit(28, 0.6), Habit(0, 0.75), Habit(84, 0.9), Habit(14, 0.45))

_lay_block = block_level_layout
_iter_lines = iter_line_boxes


class _PageNotes(list[Any]):
    """The notes of a page. ``closed`` makes it false for the one loop that would move notes.

    WeasyPrint makes room for a line that has to stay by moving notes to the next page, as long
    as there are any; we let it ask once, break the last note instead, and end its loop.
    """

    closed = False

    def __bool__(self) -> bool:
        return len(self) > 0 and not self.closed


class NoteContext(LayoutContext):  # type: ignore[misc] # weasyprint is untyped
    """WeasyPrint's layout context, with notes that begin in their place and may be broken."""

    habit = HABITS[0]
    page_bottom: float

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._notes = _PageNotes()
        #: The first note's resumption, if it began on an earlier page.
        self._resumed: tuple[Any, Any] | None = None
        #: The last note and where it goes on, if it is broken at the end of this page.
        self._broken: tuple[Any, Any] | None = None
        #: How high the area of a page with a broken note may be, in CSS pixels.
        self._limit = inf
        self._just_laid: Any = None
        self._squeezing = self._in_area = False
        self._last_line: Any = None
        self._tested: Any = None
        self._waiting: list[Any] = []
        super().__init__(*args, **kwargs)

    # A page begins.

    @property
    def current_page_footnotes(self) -> _PageNotes:
        """The notes on this page, in order."""
        return self._notes

    @current_page_footnotes.setter
    def current_page_footnotes(self, notes: list[Any]) -> None:
        """WeasyPrint sets this when a page begins: take over the note that is not finished."""
        self._notes = _PageNotes(notes)
        self._resumed, self._broken = self._broken, None
        self._limit, self._just_laid, self._squeezing = inf, None, False
        if self._resumed is not None:
            self._waiting = [self._resumed[0], *self._waiting]

    @property
    def reported_footnotes(self) -> list[Any]:
        """The notes that the next page begins with; a broken one allows no others before it."""
        return [self._broken[0], *self._waiting] if self._broken else self._waiting

    @reported_footnotes.setter
    def reported_footnotes(self, notes: list[Any]) -> None:
        self._waiting = notes

    # A line calls a note.

    def layout_footnote(self, footnote: Any) -> bool:
        """Put ``footnote`` on this page; whether it fits, :meth:`overflows_page` finds out."""
        self.footnotes.remove(footnote)
        self._notes.append(footnote)
        if self._broken is not None:
            self._just_laid = footnote
            return True
        self._update_footnote_area()
        if self._resumed is not None and footnote is self._resumed[0]:
            self._keep_room_for_text()
        else:
            self._just_laid = footnote
        return False

    def report_footnote(self, footnote: Any) -> None:
        """Move ``footnote`` to the next page with its line, or make room for a line by breaking."""
        if self._just_laid is footnote:
            self._just_laid = None
            self._notes.remove(footnote)
            self._waiting.append(footnote)
            if self._broken is None:
                self._update_footnote_area()
        else:
            self._notes.closed = self._squeezing = True

    def unlayout_footnote(self, footnote: Any) -> None:
        """Take ``footnote`` from this page again, with the line that calls it."""
        self._notes.closed = False
        if self._broken is not None and self._broken[0] is footnote:
            self._broken, self._limit = None, inf
        if self._just_laid is footnote:
            self._just_laid = None
        if footnote not in self.footnotes:
            self.footnotes.append(footnote)
            for notes in (self._notes, self._waiting):
                if footnote in notes:
                    notes.remove(footnote)
            self._update_footnote_area()

    def overflows_page(self, bottom_space: float, position_y: float) -> bool:
        """Whether a line that ends at ``position_y`` does not fit, even with a broken note."""
        overflows: bool = super().overflows_page(bottom_space, position_y)
        if self._in_area:
            return overflows
        self._notes.closed = self._squeezing
        if self._squeezing:
            self._squeezing = False
            # A line that is let in this way is not asked for its notes, and they would be lost.
            if overflows and not self._calls_notes(self._tested):
                overflows = not self._break_last(self._room_below(bottom_space, position_y))
            return overflows
        self._tested = self._last_line
        if overflows and self._just_laid is not None:
            room = self._room_below(bottom_space, position_y)
            overflows = not (room > self.habit.small_gap and self._break_last(room))
        if not overflows:
            self._just_laid = None
        return overflows

    def saw_line(self, line: Any) -> None:
        """Remember the line that is being placed; those inside notes don't count."""
        if not self._in_area:
            self._last_line = line

    def _calls_notes(self, line: Any) -> bool:
        """Whether ``line`` calls notes that are not on a page yet."""
        return any(box.footnote in self.footnotes for box in line.descendants() if box.footnote)

    def _room_below(self, bottom_space: float, position_y: float) -> float:
        """How high the note area could be if the text ended at ``position_y``."""
        area = self.current_footnote_area
        taken = 0 if area.height == "auto" else area.margin_height()
        return float(self.page_bottom + taken - bottom_space - position_y)

    def _keep_room_for_text(self) -> None:
        page = self.current_footnote_area.page
        limit = page.height * self.habit.largest_share
        if self.current_footnote_area.margin_height() > limit:
            self._break_last(limit)

    def _break_last(self, room: float) -> bool:
        """Break the page's last note so that the area fits into ``room``; False if it can't."""
        if self.in_column or not len(self._notes):
            return False
        before = self._broken, self._limit
        self._broken, self._limit = None, room
        area, resume_at = self.lay_area()
        last = len(self._notes) - 1
        if area is not None and resume_at is not None and set(resume_at) == {last}:
            rest = resume_at[last]
            if rest is not None and holds_something(area.children[-1]):
                self._broken = (self._notes[-1], rest)
                self._take_height(area)
                return True
        self._broken, self._limit = before
        return False

    # The area at the foot.

    def _update_footnote_area(self) -> bool:
        """Lay the notes of the page again and give the text the room that they leave."""
        area = None
        if len(self._notes):
            area, _ = self.lay_area()
        self._take_height(area)
        return False

    def _take_height(self, area: Any) -> None:
        current = self.current_footnote_area
        if current.height != "auto" and not self.in_column:
            self.page_bottom += current.margin_height()
        current.children = self._notes
        current.height = area.height if area is not None else 0
        if not self.in_column:
            self.page_bottom -= current.margin_height()

    def lay_area(self, positioned: list[Any] | None = None) -> tuple[Any, Any]:
        """The note area as it stands now, and where its last note would go on.

        Absolutely positioned boxes in it, such as list markers, are added to ``positioned``.
        """
        positioned = [] if positioned is None else positioned
        area = self.current_footnote_area
        area.children = self._notes
        fresh = build.create_anonymous_boxes(area.deepcopy())
        skip = {0: self._resumed[1]} if self._resumed and self._resumes_here() else None
        page_bottom: float = self.page_bottom
        bottom_space, closed = -inf, self._notes.closed
        if self._limit < inf:
            self.page_bottom, bottom_space = fresh.position_y + self._limit, 0
        self._in_area = self._notes.closed = True
        try:
            box, resume_at, *_ = _lay_block(
                self,
                fresh,
                bottom_space,
                skip,
                area.page,
                page_is_empty=False,
                absolute_boxes=positioned,
                fixed_boxes=positioned,
            )
        finally:
            self.page_bottom, self._notes.closed = page_bottom, closed
            self._in_area = False
        return box, resume_at

    def _resumes_here(self) -> bool:
        return (
            len(self._notes) > 0
            and self._resumed is not None
            and (self._notes[0] is self._resumed[0])
        )


def holds_something(note: Any) -> bool:
    """Whether a word or a picture stands in the box of a note, not only the room for its number."""
    return any(
        isinstance(one, boxes.ReplacedBox) or (isinstance(one, boxes.TextBox) and one.text.strip())
        for one in note.descendants()
    )


def _lay_page_block(context: Any, box: Any, *args: Any, **kwargs: Any) -> Any:
    """What a page lays: the note area by our rules, everything else by WeasyPrint's."""
    if isinstance(box, boxes.FootnoteAreaBox) and isinstance(context, NoteContext):
        if not box.children:
            return _lay_block(context, box, *args, **kwargs)
        area, resume_at = context.lay_area(kwargs["absolute_boxes"])
        return area, resume_at, {"break": "any", "page": None}, [], False, None
    return _lay_block(context, box, *args, **kwargs)


def _watched_lines(context: Any, *args: Any, **kwargs: Any) -> Iterator[Any]:
    """WeasyPrint's lines, one by one as they are asked for; the context sees each."""
    for line, resume_at in _iter_lines(context, *args, **kwargs):
        context.saw_line(line)
        yield line, resume_at


def install() -> None:
    """Give WeasyPrint, in this process, the rules of this module."""
    weasyprint.document.LayoutContext = NoteContext
    weasyprint.layout.page.block_level_layout = _lay_page_block
    weasyprint.layout.block.iter_line_boxes = _watched_lines
