"""What the package says of the book (EPUB 3.3, section 5.5), in Dublin Core and its refinements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from book.base.identity import printed
from book.model import display_name, name_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from book.model import Book, BookTable

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Statement(Struct, frozen=True):
    """One statement: a Dublin Core element if ``dc`` names one, else a ``meta`` property."""

    value: str
    dc: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


def statements(book: Book, *, paged: bool) -> Iterator[Statement]:
    """Everything but the identifier and the date of change, which the packager writes.

    A book that is ``paged`` says whose pages it marks.
    """
    table = book.config.book
    yield from _titles(table)
    for number, one in enumerate(table.makers, 1):
        yield from _person("creator", one.name, one.role, f"creator{number}")
    for number, one in enumerate(table.others, 1):
        yield from _person("contributor", one.name, one.role, f"contributor{number}")
    named = {display_name(one.name) for one in (*table.makers, *table.others)}
    authors = dict.fromkeys(name for one in book.chapters for name in one.authors)
    further = [name for name in authors if name not in named]
    for number, name in enumerate(further, len(table.others) + 1):
        yield from _person("contributor", name, "aut", f"contributor{number}")
    yield Statement(table.language, "language")
    if table.date:
        yield Statement(table.date.isoformat(), "date")
    for name in ("publisher", "rights", "description", "source"):
        if value := getattr(table, name):
            yield Statement(value, name, _language(table))
    yield from (Statement(subject, "subject") for subject in table.subjects)
    yield from _series(table)
    if paged:
        yield Statement(printed(book), "", {"property": "pageBreakSource"})


def _series(table: BookTable) -> Iterator[Statement]:
    """The series, and the book's place in it (EPUB 3.3, ``belongs-to-collection``)."""
    if not table.series:
        return
    name = {"property": "belongs-to-collection", "id": "series", **_language(table)}
    yield Statement(table.series, "", name)
    yield _refinement("series", "collection-type", "series")
    if table.series_number:
        yield _refinement("series", "group-position", str(table.series_number))


def _titles(table: BookTable) -> Iterator[Statement]:
    titles = [("main", table.title), ("subtitle", table.subtitle)]
    for number, (kind, title) in enumerate(titles, 1):
        if title:
            yield Statement(title, "title", {"id": f"title{number}", **_language(table)})
            yield _refinement(f"title{number}", "title-type", kind)
            yield _refinement(f"title{number}", "display-seq", str(number))


def _person(element: str, name: str, role: str, identity: str) -> Iterator[Statement]:
    parts = name_parts(name)
    yield Statement(parts.display_name, element, {"id": identity})
    yield _refinement(identity, "role", role, {"scheme": "marc:relators"})
    if parts.display_name != parts.filed:
        yield _refinement(identity, "file-as", parts.filed)


def _refinement(
    identity: str, name: str, value: str, more: Mapping[str, str] | None = None
) -> Statement:
    return Statement(value, "", {"refines": f"#{identity}", "property": name, **(more or {})})


def _language(table: BookTable) -> dict[str, str]:
    return {_XML_LANG: table.language}
