"""A chapter's title can be linked to by the name that GitHub gives it, as any heading can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from book.base.data import replace
from book.base.patterns import pattern
from book.model import Notes, Text
from book.parse.ids import identifier, slugified

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from book.model import Anchor, Book, Chapter, Heading

_TO = pattern(r'data-to="([^"]*)"')


def with_titles(chapters: Sequence[Chapter]) -> tuple[Chapter, ...]:
    """``chapters`` whose links to titles by name lead to the chapters that have them."""
    named = {identifier(one.slug, slugified(one.title)): one.slug for one in chapters}
    taken = {each.id for one in chapters for each in one.headings}
    taken |= {each.id for one in chapters for each in one.anchors}
    meant = {name: slug for name, slug in named.items() if name not in taken}
    return tuple(
        led(one, meant) if any(each.target in meant for each in one.references) else one
        for one in chapters
    )


def led(chapter: Chapter, meant: Mapping[str, str]) -> Chapter:
    """``chapter`` with links that lead to what is ``meant`` by their targets."""

    def with_others(text: str) -> str:
        return _TO.sub(lambda found: f'data-to="{meant.get(found[1], found[1])}"', text)

    return replace(
        chapter,
        heading=with_others(chapter.heading),
        text=Text.of(with_others(chapter.body)),
        noted=Notes.of(replace(note, body=with_others(note.body)) for note in chapter.notes),
        references=tuple(
            replace(one, target=meant.get(one.target, one.target)) for one in chapter.references
        ),
    )


def homes(book: Book) -> dict[str, list[str]]:
    """The ids of all headings and anchors of ``book`` by their names, without their slugs."""
    found: dict[str, list[str]] = {}
    for chapter in book.chapters:
        every: tuple[Heading | Anchor, ...] = (*chapter.headings, *chapter.anchors)
        for one in every:
            found.setdefault(one.id.removeprefix(f"{chapter.slug}."), []).append(one.id)
    return found
