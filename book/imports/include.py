"""Texts that a text takes in: whole files, lines of them, or what stands between two anchors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from book.imports.ledger import Ledger
    from book.imports.source import Shelf

_ANCHOR = re.compile(r"ANCHOR(?:_END)?:\s*[\w-]+")
_MOST = 16 << 20


class Includes:
    """Takes in files of the source; together they are bounded."""

    def __init__(self, shelf: Shelf, ledger: Ledger) -> None:
        self._shelf, self._ledger = shelf, ledger
        self._size = 0

    def text(self, name: str, path: str, part: str = "") -> str:
        """The file ``name`` as seen from ``path``, or the ``part`` of it: ``2:10`` or an anchor.

        What isn't there, or leads outside the source, is noted and gives a mark alone.
        """
        found = self._shelf.find(name, path)
        text = self._shelf.text_of(found) if found else None
        if text is None:
            return self._ledger.add(f"There is no {name} in the source to take in.", path)
        self._size += len(text)
        if self._size > _MOST:
            return self._ledger.add(f"What is taken in is too much; {name} is left out.", path)
        lines = text.removesuffix("\n").split("\n")
        if re.fullmatch(r"[\d:]+", part):
            lines = _range(lines, part)
        elif part:
            chosen = _anchored(lines, part)
            if chosen is None:
                return self._ledger.add(f"{name} has no anchor `{part}`.", path)
            lines = chosen
        return "\n".join(line for line in lines if not _ANCHOR.search(line))


def _range(lines: list[str], part: str) -> list[str]:
    first, colon, last = part.partition(":")
    start = int(first[:9]) - 1 if first else 0
    end = int(last.split(":")[0][:9]) if last.split(":")[0] else len(lines)
    return lines[max(start, 0) : end] if colon else lines[max(start, 0) : start + 1]


def _anchored(lines: list[str], name: str) -> list[str] | None:
    begin = re.compile(rf"ANCHOR:\s*{re.escape(name)}(?![\w-])")
    end = re.compile(rf"ANCHOR_END:\s*{re.escape(name)}(?![\w-])")
    start = next((at for at, line in enumerate(lines) if begin.search(line)), None)
    if start is None:
        return None
    stop = next((at for at, line in enumerate(lines) if at > start and end.search(line)), None)
    return lines[start + 1 : stop]
