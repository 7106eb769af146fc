"""A piece in which the typesetter fails is set but for what it fails at.

No theme is to blame then, and most often no author; but a draft comes out, with a box where a
paragraph, a table or a picture should be, and somebody knows which.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from book.base.data import replace
from book.base.xml import MISSING
from book.model import Text
from book.render.pdf.engine.runs import blocks_of
from book.render.pdf.record import Unset

if TYPE_CHECKING:
    from collections.abc import Callable

    from book.render.pdf.record import PieceJob

    _Blocks = Callable[[ET.Element], list[ET.Element]]

#: So many blocks are looked for; a piece with more can't be set.
MOST = 8
_SHOWN = 60
_IN_LISTS = frozenset({"dt", "dd", "li"})
_LIKE = _IN_LISTS | {"p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "figure"}


def without_failing(
    job: PieceJob, attempt: Callable[[PieceJob], str]
) -> tuple[PieceJob, tuple[Unset, ...]]:
    """``job`` with boxes for the blocks that can't be set, and these.

    ``attempt`` says why a job can't be set, or nothing. There are none if that doesn't help: not
    in the text, nor around it, where headings, lists that we draw up and front pages stand.
    """
    for blocks in (blocks_of, _all_blocks):
        less, found = _without(job, attempt, blocks)
        if found:
            return less, found
    return job, ()


def _without(
    job: PieceJob, attempt: Callable[[PieceJob], str], blocks: _Blocks
) -> tuple[PieceJob, tuple[Unset, ...]]:
    found: list[Unset] = []
    whole = job
    while words := attempt(job):
        count = _count(job, blocks)
        if len(found) == MOST or not count or attempt(_with(job, blocks, 0)):
            return whole, ()
        good, bad = 0, count  # with so many of the first it can be set, and can't be
        while bad - good > 1:
            middle = (good + bad) // 2
            if said := attempt(_with(job, blocks, middle)):
                bad, words = middle, said
            else:
                good = middle
        job, text = _boxed(job, blocks, bad - 1)
        found.append(Unset(text, words))
    return job, tuple(found)


def _all_blocks(root: ET.Element) -> list[ET.Element]:
    """Whatever in ``root`` is like a paragraph, and in no other such."""
    inner = {part for one in root.iter() if one.tag in _LIKE for part in one.iter() if part != one}
    return [one for one in root.iter() if one.tag in _LIKE and one not in inner]


def _count(job: PieceJob, blocks: _Blocks) -> int:
    """How many blocks ``job`` has; none if it is no XHTML."""
    try:
        return len(blocks(ET.fromstring(job.html)))
    except ET.ParseError:
        return 0


def _with(job: PieceJob, blocks: _Blocks, count: int) -> PieceJob:
    """``job`` with no more than so many blocks."""
    root = ET.fromstring(job.html)
    above = {child: parent for parent in root.iter() for child in parent}
    for block in blocks(root)[count:]:
        above[block].remove(block)
    return _of(job, root)


def _boxed(job: PieceJob, blocks: _Blocks, number: int) -> tuple[PieceJob, str]:
    """``job`` with a box in place of the block of this ``number``, and how that block began."""
    root = ET.fromstring(job.html)
    block = blocks(root)[number]
    text = " ".join("".join(block.itertext()).split())
    identity, tail = block.get("id"), block.tail
    block.clear()
    block.text, block.tail = f"{text[:_SHOWN]}…", tail
    if block.tag not in _IN_LISTS:
        block.tag = "p"
    block.set("class", MISSING)
    if identity:
        block.set("id", identity)
    return _of(job, root), text[:_SHOWN]


def _of(job: PieceJob, root: ET.Element) -> PieceJob:
    html = ET.tostring(root, "unicode")
    notes = tuple(due for due in job.notes if f'id="{due.call}"' in html)
    return replace(job, text=Text.of(html), notes=notes)
