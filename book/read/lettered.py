"""Where in a chapter's file the words stand that a page, an ebook or a preview shows.

Only letters and digits are compared: what marks and line ends make of the rest doesn't count.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from book.base.paths import content
from book.base.text import newlines
from book.model import Place, Source, Text
from book.read.encodings import UnreadableError, decoded
from book.read.frontmatter import split

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: So many letters are looked for, and at so many places of a longer text.
_WIDTHS, _TRIES = (28, 16, 10), 12


def key(text: str) -> str:
    """The letters and digits of ``text``, by which it is found on a page and in a source."""
    return "".join(char for char in text if char.isalnum()).casefold()


@dataclass(frozen=True, slots=True)
class Lettered:
    """The ``letters`` of a chapter's file below its front matter, and of each its ``places``."""

    path: str
    letters: str
    places: tuple[tuple[int, int], ...]
    first: int

    @classmethod
    def of(cls, root: Path, path: str) -> Lettered:
        """Those of the file at ``path`` of the book in ``root``; none if it can't be read."""
        try:
            text, _ = decoded(path, content(root, path) or b"")
        except (OSError, UnreadableError):
            return cls(path, "", (), 1)
        text = newlines(text)
        front, _ = split(Source(path, "", Text.of(text), ""))
        pairs = list(_spelled(front.text, front.lines + 1))
        letters = "".join(letter for letter, _ in pairs)
        return cls(path, letters, tuple(place for _, place in pairs), front.lines + 1)

    def line(self, at: int) -> int:
        """The line of the letter ``at``, from 1."""
        return self.places[at][0]

    def place(self, words: str, after: int = 0) -> Place | None:
        """Where ``words`` of a page stand; None if none of them is in the file.

        A page may have more between them, such as a note's number, and the source more, such as
        an address; so some are looked for, from the first on. A few that are there twice tell
        nothing. They are looked for behind the letter ``after`` first.
        """
        wanted = key(words)
        if len(wanted) < _WIDTHS[-1]:
            at = self.letters.find(wanted, after) if len(wanted) > 1 else -1
            return self._at(at)
        for start in range(0, max(len(wanted) - _WIDTHS[-1] + 1, 1), 4)[:_TRIES]:
            for width in _WIDTHS:
                part = wanted[start : start + width]
                at = max(self.letters.find(part, begin) for begin in (after, 0))
                if at >= 0 and (width == _WIDTHS[0] or self.letters.count(part) == 1):
                    return self._at(at)
        return None

    def _at(self, at: int) -> Place | None:
        return Place(self.path, *self.places[at]) if at >= 0 else None


def _spelled(source: str, first: int) -> Iterator[tuple[str, tuple[int, int]]]:
    """The letters of the source, each with its line and column."""
    for number, line in enumerate(source.split("\n"), first):
        for column, char in enumerate(line, 1):
            if char.isalnum():
                for letter in char.casefold():
                    yield letter, (number, column)
