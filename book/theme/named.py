"""Which files a style sheet names: pictures, fonts, and other sheets.

They have to be known before anything is set, since their bytes are part of what pages are kept
under. What is not found here is not given to the typesetter.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urljoin, urlsplit

import tinycss2

from book.base.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: RFC 2606: a name that never resolves; below it lies the book's folder.
BASE = "https://book.invalid/"
#: Without one of these no sheet names a file; a backslash may hide a letter of them.
_NAMING = pattern(r"url|src|image|@import|\\\\", re.IGNORECASE)
#: Functions whose strings are addresses (CSS Values 4, CSS Images 4).
_FETCHING = frozenset({"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade"})


def named(css: str, path: str) -> Iterator[str]:
    """The files that the sheet ``css`` at ``path`` names, by their paths from the book's folder."""
    if _NAMING.search(css):
        for address in _addresses(tinycss2.parse_component_value_list(css), named=False):
            if name := file_of(urljoin(BASE + path, address)):
                yield name


def file_of(address: str) -> str:
    """The path from the book's folder that ``address`` means; nothing if it is elsewhere."""
    if not address.startswith(BASE):
        return ""
    return unquote(urlsplit(address).path).lstrip("/")


def _addresses(tokens: Iterable[Any], *, named: bool) -> Iterator[str]:
    """Every address in ``tokens``; strings are if they stand where one is ``named``."""
    after_import = False
    for token in tokens:
        match token.type:
            case "url":
                yield token.value
            case "string" if named or after_import:
                yield token.value
            case "function":
                yield from _addresses(token.arguments, named=named or token.lower_name in _FETCHING)
            case "() block" | "[] block" | "{} block":
                yield from _addresses(token.content, named=False)
        if token.type not in {"whitespace", "comment"}:
            after_import = token.type == "at-keyword" and token.lower_value == "import"


def based(css: str, path: str, base: str) -> str:
    """``css`` of the sheet at ``path``, its addresses as they are to be seen from ``base``.

    A sheet is handed over together with others, which stand elsewhere.
    """
    if path.startswith(base) or not _NAMING.search(css):
        return css
    tokens = tinycss2.parse_component_value_list(css)
    _rebase(tokens, BASE + path)
    serialized: str = tinycss2.serialize(tokens)
    return serialized


def _rebase(tokens: Iterable[Any], base: str) -> None:
    for token in tokens:
        if token.type == "url" and not token.value.startswith(("data:", "#")):
            token.value = urljoin(base, token.value)
            token.representation = f'url("{quote(token.value, safe=":/%#?=&")}")'
        _rebase(getattr(token, "arguments", None) or getattr(token, "content", None) or (), base)
