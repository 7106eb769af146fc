"""Notes at the foot of their page: begun where they are called, continued where they must be.

WeasyPrint sets notes whole or not at all: one that finds no room moves to a later page, and one
longer than a page is cut off without a word. This module teaches it what printers do (CSS GCPM
3, section 2.5, leaves the policy to the user agent):

- a note begins on the page of its call; if it does not fit there whole, either the line with
  the call moves to the next page (when that leaves only a small gap), or the note is broken;
- the rest of a broken note stands at the foot of the next page, before that page's own notes;
- where a line calls several, and not all of them have room, those that are too long give way to
  the others, so that all begin on the page;
- a page keeps room for text: the rest of a very long note takes several pages. It takes all that
  the text leaves, where the next line calls a note that could not begin behind it; if that is
  the page's first line, the page is one of notes alone.

It works as a layout context with other rules (WeasyPrint 70: ``LayoutContext``), so line and
page breaking, orphans and widows stay WeasyPrint's.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.block import remove_placeholders
from weasyprint.layout.inline import iter_line_boxes

from book.render.pdf.engine.floats import FloatContext
from book.render.pdf.engine.markedcontent import AFTER_SPACE, begins_after_space
from book.render.pdf.engine.notepolicy import POLICIES
from book.render.pdf.engine.notestate import PageNotes
from book.render.pdf.engine.register import lay_block
from book.render.pdf.engine.textend import end_of, is_scant, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator


_iter_lines = iter_line_boxes


class NoteContext(FloatContext):
    """WeasyPrint's layout context, with notes that begin in their place and may be broken."""

    policy = POLICIES[0]

    # A page begins.

    @property
    def current_page_footnotes(self) -> PageNotes:
        """The notes on this page, in order."""
        return self._notes

    @current_page_footnotes.setter
    def current_page_footnotes(self, notes: list[Any]) -> None:
        """WeasyPrint sets this when a page begins: take over the note that is not finished."""
        self._begin(notes)
        #: How many notes the page begins with, and whether they go on behind it.
        self._carried, self._endless = 0, False
        #: The note that was asked for just now, what the area was before it, and how much room
        #: there was for its line and it.
        self._just_laid: Any = None
        self._before, self._free = self._state(), inf
        #: The first of the notes that give way to the one that was asked for.
        self._yields: Any = None
        #: The notes that had no room, though the line that calls them may have to stay.
        self._astray: list[Any] = []
        self._squeezing = False
        self._last_line: Any = None
        self._tested: Any = None
        #: The line whose note makes room for the next if that has to stand with it; and the lines
        #: that the last one has to stand with.
        self._yielding: Any = None
        self._tied: list[Any] = []
        self._must_stay, self._begun, self._paragraph_ended = False, False, True

    @property
    def reported_footnotes(self) -> list[Any]:
        """The notes that the next page begins with; a broken one allows no others before it."""
        return [] if self.in_area else self.pending()

    @reported_footnotes.setter
    def reported_footnotes(self, notes: list[Any]) -> None:
        self._waiting = notes

    def _carry_over(self, footnote: Any) -> bool:
        """Place a note that the page begins with; False if it has to wait once more."""
        area = self.current_footnote_area
        if self._broken is None and self.fit(self._depth()):
            self._endless = self._broken is not None
            share = self._depth() - self._least_text()
            if area.margin_height() > share:
                self.fit(share)
            return True
        if len(self._notes) > 1:
            self._just_laid = footnote
            return False
        self._update_footnote_area()  # It can't be broken.
        return True

    # A line calls a note.

    def layout_footnote(self, footnote: Any) -> bool:
        """Put ``footnote`` on this page; whether it fits, :meth:`overflows_page` finds out."""
        before = self._state()
        self.footnotes.remove(footnote)
        self._notes.append(footnote)
        if self.in_area:
            self._nested.append(footnote)
            return False
        self._before = before
        if self._last_line is None:
            return not self._carry_over(footnote)
        self._just_laid = footnote
        self._free = self.page_bottom - self._last_line.position_y
        self._yields = self._first_of_line()
        if self._yields is not None:
            self._broken, self._limit = None, inf
            self._cuts.clear()
            self._rests.clear()
        elif self._broken is not None:
            if self._endless or self.in_column or len(before.notes) > self._carried:
                return True
            # What was cut short to leave room for text may be whole if this one begins below it.
            self._broken, self._limit = None, inf
        self._update_footnote_area()
        return False

    def _first_of_line(self) -> Any:
        """The first note of the line, if those of it can give way to one more.

        Notes of the lines that it has to stand with are as its own.
        """
        broken = [] if self._broken is None else [self._broken[0]]
        lines = (*self._tied, self._last_line)
        called = {box.footnote for line in lines for box in line.descendants()}
        if self.in_column or not called.issuperset([*self._cuts, *broken]):
            return None
        return next((note for note in self._notes[self._carried : -1] if note in called), None)

    def report_footnote(self, footnote: Any) -> None:
        """Move ``footnote`` to the next page with its line, or make room for a line by breaking."""
        if self._just_laid is footnote:
            self._just_laid = None
            self._restore(self._before)
            self.footnotes.remove(footnote)
            if footnote not in self._resumed:
                self._astray.append(footnote)
        elif self.in_column:
            self._notes.remove(footnote)
        else:
            self._notes.closed = self._squeezing = True
            return
        self._waiting.append(footnote)
        self._update_footnote_area()

    def unlayout_footnote(self, footnote: Any) -> None:
        """Take ``footnote`` from this page again, with the line that calls it."""
        self._notes.closed = False
        if footnote in self.footnotes or footnote in self._notes[: self._carried]:
            return
        if self._broken is not None and self._broken[0] is footnote:
            self._broken, self._limit = None, inf
        self._cuts.pop(footnote, None)
        self._rests.pop(footnote, None)
        if self._just_laid is footnote:
            self._just_laid = None
        self.footnotes.append(footnote)
        for notes in (self._notes, self._waiting, self._astray):
            if footnote in notes:
                notes.remove(footnote)
        for box in footnote.descendants():
            if box.footnote:
                self.unlayout_footnote(box.footnote)
        self._update_footnote_area()

    def overflows_page(self, bottom_space: float, position_y: float) -> bool:
        """Whether a line that ends at ``position_y`` does not fit, even with a broken note."""
        overflows: bool = super().overflows_page(bottom_space, position_y)
        if self.in_area:
            return overflows
        room = self.room_below(bottom_space + position_y)
        must_stay, self._must_stay = self._must_stay, False
        self._notes.closed = self._squeezing
        if self._squeezing:
            self._squeezing = False
            # A line that is let in this way is not asked for its notes, and they would be lost.
            return overflows and (self._calls_notes(self._tested) or not self.fit(room))
        self._tested = self._last_line
        may_break = must_stay if self._just_laid is None else room > self.policy.small_gap
        if overflows and may_break:
            if self.fit(room):
                overflows, self._yielding = False, self._last_line
            elif self._just_laid is not None and self._yields is not None:
                overflows = not self.share(self._yields, room)
        if self._just_laid is not None and not overflows:
            if self._free > self._least_text():
                self._yielding = self._last_line
            self._just_laid = None
        return overflows

    def saw_line(self, line: Any, ends: bool) -> None:
        """Remember the line that is being placed; those inside notes don't count.

        A paragraph's first two lines stand together, and so do its last. If the first of two
        calls a note that is broken, or both would leave a large gap, the note yields to both.
        """
        if not self.in_area:
            begins = self._paragraph_ended
            follows = self._last_line is self._yielding and not begins
            self._must_stay = follows and (ends or self._begun)
            self._tied = [*self._tied, self._last_line] if self._must_stay else []
            self._last_line, self._begun, self._paragraph_ended = line, begins, ends

    def _least_text(self) -> float:
        """How much of the page's height the rest of a very long note leaves to the text."""
        return self._depth() * (1 - self.policy.largest_share)

    def _depth(self) -> float:
        return float(self.current_footnote_area.page.height + self.deeper)

    def _calls_notes(self, line: Any) -> bool:
        """Whether ``line`` calls notes that are not on a page yet."""
        return any(box.footnote in self.footnotes for box in line.descendants() if box.footnote)

    # The page's text as a whole.

    def lay_text(self, root: Any, bottom_space: float, skip: Any, *more: Any) -> tuple[Any, ...]:
        """The text of a page, none if the notes that it begins with leave no room for its start."""
        self._carried = len(self._notes)
        laid = self.lay_root(root, bottom_space, skip, *more)
        if not self._carried or laid[0] is None:
            return laid
        if skip is not None and self._has_no_place(laid[0]):
            *given, absolute, fixed, _ = more
            remove_placeholders(self, [laid[0]], absolute, fixed)
            bare = root.copy_with_children([])
            nothing, *_ = lay_block(self, bare, bottom_space, skip, *given, absolute, fixed, [])
            _, next_page, *_ = self.page_maker[self.current_page - 1]
            laid = nothing, skip, next_page, [], False, None
        self._fill_up(laid[0])
        return laid

    def _has_no_place(self, text: Any) -> bool:
        """Whether ``text`` is on the page only because WeasyPrint takes the page for empty.

        Then it lacks a note that it calls, is a heading alone, or lies over the notes. Nor are less
        than three lines of text set above a note that goes on overleaf.
        """
        is_first = len(self._notes) == self._carried
        if is_first and (self._astray or (self._broken is not None and is_scant(text))):
            return True
        return end_of(text, self.page_bottom) > self.page_bottom + 1

    def _fill_up(self, text: Any) -> None:
        """Let the rest of a long note take what ``text`` leaves free."""
        if self._broken is not None and len(self._notes) == self._carried:
            end = end_of(text, self.page_bottom)
            if self.fit(self.room_below(end)):
                shorten(text, end)


def lay_in_page(context: Any, box: Any, *args: Any, **kwargs: Any) -> Any:
    """What a page lays: its text and its notes by our rules, everything else by WeasyPrint's."""
    if isinstance(context, NoteContext):
        if isinstance(box, boxes.FootnoteAreaBox) and len(context.current_page_footnotes):
            area, resume_at = context.lay_area(kwargs["absolute_boxes"])
            return area, resume_at, {"break": "any", "page": None}, [], False, None
        if box.is_for_root_element:
            return context.lay_text(box, *args)
    return lay_block(context, box, *args, **kwargs)


def watched_lines(
    context: Any,
    box: Any,
    position_y: float,
    bottom_space: float,
    skip_stack: Any,
    *args: Any,
    **kwargs: Any,
) -> Iterator[Any]:
    """WeasyPrint's lines, one by one as they are asked for; the context sees each."""
    lines = _iter_lines(context, box, position_y, bottom_space, skip_stack, *args, **kwargs)
    while True:
        follows_space = begins_after_space(box, skip_stack)
        line, skip_stack = next(lines, (None, None))
        if line is None:
            return
        if follows_space:
            AFTER_SPACE.add(line)
        context.saw_line(line, skip_stack is None)
        yield line, skip_stack
