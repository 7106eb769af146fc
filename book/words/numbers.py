"""Numbers in words, to count chapters by: CLDR's, in the form that the language counts by.

The table is made by ``tools/numberwords.py``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from book.words import module_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: Languages that begin a number behind its word with a capital: "Chapter One".
_CAPITALS = ("en",)


def number_words(language: str) -> Sequence[str]:
    """The words of a BCP 47 tag for 1 to 99, in this order; none if the house has none."""
    name = module_of(language)
    found = _table().get(name, ())
    return [_begun(one) for one in found] if name in _CAPITALS else found


def counted(template: str, number: int, language: str) -> str:
    """``template`` with ``number`` in words; in digits if the house has none for it.

    Where the number stands first it is an ordinal, which needs no stop: "Első fejezet".
    """
    known = number_words(language)
    if not 0 < number <= len(known):
        return template.format(number)
    said = template.replace("{}.", "{}").format(known[number - 1])
    return _begun(said) if template.startswith("{}") else said


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


@cache
def _table() -> Mapping[str, tuple[str, ...]]:
    text = Path(__file__).with_name("numbers.txt").read_text("utf-8")
    rows = (line.split("|") for line in text.splitlines() if not line.startswith("#"))
    return {name: tuple(said) for name, *said in rows}
