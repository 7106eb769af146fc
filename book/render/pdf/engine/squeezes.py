"""What is done to a table that is too wide for its measure, one thing after the other.

Its columns move together; then it is set in smaller type, down to ``--least-table`` of the theme;
then long words may be divided; then it stands across the page, on pages of its own; and where
even that doesn't help, words are broken at any letter, and somebody says so. A table is measured
where it is laid (**tables**), so its piece is laid again with what was found: marked in the XHTML,
as a class that style sheets know and a size.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from book.base.data import replace
from book.render.pdf.engine.settings import length

#: What the name of a page ends with on which tables stand across.
TURNED = "cb-turned"
#: Type gets a little smaller than it must, by steps of this, in CSS pixels.
_STEP, _SPARE = 1 / 15, 0.985
#: No theme may ask for smaller type, in CSS pixels.
_LEAST = 1.0
_PARTED = ("", "cb-parted", "cb-divided", "cb-broken")
_ANYWHERE = 3

#: Which table of a piece: the block that it is in, or -1, and its place in there.
TableKey = tuple[int, int]


class Squeeze(Struct, frozen=True):
    """What is done to a table: ``size`` and ``line`` are those of its type, in CSS pixels.

    ``whole`` is what the theme gives it. Words are divided if they are long (1) or can be (2), or
    anywhere (3): ``parted``. It stands across a page if that has a name, ``page``.
    """

    size: float
    line: float
    whole: float
    parted: int = 0
    page: str = ""

    def classes(self) -> str:
        """What style sheets know it by."""
        return f"cb-close {_PARTED[self.parted]}".strip()

    def style(self) -> str:
        """The declarations that set it so."""
        page = f";page:{self.page};break-after:page" if self.page else ""
        return f"font-size:{self.size:.4f}px;line-height:{self.line:.4f}px{page}"


def more(style: Any, now: Squeeze | None, share: float, *, can_turn: bool) -> Squeeze | None:
    """What to do to a table in ``style`` that is so set ``now`` and has only a ``share`` of room.

    None if all has been done.
    """
    if now is None:
        size = float(style["font_size"])
        return Squeeze(size, _line(style), size)
    least = min(max(length(style, "__least_table"), _LEAST), now.whole)
    size = now.size * share * _SPARE // _STEP * _STEP
    if least <= size < now.size and now.parted < _ANYWHERE:
        return _sized(now, size)
    full = _sized(now, now.whole)
    if not now.parted:
        return replace(full, parted=1)
    if can_turn and not now.page:
        return replace(full, parted=0, page=f"{style['page']}{TURNED}")
    if now.parted == _ANYWHERE:
        return None
    return replace(_sized(now, least) if now.parted > 1 else full, parted=now.parted + 1)


def _sized(squeeze: Squeeze, size: float) -> Squeeze:
    return replace(squeeze, size=size, line=squeeze.line * size / squeeze.size)


def _line(style: Any) -> float:
    from weasyprint.text.line_break import strut

    return float(strut(style)[0])
