"""All chapters become the book: the one step that sees the whole of it.

Chapters are put in order (front, body, back), numbered, and everything that can be linked to is
listed; the chronology and the list of people are drawn up from the marks.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from book.anchors import with_titles
from book.base.data import replace
from book.base.text import paragraphs
from book.base.xml import escape
from book.captions import with_captions
from book.chronology import entries
from book.equations import with_equations
from book.model import (
    Book,
    Chapter,
    Config,
    Entry,
    Finding,
    Kind,
    Mention,
    Portrait,
    Text,
)
from book.numbering import numbers, own_numbers, with_sections
from book.parse.ids import identifier
from book.parse.titles import emphasised, marked
from book.parse.typeset import emphasis, typeset
from book.pointers import with_words
from book.words import words
from book.words.digits import digits_of, in_digits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_MATTERS = ("front", "body", "back")


def assemble(
    root: Path, config: Config, chapters: Sequence[Chapter], findings: Iterable[Finding] = ()
) -> Book:
    """The book of ``chapters`` (in file-name order) in the folder ``root``.

    ``findings`` are those of earlier steps; the chapters' own are added to them.
    """
    slanted, config = emphasis(config), typeset(config)
    chapters = _with_lists(_in_order([*_dedication(config), *chapters]), config)
    note_numbers = _note_numbers(chapters, config)
    chronology = _chronology(chapters, config.book.language)
    people = _people(chapters, config)
    given = numbers(chapters, config)
    found = (*findings, *own_numbers(chapters, config))
    chapters = with_captions(with_titles(with_sections(chapters, config)), config)
    chapters = with_words(with_equations(chapters, given, config))
    return Book(
        root=root,
        config=config,
        chapters=chapters,
        numbers=given,
        note_numbers=note_numbers,
        chronology=chronology,
        people=people,
        findings=(*found, *(one for chapter in chapters for one in chapter.findings)),
        emphasis=slanted,
    )


def drawn_up(book: Book, chapters: Sequence[Chapter]) -> Book:
    """``book`` with these ``chapters``, as an output has them, and what is drawn up from them."""
    chronology = _chronology(chapters, book.config.book.language)
    people = _people(chapters, book.config)
    # Lists that nobody wrote a chapter for, and that have nothing to list any more.
    empty = {f"list-{Kind.CHRONOLOGY}"} if not chronology else set()
    empty |= {f"list-{Kind.PEOPLE}"} if not people else set()
    return replace(
        book,
        chapters=tuple(one for one in chapters if one.slug not in empty),
        note_numbers=_note_numbers(chapters, book.config),
        chronology=chronology,
        people=people,
    )


def _note_numbers(chapters: Sequence[Chapter], config: Config) -> Mapping[str, str]:
    """Each note's number as it is printed, by its id."""
    given = _number_notes(chapters, through=config.notes.numbering == "book")
    return {note: in_digits(number, digits_of(config)) for note, number in given}


def slug_of_kind(chapters: Iterable[Chapter], kind: Kind) -> str:
    """The slug of the first chapter of ``kind``, or an empty string."""
    return next((chapter.slug for chapter in chapters if chapter.kind is kind), "")


def letters(count: int) -> str:
    """The editor's numbers: 1 is ``a``, 26 ``z``, 27 ``aa``."""
    text = ""
    while count:
        count, rest = divmod(count - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def _in_order(chapters: Iterable[Chapter]) -> tuple[Chapter, ...]:
    return tuple(sorted(chapters, key=lambda chapter: _MATTERS.index(chapter.kind.matter)))


def _with_lists(chapters: Sequence[Chapter], config: Config) -> tuple[Chapter, ...]:
    """``chapters``, and a chronology and a list of people where marks ask for one."""
    language = config.book.language
    said = words(language)
    named = [mention for chapter in chapters for mention in chapter.mentions]
    wanted = [
        (Kind.CHRONOLOGY, said.chronology, any(chapter.events for chapter in chapters)),
        (Kind.PEOPLE, said.people, any(one.person in config.people for one in named)),
    ]
    made = [
        Chapter(f"list-{kind}", "", kind, title, escape(title), "", language, Text.of(""))
        for kind, title, needed in wanted
        if needed and not slug_of_kind(chapters, kind)
    ]
    # A colophon is the last word of a book.
    end = next((i for i, one in enumerate(chapters) if one.kind is Kind.COLOPHON), len(chapters))
    return (*chapters[:end], *made, *chapters[end:])


def _dedication(config: Config) -> Iterator[Chapter]:
    """A page for the dedication in ``book.toml``; an empty line parts its paragraphs."""
    table = config.book
    text = "".join(f"<p>{emphasised(*marked(part))}</p>" for part in paragraphs(table.dedication))
    if text:
        slug, title = f"list-{Kind.DEDICATION}", words(table.language, table.words).dedication
        yield Chapter(
            slug, "", Kind.DEDICATION, title, escape(title), "", table.language, Text.of(text)
        )


def _number_notes(chapters: Sequence[Chapter], *, through: bool) -> Iterator[tuple[str, str]]:
    """Each called note's id and printed number.

    Each series counts by itself, from 1 in each chapter or ``through`` the book.
    """
    counts = {"source": 0, "editor": 0}
    for chapter in chapters:
        if not through:
            counts = dict.fromkeys(counts, 0)
        for note in chapter.notes:
            if note.calls:
                counts[note.series] += 1
                count = counts[note.series]
                yield note.id, letters(count) if note.series == "editor" else str(count)


def _chronology(chapters: Sequence[Chapter], language: str) -> tuple[Entry, ...]:
    slug = slug_of_kind(chapters, Kind.CHRONOLOGY)
    taken = _ids(chapters, slug)
    return entries(chapters, language, lambda number: _free(f"{slug}.entry{number}", taken))


def _people(chapters: Sequence[Chapter], config: Config) -> tuple[Portrait, ...]:
    """Everyone in ``[people]`` whom a chapter names, by family name."""
    slug = slug_of_kind(chapters, Kind.PEOPLE)
    taken = _ids(chapters, slug)
    mentions: dict[str, list[Mention]] = {}
    for chapter in chapters:
        for mention in chapter.mentions:
            mentions.setdefault(mention.person, []).append(mention)
    named = [
        Portrait(_free(identifier(slug, key), taken), person, tuple(mentions[key]))
        for key, person in config.people.items()
        if key in mentions
    ]
    return tuple(sorted(named, key=lambda portrait: _in_alphabet(portrait.person.name)))


def _in_alphabet(name: str) -> tuple[str, str]:
    """Where a name stands in a list: accents count only between names that are else the same."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in letters if not unicodedata.combining(char)), letters


def _ids(chapters: Iterable[Chapter], slug: str) -> set[str]:
    """The ids that the author gave places of the chapter ``slug``."""
    chosen = [chapter for chapter in chapters if chapter.slug == slug]
    headings = {heading.id for chapter in chosen for heading in chapter.headings}
    return headings | {anchor.id for chapter in chosen for anchor in chapter.anchors}


def _free(identity: str, taken: set[str]) -> str:
    while identity in taken:
        identity += "-"
    return identity
