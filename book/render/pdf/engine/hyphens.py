"""Patterns of hyphenation are kept as Pyphen has read them, and few words with them.

It reads them anew in each process, which takes a tenth of a second for English and a whole one
for German; and it remembers every word that it ever divided.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from pyphen import HyphDict

from book.cache.memo import memo

if TYPE_CHECKING:
    from pathlib import Path

    from book.cache.store import Store

#: So many words are remembered: those of some chapters.
_WORDS = 1000

#: By their letters: where the first digit stands, and the digits.
_Patterns = dict[str, tuple[int, tuple[int, ...]]]


class KeptPatterns(HyphDict):  # type: ignore[misc] # pyphen is untyped
    """Pyphen's patterns of a language, from the process's store if they are there."""

    #: Where this process keeps them, if it does.
    store: Store | None = None

    def __init__(self, path: Path) -> None:
        if self.store is None:
            super().__init__(path)
            return
        read = partial(_read, path)
        self.patterns = memo(self.store, "hyphens", _Patterns, (path.name,), read, only=_is_plain)
        self.cache: dict[str, Any] = {}
        self.maxlen = max(map(len, self.patterns))

    def positions(self, word: str) -> Any:
        """Where ``word`` may be divided, as Pyphen has it."""
        if len(self.cache) == _WORDS:
            self.cache.clear()
        return super().positions(word)


def keep_in(store: Store) -> None:
    """Let this process have its patterns from what ``store`` keeps, and keep new ones there."""
    KeptPatterns.store = store


def _read(path: Path) -> _Patterns:
    patterns: _Patterns = HyphDict(path).patterns
    return patterns


def _is_plain(patterns: _Patterns) -> bool:
    """Whether none says how a word is spelled when it is divided."""
    return all(type(one) is int for _, digits in patterns.values() for one in digits)
