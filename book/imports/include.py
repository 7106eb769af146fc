"""Texts that a text takes in: whole files, lines of them, or what stands between two anchors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from book.base.excerpts import excerpt
from book.imports.labels import TakenLabels
from book.imports.ledger import plain

if TYPE_CHECKING:
    from book.imports.ledger import Ledger
    from book.imports.source import Shelf

_MOST = 16 << 20


class Includes:
    """Takes in files of the source; together they are bounded."""

    def __init__(self, shelf: Shelf, ledger: Ledger) -> None:
        self._shelf, self._ledger = shelf, ledger
        self._size, self._labels = 0, TakenLabels(shelf)
        #: The files that have been taken in.
        self.taken: set[str] = set()

    def text(self, name: str, path: str, part: str = "") -> str:
        """The file ``name`` as seen from ``path``, or the ``part`` of it: ``2:10`` or an anchor.

        What isn't there, or leads outside the source, is noted and gives a mark alone.
        """
        found = self._shelf.find(name, path)
        text = self._shelf.text_of(found) if found else None
        if text is None:
            return self._ledger.add(f"There is no {name} in the source to take in.", path)
        self.taken.add(found)
        self._ledger.taken.add(found)
        self._ledger.texts[found] = text
        self._size += len(text)
        if self._size > _MOST:
            return self._ledger.add(f"What is taken in is too much; {name} is left out.", path)
        lines = excerpt(text, part)
        if lines is None:
            return self._ledger.add(f"{name} has no anchor `{part}`.", path)
        taken = plain("\n".join(line for _, line in lines))
        return self._labels.told_apart(taken, path, found)
