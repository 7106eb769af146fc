"""Two pages on each side of a sheet, beside each other in the order of reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from book.press.errors import PressError
from book.press.impose import form_of, reads_rightward, replaced, saved, settle
from book.press.paper import Paper, halves, scale

if TYPE_CHECKING:
    import pikepdf


class TwoUp(Struct, frozen=True):
    """Pages two by two: the file, how many sides it prints, and at what part of their size."""

    data: bytes
    sides: int
    scale: float


def two_up(pdf: pikepdf.Pdf, sheet: Paper) -> TwoUp:
    """The pages of ``pdf``, which is used up, two on each side of ``sheet``.

    They are made smaller if need be, never larger. Raises PressError for a file without pages.
    """
    count = len(pdf.pages)
    if not count:
        raise PressError("There are no pages to print.")
    rightward = reads_rightward(pdf)
    settle(pdf)
    forms = [form_of(pdf, number) for number in range(count)]
    width, height = max(one.width for one in forms), max(one.height for one in forms)
    size, factor = halves(sheet, width, height), scale(sheet, width, height)
    drawn = []
    for first in range(0, count, 2):
        lines, used = [], {}
        for place, page in enumerate(forms[first : first + 2]):
            half = 1 - place if rightward else place
            x = size[0] / 4 * (1 + 2 * half) - (page.width / 2 + page.left) * factor
            y = (size[1] - page.height * factor) / 2 - page.bottom * factor
            lines.append(f"q {factor:.6f} 0 0 {factor:.6f} {x:.4f} {y:.4f} cm /P{place} Do Q")
            used[f"/P{place}"] = page.form
        drawn.append(("\n".join(lines).encode("ascii"), used))
    replaced(pdf, size, drawn)
    return TwoUp(saved(pdf, rightward), len(drawn), factor)
