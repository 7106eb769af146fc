"""What the package says of the book (EPUB 3.3, section 5.5), in Dublin Core and its refinements."""

from __future__ import annotations

import datetime
import os
import re
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from book.model import Person

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from book.model import Book, BookTable

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ISBN = re.compile(r"(?:urn:isbn:)?(\d{9}[\dX]|\d{13})", re.IGNORECASE)
#: When a book says no date: any day does, as long as it is the same on every machine.
_NO_DATE = datetime.date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: a Dublin Core element if ``dc`` names one, else a ``meta`` property."""

    value: str
    dc: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


def identifier(book: Book) -> str:
    """The book's own identifier, an ISBN as a URN; else one made from what the book is.

    The same title, authors and language give the same UUID (RFC 9562, version 5).
    """
    table = book.config.book
    if table.identifier:
        isbn = _ISBN.fullmatch(re.sub(r"[\s-]", "", table.identifier))
        return f"urn:isbn:{isbn[1].upper()}" if isbn else table.identifier
    name = "\n".join(["chapbook", table.title, *table.authors, table.language])
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"


def modified(book: Book) -> datetime.datetime:
    """When the ebook was made: ``SOURCE_DATE_EPOCH``, else the book's own date, in UTC.

    Raises ValueError if the variable holds no number.
    """
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
    day = book.config.book.date or _NO_DATE
    return datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)


def statements(book: Book) -> Iterator[Statement]:
    """Everything but the identifier and the date of change, which the packager writes."""
    table = book.config.book
    yield from _titles(table)
    for number, author in enumerate(table.authors, 1):
        yield from _creator(author, f"creator{number}")
    yield Statement(table.language, "language")
    if table.date:
        yield Statement(table.date.isoformat(), "date")
    for name in ("publisher", "rights", "description", "source"):
        if value := getattr(table, name):
            yield Statement(value, name, _language(table))
    yield from (Statement(subject, "subject") for subject in table.subjects)


def _titles(table: BookTable) -> Iterator[Statement]:
    titles = [("main", table.title), ("subtitle", table.subtitle)]
    for number, (kind, title) in enumerate(titles, 1):
        if title:
            yield Statement(title, "title", {"id": f"title{number}", **_language(table)})
            yield _refinement(f"title{number}", "title-type", kind)
            yield _refinement(f"title{number}", "display-seq", str(number))


def _creator(author: str, identity: str) -> Iterator[Statement]:
    person = Person(author)
    yield Statement(person.shown, "creator", {"id": identity})
    yield _refinement(identity, "role", "aut", {"scheme": "marc:relators"})
    if person.shown != person.name:
        yield _refinement(identity, "file-as", person.name)


def _refinement(
    identity: str, name: str, value: str, more: Mapping[str, str] | None = None
) -> Statement:
    return Statement(value, "", {"refines": f"#{identity}", "property": name, **(more or {})})


def _language(table: BookTable) -> dict[str, str]:
    return {_XML_LANG: table.language}
