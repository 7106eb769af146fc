"""``SUMMARY.md`` as mdBook, Honkit and GitBook have it: the order, the parts, the nesting."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from book.imports.pages import ListedPage

if TYPE_CHECKING:
    from book.imports.ledger import Ledger
    from book.imports.source import Shelf

_LINK = re.compile(
    r"\[(?P<title>(?:\\.|[^\]\\])*)\]"
    r"\((?:<(?P<angled>[^>\n]*)>|(?P<path>[^)\s]*))(?:\s+[\"'].*[\"'])?\s*\)"
)
_ITEM = re.compile(r"^(?P<indent>[ \t]*)(?:[-*+]|\d+[.)])[ \t]+(?P<rest>.*)$")
_TITLE = re.compile(r"^#{1,6}[ \t]+(?P<title>.*?)[ \t]*#*$")


def read(shelf: Shelf, ledger: Ledger, path: str) -> list[ListedPage]:
    """The entries of the summary at ``path``; drafts without a file are noted."""
    text = shelf.text_of(shelf.find(path) or path) or ""
    entries: list[ListedPage] = []
    indents: list[int] = []
    for number, line in enumerate(text.split("\n"), 1):
        here = f"{path}:{number}"
        if title := _TITLE.match(line):
            if not _is_own_title(title["title"]):
                entries.append(ListedPage("", _plain(title["title"]), kind="part"))
            indents = []
            continue
        item = _ITEM.match(line)
        link = _LINK.search(item["rest"] if item else line)
        depth = 0
        if item:
            width = len(item["indent"].expandtabs(4))
            indents = [each for each in indents if each < width]
            depth = len(indents)
            indents.append(width)
        if link:
            entries += _entry(shelf, ledger, link, path, here, depth)
        elif item and depth and item["rest"].strip():
            entries.append(ListedPage("", _plain(item["rest"]), depth))
        elif line.strip(" \t-*_") and not re.match(r"\s*(?:<!--|\[[^\]]*\]:)", line):
            ledger.add(f"A line without a file: {line.strip()}", here)
    return _without_empty_parts(entries)


def _entry(
    shelf: Shelf, ledger: Ledger, link: re.Match[str], path: str, here: str, depth: int
) -> list[ListedPage]:
    title, target = _plain(link["title"]), link["angled"] or link["path"] or ""
    if not target:
        ledger.add(f"A chapter that isn't written yet: {title}", here)
        return []
    if re.match(r"https?:", target):
        ledger.add(f"A link instead of a chapter: {title}, {target}", here)
        return []
    file = target.partition("#")[0]
    found = shelf.find(file, path) or shelf.find(unquote(file), path)
    if not found:
        ledger.add(f"There is no {target} in the source: {title}", here)
        return []
    return [ListedPage(found, title, depth)]


def _is_own_title(text: str) -> bool:
    return text.strip().casefold() in ("summary", "table of contents", "contents", "toc", "")


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text).strip()


def _without_empty_parts(entries: list[ListedPage]) -> list[ListedPage]:
    """Titles of parts that hold no chapter are none."""
    return [
        entry
        for entry, after in zip(entries, [*entries[1:], ListedPage("", kind="part")], strict=True)
        if entry.path or after.path or entry.depth
    ]
