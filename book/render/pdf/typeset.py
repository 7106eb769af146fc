"""A piece is set: XHTML and CSS in, PDF bytes and a record out. Runs in a worker process.

Pure but for reading the book's own images and fonts, so a piece may be kept under its key and
set on any executor.
"""

from __future__ import annotations

import gc
import logging
import warnings
import xml.etree.ElementTree as ET
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cssselect2
from lxml import etree
from weasyprint import CSS, HTML
from weasyprint.formatting_structure import boxes
from weasyprint.text.fonts import FontConfiguration

from book.render.fetch import BOOK_URL, BookFetcher
from book.render.pdf import gather, lines, notes, tags
from book.render.pdf.quires import room
from book.render.pdf.record import PRINT_ONLY, FolioJob, Piece, PieceJob, Record, letters
from book.render.pdf.tagnodes import settle
from book.store import packed
from book.trees import remove

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

lines.install()
notes.install()
tags.install()
gather.install()


class Xhtml(HTML):  # type: ignore[misc] # weasyprint is untyped
    """WeasyPrint's document from well-formed XHTML.

    It reads HTML5 by a parser in Python that takes longer than the whole of ours and tears
    notes out of their paragraphs; XML has neither problem.
    """

    def __init__(self, text: str, fetcher: BookFetcher) -> None:
        self.base_url = BOOK_URL
        self.url_fetcher = fetcher
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(
            ET.fromstring(text), content_language=None
        )
        self.etree_element = self.wrapper_element.etree_element


class _Warnings(logging.Handler):
    """Collects what WeasyPrint says, so that it reaches the author."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@lru_cache(maxsize=8)
def _sheet(
    css: str, root: str, files: tuple[tuple[str, str], ...]
) -> tuple[CSS, FontConfiguration, tuple[str, ...]]:
    """A parsed style sheet, its fonts, and what is wrong with it: the same for many pieces.

    ``files`` are those that it may import, with their digests.
    """
    del files  # They are only there to be told from those of a moment ago.
    fonts = FontConfiguration()
    with _listening() as heard:
        sheet = CSS(
            string=css,
            base_url=BOOK_URL + "styles/",
            url_fetcher=BookFetcher(Path(root)),
            font_config=fonts,
        )
    return sheet, fonts, tuple(heard.messages)


@contextmanager
def _listening() -> Iterator[_Warnings]:
    """Hear what WeasyPrint says meanwhile; whoever listened before does not hear it."""
    logger, heard = logging.getLogger("weasyprint"), _Warnings()
    before, logger.propagate = logger.handlers, False
    logger.handlers = [heard]
    try:
        yield heard
    finally:
        logger.handlers = before


def warm() -> None:
    """Make a worker ready: nothing that is alive now will ever be garbage."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def typeset(job: PieceJob) -> Piece:
    """Set ``job``. What is wrong with it stands in the record's warnings."""
    with _listening() as heard:
        document, record = _best(job)
        piece = drawn(document, record, (digest for _, digest in job.files))
    said = tuple(dict.fromkeys([*_sheet_of(job)[2], *heard.messages]))
    return replace(piece, record=replace(piece.record, warnings=said))


def folios(job: FolioJob) -> tuple[Piece, ...]:
    """Set the folios of ``job``: each is a piece of one page that is not tagged."""
    with _listening():
        document = _document(job, job.html)
        known = [digest for _, digest in job.files]
        pages = (document.copy([page]) for page in document.pages[job.skip :])
        return tuple(drawn(page, recorded(page), known, tagged=False) for page in pages)


def drawn(document: Any, record: Record, known: Iterable[str], *, tagged: bool = True) -> Piece:
    """A laid out document as a piece; ``known`` are the digests of the book's font files."""
    with warnings.catch_warnings():
        # WeasyPrint leaves the file of its colour profile to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        leaves = gather.gathered(document, known, tagged=tagged)
    if leaves.tags is not None:
        settle(leaves.tags)
    return Piece(replace(record, room=room(leaves), shared=tuple(leaves.shared)), packed(leaves))


def _sheet_of(job: PieceJob | FolioJob) -> tuple[CSS, FontConfiguration, tuple[str, ...]]:
    styles = tuple(file for file in job.files if file[0].startswith("styles/"))
    return _sheet(job.css, job.root, styles)


def _best(job: PieceJob) -> tuple[Any, Record]:
    """``job`` laid out so that every note is whole and in its place, as far as that can be.

    Where the first habit can't do it, others are tried. A note that none of them sets whole
    stands at the end of the piece: text is never lost.
    """
    tries: list[tuple[tuple[int, int], Any, Record]] = []
    for habit in notes.HABITS:
        document, record = _laid_out(job, job.html, habit)
        faults = len(record.lost(job.notes)), len(record.misplaced(job.notes))
        if faults == (0, 0):
            return document, record
        tries.append((faults, document, record))
    faults, document, record = min(tries, key=lambda one: one[0])
    if faults[0]:
        return _laid_out(job, moved_to_end(job.html, record.lost(job.notes)), notes.HABITS[0])
    return document, record


def _laid_out(job: PieceJob, html: str, habit: notes.Habit) -> tuple[Any, Record]:
    notes.NoteContext.habit = habit
    document = _document(job, html)
    return document, recorded(document)


def _document(job: PieceJob | FolioJob, html: str) -> Any:
    sheet, fonts, _ = _sheet_of(job)
    source = Xhtml(html, BookFetcher(Path(job.root)))
    return source.render(font_config=fonts, stylesheets=[sheet], output_intent="srgb")


def moved_to_end(html: str, lost: Iterable[str]) -> str:
    """``html`` with the notes of these ids in a section at its end, where nothing floats."""
    root = etree.fromstring(html)
    section = etree.SubElement(next(root.iter("section")), "section", {"class": "end-notes"})
    wanted = set(lost)
    for note in [one for one in root.iter("aside") if one.get("id") in wanted]:
        remove(note)
        note.set("class", note.get("class", "").replace("note", "end-note", 1))
        section.append(note)
    return etree.tostring(root, encoding="unicode")


def recorded(document: Any) -> Record:
    """Where things stand in a laid out document."""
    anchors: dict[str, int] = {}
    positions: dict[str, tuple[float, float]] = {}
    note_pages: dict[str, list[int]] = {}
    found: dict[str, int] = {}
    starts, count = [], 0
    said: set[Any] = set()
    for number, page in enumerate(document.pages):
        for name, (x, y, *_) in page.anchors.items():
            if name not in anchors:
                anchors[name] = number
                positions[name] = (x * 0.75, (page.height - y) * 0.75)
        body, *areas = page._page_box.children
        starts.append(count)
        count += letters(_prose(body, said))
        for note in filter(notes.holds_something, _notes(body, areas)):
            identity = note.element.get("id")
            note_pages.setdefault(identity, []).append(number)
            set_here = letters(_texts(note, PRINT_ONLY))
            found[identity] = found.get(identity, 0) + set_here
    return Record(
        pages=len(document.pages),
        names=tuple(page._page_box.page_type.name or "" for page in document.pages),
        anchors=anchors,
        positions=positions,
        notes={note: tuple(dict.fromkeys(pages)) for note, pages in note_pages.items()},
        letters=found,
        starts=tuple(starts),
        warnings=(),
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
