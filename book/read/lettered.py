"""Where in a chapter's file the words stand that a page, an ebook or a preview shows.

Only letters and digits are compared: what marks and line ends make of the rest doesn't count.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from msgspec import Struct

from book.base.paths import content
from book.base.text import newlines
from book.model import Place, Source, Text
from book.read.encodings import UnreadableError, decoded
from book.read.frontmatter import split

if TYPE_CHECKING:
    from pathlib import Path

#: So many letters are looked for, and at so many places of a longer text.
_WIDTHS, _TRIES = (28, 16, 10), 12


def key(text: str) -> str:
    """The letters and digits of ``text``, by which it is found on a page and in a source."""
    return "".join(filter(str.isalnum, text)).casefold()


class Lettered(Struct, frozen=True):
    """The ``letters`` of a chapter's file below its front matter, which ends before line ``first``.

    ``lines`` are its lines from there on, and ``ends`` how many letters there are to the end of
    each.
    """

    path: str
    letters: str
    lines: tuple[str, ...]
    ends: tuple[int, ...]
    first: int

    @classmethod
    def of(cls, root: Path, path: str) -> Lettered:
        """Those of the file at ``path`` of the book in ``root``; none if it can't be read."""
        try:
            text, _ = decoded(path, content(root, path) or b"")
        except (OSError, UnreadableError):
            return cls(path, "", (), (), 1)
        front, _ = split(Source(path, "", Text.of(newlines(text)), ""))
        lines = tuple(front.text.split("\n"))
        keys = [key(line) for line in lines]
        return cls(path, "".join(keys), lines, (*accumulate(map(len, keys)),), front.lines + 1)

    def line(self, at: int) -> int:
        """The line of the letter ``at``, from 1."""
        return self.first + bisect_right(self.ends, at)

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
        if at < 0:
            return None
        index = bisect_right(self.ends, at)
        left = at - (self.ends[index - 1] if index else 0)
        counts = accumulate(len(key(char)) for char in self.lines[index])
        column = next(column for column, count in enumerate(counts, 1) if count > left)
        return Place(self.path, self.first + index, column)
