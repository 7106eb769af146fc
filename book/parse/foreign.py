"""Markup of other tools that isn't read here: said, not silent.

Each kind is one finding, at the first of them, and says on how many lines more. Code is not looked
at. Every line is looked at once for each kind.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from book.base.codes import finding
from book.base.data import replace
from book.base.patterns import pattern
from book.model import Place
from book.parse.angled import first_of, no_tags
from book.parse.codespans import spans
from book.parse.divs import PRIVATE
from book.parse.examples import unnamed
from book.parse.strange import BRACKETED, CODE_THAT_IS_RUN, KINDS, NO_TAG
from book.parse.unclosed import FENCE, blanked, unclosed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from book.model import Finding


_DEFINED = pattern(r"^[ ]{0,3}\[([^\[\]\n^]+)\]:", re.MULTILINE)
_REFERRED = pattern(r"\[([^\[\]\n]+)\]\[([^\[\]\n^]*)\]")
#: Code within a line that another tool runs, to print what comes of it.
_RUN = pattern(r"(?<!`)`(?:r[ ](?![=<+-])|\{\w+\}[ ]|\$?=[ ])[^`\n]+`(?!`)")


def foreign(text: str, path: str, skipped: int) -> Iterator[Finding]:
    """What of ``text``, the file ``path`` below its first ``skipped`` lines, isn't read."""
    yield from _kinds(text, path, skipped)
    yield from unclosed(text, path, skipped)
    yield from unnamed(_typed(text, "(@"), path, skipped)
    yield from _published(_typed(text, "%%"), path, skipped)


def _typed(text: str, needs: str) -> str:
    """``text`` without the words of its code; nothing where it lacks what it ``needs``."""
    if needs not in text:
        return ""
    prose = {number: line for number, line, _ in _prose(text)}
    return "\n".join(prose.get(number, "") for number in range(1, text.count("\n") + 2))


def _published(text: str, path: str, skipped: int) -> Iterator[Finding]:
    """M012: a comment of Obsidian that is never closed, so that it is printed."""
    left = PRIVATE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    at = left.find("%%")
    if at >= 0:
        place = Place(path, left.count("\n", 0, at) + 1 + skipped, at - left.rfind("\n", 0, at))
        message = "This `%%` has no partner, so what follows is printed."
        yield finding("M012", place, message, "Close your remark with `%%`, or write `%\\%`.")


def _kinds(text: str, path: str, skipped: int) -> Iterator[Finding]:
    """A finding for each kind of foreign markup, and for each reference that is not defined."""
    kinds = [one for one in KINDS if one.needs in text and one.pattern.search(text)]
    words = no_tags(text)
    bracketed = r"\(" in text or r"\[" in text
    if not kinds and "][" not in text and not (words or bracketed) and not _RUN.search(text):
        return
    defined = {_folded(one) for one in _DEFINED.findall(text)}
    counts: Counter[str] = Counter()
    first: dict[str, Finding] = {}
    for number, line, typed in _prose(text):
        found = [(kind, kind.pattern.search(line)) for kind in kinds]
        found.append((CODE_THAT_IS_RUN, _RUN.search(typed) if "`" in typed else None))
        found.append((BRACKETED, _bracketed(typed) if bracketed else None))
        found.append((NO_TAG, first_of(line, words) if words else None))
        for kind, hit in found:
            if hit:
                place = Place(path, number + skipped, hit.start() + 1)
                told = first.setdefault(kind.name, finding(kind.code, place, kind.name, kind.hint))
                counts[kind.name] += told.place != place
        if "][" in line:
            yield from _undefined(line, defined, Place(path, number + skipped))
    for name, told in first.items():
        count = counts[name]
        more = f", here and on {count} more line{'s' * (count > 1)}." if count else "."
        yield replace(told, message=name.removesuffix(".") + more)


def _bracketed(typed: str) -> re.Match[str] | None:
    """The first formula in ``typed``, a line, between brackets that have backslashes."""
    code = tuple(spans(typed))
    for one in BRACKETED.pattern.finditer(typed):
        if not any(start <= one.start() < end for start, end in code):
            return one
    return None


def _undefined(line: str, defined: Collection[str], place: Place) -> Iterator[Finding]:
    for found in _REFERRED.finditer(line):
        label = found[2] or found[1]
        if _folded(label) not in defined:
            at = replace(place, column=found.start() + 1)
            message = f"`[{label}]` is nowhere defined; the words stand as they are."
            hint = f"Write `[{label}]: https://…` on a line of its own, in this file."
            yield finding("L005", at, message, hint)


def _prose(text: str) -> Iterator[tuple[int, str, str]]:
    """The lines of ``text`` that are no code, with their numbers from 1.

    Each comes as it is with blanks for code in it, and as it was typed.
    """
    fence = ""
    lines = text.split("\n")
    closed = {line.strip(" >") for line in lines if line.strip(" >")[:1] in ("`", "~")}
    for number, line in enumerate(lines, 1):
        found = FENCE.match(line)
        if fence:
            if found and found[1].startswith(fence) and not line.strip(" >`~"):
                fence = ""
        elif found and any(one.startswith(found[1]) and not one.strip("`~") for one in closed):
            fence = found[1]
        elif not line.startswith("    "):
            yield number, blanked(line), line


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()
