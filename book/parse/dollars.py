r"""Which dollars are formulas: ``$…$`` in a line, ``$$…$$`` on one of its own, as Pandoc has them.

A listing that is called ``math`` is one on a line of its own, as GitHub and GitLab have it.

What opens one has no space behind it, what closes it none before it and no digit behind it; a
``\$`` is a dollar, and so are those of "$5 and $10". Formulas are put aside before Markdown sees
the text, which would take their signs for its own.
"""

from __future__ import annotations

import re
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from book.base.patterns import pattern
from book.parse.codespans import escaped_and_code
from book.parse.fences import is_block
from book.parse.unclosed import FENCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Stands for each letter of a formula in :attr:`Aside.blank`; it is no letter and no space.
MASK = "\ufffc"
#: So many formulas of a chapter are read; a book of them has some thousands.
_MOST = 20_000
#: Stands for a formula; its group is its number.
TOKEN = pattern("\ufdd6(\\d+)\ufdd7")
_BETWEEN = pattern(r"\n[ \t>]*(?=\n)")
_ASIDE = pattern(r"<!--(?:(?!<!--|-->).)*+-->|\]\([^()\s]*+\)|https?://[^\s<>]++", re.DOTALL)
_FORMULA = pattern(
    r"(?<!\$)\$\$(?!\$)(?P<display>(?:[^$]|\$(?!\$))+)\$\$(?!\$)(?:[ ]*\{\#[^\s{}]+\})?"
    r"|(?<!\$)\$(?![\s$])(?P<inline>[^$]+)(?<!\s)\$(?![\d$])"
)
#: What no sum of money holds, and what no formula does that has nothing of it.
_SIGN = pattern(r"[\\^_={]")
_PROSE = pattern(r"[^\W\d_]{3,}\s|\s[^\W\d_]{3,}|\s\|\s|\n")
#: What a program's text has before a variable: ``$JAVA_HOME:$PATH``, ``${A_B}/$C``, ``$A_B$C``.
_JOINED = pattern(r"\{?[A-Za-z]{3,}\w*\}?|\{?[A-Za-z_]\w+\}?[^$\s]*(?<![\\^_])[:/=(\[\"&;,.@-]")
_NAME = pattern(r"(?<=\$\$)[ ]*\{#([^\s{}]+)\}$")
_MATH = pattern(r"(?:`{3,}|~{3,})[ ]*math[ ]*")
_QUOTED = pattern(r"\n[ ]*>[ >]*")


class Found(Struct, frozen=True):
    """A formula: its TeX, what was typed, and where; ``line`` and ``column`` count from 1.

    ``name`` is what stands in ``{#name}`` behind one on a line of its own.
    """

    tex: str
    typed: str
    display: bool
    line: int
    column: int
    name: str = ""


class Aside(Struct, frozen=True):
    """A text with tokens for its formulas, and the same with masks in their place."""

    text: str
    blank: str
    found: tuple[Found, ...] = ()

    def told(
        self, positions: tuple[tuple[int, int], ...], skipped: int
    ) -> tuple[tuple[int, int], ...]:
        """``positions`` in :attr:`text`, which ``skipped`` lines precede, as they are in the file.

        A formula of several lines stands on one in it.
        """
        tall = [one for one in self.found if "\n" in one.typed]
        if not tall:
            return positions
        lines = self.text.split("\n")
        marks: list[tuple[int, int, int]] = []  # line and column of a token, and lines it hides
        number = {one: at for at, one in enumerate(self.found)}
        hidden = 0
        for one in tall:
            line = one.line - hidden
            column = lines[line - 1].find(f"\ufdd6{number[one]}\ufdd7") + 1
            hidden += one.typed.count("\n")
            marks.append((line + skipped, column, hidden))
        return tuple(_moved(marks, positions))


