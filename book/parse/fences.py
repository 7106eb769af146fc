"""Fenced code, wherever a paragraph may stand: in lists, notes and quotations too."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from markdown.preprocessors import Preprocessor

if TYPE_CHECKING:
    from collections.abc import Sequence

_FENCE = re.compile(
    r"(?P<lead>[ >]*)(?P<fence>`{3,}(?=[^`]*$)|~{3,})[ ]*\{?[ ]*\.?(?P<language>[\w#.+-]*)"
)
_QUOTED = re.compile(r"[ ]{0,3}>[ ]?")
# What may hold indented blocks: an item of a list, a definition, a note.
_HOLDER = re.compile(r"[ >]*(?:[*+-][ ]|\d+[.)][ ]|:[ ]|\[\^[^\[\]\s]+\]:)")


class Fences(Preprocessor):
    """Puts each block of fenced code away, and leaves a placeholder with its indentation."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines with placeholders; a fence that is never closed is text."""
        done: list[str] = []
        at = 0
        unclosed: set[str] = set()
        while at < len(lines):
            fence = _FENCE.match(lines[at])
            end = None
            if fence and fence["fence"] not in unclosed and _is_block(fence["lead"], lines, at):
                end = _end(lines, at, fence["fence"])
                if end is None:
                    unclosed.add(fence["fence"])
            if fence is None or end is None:
                done.append(lines[at])
                at += 1
                continue
            lead = fence["lead"]
            code = "\n".join(_without(lead, line) for line in lines[at + 1 : end])
            done += [lead.rstrip(), lead + self._stored(code, fence["language"]), lead.rstrip()]
            at = end + 1
        return done

    def _stored(self, code: str, language: str) -> str:
        kind = f' class="language-{language}"' if language else ""
        text = escape(f"{code}\n" if code else "", quote=False)
        return self.md.htmlStash.store(f"<pre><code{kind}>{text}</code></pre>")


def _end(lines: Sequence[str], start: int, fence: str) -> int | None:
    closing = re.compile(rf"[ >]*{fence}{fence[0]}*[ ]*")
    found = (at for at in range(start + 1, len(lines)) if closing.fullmatch(lines[at]))
    return next(found, None)


def _is_block(lead: str, lines: Sequence[str], at: int) -> bool:
    """Whether a fence may stand so far in: four spaces are code unless something holds it."""
    indent = len(lead)
    if len(lead.rpartition(">")[2]) <= 4 - (">" not in lead):
        return True
    for line in reversed(lines[:at]):
        if line.strip() and len(line) - len(line.lstrip(" ")) < indent:
            return _HOLDER.match(line) is not None
    return False


def _without(lead: str, line: str) -> str:
    """A line of code without the quotation marks and spaces that lead the fence."""
    for _ in range(lead.count(">")):
        line = _QUOTED.sub("", line, count=1)
    spaces = len(lead.rpartition(">")[2]) - (">" in lead)
    return line[min(max(spaces, 0), len(line) - len(line.lstrip(" "))) :]
