"""Marks for the hands: where to fold, where to staple or sew, where to cut, in what order."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from book.press.paper import MM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from book.press.fold import SheetFace

_FOLD, _TICK, _CUT, _GAP = 4 * MM, 3 * MM, 5 * MM, 2 * MM
#: Where staples go, and the holes for the thread, as shares of the page's height.
_STAPLES, _HOLES = (0.25, 0.75), (0.1, 0.3, 0.5, 0.7, 0.9)
#: The bar on the back of each signature: its size, and so many steps down before it begins anew.
_BAR, _STEPS = (1 * MM, 7 * MM), 12


class Bed(NamedTuple):
    """A face of a sheet, and the pages on it, in points; ``several`` signatures are sewn."""

    width: float
    height: float
    page_width: float
    page_height: float
    several: bool

    @property
    def fold(self) -> float:
        """Where the sheet is folded."""
        return self.width / 2


def drawn(face: SheetFace, room: Bed) -> str:
    """The operators that draw the marks of ``face``; hairlines, black on white.

    On the outer face the fold, dashed, at the sheet's upper and lower edge. On the outermost of a
    signature where it is stapled, or pierced for sewing; of several signatures a bar too, one
    step lower on each, so that a wrong order or a missing one is seen on the back. Where the
    sheet is larger than two pages, what to cut off, on both faces.
    """
    lines = ["q 0 g"]
    if face.outer:
        for start, end in ((0, _FOLD), (room.height - _FOLD, room.height)):
            lines.append(_line(room.fold, start, room.fold, end, dashes="[2 2]"))
    if face.outer and not face.depth:
        lines.extend(_stitches(face.signature, room))
    lines.extend(_corners(room))
    return "\n".join([*lines, "Q"])


def _stitches(signature: int, room: Bed) -> Iterator[str]:
    bottom = (room.height - room.page_height) / 2
    for share in _HOLES if room.several else _STAPLES:
        y = bottom + share * room.page_height
        if room.several:
            yield _line(room.fold - _TICK / 2, y, room.fold + _TICK / 2, y)
        else:
            yield _line(room.fold, y - 2 * _TICK, room.fold, y + 2 * _TICK)
    if room.several:
        wide, high = _BAR
        top = bottom + room.page_height * 0.88 - signature % _STEPS * high
        yield f"{room.fold - wide / 2:.3f} {top - high:.3f} {wide:.3f} {high:.3f} re f"


def _corners(room: Bed) -> Iterator[str]:
    """Where to cut, beside the pages and never on them."""
    aside, above = room.fold - room.page_width, (room.height - room.page_height) / 2
    for right, x in ((-1, aside), (1, room.width - aside)):
        for up, y in ((-1, above), (1, room.height - above)):
            if above > _GAP:
                yield _line(x, y + up * _GAP, x, y + up * min(_GAP + _CUT, above))
            if aside > _GAP:
                yield _line(x + right * _GAP, y, x + right * min(_GAP + _CUT, aside), y)


def _line(x0: float, y0: float, x1: float, y1: float, dashes: str = "[]") -> str:
    """A black hairline with white beside it, so that it is seen on a dark cover, too."""
    path = f"{x0:.3f} {y0:.3f} m {x1:.3f} {y1:.3f} l S"
    return f"1 G 1.5 w [] 0 d {path} 0 G 0.3 w {dashes} 0 d {path}"
