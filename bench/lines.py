"""How well a PDF's lines are set: ``python -m bench.lines FILE.pdf ...``.

The words' spaces are measured from the boxes of letters, the line grid and the pages' feet from
baselines. The two sizes that most lines have are those of the text and of its notes.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from contextlib import closing
from dataclasses import asdict, dataclass
from itertools import groupby, pairwise
from pathlib import Path
from statistics import median

import pypdfium2

from bench.letters import Line, lines

#: A line is justified if it ends so near the measure's edge, in points: signs may hang out of it.
_SHORT, _HANG = 0.7, 5.0
#: A line that ends so far from the edge is one that was to end there.
_ROOM = 80.0
#: What may not part at a line's end: an abbreviation, a sign or an initial before what it belongs
#: to, and a number before its unit.
_LEANS = re.compile(
    r"(?:^|[\s(])(?:pp?|vol|vols|ch|cc?|no|nos|n|fol|Nr|Bd|S|art|col)\.$|§$", re.IGNORECASE
)
_INITIAL = re.compile(r"(?:^|[\s(])[A-Z]\.$")
_NUMBER = re.compile(r"(?:^|[\s(])\d[\d.,]*$")
_UNIT = re.compile(r"^(?:km|kg|cm|mm|m|g|ha|%|per cent|Prozent|pour cent)\b")
_UPRIGHT = "abcdeghilmnopstu"
_NAME = re.compile(r"^[A-Z][a-z]")


@dataclass(frozen=True, slots=True)
class Figures:
    """The table's column of one PDF; shares are in percent."""

    pages: int
    justified: int
    over_one_and_a_half: float
    over_twice: float
    loosest: float
    uneven_neighbours: float
    hyphens: float
    runs_of_three: int
    broken_before_a_leaf: int
    broken_pages: int
    note_hyphens: float
    parted: int
    uneven_spreads: str
    off_grid: float
    overrun: float


def measured(path: Path, space: float = 0.0) -> Figures:
    """The figures of the PDF; ``space`` is its fonts' in ems, where they draw none."""
    every, natural = lines(path)
    natural = space or natural
    found = [line for line in every if not line.text.isdigit()]  # without folios
    size, small = _sizes(found)
    text = [line for line in found if abs(line.size - size) < 0.06]
    notes = [line for line in found if abs(line.size - small) < 0.06]
    full = _justified(text)
    loose = [median(line.spaces) / natural for line in full]
    neighbours = list(_neighbours(full, _leading(text)))
    feet = _lowest(found, _feet(text + notes), (small - 0.06, size + 0.06), _leading(text))
    full_notes = _justified(notes)
    last = [max(page, key=lambda one: -one.base) for page in _by_page(text)]
    broken = [line.page for line in last if line.ends_in_hyphen]
    uneven, spreads = _spreads(path, feet, _leading(text))
    return Figures(
        pages=max(feet) + 1,
        justified=len(full),
        over_one_and_a_half=_share([one > 1.5 for one in loose]),
        over_twice=_share([one > 2 for one in loose]),
        loosest=round(max(loose, default=0), 2),
        uneven_neighbours=_share(
            [
                abs(median(one.spaces) - median(other.spaces)) > 0.6 * natural
                for one, other in neighbours
            ]
        ),
        hyphens=_share([line.ends_in_hyphen for line in full]),
        runs_of_three=_runs(text),
        broken_before_a_leaf=sum(page % 2 == 0 for page in broken),
        broken_pages=len(broken),
        note_hyphens=_share([line.ends_in_hyphen for line in full_notes]),
        parted=len(_parted(text)) + len(_parted(notes)),
        uneven_spreads=f"{uneven} of {spreads}",
        off_grid=_off_grid(full, _leading(text)),
        overrun=_overrun(full),
    )


def _sizes(found: list[Line]) -> tuple[float, float]:
    """The size of the text, and the most common one below nine tenths of it."""
    sizes: Counter[float] = Counter()
    for line in found:
        sizes[line.size] += len(line.text)
    size = max(sizes, key=sizes.__getitem__)
    small = [one for one in sizes if one < 0.92 * size]
    return size, max(small, key=sizes.__getitem__, default=0.0)


def _by_page(found: list[Line]) -> list[list[Line]]:
    return [list(group) for _, group in groupby(found, key=lambda one: one.page)]


def _leading(text: list[Line]) -> float:
    steps = Counter(
        round(one.base - other.base, 1)
        for one, other in pairwise(text)
        if one.page == other.page and one.base - other.base > 1
    )
    return max(steps, key=steps.__getitem__, default=0.0)


def _edges(found: list[Line]) -> dict[int, float]:
    """The right edge that most lines of each side of the leaf reach."""
    edges: dict[int, float] = {}
    for side in (0, 1):
        ends = Counter(round(line.right) for line in found if line.page % 2 == side)
        if ends:
            edge = max(ends, key=ends.__getitem__)
            edges[side] = median(
                line.right
                for line in found
                if line.page % 2 == side and abs(line.right - edge) < 1.5
            )
    return edges


