"""Folios and running heads: set by the theme's own ``@page`` rules on otherwise empty pages.

For each piece there is a document with as many pages, each of the same name and side, on which
the headings of that page stand invisibly, so that ``string-set`` and page counters work as in
any stylesheet (CSS GCPM 3, section 1; CSS Paged Media 3, section 4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from book.render.pdf.record import PieceJob

if TYPE_CHECKING:
    from book.model import Book
    from book.render.pdf.paginate import Placed

_HIDDEN = """
.folio-leaf, .folio-leaf * { all: unset; }
.folio-leaf { display: block; break-before: page; height: 0; overflow: hidden; font-size: 0; }
.folio-leaf > * { display: block; visibility: hidden; break-before: auto; break-after: auto; }
"""


def folio_job(placed: Placed, book: Book, css: str, files: tuple[tuple[str, str], ...]) -> PieceJob:
    """The job that sets the folios of a placed piece with the theme's whole ``css``."""
    record, sheet = placed.piece.record, placed.sheet
    by_page: dict[int, list[str]] = {}
    for identity, level, text in sheet.headings:
        page = record.anchors.get(identity)
        if page is not None:
            heading = f"<h{level}>{escape(text)}</h{level}>"
            by_page.setdefault(page, []).append(heading)
    leaves = []
    for page, name in enumerate(record.names):
        style = f" style={quoteattr(f'page: {name}')}" if name else ""
        running = "".join(by_page.get(page, ()))
        if page == 0:
            running = f'<p class="running-book">{escape(book.config.book.title)}</p>' + running
        leaves.append(f'<div class="folio-leaf"{style}>{running}</div>')
    # A page that resets the counter no longer counts itself (CSS Paged Media 3, section 5.2).
    count = f"counter-reset: page {placed.number - 1}; counter-increment: page"
    html = (
        f'<html lang="{book.config.book.language}"><head><title>-</title>'
        f"<style>@page :first {{ {count} }}</style></head>"
        f'<body class="{sheet.classes}">{"".join(leaves)}</body></html>'
    )
    return PieceJob(sheet.name, html, css + _HIDDEN, files, str(book.root), tagged=False)
