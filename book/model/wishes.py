"""What is asked for beside an output's name, on the command line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HandoutWish:
    """A handout of some ``chapters`` (``3-5``; all if empty), and whether in ``large`` print."""

    chapters: str = ""
    large: bool = False


@dataclass(frozen=True, slots=True)
class PressWish:
    """What comes before ``[press]``: the name of a ``service``, the bytes of an ICC ``profile``."""

    service: str = ""
    profile: bytes = b""


@dataclass(frozen=True, slots=True)
class Wish:
    """All that may be asked of a build's outputs."""

    handout: HandoutWish = HandoutWish()
    press: PressWish = PressWish()


#: Nothing but what an output is by itself.
NO_WISH = Wish()
