"""A piece is set: XHTML and CSS in, PDF bytes and a record out. Runs in a worker process.

Pure but for reading the book's own images and fonts, so a piece may be kept under its key and
set on any executor.
"""

from __future__ import annotations

import gc
import io
import logging
import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cssselect2
from weasyprint import CSS, HTML
from weasyprint.formatting_structure import boxes
from weasyprint.text.fonts import FontConfiguration

from book.render.fetch import BOOK_URL, BookFetcher
from book.render.pdf import notes, slips, tags
from book.render.pdf.record import Piece, PieceJob, Record

if TYPE_CHECKING:
    from collections.abc import Iterator

notes.install()
tags.install()
slips.install()

#: A PDF/A file says how its colours are meant, and a tagged one how it is to be read; the volume
#: is PDF/UA-1 as well, which binding declares.
_OPTIONS = {"pdf_variant": "pdf/ua-1", "uncompressed_pdf": False, "custom_metadata": False}


#: What print adds to the manuscript's own words.
_PRINT_ONLY = frozenset({"note-call", "note-number", "page-ref", "locators"})


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


@cache
def _sheet(css: str, root: str) -> tuple[CSS, FontConfiguration]:
    """A parsed style sheet and its fonts: the same for all pieces of a book."""
    fonts = FontConfiguration()
    sheet = CSS(
        string=css,
        base_url=BOOK_URL + "styles/",
        url_fetcher=BookFetcher(Path(root)),
        font_config=fonts,
    )
    return sheet, fonts


def warm() -> None:
    """Make a worker ready: nothing that is alive now will ever be garbage."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def typeset(job: PieceJob) -> Piece:
    """Set ``job``. What is wrong with it stands in the record's warnings."""
    logger, heard = logging.getLogger("weasyprint"), _Warnings()
    logger.addHandler(heard)
    logger.propagate = False
    slips.know(frozenset(digest for _, digest in job.files))
    try:
        sheet, fonts = _sheet(job.css, job.root)
        html = Xhtml(job.html, BookFetcher(Path(job.root)))
        options = _OPTIONS if job.tagged else {}
        document = html.render(font_config=fonts, stylesheets=[sheet], **options)
        target = io.BytesIO()
        document.write_pdf(target, pdf_identifier=b"chapbook", **options)
    finally:
        logger.removeHandler(heard)
    return Piece(_record(document, heard.messages), target.getvalue())


def _record(document: Any, warnings: list[str]) -> Record:
    anchors: dict[str, int] = {}
    positions: dict[str, tuple[float, float]] = {}
    note_pages: dict[str, list[int]] = {}
    letters: dict[str, int] = {}
    starts, count = [], 0
    for number, page in enumerate(document.pages):
        for name, (x, y, *_) in page.anchors.items():
            if name not in anchors:
                anchors[name] = number
                positions[name] = (x * 0.75, (page.height - y) * 0.75)
        body, *areas = page._page_box.children
        starts.append(count)
        count += sum(_letters(text) for text in _prose(body))
        for note in _notes(areas):
            identity = note.element.get("id")
            note_pages.setdefault(identity, []).append(number)
            set_here = sum(_letters(text) for text in _texts(note, _PRINT_ONLY))
            letters[identity] = letters.get(identity, 0) + set_here
    return Record(
        pages=len(document.pages),
        names=tuple(page._page_box.page_type.name or "" for page in document.pages),
        anchors=anchors,
        positions=positions,
        notes={note: tuple(dict.fromkeys(pages)) for note, pages in note_pages.items()},
        letters=letters,
        starts=tuple(starts),
        warnings=tuple(dict.fromkeys(warnings)),
    )


def _classes(box: Any) -> set[str]:
    return set() if box.element is None else set(box.element.get("class", "").split())


def _prose(box: Any) -> Iterator[str]:
    """The text of the manuscript in ``box``: what stands in ``.text``, as the author wrote it."""
    if "text" in _classes(box):
        yield from _texts(box, _PRINT_ONLY)
    elif isinstance(box, boxes.ParentBox):
        for child in box.children:
            yield from _prose(child)


def _texts(box: Any, without: frozenset[str]) -> Iterator[str]:
    """The text in ``box`` in reading order, generated content and some classes left out."""
    if isinstance(box, boxes.TextBox):
        yield box.text
    elif isinstance(box, boxes.ParentBox) and "::" not in (box.element_tag or ""):
        if not _classes(box) & without:
            for child in box.children:
                yield from _texts(child, without)


def _letters(text: str) -> int:
    """How many letters and digits ``text`` has: hyphens come and go at line ends."""
    return sum(char.isalnum() for char in text)


def _notes(areas: list[Any]) -> Iterator[Any]:
    for area in areas:
        if isinstance(area, boxes.FootnoteAreaBox):
            yield from (box for box in area.children if box.element is not None)
