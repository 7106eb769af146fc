"""Where everything stands in pages that were laid out: anchors, notes, letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes

from book.render.pdf.notestate import holds_something
from book.render.pdf.record import PRINT_ONLY, PrintedNote, Record, Spot, letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def recorded(document: Any, told: Iterable[Any] = ()) -> Record:
    """Where things stand in a laid out document; heads of tables ``told`` earlier don't count."""
    anchors: dict[str, Spot] = {}
    notes: dict[str, PrintedNote] = {}
    starts, count = [], 0
    said = set(told)
    for number, page in enumerate(document.pages):
        for name, (x, y, *_) in page.anchors.items():
            anchors.setdefault(name, Spot(number, x * 0.75, (page.height - y) * 0.75))
        body, *areas = page._page_box.children
        starts.append(count)
        count += letters(_prose(body, said))
        for note in filter(holds_something, _notes(body, areas)):
            identity = note.element.get("id")
            before = notes.get(identity, PrintedNote((), 0))
            where = dict.fromkeys((*before.pages, number))
            set_here = letters(_texts(note, PRINT_ONLY))
            notes[identity] = PrintedNote(tuple(where), before.letters + set_here)
    return Record(
        pages=len(document.pages),
        names=tuple(page._page_box.page_type.name or "" for page in document.pages),
        anchors=anchors,
        notes=notes,
        starts=tuple(starts),
        total=count,
    )


def _classes(box: Any) -> set[str]:
    return set() if box.element is None else set(box.element.get("class", "").split())


def _prose(box: Any, said: set[Any]) -> Iterator[str]:
    """The text of the manuscript in ``box``: what stands in ``.text``, as the author wrote it.

    ``said`` are the heads of tables met so far: a head that a page repeats is not told again.
    """
    if "text" in _classes(box):
        yield from _texts(box, PRINT_ONLY, said)
    elif isinstance(box, boxes.ParentBox):
        for child in box.children:
            yield from _prose(child, said)


def _texts(box: Any, without: frozenset[str], said: set[Any] | None = None) -> Iterator[str]:
    """The text in ``box`` in reading order, generated content and some classes left out."""
    if isinstance(box, boxes.TextBox):
        yield box.text
    elif isinstance(box, boxes.ParentBox):
        if said is not None and getattr(box, "is_header", False):
            if box.element in said:
                return
            said.add(box.element)
        generated = "::" in (box.element_tag or "")
        for child in () if generated or _classes(box) & without else box.children:
            yield from _texts(child, without, said)


def _notes(body: Any, areas: list[Any]) -> Iterator[Any]:
    """The boxes of notes on a page: in the area at its foot, or moved to the end."""
    for area in areas:
        if isinstance(area, boxes.FootnoteAreaBox):
            yield from (box for box in area.children if box.element is not None)
    for box in body.descendants():
        if "end-note" in _classes(box) and isinstance(box, boxes.BlockBox):
            yield box
