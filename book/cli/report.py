"""Findings as lines: on a terminal with the place shown and underlined, elsewhere plain.

A plain line reads ``path:line:column: error[CODE]: sentence``, which editors understand, and the
hint stands below it. Colours are rich's business: it leaves them out where ``NO_COLOR`` is set.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from book.base.paths import lines
from book.base.patterns import pattern
from book.base.text import printable
from book.model import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from rich.text import Text

    from book.cli.screen import Screen
    from book.model import Finding

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow"}
# A link, image or note with what belongs to it; a heading; a text in quotes; a word.
_MARK = pattern(
    r"""!?\[[^\]]*\](?:\([^)]*\)|:)?  |  \#+[ ].*  |  "[^"]*"  |  [\w-]+  |  \S""", re.VERBOSE
)


def show(findings: Sequence[Finding], root: Path, screen: Screen) -> None:
    """Print ``findings`` in the book at ``root``, each with its hint."""

    @cache
    def lines_of(path: str) -> list[str]:
        return lines(root, path)

    for each in findings:
        shown = framed(each, lines_of, screen.rich.width) if screen.is_terminal else plain(each)
        screen.print(shown)


def plain(finding: Finding) -> str:
    """``finding`` as one line, and its hint below."""
    lines = [f"{_safe(str(finding.place))}: {_kind(finding)}: {_safe(finding.message)}"]
    if finding.hint:
        lines.append(f"  hint: {_indented(finding.hint)}")
    return "\n".join(lines)


def framed(finding: Finding, lines_of: Callable[[str], Sequence[str]], width: int) -> Text:
    """``finding`` in the manner of rustc: what is wrong, the line it stands in, and the hint.

    ``lines_of`` gives the lines of a file; ``width`` is that of the terminal, in cells. Of a long
    line, only what stands around the place is shown.
    """
    from rich.text import Text

    style = _STYLES[finding.severity]
    shown = Text.assemble(
        f"{_safe(str(finding.place))}: ",
        (_kind(finding), style),
        (f": {_safe(finding.message)}", "bold"),
    )
    place, lines = finding.place, lines_of(finding.place.path)
    if 0 < place.line <= len(lines) and 0 < place.column <= len(lines[place.line - 1]) + 1:
        gutter = f"{place.line} | "
        room = max(width - len(gutter), 20)
        excerpt, before, length = _window(_safe(lines[place.line - 1]), place.column - 1, room)
        shown.append(f"\n{gutter}", "blue").append(excerpt)
        shown.append(f"\n{' ' * (len(gutter) - 2)}| ", "blue")
        shown.append(" " * before).append("^" * length, style)
    if finding.hint:
        shown.append("\n  hint: ", "bold cyan").append(_indented(finding.hint))
    return shown


def summary(findings: Iterable[Finding]) -> str:
    """How many there are, as in ``2 errors, 1 warning``; empty if there are none."""
    severities = [finding.severity for finding in findings]
    counts = [(severities.count(each), each) for each in Severity]
    return ", ".join(f"{count} {each}{'s' * (count > 1)}" for count, each in counts if count)


def _kind(finding: Finding) -> str:
    return f"{finding.severity}[{finding.code}]"


def _window(line: str, start: int, room: int) -> tuple[str, int, int]:
    """The part of ``line`` around the mark at ``start``, in ``room`` cells.

    With it come the cells before the mark, and the mark's own.
    """
    from rich.cells import cell_len
    from rich.text import Text

    found = _MARK.match(line, start)
    mark = found.group() if found else ""
    first = 0 if cell_len(line) <= room else max(0, start - room // 3)
    before = ("…" if first else "") + line[first:start]
    excerpt = Text(before + line[start:])
    excerpt.truncate(room, overflow="ellipsis")
    length = min(cell_len(mark.rstrip()), room - cell_len(before))
    return excerpt.plain, cell_len(before), max(length, 1)


def _safe(text: str) -> str:
    """``text`` without what would make a terminal do something else than show it."""
    return printable(text).replace("\t", " ")


def _indented(hint: str) -> str:
    return _safe(hint).replace("\n", "\n  ").replace("\n  \n", "\n\n")
