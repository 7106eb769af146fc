"""The printed book, read back by PDFium: pages, links, notes and typefaces."""

from __future__ import annotations

import ctypes
from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple

from book.base.codes import finding
from book.base.pagesizes import millimetres
from book.base.xml import plain, tree
from book.model import Place
from book.read.lettered import key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pypdfium2

    from book.built.origin import Origins
    from book.model import Book, Finding, Note

_POINT = 25.4 / 72
#: Millimetres; what rounding makes of a size is less.
_ROUNDED = 0.2
#: So many letters of a note are looked for, and on so many pages.
_TELLING, _SPREAD = 20, 3


class Link(NamedTuple):
    """A link on a page that leads to no page: the words under it, and the line they stand in."""

    words: str
    line: str


def check(path: Path, book: Book, origins: Origins) -> Iterator[Finding]:
    """What is wrong with the PDF at ``path``, which was made of ``book``."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        message = f"{path.name} is no PDF that can be opened."
        yield finding("F001", Place("book.toml"), message, "Build it again: `book build pdf`.")
        return
    with closing(document):
        origins.paged(named(document, list(book.by_slug)))
        yield from _sizes(document, book)
        yield from _links(document, origins)
        yield from _notes(document, book)
        yield from _fonts(document, origins)


def named(document: pypdfium2.PdfDocument, names: list[str]) -> dict[str, int]:
    """The page, from 0, that each of the ``names`` of places leads to, of those that are there."""
    from pypdfium2 import raw

    found = {}
    for name in names:
        place = raw.FPDF_GetNamedDestByName(document.raw, name.encode())
        page = raw.FPDFDest_GetDestPageIndex(document.raw, place) if place else -1
        if page >= 0:
            found[name] = page
    return found


def words_under(page: pypdfium2.PdfPage, box: tuple[float, float, float, float]) -> Link:
    """The words in a ``box`` (left, bottom, right, top, in points) of ``page``, and their line."""
    left, bottom, right, top = box
    with closing(page.get_textpage()) as text:
        middle = (bottom + top) / 2
        words = text.get_text_bounded(left, bottom, right, top)
        line = text.get_text_bounded(0, middle - 1, page.get_width(), middle + 1)
    return Link(" ".join(words.split()), " ".join(line.split()))


def _sizes(document: pypdfium2.PdfDocument, book: Book) -> Iterator[Finding]:
    wanted = millimetres(book.config.pdf.size)
    other: dict[tuple[float, float], int] = {}
    for page in range(len(document)):
        width, height = (side * _POINT for side in document.get_page_size(page))
        if abs(width - wanted[0]) > _ROUNDED or abs(height - wanted[1]) > _ROUNDED:
            other.setdefault((round(width, 1), round(height, 1)), page)
    for (width, height), page in other.items():
        message = (
            f"From page {page + 1} of the file on, pages are {width:g} by {height:g} mm, "
            f"and book.toml asks for {wanted[0]:g} by {wanted[1]:g}."
        )
        hint = "Build again; if it stays, look for `size` of `@page` in styles/print.css."
        yield finding("F005", Place("book.toml"), message, hint)


def _links(document: pypdfium2.PdfDocument, origins: Origins) -> Iterator[Finding]:
    for number in range(len(document)):
        with closing(document[number]) as page:
            for one in _dead(document, page):
                slug = origins.on_page(number)
                message = f"The link “{one.words}” on page {number + 1} of the PDF leads nowhere."
                place = origins.place(slug, one.line, one.words)
                yield finding("F002", place, message, "Name a place that is in the printed book.")


def _dead(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[Link]:
    from pypdfium2 import raw

    at, link = ctypes.c_int(0), raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page.raw, at, link):
        place = raw.FPDFLink_GetDest(document.raw, link)
        action = raw.FPDFLink_GetAction(link)
        if not place and action:
            if raw.FPDFAction_GetType(action) in (raw.PDFACTION_URI, raw.PDFACTION_REMOTEGOTO):
                continue
            place = raw.FPDFAction_GetDest(document.raw, action)
        if not place or raw.FPDFDest_GetDestPageIndex(document.raw, place) < 0:
            box = raw.FS_RECTF()
            raw.FPDFLink_GetAnnotRect(link, box)
            yield words_under(page, (box.left, box.bottom, box.right, box.top))


def _notes(document: pypdfium2.PdfDocument, book: Book) -> Iterator[Finding]:
    """F003: a note that is not on the page of its call, or whose words are not in print."""
    letters: dict[int, str] = {}
    for chapter in book.chapters:
        for note in chapter.notes:
            if not note.calls:
                continue
            pages = named(document, [note.id, *note.calls])
            called = [pages[one] for one in note.calls if one in pages]
            page = pages.get(note.id)
            hint = "Build again; shorten the note, or move its call by a few words."
            if page is None or not called:
                message = f"Note [^{note.label}] is not in the PDF."
                yield finding("F003", note.place, message, hint)
            elif page not in called:
                message = (
                    f"Note [^{note.label}] stands on page {page + 1} of the PDF, and its call on "
                    f"page {called[0] + 1}."
                )
                yield finding("F003", note.place, message, hint)
            elif not _is_printed(document, note, page, letters):
                message = f"The words of note [^{note.label}] are not on page {page + 1}."
                yield finding("F003", note.place, message, hint)


def _is_printed(
    document: pypdfium2.PdfDocument, note: Note, first: int, letters: dict[int, str]
) -> bool:
    """Whether the first words of ``note`` are on the page where it begins, or run on to the next.

    ``letters`` keeps those of pages that have been read.
    """
    wanted = key(plain(tree(note.body)))[:_TELLING]
    for page in range(first, min(first + _SPREAD, len(document))):
        if page not in letters:
            with closing(document[page]) as leaf, closing(leaf.get_textpage()) as text:
                letters[page] = key(text.get_text_range())
    shown = "".join(letters.get(page, "") for page in range(first, first + _SPREAD))
    # What print adds, such as the page that a link leads to, may part them.
    return any(wanted[:length] in shown for length in (_TELLING, 8))


def _fonts(document: pypdfium2.PdfDocument, origins: Origins) -> Iterator[Finding]:
    told: set[str] = set()
    for number in range(len(document)):
        with closing(document[number]) as page:
            for name, words in _loose_fonts(page):
                if name in told:
                    continue
                told.add(name)
                message = (
                    f"The typeface {name}, on page {number + 1} of the PDF first, is not in it."
                )
                hint = "Print shops refuse that; put its files into styles/fonts/."
                place = origins.place(origins.on_page(number), words)
                yield finding("F004", place, message, hint)


def _loose_fonts(page: pypdfium2.PdfPage) -> Iterator[tuple[str, str]]:
    """The typefaces of ``page`` that are not in the file, each with words that are set in it."""
    from pypdfium2 import raw

    seen: set[Any] = set()
    with closing(page.get_textpage()) as text:
        for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=4):
            font = raw.FPDFTextObj_GetFont(one.raw)
            address = ctypes.cast(font, ctypes.c_void_p).value if font else None
            if address is None or address in seen:
                continue
            seen.add(address)
            if not raw.FPDFFont_GetIsEmbedded(font):
                yield _name(font), text.get_text_bounded(*one.get_bounds())


def _name(font: Any) -> str:
    from pypdfium2 import raw

    length = raw.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFFont_GetBaseFontName(font, buffer, length)
    return buffer.value.decode("utf-8", "replace").rpartition("+")[2]
