"""Tables as they look: Pandoc's grid tables, simple tables and tables of several lines.

Columns are where the lines of signs say. A cell of a grid holds any Markdown; that of a table of
several lines goes on below itself. What spans columns or rows is not read, and told.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import pairwise
from typing import TYPE_CHECKING

from markdown.blockprocessors import BlockProcessor

from book.base.patterns import pattern
from book.parse.barred import SURPLUS
from book.parse.lists import parse_apart
from book.parse.stamps import STAMP, TAG_STAMP, unstamped

if TYPE_CHECKING:
    from collections.abc import Sequence

_EDGE = pattern(r"[ ]{0,3}\+(?:[-=:]+\+)+[ ]*")
_HEAD = pattern(r"[ ]{0,3}\+(?:[=:]+\+)+[ ]*")
_DASHES = pattern(r"[ ]*-{2,}(?:[ ]+-{2,})+[ ]*")
_RULE = pattern(r"[ ]*-{5,}[ ]*")
#: So many rows of a table that empty lines part are looked through for its end.
_LONGEST = 200
_STAMPED = pattern(f"({STAMP.pattern.replace('(', '(?:')}| {TAG_STAMP})")


def _cut(line: str, starts: Sequence[int]) -> list[str]:
    """``line`` in columns that begin where ``starts`` says; stamps take no room."""
    cells = [""] * len(starts)
    at = column = 0
    for number, piece in enumerate(_STAMPED.split(line)):
        for char in piece if number % 2 == 0 else [piece]:
            while column + 1 < len(starts) and at >= starts[column + 1]:
                column += 1
            cells[column] += char
            at += number % 2 == 0
    return cells


class Grids(BlockProcessor):
    """``+---+---+`` around cells."""

    def test(self, parent: ET.Element, block: str) -> bool:
        """Whether ``block`` begins with one."""
        return block.lstrip(" ").startswith("+") and _EDGE.fullmatch(_first(block)) is not None

    def run(self, parent: ET.Element, blocks: list[str]) -> bool:
        """Put it below ``parent``; what spans cells stands as it was typed."""
        lines = blocks.pop(0).split("\n")
        end = next((at for at, one in enumerate(lines) if one.lstrip()[:1] not in "+|"), len(lines))
        if rest := "\n".join(lines[end:]):
            blocks.insert(0, rest)
        lines = [line.strip() for line in lines[:end]]
        edges = [at for at, line in enumerate(lines) if line.startswith("+")]
        bounds = [found.start() for found in re.finditer(r"\+", lines[0])]
        if not _is_plain(lines, bounds) or edges[-1] != len(lines) - 1:
            code = ET.SubElement(parent, "pre", {SURPLUS: lines[0]})
            code.text = unstamped("\n".join(lines))
            return True
        heads = [at for at in edges if _HEAD.fullmatch(lines[at])]
        sides = _sides(lines[heads[0] if heads else 0])
        table = ET.SubElement(parent, "table")
        for begin, finish in pairwise(edges):
            in_head = bool(heads) and begin < heads[0]
            rows = [_cut(line, bounds) for line in lines[begin + 1 : finish]]
            cells = [[row[at][1:].rstrip() for row in rows] for at in range(len(bounds) - 1)]
            self._row(_group(table, "thead" if in_head else "tbody"), cells, sides)
        return True

    def _row(self, group: ET.Element, cells: list[list[str]], sides: list[str]) -> None:
        row = ET.SubElement(group, "tr")
        for lines, side in zip(cells, sides, strict=True):
            cell = ET.SubElement(row, "th" if group.tag == "thead" else "td")
            if side:
                cell.set("align", side)
            least = min((len(one) - len(one.lstrip()) for one in lines if one.strip()), default=0)
            parse_apart(self.parser, cell, [one[least:] for one in lines], "cell")


class Columns(BlockProcessor):
    """Columns below lines of dashes."""

    def test(self, parent: ET.Element, block: str) -> bool:
        """Whether ``block`` begins with such a table."""
        return "--" in block and _dashes_in(block.split("\n")) is not None

    def run(self, parent: ET.Element, blocks: list[str]) -> bool:
        """Put it below ``parent``."""
        ruled = _RULE.fullmatch(_first(blocks[0])) is not None
        lines = blocks.pop(0).split("\n")
        dashes = _dashes_in(lines) or 0
        bare = ruled or dashes == 0
        if bare:  # then it goes on to a line of dashes, over empty ones
            lines += _further(lines[-1], blocks)
        spans = [(one.start(), one.end()) for one in re.finditer("-+", lines[dashes])]
        starts = [0, *(start for start, _ in spans[1:])]
        body = lines[dashes + 1 :]
        if bare and body and _is_end(body[-1]):
            body.pop()
        head = [_cut(line, starts) for line in lines[ruled:dashes]]
        rows = [_cut(line, starts) for line in body]
        sides = _flush((lines[ruled:dashes] or body)[:1], spans)
        table = ET.SubElement(parent, "table")
        if head:
            _add(_group(table, "thead"), _headed(head), sides)
        joined = _joined(rows) if ruled or any(not "".join(one).strip() for one in rows) else rows
        for cells in joined:
            _add(_group(table, "tbody"), [one.strip() for one in cells], sides)
        return True


def _first(block: str) -> str:
    return block.split("\n", 1)[0]


def _dashes_in(lines: Sequence[str]) -> int | None:
    """The number of the line of dashes that parts a table's columns, if a table begins there."""
    if _DASHES.fullmatch(lines[0]):
        return 0 if len(lines) > 1 else None
    if _RULE.fullmatch(lines[0]):
        return next(
            (at for at in range(1, min(len(lines), 9)) if _DASHES.fullmatch(lines[at])), None
        )
    return 1 if len(lines) > 2 and _DASHES.fullmatch(lines[1]) and lines[0].strip() else None


