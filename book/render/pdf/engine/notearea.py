"""The area at the foot of a page: its notes stand below each other, the last one maybe in part.

A note that gives way to others of the same line is cut: it ends in part before they begin.

WeasyPrint lays all notes of a page anew for each one that is added. Here a note that stands where
it stood is not laid again, so a page costs each of its notes once. How the notes are laid stays
WeasyPrint's.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes, build

from book.render.pdf.engine.lines import LineContext
from book.render.pdf.engine.notestate import Laid, PageNotes, State, highest, holds_something
from book.render.pdf.engine.notewords import in_whole_words
from book.render.pdf.engine.register import lay_block
from book.render.pdf.engine.textend import end_of, shorten

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class AreaContext(LineContext):
    """WeasyPrint's layout context, with a note area that is made to fit.

    ``_broken`` is the last note and where it goes on, if it is broken at the end of the page;
    ``_rests`` are others that are, by note; ``_resumed`` those that began on earlier pages;
    ``_waiting`` are notes that were called and have not begun, or had no room to go on. Nothing
    else of this class and those that are made of it goes from a page to the next.
    """

    page_bottom: float

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        #: The blocks of the text by their elements, and the last that was looked at.
        self.blocks: Mapping[Any, int] = {}
        self.seen = -1
        self._broken: tuple[Any, Any] | None = None
        self._resumed: dict[Any, Any] = {}
        self._rests: dict[Any, Any] = {}
        self._waiting: list[Any] = []
        self.in_area = False
        #: By how much the page is deeper than others, in CSS pixels.
        self.deeper = 0.0
        self._begin([])
        super().__init__(*args, **kwargs)

    @property
    def current_footnote_area(self) -> Any:
        """The area at the foot of the page."""
        return self._area

    @current_footnote_area.setter
    def current_footnote_area(self, area: Any) -> None:
        """WeasyPrint sets this when it has found out how deep a page is."""
        self._area = area
        if area is not None:
            area.position_y += self.deeper
            self.page_bottom += self.deeper

    def saw(self, box: Any) -> None:
        """Remember how far layout has looked into the text."""
        self.seen = max(self.seen, self.blocks.get(box.element, -1))

    def _begin(self, notes: list[Any]) -> None:
        """Begin a page with ``notes``."""
        self._notes = PageNotes(notes)
        self._resumed, self._waiting = self.unfinished(), self.pending()
        self._broken, self._rests = None, {}
        #: How far down notes may reach that are cut, in CSS pixels from the area's top.
        self._cuts: dict[Any, float] = {}
        #: How high the area may be, in CSS pixels, if its last note is broken.
        self._limit = inf
        #: Those of the notes that are called by notes.
        self._nested: list[Any] = []
        #: What has been laid, by the note and how far down it was allowed to reach.
        self._laid: dict[tuple[Any, float], Laid] = {}

    def restart(
        self, waiting: Sequence[Any], resumed: Mapping[Any, Any], rests: Mapping[Any, Any]
    ) -> None:
        """Go on as behind a page that has left these: see the class for what they are."""
        self._broken, self._waiting = None, list(waiting)
        self._resumed, self._rests = dict(resumed), dict(rests)

    @property
    def waiting(self) -> Sequence[Any]:
        """The notes that were called and have not begun, or had no room to go on."""
        return tuple(self._waiting)

    def unfinished(self) -> dict[Any, Any]:
        """The notes that have begun and not ended, and where they go on."""
        broken = [] if self._broken is None else [self._broken]
        held = {note: rest for note, rest in self._resumed.items() if note in self._waiting}
        return {**held, **self._rests, **dict(broken)}

    def pending(self) -> list[Any]:
        """What the next page begins with: what goes on there, then what has not begun."""
        broken = [] if self._broken is None else [self._broken[0]]
        return [*self._rests, *broken, *self._waiting]

    def fit(self, room: float) -> bool:
        """Give the area ``room``, its last note broken if it must be; False if that can't be."""
        if self.in_column or not len(self._notes):
            return False
        before = self._state()
        while self._notes[-1] in self._nested:  # It is called again if its call stays here.
            self.footnotes.append(self._notes.pop())
        own = len(self._notes)
        self._broken, self._limit = None, room
        if self._settle(room):
            return True
        if len(self._notes) > own:
            self._let_wait(own)
            if self._settle(room):
                return True
        self._restore(before)
        return False

    def share(self, first: Any, room: float) -> bool:
        """Let ``first`` and those behind it all begin in ``room``; False if that can't be.

        Those that are short are whole, and those that are long are cut to the same height.
        """
        if any(one in self._nested for one in self._notes):
            return False
        before, place = self._state(), self._notes.index(first)
        self._broken, self._limit = None, inf
        self._cuts.clear()
        area, *_ = self._lay_all()
        tops = [laid.position_y - area.position_y for laid in area.children[place:]]
        ends = [*tops[1:], tops[-1] + area.children[-1].margin_height()]
        heights = [end - top for top, end in zip(tops, ends, strict=True)]
        most = highest(heights, room - (area.margin_height() - sum(heights)))
        end = tops[0]
        for note, height in zip(self._notes[place:], heights, strict=True):
            end += min(height, most)
            if height > most:
                self._cuts[note] = end
        self._rests.clear()
        if self._settle(room) and self._rests:
            return True
        self._restore(before)
        return False

    def _settle(self, room: float) -> bool:
        """Lay the area, which has a limit, and see whether it is right."""
        area, resume_at, count = self._lay_all()
        rest = (resume_at or {}).get(count - 1)
        if area is not None and resume_at is None and area.margin_height() <= room:
            self._limit = inf
        elif area is not None and rest is not None and holds_something(area.children[-1]):
            self._broken = self._notes[count - 1], rest
            self._let_wait(count)
        else:
            return False
        self._take_height(area)
        return True

    def _let_wait(self, first: int) -> None:
        """Let those notes wait that notes called and that find no room behind them."""
        self._waiting = [*self._notes[first:], *self._waiting]
        del self._notes[first:]

    def room_below(self, position_y: float) -> float:
        """How high the area could be if the text ended at ``position_y``."""
        area = self.current_footnote_area
        taken = 0 if area.height == "auto" else area.margin_height()
        return float(self.page_bottom + taken - position_y)

    def _update_footnote_area(self) -> bool:
        """Lay the notes of the page again and give the text the room that they leave."""
        if not self.in_area:
            area, *_ = self._lay_all()
            self._take_height(area)
        return False

    def _take_height(self, area: Any) -> None:
        current = self.current_footnote_area
        if current.height != "auto" and not self.in_column:
            self.page_bottom += current.margin_height()
        if area is None:  # No note stands there, nor does the edge of the area.
            current.height = "auto"
            return
        current.height = 0  # What was laid may lack an edge where a note is broken.
        current.height = area.margin_height() - current.margin_height()
        if not self.in_column:
            self.page_bottom -= current.margin_height()

    def _state(self) -> State:
        cuts, rests = dict(self._cuts), dict(self._rests)
        return State(list(self._notes), self._limit, self._broken, list(self._waiting), cuts, rests)

    def _restore(self, state: State) -> None:
        """Make the area again what it was; notes that it did not have are not placed any more."""
        notes, self._limit, self._broken, waiting, cuts, rests = state
        self._cuts, self._rests = dict(cuts), dict(rests)
        self.footnotes += [note for note in self._notes if note not in notes]
        for note in notes:
            if note in self.footnotes:
                self.footnotes.remove(note)
        self._notes[:] = notes
        self._waiting[:] = waiting

    # Layout.

    def _lay_all(self) -> tuple[Any, Any, int]:
        """The area, where it goes on, and how many notes were laid: notes may call notes."""
        area, resume_at, count = None, None, 0
        while count < len(self._notes) and resume_at is None:
            count = len(self._notes)
            area, resume_at = self.lay_area([])
        return area, resume_at, count

    def lay_area(self, positioned: list[Any]) -> tuple[Any, Any]:
        """The note area as it stands now, and where its last note would go on.

        Absolutely positioned boxes in it, such as list markers, are added to ``positioned``.
        """
        area = self.current_footnote_area.copy_with_children(list(self._notes))
        if not all(isinstance(note, boxes.BlockBox) for note in self._notes):
            area = build.create_anonymous_boxes(area.deepcopy())
        rest = self._resumed.get(self._notes[0]) if len(self._notes) else None
        skip = None if rest is None else {0: rest}
        page_bottom, bottom_space, closed = self.page_bottom, -inf, self._notes.closed
        if self._limit < inf:
            self.page_bottom, bottom_space = area.position_y + self._limit, 0
        self.in_area = self._notes.closed = True
        try:
            box, resume_at, *_ = lay_block(
                self,
                area,
                bottom_space,
                skip,
                area.page,
                page_is_empty=False,
                absolute_boxes=positioned,
                fixed_boxes=positioned,
            )
            if box is not None and resume_at is not None and self._limit < inf:
                shorten(box, end_of(box, self.page_bottom))  # so that its last line is at the foot
        finally:
            self.page_bottom, self._notes.closed = page_bottom, closed
            self.in_area = False
        return box, resume_at

    def lay_note(
        self, note: Any, bottom_space: float, skip: Any, area: Any, *more: Any
    ) -> tuple[Any, ...]:
        """What WeasyPrint makes of a note in its area; what is known is not made again."""
        page_is_empty, absolute, fixed, margins, *rest = more
        place = (note.position_x, note.position_y, *margins)
        end = self.page_bottom - bottom_space if note is area.children[-1] else inf
        if note in self._cuts:
            end = area.position_y + self._cuts[note]
        skip = self._resumed.get(note, skip)
        laid = self._laid.get((note, end))
        if laid is None or laid.place != place:
            fresh = build.create_anonymous_boxes(note.deepcopy())

            def lay_above(below: float) -> Laid:
                count, own = len(self._notes), (list[Any](), list[Any](), list(margins))
                result = lay_block(self, fresh, below, skip, area, page_is_empty, *own, *rest)
                return Laid(place, result, self._notes[count:], own[2], own[0], own[1])

            if end == inf:
                laid = lay_above(bottom_space)
            else:
                laid = in_whole_words(lay_above, self.page_bottom, end)
            self._remember(note, end, laid)
        for called in laid.called:
            if called in self.footnotes:
                self.layout_footnote(called)
        absolute += laid.absolute
        fixed += laid.fixed
        margins[:] = laid.margins
        box, resume_at, next_page, after, *others = laid.result
        if note in self._cuts and resume_at is not None and box is not None:
            if not holds_something(box):
                return None, None, {"break": "any", "page": None}, [], False, None
            # What is behind it is to follow, not to wait for the next page.
            self._rests[note], resume_at = resume_at, None
            shorten(box, end_of(box, end))
        return box, resume_at, dict(next_page), list(after), *others

    def _remember(self, note: Any, end: float, laid: Laid) -> None:
        box, resume_at, *_ = laid.result
        is_whole = box is not None and resume_at is None
        # What is positioned relatively is moved whenever the area has been laid.
        if note.style["position"] == "static" and (is_whole or end < inf):
            self._laid[note, inf if is_whole else end] = laid
