"""What stands on the title page and its back, the same in print and in the ebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from book import dates
from book.base.identity import isbn13
from book.base.text import unbroken
from book.model import display_name
from book.theme.viewparts import TitlePage
from book.words import words
from book.words.digits import digits_of, in_digits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from book.model import Book, BookTable, Contributor
    from book.words import Words


def title_page(book: Book) -> TitlePage:
    """The title page of ``book``."""
    table = book.config.book
    return TitlePage(
        makers=tuple(_makers(table)),
        title=unbroken(table.title),
        subtitle=unbroken(table.subtitle),
        others=tuple(_parts(table.others, words(table.language, table.words))),
        edition=table.edition,
        series=_series(table),
        publisher=_joined(table.publisher, table.place),
    )


def lines(book: Book, families: Sequence[str]) -> tuple[str, ...]:
    """The lines of the imprint; ``families`` are the fonts that the text is set in."""
    table = book.config.book
    said = words(table.language, table.words)
    day = dates.parse(table.date.isoformat()).words(table.language) if table.date else ""
    found = [
        ": ".join(part for part in (table.title, table.subtitle) if part),
        *_makers(table),
        *_parts(table.others, said),
        _series(table),
        _joined(table.edition, in_digits(day, digits_of(book.config))),
        _joined(table.publisher, table.place),
        table.address,
        table.rights,
        f"{said.source}: {table.source}" if table.source else "",
        *_numbers(book),
        said.set_in.format(", ".join(families)) if families else "",
        said.made_with.format("Chapbook"),
    ]
    return tuple(line for line in found if line)


def _makers(table: BookTable) -> Iterator[str]:
    if table.authors:
        yield table.by
    else:
        yield from _parts(table.makers, words(table.language, table.words))


def _parts(people: Sequence[Contributor], said: Words) -> Iterator[str]:
    """Who did what, a line for each part, as the first of it comes."""
    forms = {
        "edt": said.edited_by,
        "trl": said.translated_by,
        "ill": said.illustrated_by,
        "aui": said.introduced_by,
        "ant": said.based_on,
    }
    for role in dict.fromkeys(one.role for one in people if one.role in forms):
        names = ", ".join(display_name(one.name) for one in people if one.role == role)
        yield forms[role].format(names)


def _series(table: BookTable) -> str:
    return _joined(table.series, str(table.series_number or "")) if table.series else ""


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _numbers(book: Book) -> Iterator[str]:
    """The numbers that this book is ordered by, as the author wrote them."""
    config = book.config
    isbns = {"PDF": config.pdf.isbn, "EPUB": config.epub.isbn}
    yield from (f"ISBN {isbn} ({kind})" for kind, isbn in isbns.items() if isbn)
    own = config.book.identifier
    if own and not (isbn13(own) and isbn13(own) in map(isbn13, isbns.values())):
        yield f"ISBN {own.removeprefix('urn:isbn:')}" if isbn13(own) else own
