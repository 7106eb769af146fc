"""How the steps say what is being made, and to whom: a bar on a terminal, or nobody."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Hears what is being made."""

    def step(self, name: str, done: int, total: int) -> None:
        """``done`` of ``total`` parts of the step ``name`` are finished; it isn't known of 0."""


class _Quiet:
    def step(self, name: str, done: int, total: int) -> None:
        """Say nothing."""


QUIET: Progress = _Quiet()
