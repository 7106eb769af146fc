"""What the bound file says of itself: title, people, language, and the standards it keeps.

XMP (ISO 16684-1) and the document information dictionary agree, as ISO 14289-1 7.1 and
ISO 19005-3 6.6.2 ask. Dates are the book's own, never the clock's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pikepdf import Dictionary, Name, Pdf, String

from book import identity
from book.model import shown
from book.render.html import environment

if TYPE_CHECKING:
    from book.model import Book


def write(pdf: Pdf, book: Book) -> None:
    """Write ``book``'s metadata, language and viewer preferences into ``pdf``."""
    from book import __version__

    table = book.config.book
    when = identity.made(book)
    authors = [shown(author) for author in table.authors]
    full = f"{table.title}: {table.subtitle}" if table.subtitle else table.title
    creator = f"Chapbook {__version__}"
    xmp = (
        environment()
        .get_template("metadata.xmp")
        .render(
            book=table,
            title=full,
            authors=authors,
            subjects=table.subjects,
            creator=creator,
            identifier=identity.printed(book),
            when=when.strftime("%Y-%m-%dT%H:%M:%SZ"),
        )
    )
    stream = pdf.make_stream(xmp.encode())
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = stream
    pdf.Root.Lang = String(table.language)
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.PageMode = Name.UseOutlines
    stamp = String(when.strftime("D:%Y%m%d%H%M%SZ"))
    entries = {
        "Title": full,
        "Author": ", ".join(authors),
        "Subject": table.description,
        "Keywords": ", ".join(table.subjects),
        "Creator": creator,
    }
    info = Dictionary({f"/{name}": String(text) for name, text in entries.items() if text})
    info.CreationDate = info.ModDate = stamp
    pdf.trailer.Info = pdf.make_indirect(info)
