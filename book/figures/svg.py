"""SVG in strings: numbers without noise, text in a face, the root with its text alternative."""

from __future__ import annotations

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
