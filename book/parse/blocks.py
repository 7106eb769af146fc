"""Lines as Python-Markdown's search for blocks bears them: not too deep, not too many at once."""

from __future__ import annotations

from collections.abc import Iterable, MutableSequence
from typing import TYPE_CHECKING, overload

from markdown.blockparser import BlockParser
from markdown.preprocessors import Preprocessor

from book.base.patterns import pattern

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

_DEEPEST = " " * 100
_DEEP = pattern(f"^{_DEEPEST} +")
# Markers of lists and quotations that stand side by side, each in the one before.
_MARKERS = pattern(r"((?:[ ]*(?:(?:[*+-]|\d+[.)])[ ]+|>[ ]*+)){30})(?=[*+>-]|\d+[.)])")
_MARKER = pattern(r"[ ]+(?:[*+-]|\d+[.)])[ ]")
_RULE = pattern(r"[ ]*(?:(?:-[ ]*){3,}|(?:\*[ ]*){3,}|(?:_[ ]*){3,})")
#: Rules that underline nothing, and fences of divisions.
_ALONE = pattern(r"(?:\*[ ]*){3,}|(?:_[ ]*){3,}|:{3,}.*")
_APART = frozenset({"***", "* *", "___", "_ _", ":::"})
_NOTE = pattern(r"\[\^[^\[\]\s]+\]")
_MEANING = pattern(r"[ ]{0,3}:[ ]{1,3}\S")
_HEADING = pattern(r"#{1,6}[ \ufdd0]|(?:=+|-+)[ ]*$")
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
    """Empty lines around the headings of a long block, before its notes and between its meanings.

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
        # In a list of meanings, until a line goes on with one.
        means, last = True, ""
        for line in block:
            meant = _MEANING.match(line) is not None
            means = means and (meant or not _MEANING.match(last))
            if meant and means and _MEANING.match(last):
                done.append("")
            last = line
            if _NOTE.match(line) and done and done[-1]:
                done += ["", line]
                continue
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


class Waiting(MutableSequence[str]):
    """Blocks that wait to be read; taking the first does not move all others up."""

    def __init__(self, blocks: Iterable[str]) -> None:
        self._backwards = [*blocks][::-1]

    def __len__(self) -> int:
        return len(self._backwards)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, int):
            return self._backwards[-1 - index]
        return [self._backwards[-1 - at] for at in range(*index.indices(len(self)))]

    @overload
    def __setitem__(self, index: int, value: str) -> None: ...
    @overload
    def __setitem__(self, index: slice, value: Iterable[str]) -> None: ...
    def __setitem__(self, index: int | slice, value: str | Iterable[str]) -> None:
        if isinstance(index, int):
            self._backwards[-1 - index] = str(value)
            return
        self._backwards[self._turned(index)] = [*value][::-1]

    def __delitem__(self, index: int | slice) -> None:
        if isinstance(index, int):
            del self._backwards[-1 - index]
        else:
            del self._backwards[self._turned(index)]

    def insert(self, index: int, value: str) -> None:
        """Put ``value`` before the one at ``index``."""
        self._backwards.insert(len(self) - index, value)

    def pop(self, index: int = -1) -> str:
        """Take the one at ``index`` out."""
        return self._backwards.pop(-1 - index)

    def _turned(self, part: slice) -> slice:
        """A ``part`` of neighbours, counted from the other end."""
        start, stop, _ = part.indices(len(self))
        return slice(len(self) - max(start, stop), len(self) - start)


class Patient(BlockParser):
    """Python-Markdown's, for chapters of a million blocks."""

    def parseChunk(self, parent: ET.Element, text: str) -> None:  # noqa: N802 # theirs
        """Read all blocks of ``text``."""
        self.parseBlocks(parent, Waiting(text.split("\n\n")))  # type: ignore[arg-type] # a list
