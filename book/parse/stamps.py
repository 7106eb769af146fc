"""Where our marks stand in the manuscript: positions that Python-Markdown does not keep.

Before converting, :func:`stamp` puts a number before everything that could become a mark (a
link, an image, a note, a heading) and into every raw HTML tag. The numbers pass through
Python-Markdown as plain text; :mod:`book.parse.positions` reads them back from the tree, so each
mark knows its line and column. They are framed by Unicode noncharacters, which no manuscript holds
(:mod:`book.read.manuscript` sees to that), nor any character reference
(:mod:`book.parse.sanitize`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

from book.base.patterns import pattern

_OPEN, _CLOSE, _TAG_OPEN = "\ufdd0", "\ufdd1", "\ufdd2"

#: What only our own elements hold, so that raw HTML can't pass for them.
PROOF = "\ufdd3"

#: Stands for nothing: it is nowhere in the tree, but a mark before it is in its place.
PAD = "\ufdd4"

#: A stamp; its group is an index into the positions that :func:`stamp` returns.
STAMP = pattern(f"{_OPEN}(\\d+){_CLOSE}")

#: A raw tag with its stamp: name, number, the rest up to the closing bracket.
STAMPED_TAG = pattern(
    rf"<([a-zA-Z][^\s<>/]*)[ ]{_TAG_OPEN}(\d+){_CLOSE}"
    r"""((?:[^<>"']|"[^"]*+"|'[^']*+')*+)>"""
)

#: The stamp within a raw tag, behind its name.
TAG_STAMP = f"{_TAG_OPEN}\\d+{_CLOSE}"

#: Tokens of formulas (\ufdd6 and \ufdd7) are none.
_ANY_STAMP = pattern(f"(?:{_OPEN}| {_TAG_OPEN})\\d+{_CLOSE}|[\ufdd0-\ufdd5\ufdd8-\ufdef]")

# What leads a line: indentation, quotation, and at most one marker of a list.
_LEAD = r"[ \t>]*(?:(?:[*+-]|\d+[.)])[ \t]+)?"
_MARKABLE = pattern(
    rf"""
        ^(?:
            [ \t>]*(?P<as_is>\*?\[[^\]^\n][^\]\n]*\]:.*)       # a link's definition
          | {_LEAD}(?P<note>\[\^[^\[\]\s]+\]:)                # a note's definition
          | {_LEAD}(?P<heading>\#{{1,6}}(?:[ \t]+|$))
          | {_LEAD}(?P<underlined>)(?![*_-][ *_-]*\n|`{{3}}|~{{3}})
            (?=[^\s\#>][^\n]*\n[ >]*(?:=+|-+)[ \t]*$)
        )
      | (?P<escaped>\\.)
      | (?P<call>\[\^[^\[\]\s]+\])
      | (?P<bracket>!?\[)
      | (?P<tag><[a-zA-Z][a-zA-Z0-9-]*)(?=[\s/>])           # a whole tag, its quotes closed
        (?:[^<>"'\n]|\n(?![ \t]*\n)|"[^"]*+"|'[^']*+')*+>
    """,
    re.VERBOSE | re.MULTILINE,
)


def stamp(
    text: str, skipped: int, no_tags: Collection[str] = ()
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """``text`` with stamps, and the line and column (from 1) that each stamp stands for.

    ``skipped`` is how many lines of the file stand before the text; ``no_tags`` are words between
    ``<`` and ``>``, which stay words.
    """
    positions: list[tuple[int, int]] = []
    line, counted, call_end = skipped + 1, 0, -1
    begun = -1  # where the newline before that line stands

    def mark(match: re.Match[str]) -> str:
        nonlocal line, counted, call_end, begun
        kind, whole = str(match.lastgroup), match.group()
        start, end = match.span(kind)
        if kind == "call":
            call_end = end
        # The second bracket of [text][label] belongs to the first.
        second = kind == "bracket" and text[start - 1 : start] == "]" and start != call_end
        if kind in ("as_is", "escaped") or second:
            return whole
        if whole in no_tags:
            return f"<{PAD}{whole[1:]}"
        line += text.count("\n", counted, start)
        begun = max(begun, text.rfind("\n", counted, start))
        counted = start
        positions.append((line, start - begun))
        number = f"{len(positions) - 1}{_CLOSE}"
        if kind in ("call", "bracket"):
            return f"{_OPEN}{number}{whole}"
        if kind != "tag":
            return f"{whole}{_OPEN}{number}"
        name = end - start
        return f"{whole[:name]} {_TAG_OPEN}{number}{whole[name:]}"

    return _expanded(_MARKABLE.sub(mark, text)), tuple(positions)


def stamp_of(number: str) -> str:
    """The stamp of that number, as an attribute ``stamp`` holds it: no author can write it."""
    return f"{_OPEN}{number}{_CLOSE}"


def unstamped(text: str) -> str:
    """``text`` without stamps."""
    return text if text.isascii() else _ANY_STAMP.sub("", text)


def _expanded(text: str) -> str:
    """``text`` with spaces for tabs (stops at every fourth column), as if there were no stamps."""
    if "\t" not in text:
        return text
    return "\n".join(map(_expanded_line, text.split("\n")))


def _expanded_line(line: str) -> str:
    done = ""
    *pieces, last = line.split("\t")
    width = 0
    for piece in pieces:
        width += len(unstamped(piece))
        done += piece + " " * (4 - width % 4)
        width += 4 - width % 4
    return done + last
