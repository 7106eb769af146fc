"""How near to its edges a page is printed, as it is seen: each is drawn, and its margins looked at.

What is cut off, hidden or white so counts as a reader sees it, and not as it is written.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from book.press.paper import INCH, MM

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pikepdf
    from PIL.Image import Image

#: Dots to the inch; lighter than this (of 255) is paper.
_FINE, _PAPER = 60, 245
#: So much nearer than asked is no matter, in millimetres: about a dot, and what letters stand out.
_HAIR = 0.6
_SIDES = ("left", "top", "right", "bottom")


class Reach(NamedTuple):
    """On a page (from 0), what is printed too near to an edge: ``apart`` so many millimetres.

    At 0 it goes to the edge, and beyond.
    """

    page: int
    side: str
    apart: float


class Margins(Struct, frozen=True):
    """What has to stay free at the ``inner`` edge and at the others, in millimetres.

    Pages are drawn with ``bleed`` around them; ``rightward`` is a book bound on the right.
    """

    inner: float
    outer: float
    bleed: float
    rightward: bool = False


def reaching(pdf: pikepdf.Pdf, margins: Margins) -> Iterator[Reach]:
    """Where the pages of ``pdf``, the first of which is a right one, print into ``margins``."""
    import pypdfium2

    if not (margins.inner or margins.outer):
        return
    with BytesIO() as file:
        pdf.save(file)
        data = file.getvalue()
    with pypdfium2.PdfDocument(data) as document:
        for number, page in enumerate(document):
            drawn = page.render(scale=_FINE / INCH, grayscale=True).to_pil().convert("L")
            is_right = number % 2 == int(margins.rightward)
            yield from (Reach(number, *one) for one in _near(drawn, margins, is_right=is_right))


def _near(drawn: Image, margins: Margins, *, is_right: bool) -> Iterator[tuple[str, float]]:
    """The sides at which ``drawn``, a page, has something in its margin, and how far from it."""
    from PIL.Image import Transpose

    dots = _FINE / INCH * MM
    edge = round(margins.bleed * dots)
    ink = drawn.crop((edge, edge, drawn.width - edge, drawn.height - edge))
    ink = ink.point([255 * (one < _PAPER) for one in range(256)])
    turns = (None, Transpose.ROTATE_90, Transpose.ROTATE_180, Transpose.ROTATE_270)
    for side, turn in zip(_SIDES, turns, strict=True):
        # Turned so that the side is at the left.
        seen = ink.transpose(turn) if turn is not None else ink
        free = margins.inner if side == ("left" if is_right else "right") else margins.outer
        band = seen.crop((0, 0, max(int((free - _HAIR) * dots), 0), seen.height))
        if band.width and (box := band.getbbox()):
            yield side, 0.0 if box[0] < 1 else round(box[0] / dots, 1)
