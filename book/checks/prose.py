"""A chapter's Markdown as its prose: what is no prose is masked, and every letter keeps its place.

Findings about words need places, which a converted text has not. So the source is read here line
by line, with no more of Markdown than tells prose from the rest; in doubt a line is no prose.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from book.base.patterns import pattern
from book.parse import dollars

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Kind = Literal["prose", "note", "heading", "quote", "division", "table", "other", "blank"]

#: Stands for each letter that is no prose; it is no letter and no space.
MASK = dollars.MASK

_FENCE = pattern(r"[ >]*(?:(?:[*+-]|\d{1,9}[.)])[ ]+)?(`{3,}(?=[^`]*$)|~{3,})")
# What is no prose wherever it stands: comments, code, addresses, calls of notes, tags. Each begins
# with a letter of its own, so that all else is passed over quickly; and nothing is looked for so
# far that a chapter full of beginnings would take for ever. Code between backticks ends with its
# paragraph at the latest, as in :mod:`book.parse.codespans`, which knows nothing of the others.
_ASIDE = pattern(
    r"""<!--(?:(?!<!--).)*?-->|%%.*?%%
      | `(?<![\\`]`)(?P<code>`*+)(?:[^\n]|\n(?![ ]*\n)){1,5000}?(?<!`)`(?P=code)(?!`)
      | !\[[^\]\n]{0,999}\](?:\([^)\n]{0,999}\)|\[[^\]\n]{0,999}\])?(?:\{[^}\n]{0,999}\})?
      | \]\((?:<[^<>\n]*>|[^()\n]|\([^()\n]*\))*+\)(?:\{[^}\n]{0,999}\})?
      | \]\[[^\]\n]*\] | \[\^[^\]\s]{1,999}\]:?
      | <[/]?[a-zA-Z][^<>]*>|<[^<>\s]+[@:][^<>\s]*>
      | https?://[^\s<>\"]+ | www\.[^\s<>\"]+
      | \{[:.\#{%][^}\n]{0,999}\}+ | \{[\w-]{1,99}=[^}\n]{0,999}\}""",
    re.VERBOSE | re.DOTALL,
)
_MAIL = pattern(r"(?<![\w.+-])[\w.+-]++@[\w-]+\.[\w.-]+")
_NOTE = pattern(r"[ ]{0,3}\[\^[^\]\s]+\]:")
_DEFINED = pattern(r"[ ]{0,3}\[[^\]]+\]:")
_ITEM = pattern(r"[ ]*(?:[*+-]|\d{1,9}[.)])[ ]+\S")
# Without a way back: a line may be nothing but a hundred thousand spaces and a letter.
_RULED = pattern(r"[ ]*+\|?+[ ]*+:?+-{2,}+:?+[ ]*+(?:\|[ ]*+:?+-++:?+[ ]*+)*+\|?[ ]*+")


class ProseLine(NamedTuple):
    """A line: its number in the file, what it is, and its text, masked to the same length."""

    number: int
    kind: Kind
    text: str


def lines(text: str, plain: Sequence[str], skipped: int = 0) -> tuple[ProseLine, ...]:
    """The lines of ``text``, which stands in its file below ``skipped`` others.

    ``plain`` are those that :func:`without_fences` gives.
    """
    whole = _ASIDE.sub(_masked, "\n".join(plain))
    masked = (_MAIL.sub(_masked, whole) if "@" in whole else whole).split("\n")
    kinds = _kinds(text.split("\n"), plain)
    return tuple(
        ProseLine(number, kind, line)
        for number, (kind, line) in enumerate(zip(kinds, masked, strict=True), skipped + 1)
    )


def paragraphs(found: tuple[ProseLine, ...], *kinds: Kind) -> Iterator[tuple[ProseLine, ...]]:
    """The lines of these ``kinds`` that follow each other, a block at a time."""
    block: list[ProseLine] = []
    for line in found:
        if block and (line.kind != block[-1].kind or _ITEM.match(line.text)):
            yield tuple(block)
            block = []
        if line.kind in kinds:
            block.append(line)
    if block:
        yield tuple(block)


def place_in(block: tuple[ProseLine, ...], at: int) -> tuple[int, int]:
    """The line and the column of the letter ``at`` in the text of ``block``, joined by lines."""
    for line in block:
        if at <= len(line.text):
            return line.number, at + 1
        at -= len(line.text) + 1
    return block[-1].number, 1


def without_fences(text: str) -> list[str]:
    """The lines of ``text``, those of fenced code masked."""
    given = text.split("\n")
    of_code = fenced(given)
    return [MASK * len(line) if code else line for line, code in zip(given, of_code, strict=True)]


def _masked(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", MASK, found.group())


def fenced(given: Sequence[str]) -> Iterator[bool]:
    """Of each line in its order, whether it belongs to fenced code, fences included."""
    fence = ""
    for line in given:
        found = _FENCE.match(line)
        yield bool(fence or found)
        if not fence:
            fence = found[1] if found else ""
        elif found and found[1].startswith(fence) and not line.strip(" >`~"):
            fence = ""


def _kinds(given: Sequence[str], plain: Sequence[str]) -> Iterator[Kind]:
    """What each line is; a note's or a table's goes on to where it ends."""
    within: Kind = "blank"
    divisions = 0
    for number, line in enumerate(plain):
        word = line.strip(" ")
        if word.startswith(":::"):
            divisions += 1 if word.strip(":") else -1
            yield "other"
        elif word and not word.strip(MASK):
            yield "other"
        elif word and divisions > 0:
            yield "other" if line.startswith("    ") or word[0] == "<" else "division"
        elif not word:
            within = within if within == "note" else "blank"
            yield "blank"
        else:
            following = given[number + 1] if number + 1 < len(given) else ""
            within = _kind(line, within, following)
            yield within


def _kind(line: str, within: Kind, following: str) -> Kind:
    """What a line with words is that stands behind or in what it is ``within``."""
    if _NOTE.match(line) or (within == "note" and line.startswith("  ")):
        return "note"
    if line.startswith("    ") and within == "blank":
        return "other"
    first = line.lstrip(" ")[:1]
    goes_on = {"table": "|" in line, "quote": True, "other": True}
    if goes_on.get(within):
        return within
    if first == "|" or _RULED.fullmatch(line) or ("|" in line and _RULED.fullmatch(following)):
        return "table"
    kinds: dict[str, Kind] = {">": "quote", "#": "heading", "<": "other"}
    return "other" if _DEFINED.match(line) else kinds.get(first, "prose")
