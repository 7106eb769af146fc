"""The title of a source that doesn't say it as its tool would have it said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from book.imports import front
from book.imports.ledger import Ledger, plain
from book.imports.metadata import text_of
from book.imports.prose import heading, lines_of, with_hashes

if TYPE_CHECKING:
    from book.imports.source import Shelf

_FIRST = ("README.md", "SUMMARY.md", "index.md", "README.markdown", "index.markdown")
#: Where Sphinx keeps what it is told.
_SPHINX = re.compile(
    r"^(?:html_title|project)[ \t]*=[ \t]*u?([\"'])(?P<title>[^\"'\n]+)\1", re.MULTILINE
)
_NONE = re.compile(
    r"(?:summary|readme|(?:table of )?contents|toc|index|home|welcome)\W*", re.IGNORECASE
)


def of(shelf: Shelf) -> str:
    """What the first page of a folder is headed with, or what Sphinx is told; else empty."""
    if shelf.chosen:
        return ""
    for name in _FIRST:
        path = shelf.find(f"/{name}")
        if path and (title := _headed(shelf.text_of(path) or "", path)):
            return title
    for path in shelf.paths:
        if path.rpartition("/")[2] == "conf.py" and path.count("/") < 3:
            found = _SPHINX.search(shelf.text_of(path) or "")
            return found["title"].strip() if found else ""
    return ""


def _headed(text: str, path: str) -> str:
    """The first heading of the first level, in plain words; or the title in front matter."""
    said, body = front.parted(plain(text), path, Ledger())
    if title := text_of(said.get("title")):
        return title
    for code, line in lines_of(with_hashes(body)):
        head = None if code else heading(line)
        if head and head[0] == 1:
            words = re.sub(r"!\[[^\]]*\]\([^)]*\)|<[^<>]*>", "", head[1])
            words = re.sub(r"\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])", r"\1", words)
            words = " ".join(re.sub(r"[*_`\\]", "", words).split())
            return "" if _NONE.fullmatch(words) else words
    return ""
