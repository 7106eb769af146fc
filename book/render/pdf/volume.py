"""The printed book, from its sheets to bound pages; ``book.render.pdf`` says in which steps."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from book.codes import finding
from book.fingerprint import fingerprint
from book.fonts import faces, font_css
from book.model import Book, Finding, Pages, Place, Product
from book.render.pdf.audit import audit
from book.render.pdf.folios import Folios, theme_of
from book.render.pdf.margins import without_margin_boxes
from book.render.pdf.paginate import Placed, paginate
from book.render.pdf.pieces import Sheet, paper, sheets
from book.render.pdf.record import Piece, PieceJob, Stored, stored
from book.render.pdf.variables import written_out
from book.render.pdf.workers import set_all
from book.store import Store, key, packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from book.progress import Progress
    from book.theme import Theme

#: Page numbers settle in two rounds; a number that changes its own page's breaks may take more.
_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Volume:
    """The printed book, typeset but not bound; ``fonts`` finds font files by their SHA-256."""

    book: Book
    placed: tuple[Placed, ...]
    folios: tuple[Stored | None, ...]
    pages: Pages
    fonts: Mapping[str, Path]
    store: Store
    findings: tuple[Finding, ...]


def set_volume(book: Book, theme: Theme, store: Store, progress: Progress) -> Volume:
    """Set the whole book; pieces that ``store`` keeps are not set again."""
    css = _css(book, theme, store)
    files = (*((face.path.name, face.digest) for face in faces()), *theme.files)
    bare = without_margin_boxes(css)
    drafts: tuple[Sheet, ...] = ()
    pages, settled = Pages((), {}), False
    for _ in range(_ROUNDS):
        drafts = tuple(sheets(book, pages, store, drafts))
        jobs = [_job(sheet, book, bare, files) for sheet in drafts]
        pieces = _set(jobs, store, progress)
        placed, numbered = paginate(drafts, pieces)
        settled = numbered == pages
        pages = numbered
        if settled:
            break
    style = theme_of(book, css, files, len(pages.labels))
    folios = Folios(style, store, progress).of(placed)
    findings = tuple(_findings(book, placed, pages, settled))
    fonts = {face.digest: face.path for face in faces()}
    fonts |= {digest: book.root / path for path, digest in theme.files}
    return Volume(book, placed, folios, pages, fonts, store, findings)


def bound(volume: Volume) -> Product:
    """The bound PDF of ``volume``; its parts raise :class:`book.store.VanishedError`."""
    from book.render.pdf.bind import bind
    from book.render.pdf.metadata import of_volume

    book = volume.book
    parts = bind(book, of_volume(book), volume.placed, volume.folios, volume.fonts, volume.store)
    return Product("pdf", parts, len(volume.pages.labels), volume.findings)


def style_sheet(book: Book, theme: Theme) -> str:
    """The whole style sheet of print: fonts, the page's size, the theme."""
    size = book.config.pdf.page_size
    width, _ = paper(size)
    page = f"@page {{ size: {size} }} :root {{ --page-width: {width}mm }}"
    return f"{font_css()}{page}\n{theme.css('print')}"


def _css(book: Book, theme: Theme, store: Store) -> str:
    css = style_sheet(book, theme)
    kept = store.keep(key("css", fingerprint(), css), lambda: written_out(css).encode())
    return kept.decode()


def _job(sheet: Sheet, book: Book, css: str, files: tuple[tuple[str, str], ...]) -> PieceJob:
    images = tuple((src, _digest(book.root / src)) for src in sheet.images)
    return PieceJob(sheet.name, sheet.html, css, files + images, str(book.root), sheet.notes)


def _digest(path: Path) -> str:
    """The SHA-256 of a file; checking has made sure that it is there and inside the book."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _set(jobs: list[PieceJob], store: Store, progress: Progress) -> list[Stored]:
    """The pieces of ``jobs``, from the store or newly set."""
    keys = [job.key() for job in jobs]
    found: dict[str, Stored] = {}
    for one in keys:
        piece = unpacked(store.get(one), Stored)
        if piece and store.has(piece.leaves):
            found[one] = piece
    missing = {one: job for one, job in zip(keys, jobs, strict=True) if one not in found}

    def finished(one: str, pieces: tuple[Piece, ...]) -> None:
        found[one] = stored(pieces[0], store)
        store.put(one, packed(found[one]))
        progress.step("pages", len(found), len(keys))

    set_all(missing, store, finished)
    return [found[one] for one in keys]


def _findings(
    book: Book, placed: tuple[Placed, ...], pages: Pages, settled: bool
) -> Iterator[Finding]:
    yield from audit(book, placed, pages.labels)
    if not settled:
        yield finding(
            "T003",
            Place("book.toml"),
            f"Page numbers in the text had not settled after {_ROUNDS} rounds.",
            "A number in print may be off by one; change a line near a page's end.",
        )
