"""A terminal that keeps what it shows."""

from __future__ import annotations

import io

from rich.console import Console

from book.cli.screen import Screen


def terminal(width: int = 80) -> tuple[Screen, io.StringIO]:
    """A screen that people look at, so many cells wide, and all that it is told."""
    out = io.StringIO()
    screen = Screen()
    screen.rich = Console(file=out, force_terminal=True, width=width, color_system="standard")
    screen.is_terminal = True
    return screen, out
