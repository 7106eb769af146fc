"""Files that a chapter takes in: mdBook's ``{{#include file.md}}``, Quarto's ``{{< include … >}}``.

Each stands on a line of its own, and is as if what the file says stood there: any text of the
book's folder, without its front matter, or the lines of it that are asked for (``file.md:2:10``,
``file.md:anchor``). What is wrong in it is told at its place in its own file.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from typing import TYPE_CHECKING, NamedTuple

from book.base.codes import finding
from book.base.data import replace
from book.base.excerpts import excerpt
from book.base.paths import told
from book.base.patterns import pattern
from book.base.text import UNPRINTABLE, newlines
from book.model import Origin, Place, Text
from book.read.encodings import UnreadableError, decoded
from book.read.metablocks import block_of

if TYPE_CHECKING:
    from pathlib import Path

    from book.model import Finding, Source

_ASKED = pattern(
    r"^(?P<indent>[ ]*)(?:\{\{#(?:include|rustdoc_include)[ ]+(?P<mdbook>[^{}\n]+?)[ ]*\}\}"
    r"|\{\{<[ ]*include[ ]+(?P<quarto>[^<>\n]+?)[ ]*>\}\})[ ]*$",
    re.MULTILINE,
)
_PART = pattern(r"(?P<name>.+?)(?::(?P<part>\d*(?::\d*)?|[\w-]+))?")
#: Files in files, and files and letters taken in by one chapter, at most.
_DEEPEST, _FILES, _MOST = 16, 1000, 1 << 24


class _Line(NamedTuple):
    """A line of a chapter, and where it was written; so many columns further to the left."""

    text: str
    path: str
    number: int
    shift: int


def taken_in(root: Path, source: Source) -> tuple[Source, list[Finding]]:
    """``source`` with what it takes in, and what can't be taken in."""
    if not source.braced or not _ASKED.search(text := source.text):
        return source, []
    reader = _Reader(root)
    lines = list(enumerate(text.split("\n"), 1))
    read = reader.lines(source.path, lines, 0, (source.path,))
    if not reader.digests:
        return replace(source, written=Text.of("\n".join(one.text for one in read))), reader.found
    whole = hashlib.sha256("".join([source.digest, *reader.digests]).encode()).hexdigest()
    written = Text.of("\n".join(one.text for one in read))
    return replace(source, written=written, digest=whole, origins=_origins(read)), reader.found


def _origins(read: list[_Line]) -> tuple[Origin, ...]:
    """Where lines begin that do not follow the line above in its file."""
    made: list[Origin] = []
    for at, one in enumerate(read, 1):
        last = made[-1] if made else None
        if (
            last is None
            or (last.path, last.shift) != (one.path, one.shift)
            or last.number + at - last.line != one.number
        ):
            made.append(Origin(at, one.path, one.number, one.shift))
    return tuple(made)


class _Reader:
    """Takes files in for one chapter."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._size = 0
        self._why = ""
        self.digests: list[str] = []
        self.found: list[Finding] = []

    def lines(
        self, path: str, lines: list[tuple[int, str]], shift: int, within: tuple[str, ...]
    ) -> list[_Line]:
        """``lines`` of the file ``path`` with what they take in; it stands ``within`` others."""
        done: list[_Line] = []
        for number, line in lines:
            asked = _ASKED.match(line) if "{{" in line else None
            if asked is None:
                done.append(_Line(" " * shift + line, path, number, shift))
                continue
            written = asked["mdbook"] or asked["quarto"]
            place = Place(path, number, len(asked["indent"]) + 1)
            taken = self._file(written, place, shift + len(asked["indent"]), within)
            # A backslash, so that it is printed as it was typed, and told once.
            escaped = f"{' ' * shift}{asked['indent']}\\{line.lstrip(' ')}"
            done += [_Line(escaped, path, number, shift)] if taken is None else taken
        return done

    def _file(
        self, written: str, place: Place, shift: int, within: tuple[str, ...]
    ) -> list[_Line] | None:
        asked = _PART.fullmatch(written.strip("\"' "))
        name = asked["name"] if asked else written
        path = posixpath.normpath(posixpath.join(posixpath.dirname(place.path), name))
        if path in within or len(within) > _DEEPEST:
            self._wrong(place, f"`{name}` takes in itself.", "Take one of the two out.")
            return None
        text, front = self._text(path, place)
        lines = None if text is None else excerpt(text, (asked["part"] or "") if asked else "")
        if why := self._why:
            self._wrong(place, f"{path} was not read: {why}.", "Put a file there that can be read.")
            return None
        if text is None:
            hint = f"Paths begin at the folder of {place.path}, and stay in the book's."
            self._wrong(place, f"There is no file {path} to take in.", hint)
            return None
        if lines is None:
            self._wrong(place, f"{path} has no such part.", "Lines are `file.md:2:10`.")
            return None
        self._size += len(text)
        if self._size > _MOST or len(self.digests) > _FILES:
            self._wrong(place, "This chapter takes in too much.", "Take some out.")
            return None
        own = [(number, line) for number, line in lines if number > front]
        return self.lines(path, own, shift, (*within, path))

    def _text(self, path: str, place: Place) -> tuple[str | None, int]:
        """What the file says, and how many lines of it are front matter."""
        raw, self._why = told(self._root, path)
        if raw is None:
            return None, 0
        try:
            text, guessed = decoded(path, raw)
        except UnreadableError as error:
            self.found.append(error.finding)
            return None, 0
        self.found += guessed
        self.digests.append(hashlib.sha256(raw).hexdigest())
        text = UNPRINTABLE.sub(" ", newlines(text))
        block = block_of(text, path) if path != place.path else None
        return text, text.count("\n", 0, block.length) if block else 0

    def _wrong(self, place: Place, message: str, hint: str) -> None:
        self.found.append(finding("M016", place, message, hint))
