"""W006: words that are in no dictionary, each once in the book. Told if it is asked for.

Names in ``book.toml`` and the words of ``words.txt`` are known; what is marked as another language
is looked up in that; code and addresses are left alone. Quotations are looked through, too: a slip
in copying is as likely as any, and what was spelt so is silenced, or in ``words.txt``.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, partial
from typing import TYPE_CHECKING

from msgspec import Struct

from book.base import dictionaries
from book.base.codes import finding
from book.base.paths import lines as file_lines
from book.base.patterns import pattern
from book.base.text import Choices, listed
from book.cache.memo import memo_all
from book.checks.foreign import phrases
from book.checks.prose import MASK, paragraphs
from book.checks.wording import Chaptered
from book.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from book.cache.store import Store
    from book.checks.prose import Kind
    from book.model import Config, Finding, Source

#: The book's own words, beside ``book.toml``: one a line; a ``#`` begins a remark.
WORDS = "words.txt"
#: What stands oftener is meant so; to look for what is near takes a tenth of a second a word, so
#: it is done for so many.
_SELDOM, _SUGGESTED = 2, 60
_WORD = pattern(
    r"(?<![\w\ufffc@\\])[^\W\d_]+(?:['\u2019\u2010\u2011-][^\W\d_]+)*(?![\w\ufffc@]|\.\w)"
)
_STARTS = pattern(r"(?:^|[.!?:\u2026][\"'\u2019\u201d)\]*_]*\s+|[\"\u201c\u2018(])[*_\[]*$")
#: Which lines hold words to be spelt.
_SPELLED: tuple[Kind, ...] = ("prose", "note", "heading", "table", "quote", "division")
_PARTS = pattern(r"[\u2010\u2011-]")


class Strange(Struct, frozen=True):
    """A word that is in no dictionary: its language, its first place, whether it may be a name."""

    word: str
    language: str
    place: Place
    named: bool
    count: int


def unknown_words(
    root: Path, sources: Sequence[Source], config: Config, store: Store
) -> Iterator[Finding]:
    """W006 and W007 for the book in ``root``; ``store`` keeps what each chapter has."""
    if not dictionaries.library():
        message = "Spelling isn't checked: Hunspell's library isn't installed."
        hint = "Install it: `pip install 'chapbook[spelling]'`."
        yield finding("W007", Place("book.toml"), message, hint)
        return
    known = _known(root, config)
    language = config.book.language
    strange = [one for each in _strange(sources, language, known, store) for one in each]
    count: Counter[tuple[str, str]] = Counter()
    for one in strange:
        count[one.language, one.word] += one.count
    first: dict[tuple[str, str], Strange] = {}
    for one in strange:
        first.setdefault((one.language, one.word), one)
    lacking = {one.language for one in first.values() if not dictionaries.of_language(one.language)}
    for tag in sorted(lacking):
        place = next(one.place for one in first.values() if one.language == tag)
        yield _no_dictionary(tag, place)
    told = [one for one in first.values() if one.language not in lacking]
    seldom = [one for one in told if count[one.language, one.word] <= _SELDOM]
    near = dict(zip(seldom, _nearest(seldom, known, store), strict=True))
    for one in told:
        yield _told(one, near.get(one, ()), count[one.language, one.word])


def _told(one: Strange, near: Sequence[str], count: int) -> Finding:
    often = f", and {count - 1} more in the book" if count > 1 else ""
    message = f"“{one.word}” is in no dictionary of `{one.language}`{often}."
    choices = " or ".join(filter(None, (listed(near[:-1]), listed(near[-1:]))))
    hint = f"Did you mean {choices}? " if choices else ""
    return finding("W006", one.place, message, f"{hint}If it is right, put it into {WORDS}.")


def _no_dictionary(tag: str, place: Place) -> Finding:
    message = f"There is no dictionary of `{tag}` here, so its words aren't checked."
    debian = tag.lower() if "-" in tag else f"{tag.lower()}-…"
    hint = f"Debian: `apt install hunspell-{debian}`; or put `{tag.replace('-', '_')}.aff` and "
    return finding("W007", place, message, hint + "`.dic` into a folder that DICPATH names.")


def _known(root: Path, config: Config) -> frozenset[str]:
    """The words that are right in this book whatever dictionaries say, folded."""
    book = config.book
    texts = [book.title, book.subtitle, book.publisher, book.place, book.series, book.dedication]
    texts += [*book.authors, *(one.name for one in book.contributors), *config.typography.whole]
    for person in config.people.values():
        texts += [person.name, person.about, *person.also, *person.other]
    texts += [line.partition("#")[0] for line in file_lines(root, WORDS)]
    return frozenset(_folded(word) for text in texts for word in _WORD.findall(text))


def _strange(
    sources: Sequence[Source], language: str, known: frozenset[str], store: Store
) -> Iterator[tuple[Strange, ...]]:
    said = repr(sorted(known))
    stamp = repr(dictionaries.everything())
    makers: dict[tuple[str, ...], partial[tuple[Strange, ...]]] = {
        (language, said, stamp, one.path, one.digest): partial(_of_source, one, language, known)
        for one in sources
    }
    return memo_all(store, "spelled", tuple[Strange, ...], makers)()


def _of_source(source: Source, language: str, known: frozenset[str]) -> tuple[Strange, ...]:
    """The strange words of a chapter, each once."""
    chapter = Chaptered.of(source, language)
    count: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], tuple[Place, bool]] = {}
    for word, tag, place, named in _words(chapter):
        if not _is_right(word, tag, known):
            count[word, tag] += 1
            first.setdefault((word, tag), (place, named))
    return tuple(Strange(word, tag, *first[word, tag], count[word, tag]) for word, tag in first)


def _words(chapter: Chaptered) -> Iterator[tuple[str, str, Place, bool]]:
    """Each word of the prose: its language, its place, and whether it may be a name."""
    for block in paragraphs(chapter.lines, *_SPELLED):
        for line in block:
            plain = chapter.plain[line.number - chapter.skipped - 1]
            spans = tuple(phrases(plain)) if "lang=" in plain else ()
            for one in _WORD.finditer(line.text):
                word = one.group()
                if len(word) == 1 or word.isupper():
                    continue
                tags = [tag for start, end, tag in spans if start <= one.start() < end]
                place = Place(chapter.path, line.number, one.start() + 1)
                before = line.text[: one.start()].replace(MASK, "").lstrip(" >")
                starts = _STARTS.search(before)
                named = not word[0].islower() and (not starts or line.kind == "heading")
                yield word, tags[-1] if tags else chapter.tag, place, named


@cache
def _is_right(word: str, tag: str, known: frozenset[str]) -> bool:
    """Whether ``word`` is known, or is made of words that are."""
    if _folded(word) in known:
        return True
    dictionary = dictionaries.of_language(tag)
    if dictionary is None:
        return False
    straight = word.replace("\u2019", "'")
    if dictionaries.knows(dictionary, straight):
        return True
    stem = re.sub("'s?$", "", straight)
    parts = [part for part in _PARTS.split(stem) if part]
    if len(parts) == 1 and stem == straight:
        return False
    return all(
        _folded(part) in known or len(part) == 1 or dictionaries.knows(dictionary, part)
        for part in parts
    )


def _folded(word: str) -> str:
    return re.sub("'s?$", "", word.replace("\u2019", "'").casefold())


def _nearest(
    told: Sequence[Strange], known: frozenset[str], store: Store
) -> Iterator[tuple[str, ...]]:
    """What each may have been meant to be; a name one of the book's, which is much quicker."""
    names = Choices(known)
    makers: dict[tuple[str, ...], partial[tuple[str, ...]]] = {}
    for one in told:
        dictionary = dictionaries.of_language(one.language)
        if dictionary and not one.named and len(makers) < _SUGGESTED:
            makers[one.word, repr(dictionary)] = partial(dictionaries.nearest, dictionary, one.word)
    made = memo_all(store, "suggested", tuple[str, ...], makers)()
    found = dict(zip(makers, made, strict=True))
    for one in told:
        near = found.get((one.word, repr(dictionaries.of_language(one.language))), ())
        if one.named:
            near = tuple(word.capitalize() for word in names.near(one.word, 3, 0.75))
        yield near
