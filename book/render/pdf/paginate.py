"""From typeset pieces to the volume's pages: blanks, printed numbers, where everything stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from book.model import Pages
from book.render.pdf.record import Placed
from book.words import roman
from book.words.digits import in_digits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from book.render.pdf.record import Sheet, Stored


def paginate(
    pieces: Iterable[tuple[Sheet, Stored]], digits: str
) -> tuple[tuple[Placed, ...], Pages]:
    """Where each piece comes to stand, and the printed number of every place in the book.

    A piece begins on a right-hand page, so a piece with an odd number of pages is followed by
    a blank one, which is counted but not marked. Roman numbers go on through the front matter;
    arabic ones begin at 1 with the first piece that has them, in the numbering system ``digits``.
    """
    placed: list[Placed] = []
    labels: list[str] = []
    page_of: dict[str, int] = {}
    starts: dict[str, tuple[tuple[int, str], ...]] = {}
    counts = {"none": 0, "roman": 0, "arabic": 0}
    for sheet, piece in pieces:
        numbering, first = sheet.numbering, len(labels)
        number = 0 if numbering == "none" else counts[numbering] + 1
        placed.append(Placed(sheet, piece, first, number))
        length = piece.record.pages + piece.record.pages % 2
        numbers = range(counts[numbering] + 1, counts[numbering] + length + 1)
        labels += [in_digits(_label(numbering, page), digits) for page in numbers]
        counts[numbering] += length
        starts[sheet.name] = tuple(zip(piece.record.starts, labels[first:], strict=False))
        for anchor, page in piece.record.anchors.items():
            page_of.setdefault(anchor, first + page)
    if placed and placed[-1].piece.record.pages % 2:
        labels.pop()
    return tuple(placed), Pages(tuple(labels), page_of, starts)


def _label(numbering: str, number: int) -> str:
    if numbering == "none":
        return ""
    return roman(number).lower() if numbering == "roman" else str(number)
