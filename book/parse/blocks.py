"""Lines as Python-Markdown's search for blocks bears them: not too deep, not too many at once."""

from __future__ import annotations

import re

from markdown.preprocessors import Preprocessor

_DEEPEST = " " * 100
_DEEP = re.compile(f"^{_DEEPEST} +")
# Markers of lists and quotations that stand side by side, each in the one before.
_MARKERS = re.compile(r"((?:[ ]*(?:(?:[*+-]|\d+[.)])[ ]+|>[ ]*+)){30})(?=[*+>-]|\d+[.)])")
_MARKER = re.compile(r"[ ]+(?:[*+-]|\d+[.)])[ ]")
_RULE = re.compile(r"[ ]*(?:(?:-[ ]*){3,}|(?:\*[ ]*){3,}|(?:_[ ]*){3,})")
#: Rules that underline nothing, and fences of divisions.
_ALONE = re.compile(r"(?:\*[ ]*){3,}|(?:_[ ]*){3,}|:{3,}.*")
_APART = frozenset({"***", "* *", "___", "_ _", ":::"})
_HEADING = re.compile(r"#{1,6}[ \ufdd0]|(?:=+|-+)[ ]*$")
#: A block of more lines is parted where headings stand in it.
_MANY = 100


def deepest(text: str) -> int:
    """The first line, from 1, in which more stands in each other than is read; 0 if none does."""
    lines = text.split("\n")
    return next((number for number, line in enumerate(lines, 1) if _is_deep(line)), 0)


def _is_deep(line: str) -> bool:
    if _DEEP.match(line):
        return _MARKER.match(line) is not None
    return _MARKERS.match(line) is not None and _RULE.fullmatch(line) is None


class Shallow(Preprocessor):
    """Lists nest as deep as indentation goes, and Python-Markdown recurses with them."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines; what would stand deeper than any reader goes is text."""
        return [self._shallow(line) for line in lines]

    @staticmethod
    def _shallow(line: str) -> str:
        line = _DEEP.sub(_DEEPEST, line)
        found = _MARKERS.match(line)
        if found is None or _RULE.fullmatch(line):
            return line
        return f"{found[1]}\\{line[found.end() :]}"


class Parted(Preprocessor):
    """Empty lines around the headings of a long block.

    Each block is looked through for all that may begin in it, and what follows what was found is
    a block again; so a list of a thousand headings would be looked through a thousand times.
    """

    def run(self, lines: list[str]) -> list[str]:
        """The lines, with empty ones where headings stand in many without any."""
        done: list[str] = []
        block: list[str] = []
        for line in lines:
            if line.strip():
                block.append(line)
                continue
            done += self._parted(block)
            done.append(line)
            block = []
        return done + self._parted(block)

    @staticmethod
    def _parted(block: list[str]) -> list[str]:
        if len(block) <= _MANY:
            return block
        done: list[str] = []
        for line in block:
            if line[:3] in _APART and _ALONE.fullmatch(line):
                done += ["", line, ""]
                continue
            heads = _HEADING.match(line)
            if heads and line[0] == "#":
                done += ["", line, ""]
            elif heads and done and done[-1]:
                done[-1:] = ["", done[-1], line, ""]
            else:
                done.append(line)
        return done
