"""P: people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from book.base.codes import finding
from book.base.patterns import pattern
from book.base.text import Choices
from book.model import Place, name_parts
from book.read.settings import places

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from book.checks.wording import Chaptered
    from book.model import Book, Finding, Person

_CAPITALIZED = pattern(r"(?<![\w\-\u2019'.])[^\W\d_a-z]\w{5,}")
_WORD = pattern(r"\w+")
_MARKED = pattern(r"\[[^\[\]]*\]\([^)]{0,999}\)")


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


def unmarked(chapter: Chaptered, people: Mapping[str, Person]) -> Iterator[Finding]:
    """P003: someone whom the text is not searched for is named without a mark.

    Told if it is asked for, once a chapter.
    """
    for key, person in people.items():
        if person.auto:
            continue
        pattern = re.compile(rf"(?<![\w-]){re.escape(name_parts(person.name).family)}(?![\w-])")
        for line, plain in zip(chapter.lines, chapter.plain, strict=True):
            if line.kind not in ("prose", "note"):
                continue
            marks = [found.span() for found in _MARKED.finditer(plain)]
            bare = (one for one in pattern.finditer(line.text) if not _within(one.start(), marks))
            if one := next(bare, None):
                place = Place(chapter.path, line.number, one.start() + 1)
                message = f"{one.group()} is named here without a mark."
                yield finding("P003", place, message, f"Write `[{one.group()}](who:{key})`.")
                break


def misspelt(chapter: Chaptered, people: Mapping[str, Person]) -> Iterator[Finding]:
    """P004: a name that differs by one letter from that of someone in book.toml."""
    families = {name_parts(one.name).family for one in people.values()}
    families = {family for family in families if len(family) > 5 and family.isalpha()}
    said = [*people.values()]
    known = {
        part
        for one in said
        for name in (one.name, *one.also, *one.other)
        for part in _WORD.findall(name)
    }
    seen: set[str] = set()
    for line in chapter.lines if families else ():
        if line.kind not in ("prose", "heading"):
            continue
        for one in _CAPITALIZED.finditer(line.text):
            word = one.group()
            if word in known or word in seen:
                continue
            seen.add(word)
            if near := next((each for each in families if _is_slip(word, each)), ""):
                place = Place(chapter.path, line.number, one.start() + 1)
                message = f"“{word}” is one letter from {near}, who is in book.toml."
                hint = "Mend it; if it is somebody else, name them under `other` there."
                yield finding("P004", place, message, hint)


def _within(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def _is_slip(word: str, name: str) -> bool:
    """Whether one letter within ``word`` is another, missing, too many or changed with the next.

    Its first letter and its ending are left alone: Stalins, Stalina are other forms of Stalin.
    """
    if word[0] != name[0] or word.startswith(name) or name.startswith(word) or word[-1] != name[-1]:
        return False
    start = 0
    while start < min(len(word), len(name)) and word[start] == name[start]:
        start += 1
    left, right = word[start:], name[start:]
    return (
        left[1:] == right[1:]
        or left[1:] == right
        or left == right[1:]
        or (left[2:] == right[2:] and left[:2] == right[1::-1])
    )