def _moved(
    marks: list[tuple[int, int, int]], positions: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    at, hidden = 0, 0
    for line, column in positions:
        while at < len(marks) and marks[at][:2] < (line, column):
            hidden = marks[at][2]
            at += 1
        yield line + hidden, column


def set_aside(text: str) -> Aside:
    """``text`` with its formulas put aside."""
    if "$" not in text and "math" not in text:
        return Aside(text, text)
    pieces: list[str] = []
    blank: list[str] = []
    found: list[Found] = []
    done, line, counted = 0, 1, 0
    for start, end, display in sorted(_formulas(text)):
        typed = text[start:end]
        line += text.count("\n", counted, start)
        counted = start
        column = start - text.rfind("\n", 0, start)
        named = _NAME.search(typed) if display else None
        tex = _tex(typed[: named.start()] if named else typed, 2 if display else 1)
        if tex[:1] == tex[-1:] == "`":
            tex = tex.strip("`")  # So GitHub and GitLab have them, too.
        pieces += [text[done:start], f"\ufdd6{len(found)}\ufdd7"]
        blank += [text[done:start], re.sub(r"[^\n]", MASK, typed)]
        found.append(Found(tex, typed, display, line, column, named[1] if named else ""))
        done = end
    rest = text[done:]
    return Aside("".join([*pieces, rest]), "".join([*blank, rest]), tuple(found))


def _tex(typed: str, sign: int) -> str:
    """What stands between the signs of a formula, without those of quotations."""
    if typed[0] in "`~":
        typed, sign = typed[typed.index("\n") : typed.rindex("\n") + 1], 0
    return _QUOTED.sub("\n", typed[sign : len(typed) - sign]).strip()


def _formulas(text: str) -> Iterator[tuple[int, int, bool]]:
    """Where formulas stand in ``text``, and whether each is on a line of its own."""
    masked, listings = _masked(text)
    yield from ((start, end, True) for start, end in listings)
    ends = [0, *(one.start() for one in _BETWEEN.finditer(masked)), len(masked)]
    count = 0
    for begin, end in pairwise(ends):
        if masked.find("$", begin, end) < 0:
            continue
        paragraph = _without_code(masked[begin:end])
        for found in _FORMULA.finditer(paragraph):
            display = found["display"] is not None
            if count < _MOST and (display or _is_formula(paragraph, found)):
                count += 1
                yield begin + found.start(), begin + found.end(), display


def _without_code(text: str) -> str:
    """``text``, a paragraph, with letters for code and for dollars behind a backslash."""
    pieces, done = [], 0
    for start, stop in escaped_and_code(text):
        if text[start] == "`" or text[start:stop] == r"\$":
            pieces += [text[done:start], "x" * (stop - start)]
            done = stop
    return "".join([*pieces, text[done:]])


def _is_formula(text: str, found: re.Match[str]) -> bool:
    """Whether it is one, and not what stands between two sums of money, or two names."""
    tex, start, end = found["inline"], found.start(), found.end()
    glued = start > 0 and (text[start - 1].isalnum() or text[start - 1] == "_")
    if glued and tex[0] not in "_^\\":
        return False
    follows = end < len(text) and (text[end].isalpha() or text[end] == "_")
    if (follows or text.startswith("{", end)) and _JOINED.fullmatch(tex):
        return False
    if _SIGN.search(tex):
        return True
    return not _PROSE.search(tex) and not (follows and len(tex) > 1)


def _masked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """``text`` with letters for listings, comments and addresses; and which are formulas."""
    text = _ASIDE.sub(lambda found: re.sub(r"[^\n]", "x", found.group()), text)
    if "```" not in text and "~~~" not in text:
        return text, []
    lines, fence, begun = text.split("\n"), "", -1
    typed = list(lines)
    formulas: list[tuple[int, int]] = []
    at_line = [0, *accumulate(len(line) + 1 for line in lines)]
    closing = {one for line in lines if (one := line.strip(" >")) and not one.strip("`~")}
    for at, line in enumerate(lines):
        found = FENCE.match(line)
        if fence:
            if found and found[1].startswith(fence) and not line.strip(" >`~"):
                fence = ""
                if begun >= 0:
                    formulas.append((begun, at_line[at] + len(line.rstrip())))
            lines[at] = "x" * len(line)
        elif found and any(one.startswith(found[1]) for one in closing):
            named, lead = _MATH.fullmatch(line, found.start(1)), line[: found.start(1)]
            begun = at_line[at] + len(lead) if named and is_block(lead, typed, at) else -1
            fence, lines[at] = found[1], "x" * len(line)
    return "\n".join(lines), formulas
