"""A piece is set a few pages at a time, and each run of pages is kept by itself.

What a page looks like depends on nothing but the text from where it begins and on what the page
before hands on: the place in the text, notes that are not finished, counters. That is a
:class:`PageStart`. A run is kept under its own and the blocks of text that setting it looked at, so
after an edit only the runs are set again that it touches, and those behind until a page begins
at the same word as before.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from book.cache import store
from book.cache.memo import asked
from book.cache.store import Store, packed, unpacked
from book.render.pdf.engine.plans import Refit
from book.render.pdf.engine.squeezes import Squeeze, TableKey
from book.render.pdf.engine.survey import Survey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from book.render.pdf.engine.notepolicy import NotePolicy
    from book.render.pdf.record import PieceJob

_TEXT = re.compile(r">[^<]*[^<\s][^<]*<")


class PageStart(Struct, frozen=True):
    """What a page that is not the first of its piece begins with.

    ``page`` is its place in the piece, from 0; ``resume_at``, ``next_page``, ``is_right`` and
    ``counters`` are what WeasyPrint hands on; ``sizes`` those of the first page and of the area
    in it. Notes go by their place among all notes: those before ``left`` and those in ``placed``
    have begun on earlier pages, those ``broken`` go on where it is said, those ``waiting`` begin
    here, or go on behind others. ``block`` is the first block of text that the page needs;
    ``tables`` says what is done to those that go on. The paragraph that the page begins in goes on
    as ``refit`` says, if it was set in another way than it would be by itself. Pictures by their
    blocks are ``held`` for the page's head.
    """

    page: int
    resume_at: Any
    next_page: Any
    is_right: bool
    counters: Any
    sizes: tuple[float, ...]
    left: int
    placed: tuple[int, ...]
    broken: tuple[tuple[int, Any], ...]
    waiting: tuple[int, ...]
    block: int
    refit: Refit | None
    held: tuple[int, ...]
    tables: tuple[tuple[TableKey, Squeeze], ...] = ()


class Run(Struct, frozen=True):
    """Pages that were set together: their survey, their leaves as bytes, what is handed on.

    ``end`` is the first block of text that setting them did not look at; ``after`` is None at
    the end of the piece.
    """

    survey: Survey
    data: bytes
    end: int
    after: PageStart | None


def blocks_of(root: Element) -> list[Element]:
    """The blocks of a piece's text that pages end between or in."""
    return [
        block
        for section in root.iter("section")
        for text in section
        if text.get("class") == "text"
        for block in text
    ]


class Kept:
    """The runs of a piece that are kept, and where new ones are.

    A key says all that the style of an element can depend on, the elements around it included,
    but only the text of those blocks that were looked at; the opening is on the first page.
    """

    def __init__(self, job: PieceJob, html: str, policy: NotePolicy, kept: Store) -> None:
        root = ET.fromstring(html)
        blocks = blocks_of(root)
        openings = [*root.iter("head"), *root.iter("header")]
        self._blocks = [ET.tostring(block, "unicode") for block in blocks]
        self._opening = [ET.tostring(opening, "unicode") for opening in openings]
        around = "\n".join(_around(root, {*blocks, *openings}))
        elements = _TEXT.sub(">.<", html)
        parts = (job.css, repr(job.files), repr(job.images), elements, around, repr(policy))
        self._base = asked("run", *parts)
        self._kept = kept

    def find(self, start: PageStart | None) -> Run | None:
        """The run that begins with ``start``, None being the piece's beginning, if it is kept."""
        which = self._asked(start)
        end = unpacked(self._kept.get(which), int)
        return None if end is None else unpacked(self._kept.get(self._key(which, start, end)), Run)

    def keep(self, start: PageStart | None, run: Run) -> None:
        """Keep ``run``, which begins with ``start``."""
        which = self._asked(start)
        self._kept.put(which, packed(run.end))
        self._kept.put(self._key(which, start, run.end), packed(run))

    def _asked(self, start: PageStart | None) -> str:
        return store.key("page start", self._base, packed(start).hex())

    def _key(self, which: str, start: PageStart | None, end: int) -> str:
        seen = self._blocks[start.block : end] if start else self._opening + self._blocks[:end]
        return store.key(which, *seen)


def _around(element: Element, without: set[Element]) -> Iterator[str]:
    """All text in ``element`` that is not in one of these."""
    yield element.text or ""
    for child in element:
        if child not in without:
            yield from _around(child, without)
            yield child.tail or ""
