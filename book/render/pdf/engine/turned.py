"""Pages that lie on their side: a table stands across them, its head at the leaf's left edge.

Such a page is laid as if the sheet were turned: as wide as the others are high, each margin where
that of the other pages comes to lie. What was drawn is then turned back, a quarter to the left, so
that all leaves of a book are alike, whoever prints, folds or binds them.
"""

from __future__ import annotations

from typing import Any

import pydyf

from book.render.pdf.engine.squeezes import TURNED

#: Which margin of a page becomes which of one that is turned: what was the foot lies at the left.
_SIDES = {"top": "left", "right": "top", "bottom": "right", "left": "bottom"}


def is_turned(page_type: Any) -> bool:
    """Whether pages of this type lie on their side."""
    return str(page_type.name or "").endswith(TURNED)


def upright(page_type: Any) -> Any:
    """The type that such a page would have if it stood upright."""
    return page_type._replace(name=str(page_type.name or "").removesuffix(TURNED))


def turn_style(style: Any) -> Any:
    """The style of a page, on its side."""
    turned = style.copy()
    width, height = style["size"]
    turned["size"] = (height, width)
    for side, before in _SIDES.items():
        for name in ("margin_{}", "padding_{}", "border_{}_width", "border_{}_style"):
            turned[name.format(side)] = style[name.format(before)]
    return turned


def turn_spot(x: float, y: float, width: float) -> tuple[float, float]:
    """Where a place of a turned page, from its lower left, lies on the leaf of this ``width``."""
    return width - y, x


def turn_rectangle(rectangle: Any, width: float) -> list[float]:
    """A rectangle of a turned page (x and y of two corners) on the leaf of this ``width``."""
    left, bottom, right, top = rectangle
    return [width - top, left, width - bottom, right]


def matrix(width: float) -> bytes:
    """The order that turns what is drawn onto the leaf of this ``width``, in points."""
    return b"0 1 -1 0 %.4f 0 cm" % width


def turn_back(page: Any, objects: Any, width: float) -> None:
    """Turn a page that is drawn onto its leaf of this ``width``, in points; in place.

    ``page`` is its dictionary (ISO 32000-1, 7.7.3.3), among the ``objects`` of a document.
    """
    objects[_number(page["Contents"])].stream.insert(0, matrix(width))
    for name in [name for name in page if name.endswith("Box")]:
        page[name] = pydyf.Array(turn_rectangle(page[name], width))
    for reference in page.get("Annots", []):
        annotation = objects[_number(reference)]
        annotation["Rect"] = pydyf.Array(turn_rectangle(annotation["Rect"], width))
        if corners := annotation.get("QuadPoints"):
            pairs = zip(corners[::2], corners[1::2], strict=True)
            spots = [turn_spot(x, y, width) for x, y in pairs]
            annotation["QuadPoints"] = pydyf.Array([one for spot in spots for one in spot])


def _number(reference: bytes) -> int:
    return int(reference.split()[0])
