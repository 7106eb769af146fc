"""When printers break a note, and how much of a page its rest may take."""

from __future__ import annotations

from msgspec import Struct


class NotePolicy(Struct, frozen=True):
    """A printer's policy: when to break a note, and how much of a page the rest of one may take.

    A gap of less than ``small_gap`` CSS pixels is better than a broken note. The rest of a
    note takes at most ``largest_share`` of a page's height if there is text for what is left.
    """

    small_gap: float
    largest_share: float


#: The first is how notes are set; the others are tried where it can't keep a note in its place.
POLICIES = (
    NotePolicy(56, 0.75),
    NotePolicy(28, 0.6),
    NotePolicy(0, 0.75),
    NotePolicy(84, 0.9),
    NotePolicy(14, 0.45),
)
