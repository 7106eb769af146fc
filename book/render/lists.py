"""The chronology and the list of people as XHTML with symbolic marks, for every output to dress.

An empty ``<a data-to="ID" class="locator"/>`` stands for "where it is told": a page number in
print, a link in the ebook.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from book import dates
from book.base.xml import escape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from book.model import Book


def chronology(book: Book) -> str:
    """Every entry of the chronology as a definition list; a date that recurs is said once."""
    rows, last = [], ""
    for entry in book.chronology:
        machine = dates.parse(entry.edtf).machine
        when = escape(entry.words)
        stamp = f'<time datetime="{machine}">{when}</time>' if machine else when
        if entry.words != last:
            rows.append(f"<dt>{stamp}</dt>")
        last = entry.words
        places = _locators(event.id for event in entry.told)
        rows.append(f'<dd id="{entry.id}">{escape(entry.sentence)} {places}</dd>')
    return f'<dl class="chronology">{"".join(rows)}</dl>' if rows else ""


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
