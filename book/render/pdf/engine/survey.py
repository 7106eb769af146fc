"""Where everything stands in pages that were laid out: anchors, notes, letters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct
from weasyprint.formatting_structure import boxes

from book.render.pdf.engine.notestate import holds_something
from book.render.pdf.engine.turned import is_turned, turn_spot, upright
from book.render.pdf.file.objects import Spot
from book.render.pdf.record import PRINT_ONLY, Compromise, Fault, NoteDue, Record, letters

if TYPE_CHECKING:
    from collections.abc import Iterator


class PrintedNote(NamedTuple):
    """The pages that a note stands on, from 0, and how many of its letters were set."""

    pages: tuple[int, ...]
    letters: int


class Survey(Struct, frozen=True):
    """Where things stand in a run of pages, counted from 0, or in several runs.

    ``anchors`` gives the place of every id, ``notes`` of every note by its id, ``total`` is how
    many letters of the text there are; for the rest see :class:`~book.render.pdf.record.Record`.
    """

    pages: int
    names: tuple[str, ...]
    anchors: dict[str, Spot]
    notes: dict[str, PrintedNote]
    starts: tuple[int, ...]
    total: int
    warnings: tuple[str, ...] = ()
    compromises: tuple[Compromise, ...] = ()

    def lost(self, due: Iterable[NoteDue]) -> tuple[str, ...]:
        """The ids of those notes that are not whole."""
        none = PrintedNote((0,), -1)
        return tuple(one.id for one in due if self.notes.get(one.id, none).letters != one.letters)

    def misplaced(self, due: Iterable[NoteDue]) -> tuple[str, ...]:
        """The ids of those notes that don't begin on the page of their call."""
        return tuple(
            one.id
            for one in due
            if one.id in self.notes
            and (one.call not in self.anchors or self._page(one.id) != self.anchors[one.call].page)
        )

    def record(self, due: Sequence[NoteDue]) -> Record:
        """What is to be known of the piece in which the notes ``due`` have to stand."""
        faults = {note: Fault("T001", self._page(note)) for note in self.misplaced(due)}
        faults |= {note: Fault("T002", self._page(note)) for note in self.lost(due)}
        # Nothing refers to a call: half of a book's ids are calls.
        calls = {one.call for one in due}
        anchors = {name: spot.page for name, spot in self.anchors.items() if name not in calls}
        told = tuple(self._compromises())
        return Record(self.pages, self.names, anchors, faults, self.starts, self.warnings, told)

    def _compromises(self) -> Iterator[Compromise]:
        """Those that are some: of the last page it depends on how much stands there."""
        for one in self.compromises:
            wanted = {"short foot": False, "short last page": True}.get(one.kind)
            if wanted is None or wanted == (one.page == self.pages - 1):
                yield one
        for name, note in self.notes.items():
            if len(note.pages) > 1:
                yield Compromise("split note", note.pages[0], len(note.pages), name)

    def _page(self, note: str) -> int:
        return self.notes[note].pages[0] if note in self.notes else 0


def joined(surveys: Sequence[Survey]) -> Survey:
    """The survey of pages that follow one another, of those of their runs."""
    anchors: dict[str, Spot] = {}
    notes: dict[str, PrintedNote] = {}
    starts: list[int] = []
    told: list[Compromise] = []
    pages = total = 0
    for one in surveys:
        told += [each._replace(page=pages + each.page) for each in one.compromises]
        for name, spot in one.anchors.items():
            anchors.setdefault(name, spot._replace(page=pages + spot.page))
        for name, note in one.notes.items():
            before = notes.get(name, PrintedNote((), 0))
            where = before.pages + tuple(pages + page for page in note.pages)
            notes[name] = PrintedNote(where, before.letters + note.letters)
        starts += [total + start for start in one.starts]
        pages, total = pages + one.pages, total + one.total
    names = tuple(name for one in surveys for name in one.names)
    warnings = tuple(dict.fromkeys(text for one in surveys for text in one.warnings))
    return Survey(pages, names, anchors, notes, tuple(starts), total, warnings, tuple(told))


def surveyed(document: Any, earlier_heads: Iterable[Any] = ()) -> Survey:
    """Where things stand in a laid out document; ``earlier_heads`` of tables don't count."""
    anchors: dict[str, Spot] = {}
    notes: dict[str, PrintedNote] = {}
    starts, count = [], 0
    heads = set(earlier_heads)
    for number, page in enumerate(document.pages):
        for name, (x, y, *_) in page.anchors.items():
            anchors.setdefault(name, _spot(number, page, x, y))
        body, *areas = page._page_box.children
        starts.append(count)
        count += letters(_prose(body, heads))
        for note in filter(holds_something, _notes(body, areas)):
            identity = note.element.get("id")
            before = notes.get(identity, PrintedNote((), 0))
            where = dict.fromkeys((*before.pages, number))
            set_here = letters(_texts(note, PRINT_ONLY))
            notes[identity] = PrintedNote(tuple(where), before.letters + set_here)
    return Survey(
        pages=len(document.pages),
        names=tuple(upright(page._page_box.page_type).name or "" for page in document.pages),
        anchors=anchors,
        notes=notes,
        starts=tuple(starts),
        total=count,
    )


def _spot(number: int, page: Any, x: float, y: float) -> Spot:
    left, top = x * 0.75, (page.height - y) * 0.75
    if is_turned(page._page_box.page_type):
        left, top = turn_spot(left, top, page.height * 0.75)
    return Spot(number, left, top)


def _classes(box: Any) -> set[str]:
    return set() if box.element is None else set(box.element.get("class", "").split())


def _prose(box: Any, heads: set[Any]) -> Iterator[str]:
    """The text of the manuscript in ``box``: what stands in ``.text``, as the author wrote it.

    ``heads`` are the heads of tables met so far: a head that a page repeats is not told again.
    """
    if "text" in _classes(box):
        yield from _texts(box, PRINT_ONLY, heads)
    elif isinstance(box, boxes.ParentBox):
        for child in box.children:
            yield from _prose(child, heads)


def _texts(box: Any, without: frozenset[str], heads: set[Any] | None = None) -> Iterator[str]:
    """The text in ``box`` in reading order, generated content and some classes left out."""
    if isinstance(box, boxes.TextBox):
        yield box.text
    elif held := getattr(box, "stands_for", None):  # It is told where it was written.
        if box.element is None:
            yield from _texts(held, without, heads)
    elif isinstance(box, boxes.ParentBox) and not hasattr(box, "is_floated_figure"):
        if heads is not None and getattr(box, "is_header", False):
            if box.element in heads:
                return
            heads.add(box.element)
        generated = "::" in (box.element_tag or "")
        for child in () if generated or _classes(box) & without else box.children:
            yield from _texts(child, without, heads)


def _notes(body: Any, areas: list[Any]) -> Iterator[Any]:
    """The boxes of notes on a page: in the area at its foot, or moved to the end."""
    for area in areas:
        if isinstance(area, boxes.FootnoteAreaBox):
            yield from (box for box in area.children if box.element is not None)
    for box in body.descendants():
        if "end-note" in _classes(box) and isinstance(box, boxes.BlockBox):
            yield box
