"""How long the texts of ``book.toml`` may be: titles and names stand on covers and title pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from book.read.messages import Problem, dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from book.read.tomlpositions import KeyPath

#: What is prose may have so many letters, in one text; the longest chapters have.
_PROSE = 100_000
#: All else: titles, names, addresses.
_LINE = 2_000
#: A list may have so many entries, and a table so many keys.
_MANY = 20_000
_LONG = {"description", "dedication", "rights", "about", "story", "questions", "quote", "source"}


def too_long(path: KeyPath, value: Any) -> Iterator[Problem]:
    """A problem for each text and list at ``path`` or below it that is beyond all measure."""
    if isinstance(value, dict | list):
        if len(value) > _MANY:
            message = f"`{dotted(path)}` has {len(value):,} entries."
            yield Problem("B004", path, "key", message, f"At most {_MANY:,} are read.")
            return
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from too_long((*path, key), inner)
    elif isinstance(value, str):
        most = _PROSE if _LONG & {str(part) for part in path} else _LINE
        if len(value) > most:
            message = f"`{dotted(path)}` is a text of {len(value):,} letters."
            yield Problem("B004", path, "value", message, f"Write at most {most:,}.")
