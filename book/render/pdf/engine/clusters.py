"""What is drawn together in a run of glyphs: clusters, as HarfBuzz has them, and their words."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from weasyprint.text.ffi import FROM_UNITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from book.render.pdf.engine.glyphruns import GlyphRun

#: Formats that a reader has no use for are left out; those that change how a word is read stay.
_JOINERS = "\u200c\u200d"
SPACES = " \u00a0"
#: A letter of a run to the left that is drawn so many ems from where the one before it ends would
#: be taken by some for the first of another line.
FAR = 0.15


class Cluster(NamedTuple):
    """Glyphs of a run, from ``first`` to before ``last``, that draw ``text`` together."""

    text: str
    first: int
    last: int
    is_plain: bool


def words(found: Sequence[Cluster]) -> Iterator[list[Cluster]]:
    """Clusters that make up a word, and each other by itself."""
    word: list[Cluster] = []
    for one in found:
        if one.text and unicodedata.category(one.text[0])[0] not in "LMC":
            if word:
                yield word
            yield [one]
            word = []
        else:
            word.append(one)
    if word:
        yield word


def with_marks(found: Iterable[Cluster], run: GlyphRun) -> Iterator[Cluster]:
    """Clusters that run to the left, with what takes no room with what it stands upon."""
    upon: Cluster | None = None
    for cluster in found:
        one = cluster
        if upon is not None:
            one = Cluster(one.text + upon.text, upon.first, one.last, is_plain=False)
        is_letter = bool(one.text) and unicodedata.category(one.text[0])[0] not in "MC"
        upon = None if is_letter and any(run.widths[one.first : one.last]) else one
        if upon is None:
            yield one
    if upon is not None:
        yield upon


def clusters(run: GlyphRun, data: bytes) -> Iterator[Cluster]:
    """The clusters of a run, as they stand from left to right."""
    count = len(run.glyphs)
    starts = sorted({*run.bytes[:count], run.bytes[count]})
    ends = dict(pairwise(starts))
    first = 0
    while first < count:
        start, last = run.bytes[first], first + 1
        while last < count and run.bytes[last] == start:
            last += 1
        text = _said(data[start : ends[start]].decode())
        yield Cluster(text, first, last, _is_plain(run, text, first, last))
        first = last


def _said(text: str) -> str:
    return "".join(
        letter for letter in text if letter in _JOINERS or unicodedata.category(letter) != "Cf"
    )


def _is_plain(run: GlyphRun, text: str, first: int, last: int) -> bool:
    """Whether each glyph stands for one letter, in their order and on the line."""
    glyphs = run.glyphs[first:last]
    if len(text) != len(glyphs) or any(run.rises[first:last]):
        return False
    if text in SPACES:
        return True
    if run.is_leftward:
        is_letter = len(text) == 1 and unicodedata.category(text)[0] in "LN"
        is_near = abs(run.offsets[first]) * FROM_UNITS < FAR * run.size
        return is_letter and is_near and run.font.to_unicode.get(glyphs[0], text) == text
    if any(run.offsets[first:last]):
        return False
    if len(text) == 1 and text.isdecimal() and run.font.to_unicode.get(glyphs[0], text) == text:
        return True  # Figures have other shapes, of other heights, that are digits all the same.
    own = known(run.font).get_nominal_glyph
    return all(own(ord(letter)) == glyph for letter, glyph in zip(text, glyphs, strict=True))


def known(font: Any) -> Any:
    """What HarfBuzz knows of a font of WeasyPrint's."""
    found = getattr(font, "known", None)
    if found is None:
        found = font.known = _opened(font.file_content)
    return found


@lru_cache(maxsize=32)
def _opened(data: bytes) -> Any:
    import uharfbuzz

    return uharfbuzz.Font(uharfbuzz.Face(data))
