"""Step 5: what is wrong with the book as a whole. One function a code, in files by letter.

A check takes the assembled book and gives findings. What can be seen in one file alone has been
found before, by the step that read it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from book.base.codes import ASKED_FOR
from book.cache.memo import memo, memo_all
from book.checks import (
    chronology,
    frontmatter,
    headings,
    images,
    links,
    metadata,
    notes,
    people,
    spelling,
    vocabulary,
    wording,
)
from book.checks.silence import silenced
from book.checks.straight import straight_quote
from book.checks.wording import Chaptered
from book.model import Book, Config, Finding, Person, Place, Source

if TYPE_CHECKING:
    from pathlib import Path

    from book.cache.store import Store

__all__ = ["CHECKS", "run", "silenced", "typed"]

#: Words, each with its first place in a chapter.
_Places = tuple[tuple[str, Place], ...]

CHECKS: tuple[Callable[[Book], Iterator[Finding]], ...] = (
    frontmatter.unknown_key,
    frontmatter.formula,
    headings.missing_title,
    headings.skipped_level,
    headings.second_title,
    headings.title_alone,
    headings.same_titles,
    notes.uncalled,
    links.no_chapter,
    links.no_anchor,
    links.doubled_anchor,
    images.missing,
    images.outside,
    images.undescribed,
    images.named_by_file,
    chronology.disagreeing,
    chronology.told_twice,
    metadata.unregistered_language,
    metadata.without_words,
    metadata.without_patterns,
    metadata.far_future,
    people.unknown,
    people.unnamed,
)
#: The same of a chapter as it is typed.
TYPED: tuple[Callable[[Chaptered], Iterator[Finding]], ...] = (
    wording.repeated_word,
    wording.hyphen_for_dash,
    wording.double_space,
    wording.headless_table,
    wording.link_says_nothing,
    chronology.unmarked,
    straight_quote,
)
#: The same, for who is in book.toml.
NAMED: tuple[Callable[[Chaptered, Mapping[str, Person]], Iterator[Finding]], ...] = (
    people.unmarked,
    people.misspelt,
)


def run(book: Book, store: Store) -> tuple[Finding, ...]:
    """The findings of every check, in the order of their places.

    ``store`` keeps what was seen of pictures, which takes long.
    """
    found = [one for check in CHECKS for one in check(book)]
    return tuple(sorted([*found, *images.unreadable(book, store)], key=_order))


class Typed(Struct, frozen=True):
    """What is seen in a chapter as it is typed: its findings, and its words."""

    findings: tuple[Finding, ...]
    words: vocabulary.Seen


def typed(
    root: Path, sources: Sequence[Source], config: Config, store: Store, also: Collection[str] = ()
) -> tuple[Finding, ...]:
    """What can be seen in ``sources`` as they are typed, each kept as long as it stays the same.

    Codes that are told only if they are asked for are told if ``also`` has them, here or in
    ``[check]``.
    """
    language, people = config.book.language, config.people
    makers: dict[tuple[str, ...], partial[Typed]] = {
        (language, repr(people), one.path, one.digest): partial(_seen, one, language, people)
        for one in sources
    }
    kept = tuple(memo_all(store, "typed", Typed, makers)())
    wanted = {code.upper() for code in (*config.check.also, *also)}
    found = [one for each in kept for one in each.findings]
    mixed = partial(_mixed, [one.words for one in kept], sources, language, store)
    found += memo(store, "mixed", tuple[Finding, ...], [repr([*makers])], mixed)
    if "W006" in wanted:
        found += spelling.unknown_words(root, sources, config, store)
    return tuple(one for one in found if one.code not in ASKED_FOR or one.code in wanted)


def _mixed(
    words: Sequence[vocabulary.Seen], sources: Sequence[Source], language: str, store: Store
) -> tuple[Finding, ...]:
    by_path = {one.path: one for one in sources}

    def first(path: str, word: str) -> _Places:
        source = by_path[path]
        parts = (language, path, source.digest, word)
        return memo(store, "spelled", _Places, parts, partial(_first, source, language, word))

    return tuple(vocabulary.mixed(words, first))


def _first(source: Source, language: str, word: str) -> _Places:
    return vocabulary.first(wording.Chaptered.of(source, language), word)


def _seen(source: Source, language: str, people: Mapping[str, Person]) -> Typed:
    chapter = wording.Chaptered.of(source, language)
    found = [one for check in TYPED for one in check(chapter)]
    found += [one for check in NAMED for one in check(chapter, people)]
    return Typed(tuple(found), vocabulary.seen(chapter))


def _order(found: Finding) -> tuple[Place, str]:
    return found.place, found.code
