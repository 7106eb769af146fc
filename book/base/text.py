"""Small help with words: the nearest right one, a list of them, what may not be printed."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What XML 1.0 forbids, and other control characters and noncharacters that we do."""

#: A dash with spaces around it ends a line, it never begins one.
_DASH = re.compile(r" (?=[\u2013\u2014](?:\s|$))")
_LANGUAGE = re.compile(
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


def is_language(tag: str) -> bool:
    """Whether ``tag`` has the form of a BCP 47 language tag (RFC 5646, section 2.1).

    Grandfathered tags and bare private ones are left out: no reader has ever heard of them.
    """
    return _LANGUAGE.fullmatch(tag) is not None


def nearest(word: str, choices: Iterable[str]) -> str:
    """The choice most like ``word``, without regard to case; empty if none comes near."""
    folded = {choice.casefold(): choice for choice in choices}
    found = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else ""


def listed(words: Iterable[str]) -> str:
    """The words in the style of code, with commas between them."""
    return ", ".join(f"`{word}`" for word in words)


def suggestion(word: str, choices: Iterable[str], among: str) -> str:
    """A hint for a mistyped word: the nearest choice, or all of them after ``among``.

    ``among`` introduces the list, as in ``The kinds are``. Empty if there are no choices.
    """
    known = list(choices)
    if near := nearest(word, known):
        return f"Did you mean `{near}`?"
    return f"{among} {listed(known)}." if known else ""


def paragraphs(text: str) -> list[str]:
    """The paragraphs of ``text``, which empty lines part."""
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


def unbroken(title: str) -> str:
    """``title`` with its dashes held to the word before them."""
    return _DASH.sub("\N{NO-BREAK SPACE}", title)
