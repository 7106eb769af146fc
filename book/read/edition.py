"""What the types can't say of a book's edition, and of what its author lets stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from book.base.codes import ASKED_FOR, CODES
from book.base.identity import isbn13
from book.base.text import suggestion
from book.read.messages import Problem, dotted, empty

if TYPE_CHECKING:
    from collections.abc import Iterator


def edition(data: dict[str, Any]) -> Iterator[Problem]:
    """What shops and libraries are told: numbers, roles and the bound of images."""
    book = _table(data, "book")
    yield from _blank_quotes(_table(data, "handout").get("documents"))
    for table in ("pdf", "epub"):
        isbn = _table(data, table).get("isbn")
        if isinstance(isbn, str) and isbn and not isbn13(isbn):
            message = f"`{isbn}` is not an ISBN: its digits don't add up."
            hint = "Copy it again, all 13 digits; hyphens are no matter."
            yield Problem("B004", (table, "isbn"), "value", message, hint)
    contributors = book.get("contributors")
    for index, entry in enumerate(contributors if isinstance(contributors, list) else ()):
        name, role = (_table({"": entry}, "").get(key) for key in ("name", "role"))
        if isinstance(name, str) and not name.strip():
            yield empty(("book", "contributors", index, "name"))
        if isinstance(role, str) and not re.fullmatch("[a-z]{3}", role):
            message = f"`{role}` is not a role."
            hint = "Write a MARC relator code: `edt`, `trl`, `ill`, `aui`, `ant`."
            yield Problem("B004", ("book", "contributors", index, "role"), "value", message, hint)
    for path, value, least, most in (
        (("book", "series-number"), book.get("series-number"), 1, 99_999),
        (("epub", "image-max"), _table(data, "epub").get("image-max"), 100, 20_000),
        (("handout", "pages"), _table(data, "handout").get("pages"), 2, 99),
    ):
        if isinstance(value, int) and not isinstance(value, bool) and not least <= value <= most:
            message = f"`{dotted(path)}` can't be {value}."
            hint = f"Write {least} or more." if value < least else f"Write {most} or less."
            yield Problem("B004", path, "value", message, hint)


def _blank_quotes(documents: Any) -> Iterator[Problem]:
    for index, entry in enumerate(documents if isinstance(documents, list) else ()):
        quote = entry.get("quote") if isinstance(entry, dict) else None
        if isinstance(quote, str) and not quote.strip():
            yield empty(("handout", "documents", index, "quote"))


def silences(data: dict[str, Any]) -> Iterator[Problem]:
    """Codes and reasons of what the author lets stand, and codes that are asked for."""
    ignored, also = (_table(data, "check").get(name) for name in ("ignore", "also"))
    for index, code in enumerate(also if isinstance(also, list) else ()):
        if isinstance(code, str) and code.upper() not in ASKED_FOR:
            message = f"`{code}` is no code that is told only if asked for."
            hint = suggestion(code.upper(), sorted(ASKED_FOR), "Those are")
            yield Problem("B004", ("check", "also", index), "value", message, hint)
    for index, entry in enumerate(ignored if isinstance(ignored, list) else ()):
        for name in ("code", "reason"):
            value = entry.get(name) if isinstance(entry, dict) else None
            path = ("check", "ignore", index, name)
            if isinstance(value, str) and not value.strip():
                yield empty(path)
            elif name == "code" and isinstance(value, str) and value.upper() not in CODES:
                hint = suggestion(value.upper(), CODES, "The codes are")
                yield Problem("B004", path, "value", f"There is no code `{value}`.", hint)


def _table(data: dict[str, Any], name: str) -> dict[str, Any]:
    value = data.get(name)
    return value if isinstance(value, dict) else {}
