"""``{{ book.title }}`` in a chapter is what ``book.toml`` says; no code is run for it."""

from __future__ import annotations

import datetime
import hashlib
import re
from typing import TYPE_CHECKING

from book.base.data import names, replace
from book.base.patterns import pattern
from book.model import Text
from book.parse.titles import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from book.model import BookTable, Source

# Code is left as it is.
_VARIABLE = pattern(
    r"^[ ]*(?P<fence>`{3,}|~{3,})[\s\S]*?^[ ]*(?P=fence)|`[^`\n]*+`"
    r"|\{\{[ ]*book\.(?P<name>[a-z][a-z-]*)[ ]*\}\}",
    re.MULTILINE,
)
_SIGNS = pattern(r"([\\`*_{}\[\]<>#|~^$])")


def filled(sources: Iterable[Source], table: BookTable) -> tuple[Source, ...]:
    """``sources`` with what the ``table`` says for each variable; unknown ones stay."""
    return tuple(_filled(one, table) if one.braced else one for one in sources)


def _filled(source: Source, table: BookTable) -> Source:
    def said(found: re.Match[str]) -> str:
        value = _value(table, found["name"].replace("-", "_")) if found["name"] else None
        return found.group() if value is None else _SIGNS.sub(r"\\\1", plain(value))

    text = _VARIABLE.sub(said, source.text)
    if text == source.text:
        return source
    digest = hashlib.sha256(f"{source.digest}{text}".encode()).hexdigest()
    return replace(source, written=Text.of(text, 0), digest=digest)


def _value(table: BookTable, name: str) -> str | None:
    if name == "authors":
        return table.by
    value = getattr(table, name, None) if name in names(table) else None
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value) if isinstance(value, (str, int)) else None
