"""Parts of a text, as mdBook names them: ``2:10`` are lines, a word what stands between anchors."""

from __future__ import annotations

import re

from book.base.patterns import pattern

_ANCHOR = pattern(r"ANCHOR(?:_END)?:\s*[\w-]+")


def excerpt(text: str, part: str) -> list[tuple[int, str]] | None:
    """The lines of ``text`` that ``part`` names (all, if it is empty), with their numbers from 1.

    Lines that only set an anchor are left out. None if there is no such anchor.
    """
    lines = list(enumerate(text.removesuffix("\n").split("\n"), 1))
    if re.fullmatch(r"[\d:]+", part):
        lines = _range(lines, part)
    elif part:
        chosen = _anchored(lines, part)
        if chosen is None:
            return None
        lines = chosen
    return [(number, line) for number, line in lines if not _ANCHOR.search(line)]


def _range(lines: list[tuple[int, str]], part: str) -> list[tuple[int, str]]:
    first, colon, last = part.partition(":")
    start = int(first[:9]) - 1 if first else 0
    end = int(last.split(":")[0][:9]) if last.split(":")[0] else len(lines)
    return lines[max(start, 0) : end] if colon else lines[max(start, 0) : start + 1]


def _anchored(lines: list[tuple[int, str]], name: str) -> list[tuple[int, str]] | None:
    begin = re.compile(rf"ANCHOR:\s*{re.escape(name)}(?![\w-])")
    end = re.compile(rf"ANCHOR_END:\s*{re.escape(name)}(?![\w-])")
    start = next((at for at, (_, line) in enumerate(lines) if begin.search(line)), None)
    if start is None:
        return None
    stop = next((at for at, (_, line) in enumerate(lines) if at > start and end.search(line)), None)
    return lines[start + 1 : stop]
