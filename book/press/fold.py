"""Saddle stitch: which page stands where on the sheets that are folded once and nested.

A sheet folded once is two leaves, which is four pages. Sheets nested in each other are a
signature; a booklet is one of them, stapled, or several, sewn one behind the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

#: Pages of one sheet that is folded once.
PER_SHEET = 4


class SheetFace(NamedTuple):
    """One side of a sheet as the printer makes it, the fold upright in its middle.

    ``signature`` and ``depth`` count from 0: the sheets of a signature that lie outside this one.
    The ``outer`` face is seen when the sheet is folded, the other one within. ``left`` and
    ``right`` are what stands there: the place of a page in the order of reading, or None.
    """

    signature: int
    depth: int
    outer: bool
    left: int | None
    right: int | None


def signatures(pages: int, each: int = 0) -> tuple[int, ...]:
    """How many pages each signature has, blank ones included, to hold ``pages``.

    ``each`` is what a full one has, a multiple of four; 0 puts all into one. The last has only
    the sheets that it needs. Raises ValueError if ``each`` is no multiple of four or negative.
    """
    if each < 0 or each % PER_SHEET:
        raise ValueError(each)
    whole = -(-pages // PER_SHEET) * PER_SHEET
    if not each:
        return (whole,) if whole else ()
    full, rest = divmod(whole, each)
    return (each,) * full + ((rest,) if rest else ())


def faces(pages: int, each: int = 0, *, rightward: bool = False) -> tuple[SheetFace, ...]:
    """Both faces of every sheet that ``pages`` pages need, in the order of printing.

    Of each signature the outermost sheet comes first, and of each sheet its outer face; the inner
    one is printed behind it by turning the sheet on its short edge. ``rightward`` is for books
    that are bound on the right. ``each`` is as in :func:`signatures`.
    """
    made: list[SheetFace] = []
    first = 0
    for number, size in enumerate(signatures(pages, each)):
        here = [place if place < pages else None for place in range(first, first + size)]
        made.extend(_nested(number, here, rightward))
        first += size
    return tuple(made)


def _nested(number: int, places: Sequence[int | None], rightward: bool) -> Iterator[SheetFace]:
    """The faces of one signature: each sheet takes two places from the front, two from behind."""
    for depth in range(len(places) // PER_SHEET):
        front, back = 2 * depth, len(places) - 1 - 2 * depth
        for outer, left, right in ((True, back, front), (False, front + 1, back - 1)):
            pair = (places[right], places[left]) if rightward else (places[left], places[right])
            yield SheetFace(number, depth, outer, *pair)
