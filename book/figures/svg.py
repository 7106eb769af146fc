"""SVG in strings: numbers without noise, text in a face, the root with its text alternative."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from book.base.xml import escape, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from book.figures.measure import Type


#: Attributes; ``_`` in their names is written ``-``.
Look = dict[str, str | float]


def num(value: float) -> str:
    """``value`` to a hundredth, written as short as can be; the same on every machine."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def tag(name: str, content: str = "", /, **attributes: str | float) -> str:
    """An element; ``content`` is XML, attributes are escaped, ``_`` in their names is ``-``."""
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}="
        + quoted(value if isinstance(value, str) else num(value))
        for key, value in attributes.items()
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def text(line: str, x: float, y: float, type_: Type, /, **attributes: str | float) -> str:
    """One line of text, its baseline beginning (or as ``text_anchor`` says) at ``x``, ``y``."""
    if type_.weight != 400:
        attributes["font_weight"] = type_.weight
    if type_.family != "Source Sans":
        attributes["font_family"] = f"'{type_.family}', serif"
    return tag("text", escape(line), x=x, y=y, font_size=type_.size, **attributes)


def line(x1: float, y1: float, x2: float, y2: float, /, **attributes: str | float) -> str:
    """A straight line."""
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, **attributes)


def mirrored(parts: Sequence[str], width: float) -> list[str]:
    """The ``parts`` of a figure ``width`` wide as they are read from right to left.

    Shapes are turned over; lines of text, each a part of its own, stay as they are, at the place
    across. They say that they run to the left with the controls of UAX 9, since WeasyPrint 70
    knows no ``direction`` in SVG; that they are placed from the left, they say to browsers.
    """
    shapes = "\n".join(one for one in parts if not one.startswith("<text"))
    turned = tag("g", shapes, transform=f"translate({num(width)} 0) scale(-1 1)")
    return [turned, *(_across(one, width) for one in parts if one.startswith("<text"))]


def _across(line: str, width: float) -> str:
    start, words = line.removesuffix("</text>").split(">", 1)
    start = re.sub(r' x="([^"]+)"', lambda x: f' x="{num(width - float(x[1]))}"', start)
    ends = ' text-anchor="end"'
    start = start.replace(ends, "") if ends in start else start + ends
    return f'{start} direction="ltr">\u202b{words}\u202c</text>'


def root(
    size: tuple[str, str], box: tuple[float, float], told: tuple[str, str], parts: Sequence[str]
) -> str:
    """The whole figure: its CSS ``size``, its view box, its title and description, its parts."""
    title, description = told
    head = tag("title", escape(title)) + (tag("desc", escape(description)) if description else "")
    return tag(
        "svg",
        "\n".join([head, *parts]) + "\n",
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        width=size[0],
        height=size[1],
        viewBox=f"0 0 {num(box[0])} {num(box[1])}",
        font_family="'Source Sans', sans-serif",
    )


def spoken(figure: str) -> str:
    """``figure`` with its description in its title.

    Print needs this: WeasyPrint 70 gives a tagged PDF the title alone as alternative text.
    """
    title, described, rest = figure.partition("</title><desc>")
    description, _, after = rest.partition("</desc>")
    return f"{title}: {description}</title>{after}" if described else figure
