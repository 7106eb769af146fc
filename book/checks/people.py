"""P: people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from book.base.codes import finding
from book.base.text import Choices
from book.read.settings import places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from book.model import Book, Finding


def unknown(book: Book) -> Iterator[Finding]:
    """P001: a person is named who is not in book.toml."""
    people = Choices(book.config.people)
    for chapter in book.chapters:
        for mention in chapter.mentions:
            if mention.person not in book.config.people:
                message = f"`{mention.person}` is not under [people] in book.toml."
                hint = people.hint(mention.person, "Those who are there:")
                add = f'Add `{mention.person} = {{ name = "Family, Given" }}` there.'
                yield finding("P001", mention.place, message, hint or add)


def unnamed(book: Book) -> Iterator[Finding]:
    """P002: a person stands in book.toml whom no chapter names."""
    named = {mention.person for chapter in book.chapters for mention in chapter.mentions}
    missed = [person for person in book.config.people if person not in named]
    if not missed:
        return
    place_of = places(book.root)
    for person in missed:
        hint = "Say in `also` what the text has for the name, or take the entry out."
        place = place_of(("people", person))
        yield finding("P002", place, f"No chapter names `{person}`.", hint)
