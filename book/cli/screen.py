"""Where a command speaks to its author: a terminal, or what stands for it."""

from __future__ import annotations

import os
import sys
from functools import cached_property
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

#: With one of these rich may take for a terminal what is none.
_SAID = ("FORCE_COLOR", "TTY_COMPATIBLE")


class Screen:
    """The standard output, or with ``stderr`` the standard error, which is for progress.

    rich is imported when people look at it, and not for a pipe: it takes a hundredth of a second.
    """

    def __init__(self, *, stderr: bool = False) -> None:
        self._stderr = stderr

    @cached_property
    def rich(self) -> Console:
        """The same, for who draws more than lines."""
        from rich.console import Console

        return Console(
            stderr=self._stderr, highlight=False, markup=False, emoji=False, soft_wrap=True
        )

    @cached_property
    def is_terminal(self) -> bool:
        """Whether people look at it."""
        stream = sys.stderr if self._stderr else sys.stdout
        asked = any(os.environ.get(name) for name in _SAID)
        return (asked or stream.isatty()) and self.rich.is_terminal

    def print(self, line: str | Text) -> None:
        """Say ``line``."""
        if self.is_terminal:
            self.rich.print(line, soft_wrap=True, highlight=False)
        else:
            click.echo(str(line), err=self._stderr)
