"""The chronology and the list of people as XHTML with symbolic marks, for every output to spell.

An empty ``<a data-to="ID" class="locator"/>`` stands for "where it is told": a page number in
print, a link in the ebook.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from book import dates
from book.theme.templates import Dress, plain
from book.theme.viewparts import ChronologyLine, PersonLine
from book.theme.views import Chronology, People
from book.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from book.model import Book, Chapter


def chronology(book: Book, dress: Dress = plain) -> str:
    """Every entry of the chronology as its template has it; a date that recurs is said once.

    What only the editors tell is marked, and below the list stands what the mark means.
    ``dress`` makes a page of a view (:func:`book.theme.templates.rendered`).
    """
    entries, last = [], ""
    table = book.config.book
    said = words(table.language, table.words)
    mark = f"[{said.by_editors}]"
    for entry in book.chronology:
        line = ChronologyLine(
            id=entry.id,
            date=entry.words if entry.words != last else "",
            machine=dates.parse(entry.edtf).machine or "",
            sentence=entry.sentence,
            by_editors=mark if entry.series == "editor" else "",
            places=_locators(event.id for event in entry.told),
        )
        entries.append(line)
        last = entry.words
    added = any(line.by_editors for line in entries)
    view = Chronology(
        book=table,
        language=table.language,
        words=said,
        entries=tuple(entries),
        legend=f"{mark}: {said.added_by_editors}." if added else "",
    )
    return dress(view) if entries else ""


def timeline_place(chapter: Chapter, book: Book) -> str:
    """The id of the timeline if it stands in ``chapter``, behind the list that it is drawn from."""
    if not book.chronology or book.chronology[0].id.partition(".")[0] != chapter.slug:
        return ""
    place = f"{chapter.slug}.timeline"
    taken = {head.id for head in chapter.headings} | {one.id for one in chapter.anchors}
    while place in taken:
        place += "-"
    return place


def people(book: Book, dress: Dress = plain) -> str:
    """Everyone named in the book: the name, who it is, and where the person appears."""
    table = book.config.book
    lines = tuple(
        PersonLine(
            id=one.id,
            name=one.person.name,
            about=one.person.about,
            places=_locators(mention.id for mention in one.mentions),
        )
        for one in book.people
    )
    said = words(table.language, table.words)
    view = People(book=table, language=table.language, words=said, people=lines)
    return dress(view) if lines else ""


def _locators(ids: Iterable[str]) -> Markup:
    links = "".join(f'<a data-to="{identity}" class="locator"/>' for identity in ids)
    return Markup(f'<span class="locators">{links}</span>')
