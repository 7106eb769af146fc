"""G004: letters that the upright face has and its italic lacks, so that stress can't be seen."""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from typing import TYPE_CHECKING

from msgspec import Struct, field

from book.base.codes import finding
from book.base.fonts import covered, faces
from book.base.paths import lines
from book.base.patterns import pattern
from book.base.scripts import letter_of
from book.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from book.base.fonts import Face
    from book.model import Book, Finding

_SLANTED = pattern(r"<(em|i|cite|dfn)\b[^>]*>(.*?)</\1>", re.DOTALL)
_TAG = pattern("<[^>]*>")
#: Scripts that have italics; all others are made bold or dotted.
_WITH_ITALICS = ("LATIN", "GREEK", "CYRILLIC")
_SHOWN = 8
#: What each of our own italics has.
_SURE = frozenset(range(0xA0, 0x100))


class _Upright(Struct):
    """What an italic lacks of a script: its letters, and the words that have them, by file."""

    letters: set[str] = field(default_factory=set)
    words: list[tuple[str, str]] = field(default_factory=list)


def italic_letters(family: str, more: Sequence[Face]) -> frozenset[int] | None:
    """The code points of the italic of ``family``, built-in or among ``more``; None without one."""
    every = (*faces(), *more)
    slanted = tuple(one.file for one in every if one.family == family and one.style == "italic")
    return covered(slanted, built_in=False) if slanted else None


def is_spaced(language: str, italic: frozenset[int]) -> bool:
    """Whether emphasis in ``language`` is spaced, since the ``italic`` lacks its letters."""
    letter = letter_of(language)
    return bool(letter) and ord(letter) not in italic


def is_western(book: Book) -> bool:
    """Whether each of our own italics has all letters of ``book``, so that none is asked."""
    letters = frozenset[str]().union(*(one.letters for one in book.chapters))
    spoken = {one.language for one in book.chapters}
    return not any(map(letter_of, spoken)) and not any(_may_lack(one, _SURE) for one in letters)


def without_italic(book: Book, family: str, more: Sequence[Face]) -> Iterator[Finding]:
    """G004: slanted words of which the italic of ``family`` lacks letters, once for each script.

    Chapters in languages whose emphasis is spaced instead have none.
    """
    has = italic_letters(family, more)
    if has is None:
        return
    lacking: dict[str, _Upright] = {}
    for path, word in _words(book, has):
        for letter in set(unicodedata.normalize("NFC", word)):
            script = unicodedata.name(letter, "").partition(" ")[0]
            if letter.isalpha() and script in _WITH_ITALICS and ord(letter) not in has:
                found = lacking.setdefault(script, _Upright())
                found.letters.add(letter)
                if (path, word) not in found.words[-1:]:
                    found.words.append((path, word))
    for script, found in sorted(lacking.items()):
        shown = ", ".join(f"“{letter}”" for letter in sorted(found.letters)[:_SHOWN])
        more_of = ", …" if len(found.letters) > _SHOWN else ""
        count = len(found.words)
        times = "a slanted word" if count == 1 else f"{count} slanted words"
        message = (
            f"The italic of {family} lacks {script.title()} letters ({shown}{more_of}), "
            f"so they stand upright in {times}."
        )
        hint = "Set the book in a family whose italic has them: `serif` of [fonts]."
        yield finding("G004", _place(book, *found.words[0]), message, hint)


def _words(book: Book, italic: frozenset[int]) -> Iterator[tuple[str, str]]:
    """Every slanted word that the ``italic`` may lack letters of, and its file."""
    for chapter in book.chapters:
        if not chapter.path or is_spaced(chapter.language, italic):
            continue
        # Most chapters have no such letter, composed or not.
        if not any(_may_lack(one, italic) for one in chapter.letters):
            continue
        for text in (chapter.body, *(note.body for note in chapter.notes)):
            for found in _SLANTED.finditer(text):
                for word in unescape(_TAG.sub("", found[2])).split():
                    if not word.isascii():
                        yield chapter.path, word


def _may_lack(letter: str, italic: frozenset[int]) -> bool:
    kind = unicodedata.category(letter)[0]
    return kind == "M" or (kind == "L" and ord(letter) not in italic)


def _place(book: Book, path: str, word: str) -> Place:
    for number, line in enumerate(lines(book.root, path), 1):
        if word in line:
            return Place(path, number, line.index(word) + 1)
    return Place(path)
