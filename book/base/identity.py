"""Which publication is which and when it was made: identifiers and the date of all outputs.

An edition's own ISBN comes first. A book without one gets a UUID made from what it is, so the
same title, authors and language always give the same (RFC 9562, version 5).
"""

from __future__ import annotations

import datetime
import os
import re
import uuid
from typing import TYPE_CHECKING

from book.base.errors import UnusableError
from book.base.patterns import pattern

if TYPE_CHECKING:
    from book.model import Book, BookTable

#: For a book that says no date: any day does, as long as it is the same on every machine.
_NO_DATE = datetime.date(2000, 1, 1)
_ISBN = pattern(r"(?:urn:isbn:|isbn:?)?(\d{9}[\dx]|97[89]\d{10})", re.IGNORECASE)


def ebook(book: Book) -> str:
    """The identifier of the EPUB: its ISBN as a URN, else the book's own, else a UUID."""
    table = book.config.book
    if isbn := isbn13(book.config.epub.isbn or table.identifier):
        return f"urn:isbn:{isbn}"
    return table.identifier or _uuid(table, "chapbook")


def printed(book: Book) -> str:
    """The identifier of the PDF: its ISBN as a URN, else a UUID, which is not the ebook's."""
    isbn = isbn13(book.config.pdf.isbn)
    return f"urn:isbn:{isbn}" if isbn else _uuid(book.config.book, "chapbook print")


def handed_out(book: Book) -> str:
    """The identifier of the handout: a UUID."""
    return _uuid(book.config.book, "chapbook handout")


def made(book: Book) -> datetime.datetime:
    """When the book was made, in UTC: ``SOURCE_DATE_EPOCH``, else its own date, else 2000.

    Raises UnusableError if the variable holds no such time.
    """
    if moment := epoch():
        return moment
    day = book.config.book.date or _NO_DATE
    return datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)


def epoch() -> datetime.datetime | None:
    """The time in ``SOURCE_DATE_EPOCH`` (reproducible-builds.org), or None if it is not set.

    Raises UnusableError if the variable holds no number of seconds, or one beyond the year 9999.
    """
    said = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        return datetime.datetime.fromtimestamp(int(said), datetime.UTC) if said else None
    except (ValueError, OverflowError, OSError):
        raise UnusableError(
            f"SOURCE_DATE_EPOCH is `{said[:40] if said else ''}`. "
            "It has to be a number of seconds since 1970, such as 1700000000; or don't set it."
        ) from None


def isbn13(written: str) -> str:
    """The 13 digits of an ISBN (ISO 2108), written with hyphens or not; empty if it is none."""
    found = _ISBN.fullmatch(re.sub(r"[\s\u2010-\u2013-]", "", written))
    if not found:
        return ""
    digits = found[1].upper()
    if len(digits) == 10:
        values = [10 if digit == "X" else int(digit) for digit in digits]
        if sum(weight * value for weight, value in zip(range(10, 0, -1), values, strict=True)) % 11:
            return ""
        return f"978{digits[:9]}{_check_digit('978' + digits[:9])}"
    return digits if _check_digit(digits[:12]) == digits[12] else ""


def _check_digit(twelve: str) -> str:
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(twelve))
    return str(-total % 10)


def _uuid(table: BookTable, kind: str) -> str:
    name = "\n".join([kind, table.title, *(one.name for one in table.makers), table.language])
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"
