"""What is wrong in ``book.toml`` is left out, and what must be there is put in: a draft comes out.

Each change answers a problem that the author is told of, so nothing is left out in silence.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from book.base.text import UNPRINTABLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from book.read.messages import Problem
    from book.read.tomlpositions import KeyPath

#: What stands for what a book has not said of itself.
_UNSAID: dict[KeyPath, Any] = {
    ("book",): {"title": "Untitled", "authors": [], "language": "en"},
    ("book", "title"): "Untitled",
    ("book", "authors"): [],
    ("book", "language"): "en",
}


def without(data: dict[str, Any], problems: Iterable[Problem]) -> dict[str, Any]:
    """``data`` without what the ``problems`` are about, and with what is missing; a new table.

    A list's item or a table that lacks what it must have is left out as a whole.
    """
    made = deepcopy(data)
    # From the last to the first, so that items of a list keep their numbers.
    for path in sorted({one.subject for one in problems}, key=_order, reverse=True):
        if path in _UNSAID:
            _put(made, path, _UNSAID[path])
        elif path[0] == "people" and len(path) == 2 and _is_short(path[1]):
            # The chapters name this person: one fault in the entry is not to be one in each.
            _put(made, path, {"name": _named(path[1], made["people"][path[1]])})
        else:
            _drop(made, path)
    return made


def printable(value: Any) -> Any:
    """``value`` with a space for each control character in its texts."""
    if isinstance(value, dict):
        return {key: printable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [printable(inner) for inner in value]
    return UNPRINTABLE.sub(" ", value) if isinstance(value, str) else value


def _is_short(key: str | int) -> bool:
    return isinstance(key, str) and re.fullmatch("[a-z0-9-]+", key) is not None


def _named(key: str | int, entry: Any) -> str:
    """A person's name: the entry itself if it is one, else made of the short name."""
    return entry if isinstance(entry, str) and entry.strip() else str(key).replace("-", " ").title()


def _order(path: KeyPath) -> tuple[tuple[int, str], ...]:
    return tuple((part, "") if isinstance(part, int) else (-1, part) for part in path)


def _put(data: Any, path: KeyPath, value: Any) -> None:
    *way, last = path
    for part in way:
        data = data[part] if isinstance(data.get(part), dict) else data.setdefault(part, {})
    data[last] = deepcopy(value)


def _drop(data: Any, path: KeyPath) -> None:
    *way, last = path
    for part in way:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return  # It went with what it stood in.
    if isinstance(data, dict):
        data.pop(last, None)
    elif isinstance(data, list) and isinstance(last, int) and last < len(data):
        del data[last]
