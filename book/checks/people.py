"""P: people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from book.base.codes import finding
from book.base.text import suggestion
from book.read.settings import place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from book.model import Book, Finding


def unknown(book: Book) -> Iterator[Finding]:
    """P001: a person is named who is not in book.toml."""
    people = book.config.people
    for chapter in book.chapters:
        for mention in chapter.mentions:
            if mention.person not in people:
                message = f"`{mention.person}` is not under [people] in book.toml."
                hint = suggestion(mention.person, people, "Those who are there:")
                add = f'Add `{mention.person} = {{ name = "Family, Given" }}` there.'
                yield finding("P001", mention.place, message, hint or add)


def unnamed(book: Book) -> Iterator[Finding]:
    """P002: a person stands in book.toml whom no chapter names."""
    named = {mention.person for chapter in book.chapters for mention in chapter.mentions}
    for person in book.config.people:
        if person not in named:
            place = place_of(book.root, ("people", person))
            hint = "Say in `also` what the text has for the name, or take the entry out."
            yield finding("P002", place, f"No chapter names `{person}`.", hint)
