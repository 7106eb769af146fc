"""How a theme wants its lines and pages set: custom properties, read from the style of each text.

``--breaks`` is ``paragraph`` or ``line``. ``--letter-width`` says by what share letters may become
wider or narrower, ``--letter-space`` what may stand between them or be taken from there, in ems;
``--hang`` how much of what signs hang out by the table is wanted: 1 all, 0 nothing.

Of pages: ``--feet`` is ``even`` or ``ragged``, and ``--page-words`` ``whole`` or ``any``;
``--floats`` is how many lines may be left white before a picture that has no room, or ``none``.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct


class Wishes(Struct, frozen=True):
    """What a theme wants of a text; ``width`` and ``space`` are of letters."""

    whole: bool
    width: float
    space: float
    hang: float


class PageWishes(Struct, frozen=True):
    """What a theme wants of pages: that facing ones end ``even``, and that words are ``whole``.

    Pictures float where more lines than ``floats`` would be left white, if it is not None.
    """

    even: bool = False
    whole: bool = False
    floats: float | None = None


def page_wishes(style: Any) -> PageWishes:
    """What is wanted of the pages of a text in ``style``."""
    feet, words = _said(style["__feet"]), _said(style["__page_words"])
    lines = _said(style["__floats"])
    floats = float(lines) if lines.replace(".", "", 1).isdecimal() else None
    return PageWishes(feet == "even", words == "whole", floats)


def wishes(style: Any) -> Wishes:
    """What is wanted of a text in ``style``; texts in the same style share the answer."""
    asked = tuple(
        _said(style[name]) for name in ("__breaks", "__letter_width", "__letter_space", "__hang")
    )
    known = style.cache.setdefault("chapbook-wishes", {})
    if asked not in known:
        breaks, *amounts = asked
        known[asked] = Wishes(breaks == "paragraph", *map(_amount, amounts))
    found: Wishes = known[asked]
    return found


def _said(tokens: Any) -> str:
    return "".join(token.serialize() for token in tokens or ()).strip()


def _amount(said: str) -> float:
    """A share of one: ``2%``, ``0.008em`` or ``1``; nothing for what is none of these."""
    number = said.removesuffix("%").removesuffix("em")
    try:
        amount = float(number)
    except ValueError:
        return 0.0
    return amount / 100 if said.endswith("%") else amount


def asked(style: Any, name: str) -> str:
    """What a custom property says, or nothing."""
    return _said(style[name])


def length(style: Any, name: str) -> float:
    """A custom property that is a length in points or pixels, in CSS pixels; 0 for another."""
    said = _said(style[name])
    for unit, pixels in (("pt", 4 / 3), ("px", 1.0)):
        if said.endswith(unit):
            try:
                return float(said.removesuffix(unit)) * pixels
            except ValueError:
                break
    return 0.0


def ems(style: Any, name: str) -> float:
    """A custom property that is a length in ems, as their number; 0 for another."""
    said = _said(style[name])
    return _amount(said) if said.endswith("em") else 0.0
