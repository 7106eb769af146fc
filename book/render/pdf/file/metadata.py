"""What the bound file says of itself: title, people, language, and the standards it keeps.

XMP (ISO 16684-1) and the document information dictionary agree, as ISO 14289-1 7.1 and
ISO 19005-3 6.6.2 ask. Dates are the book's own, never the clock's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from book import __version__
from book.base import identity
from book.model import display_name
from book.render.pdf.file.objects import PdfObject
from book.render.pdf.syntax import text_string
from book.theme.templates import environment

if TYPE_CHECKING:
    from book.model import Book


class FileIdentity(Struct, frozen=True):
    """What a file is, beside what its book says of itself."""

    title: str
    identifier: str


def of_volume(book: Book) -> FileIdentity:
    """What the printed book is."""
    table = book.config.book
    title = f"{table.title}: {table.subtitle}" if table.subtitle else table.title
    return FileIdentity(title, identity.printed(book))


def of_handout(book: Book) -> FileIdentity:
    """What the handout is."""
    return FileIdentity(book.config.book.title, identity.handed_out(book))


def xmp(
    book: Book, about: FileIdentity, *, keeps_standards: bool, keeps_colours: bool
) -> PdfObject:
    """The metadata stream, not compressed, so that any tool can read it (ISO 19005-3, 6.6.2).

    It claims PDF/UA-1 and PDF/A-3a where the file ``keeps_standards``, the second only if it
    ``keeps_colours`` as well.
    """
    table = book.config.book
    packet = (
        environment()
        .get_template("metadata.xmp")
        .render(
            book=table,
            title=about.title,
            authors=[display_name(one.name) for one in table.makers],
            contributors=[display_name(one.name) for one in table.others],
            subjects=table.subjects,
            creator=_creator(),
            identifier=about.identifier,
            keeps_standards=keeps_standards,
            keeps_colours=keeps_colours,
            when=identity.made(book).isoformat().replace("+00:00", "Z"),
        )
        .encode()
    )
    return PdfObject(b"<</Type/Metadata/Subtype/XML/Length %d>>" % len(packet), packet)


def info(book: Book, about: FileIdentity) -> bytes:
    """The document information dictionary (ISO 32000-1, 14.3.3)."""
    table = book.config.book
    moment = identity.made(book)
    stamp = f"D:{moment.year:04}{moment:%m%d%H%M%S}Z"
    entries = {
        "Title": about.title,
        "Author": table.by,
        "Subject": table.description,
        "Keywords": ", ".join(table.subjects),
        "Creator": _creator(),
        "CreationDate": stamp,
        "ModDate": stamp,
    }
    written = {name.encode(): text_string(value) for name, value in entries.items() if value}
    return b"<<%s>>" % b"".join(b"/%s%s" % one for one in written.items())


def _creator() -> str:
    return f"Chapbook {__version__}"
