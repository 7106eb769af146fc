"""What the items of a numbered list begin with: figures, letters or Roman numbers."""

from __future__ import annotations

from string import ascii_lowercase
from typing import TYPE_CHECKING

from book.parse.markers import marker
from book.words import roman

if TYPE_CHECKING:
    from collections.abc import Sequence

# Pandoc's styles (pandoc-types 1.23, ``ListNumberStyle``): a list's type in HTML, and in words.
_STYLES = {
    "LowerAlpha": ("a", "small letters"),
    "UpperAlpha": ("A", "capital letters"),
    "LowerRoman": ("i", "small Roman numbers"),
    "UpperRoman": ("I", "Roman numbers"),
}
_STOPS = {"Period": "{}.", "OneParen": "{})", "TwoParens": "({})"}


def numbered(start: int, count: int, style: str, stop: str) -> tuple[list[str], str]:
    """The marks of ``count`` items from ``start`` on; and what is lost of their style, in words.

    A letter that would be read as a word before its own ``stop`` gets another: "c)" for "c.".
    """
    numbers = range(start, start + count)
    figures = [f"{number}." for number in numbers]
    if style not in _STYLES:
        return figures, ""
    kind, words = _STYLES[style]
    letters = [_letters(number, kind) for number in numbers]
    own = _STOPS.get(stop, _STOPS["Period"])
    for form in dict.fromkeys([own, *_STOPS.values()]):
        marks = [form.format(one) for one in letters]
        if all(letters) and _are_read(marks, kind, start):
            return marks, ""
    return figures, f"The {words} of a list that begins with number {start}; it has figures here"


def _letters(number: int, kind: str) -> str:
    if kind in "aA":
        small = ascii_lowercase[number - 1] if 0 < number <= len(ascii_lowercase) else ""
    else:
        small = roman(number).lower() if number > 0 else ""
    return small.upper() if kind.isupper() else small


def _are_read(marks: Sequence[str], kind: str, start: int) -> bool:
    """Whether the book reads ``marks`` as those of one list of this ``kind`` from ``start`` on."""
    sign = ""
    for number, mark in enumerate(marks, start):
        found = marker(f"{mark.ljust(4)} text", sign)
        if found is None or found.kind != kind or found.number != number:
            return False
        sign = found.sign
    return True
