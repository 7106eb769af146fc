"""The lines of a PDF as they stand on the page, from the boxes of its letters.

Nothing is asked of the program that made it: any PDF with text can be measured.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Letters belong to one line if they stand on the same height, in points.
_LEVEL = 0.7
#: A space is wider than this, in ems; a line is parted where a gap is wider than that.
_SPACE, _GAP = 0.1, 3.0
#: How hyphens at the ends of lines are told: PDFium has signs of its own for some.
_HYPHENS = {2: "-", 0xFFFE: "-", 0x2010: "-", 0xAD: "-"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its page from 0, its baseline and edges in points from the lower left corner.

    ``spaces`` are the gaps between its words, in ems of ``size``, in points.
    """

    page: int
    base: float
    left: float
    right: float
    size: float
    text: str
    spaces: tuple[float, ...]

    @property
    def ends_in_hyphen(self) -> bool:
        """Whether a word is divided at its end, by the typesetter or the author."""
        return self.text.endswith("-")

    @property
    def space(self) -> float:
        """The mean space, in ems."""
        return sum(self.spaces) / len(self.spaces)


@dataclass(frozen=True, slots=True)
class _Letter:
    sign: str
    left: float
    right: float
    base: float
    size: float


def lines(path: Path) -> tuple[list[Line], float]:
    """All lines of a PDF, page by page from the top; how wide its fonts draw a space, in ems."""
    found: list[Line] = []
    natural: Counter[float] = Counter()
    with closing(pypdfium2.PdfDocument(path)) as pdf:
        for number, page in enumerate(pdf):
            with closing(page), closing(page.get_textpage()) as text:
                letters = list(_letters(text, natural))
            found += _set(number, letters)
    return found, max(natural, key=natural.__getitem__) if natural else 0.0


def _letters(text: pypdfium2.PdfTextPage, natural: Counter[float]) -> Iterator[_Letter]:
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    for index in range(text.count_chars()):
        if pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        code = pdfium.FPDFText_GetUnicode(text, index)
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        size = round(box.top - box.bottom, 2) and pdfium.FPDFText_GetFontSize(text, index)
        matrix = pdfium.FS_MATRIX()
        if pdfium.FPDFText_GetMatrix(text, index, matrix):
            size *= abs(matrix.d)
        sign = _HYPHENS.get(code, chr(code))
        if sign in " \u00a0":
            if size:
                natural[round((box.right - box.left) / size, 2)] += 1
        elif sign.isprintable() and size and box.right > box.left:
            yield _Letter(sign, box.left, box.right, round(y.value, 2), round(size, 2))


def _set(page: int, letters: list[_Letter]) -> Iterator[Line]:
    """The letters of a page put together to lines."""
    rows: list[list[_Letter]] = []
    for letter in sorted(letters, key=lambda one: -one.base):
        if not rows or rows[-1][0].base - letter.base > _LEVEL:
            rows.append([])
        rows[-1].append(letter)
    for row in rows:
        row.sort(key=lambda one: one.left)
        start = 0
        for place, (one, other) in enumerate(pairwise(row), 1):
            if other.left - one.right > _GAP * one.size:
                yield _line(page, row[start:place])
                start = place
        yield _line(page, row[start:])


def _line(page: int, row: list[_Letter]) -> Line:
    size = Counter(one.size for one in row).most_common(1)[0][0]
    text, spaces = row[0].sign, []
    for one, other in pairwise(row):
        gap = (other.left - one.right) / size
        if gap > _SPACE:
            spaces.append(gap)
            text += " "
        text += other.sign
    return Line(page, row[0].base, row[0].left, row[-1].right, size, text, tuple(spaces))
