"""What items of lists begin with: signs, numbers, and letters as Pandoc has them.

``1.``, ``1)``, ``-`` (CommonMark, section 5.2); ``(1)``, ``a.``, ``a)``, ``(a)``, ``i.``, ``#.``,
``(@)`` and ``(@name)``.
A letter with a full stop begins a list only as its first, a capital only before two spaces:
"B. Russell" is a person.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from book.base.patterns import pattern
from book.parse.examples import SIGN

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARK = r"(?:[*+-]|\(?(?:\d{1,9}|[a-zA-Z]|[ivxlcdm]{2,8}|[IVXLCDM]{2,8})[.)]|#\.|\(@[\w-]*\))"
_MARKER = pattern(rf"(?P<indent>[ ]{{0,3}})(?P<mark>{_MARK})(?:(?P<spaces>[ ]+)(?=\S)|[ ]*$)")
#: Where a line may begin a list.
ANY_MARKER = pattern(rf"^[ ]{{0,3}}{_MARK}(?=[ \n]|\Z)", re.MULTILINE)
_PARTS = pattern(r"(\(?)(\w+|#)([.)])")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


class ItemMark(NamedTuple):
    """How far in it stands, how wide it is, how many spaces follow; its number, -1 if none.

    Items of one list have the same ``sign``; ``kind`` is the list's type in HTML, if not ``1``, or
    an example's name behind its ``@``.
    """

    indent: int
    width: int
    spaces: int
    number: int
    sign: str
    kind: str = ""


def marker(line: str, within: str = "") -> ItemMark | None:
    """The marker that ``line`` begins with, in a list of the sign ``within`` if there is one."""
    found = _MARKER.match(line)
    if found is None:
        return None
    mark, indent, spaces = found["mark"], len(found["indent"]), len(found["spaces"] or "")
    parts = _PARTS.fullmatch(mark)
    if parts is None:
        named = (1, SIGN, mark[1:-1]) if mark.startswith(SIGN[:2]) else (-1, mark, "")
        return ItemMark(indent, len(mark), spaces, *named)
    opened, text, stop = parts.groups()
    if opened and stop != ")":
        return None
    if text.isdigit() or text == "#":
        number = int(text) if text != "#" else 1
        return ItemMark(indent, len(mark), spaces, number, text * (text == "#") + opened + stop)
    kind, number = _counted(text, within)
    small = bool(opened) and 0 < number < 40  # "(iv)" begins a list, "(mix)" doesn't.
    if not (small and kind == "i") and _is_word(text, stop, within, number, spaces):
        return None
    return ItemMark(indent, len(mark), spaces, number, kind + opened + stop, kind)


def _is_word(text: str, stop: str, within: str, number: int, spaces: int) -> bool:
    """Whether letters are no number: "mix)", "B. Russell"."""
    if not number or (not within and (len(text) > 1 or (stop == "." and number != 1))):
        return True
    return stop == "." and text.isupper() and len(text) == 1 and spaces < 2


def _counted(text: str, within: str) -> tuple[str, int]:
    """Whether ``text`` counts by letters or in Roman, and what; 0 if it is no number."""
    small = text.lower()
    by_letters = "a" if text.islower() else "A"
    in_roman = "i" if text.islower() else "I"
    alone = len(text) == 1
    if alone and (within[:1] == by_letters or (small != "i" and within[:1] != in_roman)):
        return by_letters, ord(small) - ord("a") + 1
    values = [_ROMAN.get(letter, 0) for letter in small]
    if not all(values):
        return in_roman, 0
    pairs = zip(values, [*values[1:], 0], strict=True)
    return in_roman, sum(-one if one < following else one for one, following in pairs)


def jumps(numbers: Sequence[int]) -> bool:
    """Whether items are counted upwards and some left out, so that each keeps its number."""
    return numbers[0] >= 0 and all(one < two for one, two in pairwise(numbers))
