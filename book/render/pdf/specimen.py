"""A small book is set in a theme to see whether it can be; in a process with bounds.

All at once and by itself, without workers or a store: a theme may lead the typesetter anywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from book.cache.store import Nothing
from book.model import Pages, Text
from book.render.pdf.draft.margins import without_margin_boxes
from book.render.pdf.draft.pieces import Looks, drafts, names
from book.render.pdf.draft.variables import written_out
from book.render.pdf.engine.typeset import folios, typeset
from book.render.pdf.folios import jobs, keys_of, style_of
from book.render.pdf.paginate import paginate
from book.render.pdf.record import PieceJob, stored
from book.render.pdf.volume import style_sheet
from book.theme.templates import Templates
from book.words.digits import digits_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from book.model import Book
    from book.render.pdf.record import Piece, Sheet
    from book.theme.theme import Theme


#: More pages than the specimen has in any theme that is meant to be read.
MOST_PAGES = 300


def set_specimen(book: Book, theme: Theme, pictures: Mapping[str, str]) -> str:
    """Why ``book`` can't be used as ``theme`` sets it, in a few words; empty if it can.

    ``pictures`` are addresses in place of its images. Raises whatever the typesetter raises.
    """
    css = written_out(style_sheet(book, theme))
    files = theme.served
    pieces = list(_pieces(book, theme, css, files, pictures))
    if said := _wrong_with(piece for _, piece in pieces):
        return said
    kept = Nothing(book.root)
    placed, pages = paginate(
        ((sheet, stored(piece, kept)) for sheet, piece in pieces), digits_of(book.config)
    )
    style = style_of(book, css, files, len(pages.labels))
    for one in placed:
        if one.number:
            every = keys_of(one, style)
            for _, job in jobs(every, range(len(every)), one.sheet, style):
                folios(job)
    return ""


def _pieces(
    book: Book,
    theme: Theme,
    css: str,
    files: tuple[tuple[str, str], ...],
    pictures: Mapping[str, str],
) -> Iterator[tuple[Sheet, Piece]]:
    kept, bare = Nothing(book.root), without_margin_boxes(css)
    every = {
        draft.sheet.name: draft
        for draft in drafts(book, Pages((), {}), kept, Looks(Templates(), theme.families("print")))
    }
    for name in names(book):
        draft = every[name]
        html = str(draft.text)
        for name_of_file, address in pictures.items():
            html = html.replace(name_of_file, address)
        job = PieceJob(name, Text.of(html), bare, files, str(book.root), draft.notes)
        yield draft.sheet, typeset(job, kept)


def _wrong_with(pieces: Iterable[Piece]) -> str:
    """What is too much of these pages, or too little, if anything is."""
    records = [piece.record for piece in pieces]
    if sum(record.pages for record in records) > MOST_PAGES:
        return f"a few pages of text become more than {MOST_PAGES}"
    if any(fault.code == "T002" for record in records for fault in record.faults.values()):
        return "notes are lost"
    return ""
