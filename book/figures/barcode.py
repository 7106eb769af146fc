"""The bar code of an ISBN: EAN-13 (ISO/IEC 15420) at its nominal size, drawn as rectangles."""

from __future__ import annotations

from itertools import groupby

from book.base.identity import isbn13
from book.figures import svg
from book.figures.measure import Type

#: Millimetres: a module, the bars' height, the guards' more, what stays white beside them.
_MODULE, _HIGH, _GUARD = 0.33, 22.85, 1.65
_LEFT, _RIGHT, _ABOVE, _BELOW = 11, 7, 4.0, 4.0
_MODULES = 95
_GUARDS = (range(3), range(45, 50), range(92, 95))
#: How large it is, with what stays white.
WIDTH, HEIGHT = (_LEFT + _MODULES + _RIGHT) * _MODULE, _ABOVE + _HIGH + _BELOW


def ean13(isbn: str, written: str) -> str:
    """The bar code of an ISBN of 13 digits as an SVG in millimetres, with the ISBN as ``written``.

    Raises ValueError if it is none.
    """
    if isbn13(isbn) != isbn:
        raise ValueError(isbn)
    from barcode.ean import EuropeanArticleNumber13

    (modules,) = EuropeanArticleNumber13(isbn[:12]).build()
    parts = [svg.tag("rect", width=WIDTH, height=HEIGHT, fill="#fff")]
    at = 0
    for bar, run in groupby(modules):
        wide = len(list(run))
        if bar == "1":
            guard = any(at in one for one in _GUARDS)
            parts.append(
                svg.tag(
                    "rect",
                    x=(_LEFT + at) * _MODULE,
                    y=_ABOVE,
                    width=wide * _MODULE,
                    height=_HIGH + _GUARD * guard,
                    fill="#000",
                )
            )
        at += wide
    digits = Type(3.2, 400, "Source Sans")
    foot = _ABOVE + _HIGH + 2.9
    middle: svg.Look = {"text_anchor": "middle"}
    parts.append(svg.text(f"ISBN {written}", WIDTH / 2, 2.9, Type(2.9, 400), **middle))
    parts.append(svg.text(isbn[0], 4 * _MODULE, foot, digits, **middle))
    for first, digit in enumerate(isbn[1:]):
        module = 3 + 7 * first + 3.5 + 5 * (first > 5)
        parts.append(svg.text(digit, (_LEFT + module) * _MODULE, foot, digits, **middle))
    size = (f"{svg.num(WIDTH)}mm", f"{svg.num(HEIGHT)}mm")
    return svg.root(size, (WIDTH, HEIGHT), (f"ISBN {written}", ""), parts)