def _justified(found: list[Line]) -> list[Line]:
    """The lines that reach the edge that most lines of their side of the leaf reach."""
    edges = _edges(found)
    return [
        line
        for line in found
        if len(line.spaces) > 1 and -_SHORT < line.right - edges[line.page % 2] < _HANG
    ]


def _neighbours(full: list[Line], leading: float) -> list[tuple[Line, Line]]:
    return [
        (one, other)
        for one, other in pairwise(full)
        if one.page == other.page and abs(one.base - other.base - leading) < 0.3
    ]


def _runs(text: list[Line]) -> int:
    """How often three or more lines in a row end in a hyphen."""
    return sum(
        is_broken and len(list(group)) >= 3
        for is_broken, group in groupby(text, key=lambda one: one.ends_in_hyphen)
    )


def _parted(found: list[Line]) -> list[tuple[str, str]]:
    """The ends of lines that part what belongs together, with what comes next."""
    parted, edges = [], _edges(found)
    for one, other in pairwise(found):
        if not other.text or one.page != other.page:
            continue
        if one.right < edges[one.page % 2] - _ROOM:
            continue  # There was room for what comes next: a line of its own.
        leans = _LEANS.search(one.text) and other.text[0].isdigit()
        initial = _INITIAL.search(one.text) and _NAME.match(other.text) and len(one.text) > 20
        unit = _NUMBER.search(one.text) and _UNIT.match(other.text)
        if leans or initial or unit:
            parted.append((one.text[-20:], other.text[:20]))
    return parted


def _feet(found: list[Line]) -> dict[int, float]:
    feet: dict[int, float] = {}
    for line in found:
        feet[line.page] = min(feet.get(line.page, line.base), line.base)
    return feet


def _lowest(
    found: list[Line], feet: dict[int, float], sizes: tuple[float, float], leading: float
) -> dict[int, float]:
    """The feet of pages that end in a quotation or a list, too, but not in a folio."""
    usual = Counter(map(round, feet.values())).most_common(1)[0][0] if feet else 0
    least, largest = sizes
    inside = [
        line
        for line in found
        if least < line.size < largest and line.base > usual - 1.3 * leading and line.page in feet
    ]
    return feet | {page: min(base, feet[page]) for page, base in _feet(inside).items()}


def _spreads(path: Path, feet: dict[int, float], leading: float) -> tuple[int, int]:
    """How many spreads end on different lines, of those that have no chapter's end on them."""
    with closing(pypdfium2.PdfDocument(path)) as pdf:
        starts = {
            dest.get_index() for one in pdf.get_toc() if one.level == 0 and (dest := one.get_dest())
        }
        last = len(pdf)
    ends = set()
    for start in [*starts, last]:
        page = start - 1
        while page > 0 and page not in feet:
            page -= 1
        ends.add(page)
    spreads = [
        page
        for page in range(1, last - 1, 2)
        if page in feet and page + 1 in feet and not {page, page + 1} & ends
    ]
    return sum(abs(feet[one] - feet[one + 1]) > leading * 0.1 for one in spreads), len(spreads)


def _off_grid(full: list[Line], leading: float) -> float:
    """The share of lines that do not stand on the lines that most of them stand on.

    Of justified lines, since a list of contents or of dates has spaces of its own: one whose
    last word stands far off, at the edge, is such.
    """
    full = [line for line in full if max(line.spaces) < 2.5 * median(line.spaces)]
    if not leading:
        return 0.0
    places = Counter(round(line.base % leading, 1) for line in full)
    grid = max(places, key=places.__getitem__, default=0.0)
    off = [min((line.base - grid) % leading, (grid - line.base) % leading) > 0.4 for line in full]
    return _share(off)


def _overrun(full: list[Line]) -> float:
    """By how much lines that end in a letter that neither hangs out nor leans over differ there.

    In points, at the right edge of the text.
    """
    worst = 0.0
    for side in (0, 1):
        ends = [line.right for line in full if line.page % 2 == side and line.text[-1] in _UPRIGHT]
        if ends:
            worst = max(worst, max(ends) - median(ends), median(ends) - min(ends))
    return round(worst, 2)


def _share(found: list[bool]) -> float:
    return round(100 * sum(found) / len(found), 2) if found else 0.0


def main() -> None:
    """Print the figures of each PDF that is named, side by side."""
    options = argparse.ArgumentParser(prog="python -m bench.lines")
    options.add_argument("pdf", nargs="+", type=Path)
    options.add_argument(
        "--space", type=float, default=0.0, help="a space in ems, if none is drawn"
    )
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    columns = [asdict(measured(path, given.space)) for path in given.pdf]
    if given.json:
        print(json.dumps(columns, indent=1))
        return
    for name in columns[0]:
        print(f"{name:22}", *(f"{column[name]!s:>12}" for column in columns))


if __name__ == "__main__":
    main()
