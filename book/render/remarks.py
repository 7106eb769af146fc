"""What the typesetter says of pages, in an author's words and at an author's place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from book.model import Place
    from book.theme.rules import Rule

#: How WeasyPrint begins to say that no font has a letter, which a check has said.
NO_GLYPH = ".notdef glyph rendered"
#: A declaration that WeasyPrint names, and where it stands in a sheet that nobody has written.
_NAMED = re.compile(r"`([\w-]+)\s*:")
_ADDRESS = re.compile(r"Failed to load image at '(?:https://book\.invalid/)?([^']*)'")
_THERE = re.compile(r" at \d+:\d+")


def in_sheet(warning: str, rules: Sequence[Rule]) -> tuple[Place, str]:
    """A warning that every piece has comes from the book's own sheets; here is from where."""
    found, address = _NAMED.search(warning), _ADDRESS.search(warning)
    name = found[1] if found else address[1].rpartition("/")[2] if address else warning
    place = next((rule.place for rule in rules if name in rule.text), rules[0].place)
    return place, plain(warning)


def plain(warning: str) -> str:
    """A warning without what is no news to an author: our addresses, Python's names."""
    if found := _ADDRESS.search(warning):
        why = "there is no such file" if "FileNotFound" in warning else "it can't be used"
        return f"no picture `{found[1][:80]}`: {why}"
    return _THERE.sub("", warning)
