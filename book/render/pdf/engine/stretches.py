"""A very long chapter is set a stretch at a time, so that memory does not grow with it.

The styles and boxes of a chapter are there as a whole while its pages are set, a sixth of a
megabyte a page. Of a chapter of hundreds of pages only those blocks are whole that the next
pages may need; of each of the others stands its element alone, empty, so that selectors find the
same siblings and boxes are counted as ever. What a page looks like does not depend on it.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from bisect import bisect_left
from itertools import accumulate

from msgspec import Struct

from book.render.pdf.engine.runs import blocks_of
from book.render.pdf.structure.tree import INSIDE

#: How many elements a stretch has: a tenth of the chapter's, since each costs time for the whole of
#: it; but not fewer than some dozen pages have, nor more than a hundred.
SHORTEST, LONGEST = 250, 2000
#: What lets a page depend on the inside of blocks far away: such a chapter is set as a whole.
_FAR = re.compile(
    r"counter-(?:increment|reset|set)|(?:open|close)-quote|target-|:empty|position\s*:\s*fixed"
)
#: Elements that are a box of their own, empty or not.
_BOXES = {*(f"h{level}" for level in range(1, 7)), "p", "ul", "ol", "dl", "div", "blockquote"}
_BOXES |= {"li", "table", "figure", "pre", "hr", "section", "address", "details"}


class Stretch(Struct, frozen=True):
    """A chapter of which the blocks from ``first`` on and before ``end`` are whole.

    ``notes`` is how many notes there are before them.
    """

    first: int
    end: int
    notes: int
    html: str


class Stretches:
    """The stretches of a piece, which has the XHTML ``html`` and is set by the sheet ``css``."""

    def __init__(self, html: str, css: str) -> None:
        blocks = blocks_of(ET.fromstring(html))
        self._html, self._count = html, len(blocks)
        sizes = [sum(1 for _ in block.iter()) for block in blocks]
        length = min(LONGEST, max(SHORTEST, sum(sizes) // 10))
        #: The stretch of each block.
        self._numbers = [(total - 1) // length for total in accumulate(sizes)]
        is_simple = {block.tag for block in blocks} <= _BOXES
        if not is_simple or _FAR.search(css) or _FAR.search(html):
            self._numbers = [0] * self._count
        self._last = Stretch(0, 0, 0, "")

    def at(self, block: int, more: int) -> Stretch:
        """The stretch that ``block`` is in, and so many ``more``."""
        if not self._count:
            return Stretch(0, 1, 0, self._html)
        number = self._numbers[min(block, self._count - 1)]
        first = bisect_left(self._numbers, number)
        end = bisect_left(self._numbers, number + more + 1)
        if end == self._count:
            end += 1
        if not self._last.first <= first < end <= self._last.end:
            self._last = self._made(first, end)
        return self._last

    def is_last(self, stretch: Stretch) -> bool:
        """Whether nothing comes behind ``stretch``."""
        return stretch.end > self._count

    def _made(self, first: int, end: int) -> Stretch:
        if first == 0 and end > self._count:
            return Stretch(first, end, 0, self._html)
        root = ET.fromstring(self._html)
        notes = 0
        for place, block in enumerate(blocks_of(root)):
            if first <= place < end:
                continue
            if place < first:
                notes += sum("note" in one.get("class", "").split() for one in block.iter("aside"))
            if inside := sum(1 for _ in block.iter()) - 1:
                block.set(INSIDE, str(inside))
            block.text, block[:] = None, []
        return Stretch(first, end, notes, ET.tostring(root, "unicode"))