def _is_end(line: str) -> bool:
    return bool(_RULE.fullmatch(line) or _DASHES.fullmatch(line))


def _further(last: str, blocks: list[str]) -> list[str]:
    """The lines up to the next line of dashes, taken from ``blocks``; none if there is none."""
    if _is_end(last):
        return []
    ends = (at for at, one in enumerate(blocks[:_LONGEST]) if _is_end(one.rpartition("\n")[2]))
    end = next(ends, None)
    taken = [] if end is None else [blocks.pop(0) for _ in range(end + 1)]
    return "\n\n".join(["", *taken])[1:].split("\n") if taken else []


def _is_plain(lines: Sequence[str], bounds: Sequence[int]) -> bool:
    """Whether every line has its signs at the same places, so that no cell spans others."""
    for line in map(unstamped, lines):
        if len(line) != bounds[-1] + 1 or any(line[at] not in "+|" for at in bounds):
            return False
    return len(bounds) > 1


def _sides(edge: str) -> list[str]:
    sides = []
    for one in edge.strip("+").split("+"):
        pair = one[:1] == ":", one[-1:] == ":"
        sides.append("center" if all(pair) else "left" if pair[0] else "right" if pair[1] else "")
    return sides


def _flush(lines: Sequence[str], spans: Sequence[tuple[int, int]]) -> list[str]:
    """How columns are set, by where their heads stand above the dashes."""
    text = unstamped(lines[0]) if lines else ""
    sides = []
    for start, end in spans:
        part = text[start:end].ljust(end - start)
        left, right = part[:1].strip(), part[-1:].strip()
        inner = bool(part.strip())
        sides.append("right" if right and not left else "center" if inner and not left else "")
    return sides


def _joined(rows: list[list[str]]) -> list[list[str]]:
    """Rows of several lines, which empty lines part, as one each."""
    made: list[list[list[str]]] = [[]]
    for row in rows:
        if "".join(row).strip():
            made[-1].append(row)
        elif made[-1]:
            made.append([])
    return [_headed(one) for one in made if one]


def _column(rows: list[list[str]], at: int) -> list[str]:
    return [row[at].strip() for row in rows if row[at].strip()]


def _headed(rows: list[list[str]]) -> list[str]:
    return [" ".join(_column(rows, at)) for at in range(len(rows[0]))]


def _group(table: ET.Element, name: str) -> ET.Element:
    found = table.find(name)
    return ET.SubElement(table, name) if found is None else found


def _add(group: ET.Element, cells: list[str], sides: list[str]) -> None:
    row = ET.SubElement(group, "tr")
    for text, side in zip(cells, sides, strict=True):
        cell = ET.SubElement(row, "th" if group.tag == "thead" else "td")
        if side:
            cell.set("align", side)
        cell.text = text
