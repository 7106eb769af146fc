"""What is wrong with ``book.toml``, in the author's words.

Pydantic knows what it expected and where; the sentences are ours.
"""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from book.base.data import names
from book.base.text import suggestion
from book.model import (
    BookTable,
    CheckTable,
    Config,
    Contributor,
    Document,
    EpubTable,
    FontsTable,
    HandoutTable,
    NotesTable,
    PdfTable,
    Person,
    PressTable,
    Silence,
    TypographyTable,
)
from book.read.tables import kebab

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from book.read.tomlpositions import KeyPath

SMALLEST = """\
[book]
title = "A Title"
authors = ["A Name"]
language = "en"\
"""
_TABLES: dict[str, type[Any]] = {
    "book": BookTable,
    "pdf": PdfTable,
    "epub": EpubTable,
    "handout": HandoutTable,
    "press": PressTable,
    "check": CheckTable,
    "fonts": FontsTable,
    "notes": NotesTable,
    "typography": TypographyTable,
}
_ADDED = {
    "title": 'title = "…"',
    "authors": 'authors = ["…"]',
    "language": 'language = "en"',
    "name": 'name = "Family, Given"',
    "role": 'role = "edt"',
    "quote": 'quote = "…"',
    "code": 'code = "L004"',
    "reason": 'reason = "as it stands in the letter"',
}
# What an entry of a list or a table can't do without.
_OF_ENTRY = {"name", "role", "quote", "code", "reason"}
# What pydantic's error types ask for, by their first word.
_WANTED = {
    "string": "text in quotes",
    "tuple": 'a list, such as ["…", "…"]',
    "date": "a date, such as 2026-05-31",
    "int": "a whole number",
    "bool": "true or false",
    "dataclass": "a table",
    "dict": "a table",
}


class Problem(NamedTuple):
    """What is wrong in the data, before it has a place in the file."""

    code: str
    path: KeyPath
    at: Literal["key", "value", "table"]
    message: str
    hint: str
    #: What is missing in the table at ``path``; empty if something there is wrong.
    lacks: str = ""

    @property
    def subject(self) -> KeyPath:
        """What has to be left out, or put in, for a draft: a missing name takes its entry along."""
        absent = (*self.path, self.lacks) if self.lacks else self.path
        return absent[:-1] if absent[-1] in _OF_ENTRY and len(absent) > 2 else absent


def worded(error: ErrorDetails, data: dict[str, Any]) -> Problem:
    """One of pydantic's errors in the author's words."""
    path: KeyPath = error["loc"]
    kind, key = error["type"], str(path[-1])
    if kind == "unexpected_keyword_argument":
        return Problem("B003", path, "key", f"`{key}` means nothing here.", _right_key(path))
    if kind == "missing":
        return _missing(path)
    if kind == "literal_error":
        choices = re.findall(r"'([^']*)'", error["ctx"]["expected"])
        written = _at(data, path)
        hint = suggestion(str(written), choices, "It may be one of")
        return Problem("B004", path, "value", f"`{dotted(path)}` can't be {written!r}.", hint)
    wanted = _wanted(kind).partition(",")[0]
    message = f"`{dotted(path)}` must be {wanted}, not {_kind(_at(data, path))}."
    return Problem("B004", path, "value", message, _example(path, kind))


def _missing(path: KeyPath) -> Problem:
    key = str(path[-1])
    if len(path) == 1:
        hint = f"Begin with:\n\n{SMALLEST}"
        return Problem("B005", path, "table", f"There is no table [{key}].", hint)
    table = dotted(path[:-1])
    message = f"The table [{table}] has no `{key}`."
    return Problem("B005", path[:-1], "table", message, f"Add `{_ADDED[key]}` to it.", key)


#: Who else had a part in a book, by the keys that people try, and MARC's word for it.
_ROLES = {
    "editor": "edt",
    "translator": "trl",
    "illustrator": "ill",
    "contributor": "ctb",
    "photographer": "pht",
}


def _right_key(path: KeyPath) -> str:
    """A hint for an unknown key: the table it belongs to, the nearest key, or all keys."""
    key, table = str(path[-1]), str(path[0]) if len(path) > 1 else ""
    inner = {
        "people": Person,
        "contributors": Contributor,
        "documents": Document,
        "ignore": Silence,
    }
    nested = inner.get(str(path[len(path) > 3]))
    known = _keys(nested or _TABLES.get(table, Config))
    others = [name for name, kind in _TABLES.items() if name != table and key in _keys(kind)]
    if table == "book" and (role := _ROLES.get(key.removesuffix("s"))):
        return f'Write `[[book.contributors]]` with `name` and `role = "{role}"`.'
    if others:
        return f"`{key}` belongs under [{others[0]}]."
    return suggestion(key, known, "The keys known here are")


def _keys(table: type[Any]) -> list[str]:
    return [kebab(each) for each in names(table)]


def _example(path: KeyPath, kind: str) -> str:
    key = str(path[-1])
    if kind.startswith("string") and isinstance(path[-1], str):
        return f'Write it as `{key} = "…"`.'
    if path[0] == "people" and len(path) == 2:
        return f'Write it as `{key} = {{ name = "Family, Given", about = "…" }}`.'
    if len(path) == 1:
        return f"Write `[{key}]` on a line of its own, and its keys below it."
    return f"Write {_wanted(kind)}."


def _wanted(kind: str) -> str:
    return _WANTED.get(kind.partition("_")[0], "something else")


def dotted(path: KeyPath) -> str:
    """The key as the author knows it; the number of a list's item counts from 1."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path)


def _at(data: Any, path: KeyPath) -> Any:
    for part in path:
        data = data[part]
    return data


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, str):
        return f'the text "{value}"'
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a table"
    return "a date" if type(value) is datetime.date else "a time"


def empty(path: KeyPath) -> Problem:
    """A text or list that may not be empty."""
    hint = f"Write it as `{_ADDED[str(path[-1])]}`."
    return Problem("B005", path, "value", f"`{dotted(path)}` is empty.", hint)
