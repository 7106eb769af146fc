"""Tables with bars as GitHub has them (GFM 0.29, section 4.10), with captions and widths.

A table may stand below a paragraph. A line ``: text`` or ``Table: text`` below it, or ``Table:
text`` above, is its caption, as Pandoc and Quarto have it; ``{#name widths="30 70"}`` at its end
names the table and says how wide its columns are, in hundredths of the text's width.
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
_TITLE = pattern(r"[ ]{0,3}Table:[ ]+(?=\S)")
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
        titled(parent)

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
        last = parent[-1] if len(parent) else None
        if last is None or last.tag != "table" or (last.tail or "").strip():
            return False
        return _CAPTION.match(block) is not None

    def run(self, parent: ET.Element, blocks: list[str]) -> bool:
        """Put it into the table above."""
        if parent[-1].find("caption") is not None:
            return False
        _caption(parent[-1], blocks.pop(0))
        return True


def titled(parent: ET.Element) -> None:
    """Give the table that ``parent`` ends with the caption that stands above it."""
    above = parent[-2] if len(parent) > 1 and parent[-1].tag == "table" else None
    if above is not None and above.tag == "p" and not len(above) and not above.attrib:
        text = above.text or ""
        if _TITLE.match(text) and "\n" not in text:
            parent.remove(above)
            _caption(parent[-1], text)


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
