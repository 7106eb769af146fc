"""Tables with bars as GitHub has them (GFM 0.29, section 4.10), with captions and widths.

A table may stand below a paragraph. A line ``: text`` or ``Table: text`` below it or above it is
its caption, as Pandoc and Quarto have it; ``{#name widths="30 70"}`` at its end names the table
and says how wide its columns are, in hundredths of the text's width.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

from markdown.blockprocessors import BlockProcessor
from markdown.extensions.tables import TableProcessor

from book.base.patterns import pattern
from book.parse.ahead import LIST
from book.parse.attributes import LISTED
from book.parse.spans import give
from book.parse.stamps import unstamped

if TYPE_CHECKING:
    from collections.abc import Sequence

_RULED = pattern(r"^[ ]{0,3}(?=[^\n]*\|)[|: -]*-[|: -]*$", re.MULTILINE)
_CAPTION = pattern(r"[ ]{0,3}(?:[Tt]able)?:[ ]+(?=\S)")
_CAPTIONED = pattern(r"^[ ]{0,3}(?:[Tt]able)?:[ ]+(?=\S)", re.MULTILINE)
_ATTRIBUTES = pattern(rf"[ ]*\{{:?[ ]*({LISTED})[ ]*\}}[ ]*$")
_NUMBER = pattern(r"\d{1,3}")
#: What a row had more than its table has columns, as an attribute of the row.
SURPLUS = "surplus"


class Barred(TableProcessor):
    """Tables with bars, below a paragraph too."""

    def test(self, parent: ET.Element, block: str) -> bool:
        """Whether there is a table in ``block``."""
        return self._start(block) is not None

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        """Put it below ``parent``, and before it what stands above it."""
        block = blocks.pop(0)
        start = self._start(block) or 0
        if start:
            self.parser.parseBlocks(parent, [block[: start - 1]])
            super().test(parent, block[start:])
        lines = block[start:].rstrip("\n").split("\n")
        ends = (at for at, one in enumerate(lines) if _CAPTION.match(one) or LIST.fullmatch(one))
        end = next(ends, len(lines))
        if end < len(lines):
            blocks.insert(0, "\n".join(lines[end:]))
        super().run(parent, ["\n".join(lines[:end])])

    def begins(self, block: str) -> bool:
        """Whether ``block`` begins with a table."""
        return not block.startswith("    ") and self._start(block) == 0

    def _start(self, block: str) -> int | None:
        """Where the first table's head begins."""
        if "|" not in block:
            return None
        for found in _RULED.finditer(block):
            if not found.start():
                continue
            start = block.rfind("\n", 0, found.start() - 1) + 1
            if super().test(ET.Element("div"), block[start : found.end()]):
                return start
        return None

    def _build_row(self, row: str, parent: ET.Element, align: Sequence[str | None]) -> None:
        super()._build_row(row, parent, align)  # type: ignore[misc] # theirs, without types
        cells: list[str] = self._split_row(row)  # type: ignore[attr-defined] # as above
        if more := [one.strip() for one in cells[len(align) :] if one.strip()]:
            last = parent[-1][-1]
            last.text = " | ".join([last.text or "", *more])
            parent[-1].set(SURPLUS, row.strip())


class Captions(BlockProcessor):
    """What stands below a table and says what it shows."""

    def test(self, parent: ET.Element, block: str) -> bool:
        """Whether ``block`` is a caption."""
        return _CAPTION.match(block) is not None and _waits(parent)

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        """Put it into the table above."""
        _caption(parent[-1], blocks.pop(0))


class CaptionsAbove(BlockProcessor):
    """What stands above a table and says what it shows; without a table it defines a term."""

    def test(self, parent: ET.Element, block: str) -> bool:
        """Whether ``block`` may begin with a caption: no table or definition above takes it."""
        if _CAPTION.match(block) is None or _waits(parent):
            return False
        return not len(parent) or parent[-1].tag != "dl"

    def run(self, parent: ET.Element, blocks: list[str]) -> bool:
        """Put it into the table that follows, if one does that has no caption below."""
        caption, _, rest = blocks[0].partition("\n")
        at = 0
        if not self._is_table(parent, rest):
            caption, rest = blocks[0], ""
            at = _next(blocks, 1)
            if at == len(blocks) or not self._is_table(parent, blocks[at]):
                return False
        if len(_CAPTIONED.findall(caption)) > 1 or self._is_told_below(parent, rest, blocks, at):
            return False
        blocks[: at + 1] = [rest or blocks[at].lstrip("\n")]
        before = len(parent)
        for processor in self.parser.blockprocessors:
            if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                break
        if len(parent) > before and parent[before].tag == "table":
            _caption(parent[before], caption)
        else:  # A grid that isn't read: it stands as it was typed, and so does this.
            paragraph = ET.Element("p")
            paragraph.text = caption
            parent.insert(before, paragraph)
        return True

    def _is_table(self, parent: ET.Element, block: str) -> bool:
        block, every = block.lstrip("\n"), self.parser.blockprocessors
        first, _, below = block.partition("\n")
        if LIST.fullmatch(first):  # Attributes, which the table gets.
            block = below
        if not block.strip():
            return False
        barred = every["table"]
        if isinstance(barred, Barred) and barred.begins(block):
            return True
        return any(bool(every[name].test(parent, block)) for name in ("columns", "grids"))

    def _is_told_below(self, parent: ET.Element, rest: str, blocks: list[str], at: int) -> bool:
        """Whether the table has a caption below, that isn't another table's."""
        if _CAPTIONED.search(rest or blocks[at]):
            return True
        below = _next(blocks, at + 1)
        if below == len(blocks) or not _CAPTION.match(blocks[below]):
            return False
        if self._is_table(parent, blocks[below].partition("\n")[2]):
            return False
        further = _next(blocks, below + 1)
        return further == len(blocks) or not self._is_table(parent, blocks[further])


def _next(blocks: list[str], at: int) -> int:
    """The number of the first block from ``at`` on that isn't empty; all of them if none is."""
    while at < len(blocks) and not blocks[at].strip():
        at += 1
    return at


def _waits(parent: ET.Element) -> bool:
    """Whether ``parent`` ends with a table that has no caption yet."""
    last = parent[-1] if len(parent) else None
    if last is None or last.tag != "table" or (last.tail or "").strip():
        return False
    return last.find("caption") is None


def _caption(table: ET.Element, text: str) -> None:
    if attributes := _ATTRIBUTES.search(text):
        text = text[: attributes.start()]
        give(table, attributes[1])
        widths = table.attrib.pop("widths", "") or table.attrib.pop("tbl-colwidths", "")
        if widths:
            table.insert(0, columns(unstamped(widths)))
    caption: Any = ET.Element("caption")
    caption.text = _CAPTION.sub("", text, count=1)
    table.insert(0, caption)


def columns(widths: str) -> ET.Element:
    """A group of columns as wide as ``widths`` says; they may be any numbers."""
    numbers = [int(one) for one in _NUMBER.findall(widths)][:40]
    whole = sum(numbers) or 1
    group = ET.Element("colgroup")
    for one in numbers:
        ET.SubElement(group, "col", {"class": width_class(100 * one / whole)})
    return group


def width_class(percent: float) -> str:
    """The class for a width; style sheets know one for each twentieth."""
    return f"width-{min(max(5 * round(percent / 5), 5), 100)}"
