"""Which way a typewriter's quotation mark faces, and which is an apostrophe."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from book.base.patterns import pattern

if TYPE_CHECKING:
    from book.words import Quotes

    Kind = Literal["open", "close", "apostrophe", "unknown"]

_OPENERS = frozenset("([{\u00a1\u00bf\u201c\u2018\u00ab\u2039\u201e\u201a")
_BETWEEN = frozenset("-\u2010\u2013\u2014\u2026/")
# Words that begin with an apostrophe, also the German 's and the Dutch 't, and years without their
# century; unless they are a quotation by themselves.
_ELISION = pattern(
    r"(?:tis|twas|twere|twill|twould|em|til|cause|n|s|t|\d\d(?:s|ers?)?)\b(?!'(?!\s*\w))",
    re.IGNORECASE,
)
# Those that are words as well begin with one if what could close a quotation is a genitive.
_CLIPPED = pattern(
    r"(?:round|bout|neath|gainst|mongst|cross|fore|ere|cept|phone|flu|fraid|nam|ouse|ome|alf|im|is)"
    r"\b",
    re.IGNORECASE,
)
_GENITIVE = pattern(r"(?<=[sS])'(?=\s+[a-z])")
_YEAR_SPOKEN = pattern(r"\d\ds?\b[^'\"]*[.,!?;:\u2026]'(?!\w)")
_CLOSER = pattern(r"[^\s'\"]'(?!\w)")


def _is_wide(letter: str) -> bool:
    """Whether ``letter`` is one of a script that has no spaces to tell by (UAX 11)."""
    return letter > "\u2e7f" and unicodedata.east_asian_width(letter) in "WF"


class Judge:
    """Judges the marks of one text; they must be asked for in their order."""

    def __init__(self, text: str, quotes: Quotes) -> None:
        self._text, self._quotes = text, quotes
        self._open = {'"': False, "'": False}
        self._before: tuple[int, Kind] = (-1, "unknown")

    def quotation(self, at: int) -> str:
        """What stands for the mark at ``at``: itself, if that can't be told."""
        mark = self._text[at]
        kind = self._among_wide(at) or (self._double(at) if mark == '"' else self._single(at))
        self._before = (at, kind)
        if kind in ("open", "close"):
            self._open[mark] = kind == "open"
        outer = {"open": self._quotes.open, "close": self._quotes.close}
        inner = {"open": self._quotes.inner_open, "close": self._quotes.inner_close}
        if kind == "apostrophe":
            return "\u2019"
        return (outer if mark == '"' else inner).get(kind, mark)

    def _neighbours(self, at: int) -> tuple[str, str, Kind]:
        """The characters around ``at``, and what the one before was found to be, if a mark."""
        before = self._text[at - 1 : at] if at else ""
        kind = self._before[1] if self._before[0] == at - 1 else "unknown"
        return before, self._text[at + 1 : at + 2], kind

    def _among_wide(self, at: int) -> Kind | None:
        """What a mark next to a letter without spaces is: they open and close by turns."""
        mark, (before, after, _) = self._text[at], self._neighbours(at)
        wide = _is_wide(before), _is_wide(after)
        is_open = self._open[mark]
        if not (any(wide) if mark == '"' else all(wide) or (wide[0] and is_open)):
            return None
        return "close" if is_open else "open"

    def _double(self, at: int) -> Kind:
        before, after, kind = self._neighbours(at)
        is_open = self._open['"']
        if before == "" or before.isspace() or before in _OPENERS or kind == "open":
            if after.strip():
                return "open"
            return "close" if kind == "open" and is_open else "unknown"
        if after.isalnum():
            if kind == "apostrophe" or before in _BETWEEN or (before in ",;:" and not is_open):
                return "open"
            if before.isalnum() and not is_open:
                return "unknown"
        elif before in _BETWEEN and after in _OPENERS | {"'"}:
            return "open"
        return "unknown" if before.isdigit() and not is_open else "close"

    def _single(self, at: int) -> Kind:
        before, after, kind = self._neighbours(at)
        if before.isalnum() and after.isalnum():
            return "unknown" if before.isdigit() and after.isdigit() else "apostrophe"
        starts = before == "" or before.isspace() or before in _OPENERS or kind == "open"
        if starts or (before in _BETWEEN and after.strip()):
            return self._opening(at, after)
        if self._open["'"]:
            return "apostrophe" if self._is_genitive(at, before) else "close"
        if before.isalpha():
            return "apostrophe"
        return "unknown" if before.isdigit() else "close"

    def _opening(self, at: int, after: str) -> Kind:
        if not after.strip():
            return "unknown"
        if _CLIPPED.match(self._text, at + 1) and self._only_genitives(at + 1):
            return "apostrophe"
        if _ELISION.match(self._text, at + 1) and not _YEAR_SPOKEN.match(self._text, at + 1):
            return "apostrophe"
        return "open" if self._last_closer > at + 1 else "apostrophe"

    @cached_property
    def _last_closer(self) -> int:
        """Where the last mark ends that could close a quotation; 0 if there is none."""
        return max((found.end() for found in _CLOSER.finditer(self._text)), default=0)

    def _only_genitives(self, at: int) -> bool:
        """Whether all marks from ``at`` on that could close one stand as in "the dogs' home"."""
        found = _CLOSER.search(self._text, at)
        return found is None or _GENITIVE.match(self._text, found.end() - 1) is not None

    def _is_genitive(self, at: int, before: str) -> bool:
        """``the dogs' tails,'``: after an s, if the next single mark can only close."""
        following = self._text.find("'", at + 1)
        if before not in "sS" or following < 0:
            return False
        return _CLOSER.match(self._text, following - 1) is not None
