"""Small help with words: the nearest right one, a list of them, what may not be printed."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from book.base.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

UNPRINTABLE = pattern("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What XML 1.0 forbids, and other control characters and noncharacters that we do."""

# The same in UTF-8, where they are looked for in half of the time: of one byte, and of more.
_CONTROLS = bytes([*range(9), *range(11, 32), 127])
_MORE = [pattern(rb"\xc2[\x80-\x9f]"), pattern(rb"\xed[\xa0-\xbf]")]
_MORE += [pattern(rb"\xef(?:\xb7[\x90-\xaf]|\xbf[\xbe\xbf])")]

# What turns a line of a terminal around, so that it reads as what it isn't.
_BIDI = pattern("[\u202a-\u202e\u2066-\u2069]")

#: A dash with spaces around it ends a line, it never begins one.
_DASH = pattern(r" (?=[\u2013\u2014](?:\s|$))")
_LANGUAGE = pattern(
    r"""
    [a-z]{2,3} (-[a-z]{3}){0,3}                 # language, extended language
    (-[a-z]{4})?                                # script
    (-(?:[a-z]{2}|\d{3}))?                      # region
    (-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*         # variants
    (-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*           # extensions
    (-x(?:-[a-z0-9]{1,8})+)?                    # private use
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)

# Of a word, so many letters are compared; of choices, so many at once; of those that share two
# letters, so many are known; of all, so many are listed, else the nearest.
_COMPARED, _FEW, _SAME, _CANDIDATES = 60, 50, 200, 20
_LISTED, _NEAREST = 20, 3


def is_unprintable(text: str) -> bool:
    """Whether there is any :data:`UNPRINTABLE` letter in a long ``text``."""
    data = text.encode("utf-8", "surrogatepass")
    holds = len(data.translate(None, _CONTROLS)) < len(data)
    return holds or any(one.search(data) for one in _MORE)


def newlines(text: str) -> str:
    """``text`` with every line's end as a newline, however its system writes them."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def printable(text: str) -> str:
    """``text`` without what would make a terminal do something else than show it."""
    return _BIDI.sub("\ufffd", UNPRINTABLE.sub("\ufffd", text))


def is_language(tag: str) -> bool:
    """Whether ``tag`` has the form of a BCP 47 language tag (RFC 5646, section 2.1).

    Grandfathered tags and bare private ones are left out: no reader has ever heard of them.
    """
    return _LANGUAGE.fullmatch(tag) is not None


class Choices:
    """What may be written somewhere, to find what a mistyped word was meant to be.

    It is looked through once; what is most like a word is then found among those that share
    letters with it, so a thousand words among a thousand choices take no longer than they must.
    """

    def __init__(self, choices: Iterable[str]) -> None:
        self._all = list(choices)
        self._folded = {choice.casefold()[:_COMPARED]: choice for choice in self._all}
        self._by_pair: dict[str, list[str]] = {}
        if len(self._folded) > _FEW:
            for folded in self._folded:
                for pair in _pairs(folded):
                    holders = self._by_pair.setdefault(pair, [])
                    if len(holders) < _SAME:
                        holders.append(folded)

    def near(self, word: str, count: int = 1, cutoff: float = 0.6) -> list[str]:
        """The choices most like ``word``, the nearest first, without regard to case."""
        import difflib

        word = word.casefold()[:_COMPARED]
        found = difflib.get_close_matches(word, self._candidates(word), n=count, cutoff=cutoff)
        return [self._folded[one] for one in found]

    def hint(self, word: str, among: str, most: int = _LISTED) -> str:
        """What to write instead of ``word``: the nearest choice, or a few after ``among``.

        ``among`` introduces the list, as in ``The kinds are``, of all choices if they are no more
        than ``most``. Empty if there are no choices.
        """
        if near := self.near(word):
            return f"Did you mean `{near[0]}`?"
        if len(self._all) <= most:
            return f"{among} {listed(self._all)}." if self._all else ""
        nearest = self.near(word, _NEAREST, 0.0)
        nearest += [one for one in self._all[:_NEAREST] if one not in nearest]
        rest = len(self._all) - _NEAREST
        return f"{among} {listed(nearest[:_NEAREST])} and {rest} more."

    def _candidates(self, word: str) -> list[str]:
        if len(self._folded) <= _FEW:
            return list(self._folded)
        shared = Counter(folded for pair in _pairs(word) for folded in self._by_pair.get(pair, ()))
        return [folded for folded, _ in shared.most_common(_CANDIDATES)]


def _pairs(word: str) -> list[str]:
    """Letters of ``word`` in pairs, with one that stands for its beginning."""
    return [before + after for before, after in pairwise(f" {word}")]


def nearest(word: str, choices: Iterable[str]) -> str:
    """The choice most like ``word``, without regard to case; empty if none comes near."""
    return next(iter(Choices(choices).near(word)), "")


def listed(words: Iterable[str]) -> str:
    """The words in the style of code, with commas between them."""
    return ", ".join(f"`{word}`" for word in words)


def suggestion(word: str, choices: Iterable[str], among: str) -> str:
    """:meth:`Choices.hint` for a word among ``choices`` that are asked once."""
    return Choices(choices).hint(word, among)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of ``text``, which empty lines part."""
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


def unbroken(title: str) -> str:
    """``title`` with its dashes held to the word before them."""
    return _DASH.sub("\N{NO-BREAK SPACE}", title)
