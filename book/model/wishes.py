"""What is asked for beside an output's name, on the command line."""

from __future__ import annotations

from msgspec import Struct


class HandoutWish(Struct, frozen=True):
    """A handout of some ``chapters`` (``3-5``; all if empty), and whether in ``large`` print."""

    chapters: str = ""
    large: bool = False


class PressWish(Struct, frozen=True):
    """What comes before ``[press]``: the name of a ``service``, the bytes of an ICC ``profile``."""

    service: str = ""
    profile: bytes = b""


class Wish(Struct, frozen=True):
    """All that may be asked of a build's outputs."""

    handout: HandoutWish = HandoutWish()
    press: PressWish = PressWish()


#: Nothing but what an output is by itself.
NO_WISH = Wish()
