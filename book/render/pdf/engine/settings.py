"""How a theme wants its lines set: custom properties, read from the style of each text.

``--breaks`` is ``paragraph`` or ``line``. ``--letter-width`` says by what share letters may become
wider or narrower, ``--letter-space`` what may stand between them or be taken from there, in ems;
``--hang`` how much of what signs hang out by the table is wanted: 1 all, 0 nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a theme wants of a text; ``width`` and ``space`` are of letters."""

    whole: bool
    width: float
    space: float
    hang: float


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
