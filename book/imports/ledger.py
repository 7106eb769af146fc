"""The list of what could not be carried over, kept while a source is read.

Where something was lost, the text holds a mark of two private letters with a number between
them; when the chapters are finished, marks become lines and leave no trace.
"""

from __future__ import annotations

import re

from book.base.data import replace
from book.imports.model import Loss

_OPEN, _SHUT = "\ue0f0", "\ue0f1"
_MARK = re.compile(f"{_OPEN}(\\d+){_SHUT}")
_ALONE = re.compile(f"(?<=\n\n)((?:{_MARK.pattern})+)[ ]*\n\n+".replace("(\\d+)", "\\d+"))
#: Around words in small capitals, where a source is marked before it is read.
SMALL_START, SMALL_END = "\ue0f2", "\ue0f3"
_PRIVATE = re.compile(f"[{_OPEN}{_SHUT}]")


def plain(text: str) -> str:
    """``text`` without the letters that marks are made of."""
    return _PRIVATE.sub("", text)


def is_mark(text: str) -> bool:
    """Whether ``text`` is nothing but marks."""
    return not _MARK.sub("", text).strip()


class Ledger:
    """What was lost, in the order in which it was met."""

    def __init__(self) -> None:
        self._losses: list[Loss] = []
        self._seen: dict[tuple[str, str], int] = {}
        #: The texts that were taken into the book, as they lie in the source, by their paths.
        self.texts: dict[str, str] = {}
        #: Further files of the source that are in the book, whole or by their words.
        self.taken: set[str] = set()

    def add(self, message: str, source: str = "") -> str:
        """Note a loss; gives the mark to put where it happened."""
        self._losses.append(Loss(message, source))
        return f"{_OPEN}{len(self._losses) - 1}{_SHUT}"

    def line_of(self, path: str, text: str, piece: str) -> str:
        """``path:line`` of the next ``piece`` in the file's ``text``; the path if not found."""
        seen = self._seen.get((path, piece), -1)
        at = text.find(piece, seen + 1)
        if at < 0:
            at = seen
        self._seen[path, piece] = at
        return f"{path}:{text.count(chr(10), 0, at) + 1}" if at >= 0 else path

    def settle(self, path: str, text: str) -> str:
        """The finished file without its marks, whose places are noted."""
        # A mark that was a paragraph of its own goes with the empty line below it.
        text = _ALONE.sub(lambda found: found.group(1), text)
        parts, line = [], 1
        position = 0
        for found in _MARK.finditer(text):
            before = text[position : found.start()]
            line += before.count("\n")
            parts.append(before)
            number = int(found[1])
            if number < len(self._losses):
                self._losses[number] = replace(self._losses[number], place=f"{path}:{line}")
            position = found.end()
        return "".join([*parts, text[position:]]).rstrip("\n") + "\n"

    @property
    def losses(self) -> tuple[Loss, ...]:
        """All that was noted, each thing at one place once."""
        return tuple(dict.fromkeys(self._losses))
