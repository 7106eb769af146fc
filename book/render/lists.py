"""The chronology and the list of people as XHTML with symbolic marks, for every output to spell.

An empty ``<a data-to="ID" class="locator"/>`` stands for "where it is told": a page number in
print, a link in the ebook.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from book import dates
from book.base.xml import escape
from book.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from book.model import Book, Chapter


def chronology(book: Book) -> str:
    """Every entry of the chronology as a definition list; a date that recurs is said once.

    What only the editors tell is marked, and below the list stands what the mark means.
    """
    rows, last = [], ""
    said = words(book.config.book.language)
    mark, added = f"[{said.by_editors}]", False
    for entry in book.chronology:
        machine = dates.parse(entry.edtf).machine
        when = escape(entry.words)
        stamp = f'<time datetime="{machine}">{when}</time>' if machine else when
        if entry.words != last:
            rows.append(f"<dt>{stamp}</dt>")
        last = entry.words
        places = _locators(event.id for event in entry.told)
        by = ""
        if entry.series == "editor":
            by, added = f' <span class="by-editors">{mark}</span>', True
        rows.append(f'<dd id="{entry.id}">{escape(entry.sentence)}{by} {places}</dd>')
    legend = f'<p class="legend">{mark}: {said.added_by_editors}.</p>' if added else ""
    return f'<dl class="chronology">{"".join(rows)}</dl>{legend}' if rows else ""


def timeline_place(chapter: Chapter, book: Book) -> str:
    """The id of the timeline if it stands in ``chapter``, behind the list that it is drawn from."""
    if not book.chronology or book.chronology[0].id.partition(".")[0] != chapter.slug:
        return ""
    place = f"{chapter.slug}.timeline"
    taken = {head.id for head in chapter.headings} | {one.id for one in chapter.anchors}
    while place in taken:
        place += "-"
    return place


def people(book: Book) -> str:
    """Everyone named in the book: the name, who it is, and where the person appears."""
    rows = []
    for portrait in book.people:
        places = _locators(mention.id for mention in portrait.mentions)
        about = escape(portrait.person.about)
        name = f'<dt id="{portrait.id}">{escape(portrait.person.name)}</dt>'
        rows.append(f"{name}<dd>{about + '. ' if about else ''}{places}</dd>")
    return f'<dl class="people">{"".join(rows)}</dl>' if rows else ""


def _locators(ids: Iterable[str]) -> str:
    links = "".join(f'<a data-to="{identity}" class="locator"/>' for identity in ids)
    return f'<span class="locators">{links}</span>'
