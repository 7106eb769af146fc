"""What the commands for paper share: a printer, if one is named."""

from __future__ import annotations

import shlex
from functools import wraps
from typing import TYPE_CHECKING, Any, Literal

import click
from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from book.cli.screen import Screen
    from book.press.paper import Paper


class Wanted(Struct, frozen=True):
    """On which printer to print how many, if on any; a ``dry`` run only shows the command."""

    printer: str
    copies: int
    dry: bool

    def sought(self, screen: Screen) -> None:
        """See that there is such a printer, before anything is made for it.

        Raises PressError if not. Where nobody can be asked, a dry run goes on and says so.
        """
        from book.press import send
        from book.press.errors import PressError

        if not self.printer:
            return
        if why := send.unasked():
            if not self.dry:
                raise PressError(why)
            screen.print(f"Nobody can say whether there is a printer `{self.printer}`. {why}")
            return
        send.seek(self.printer)

    def printed(
        self, path: Path, paper: Paper, edge: Literal["long", "short"], screen: Screen
    ) -> None:
        """Send the file at ``path`` and follow it to its end, told on ``screen``.

        Raises PressError if that can't be done.
        """
        from book.press import send

        if not self.printer:
            return
        command = send.command(path, self.printer, paper, self.copies, edge)
        if self.dry:
            click.echo(shlex.join(command))
            return
        number = send.send(command)
        click.echo(f"Sent to {self.printer}: {self.printer}-{number}.")
        send.follow(self.printer, number, screen.print)
        click.echo(f"Printed: {self.printer}-{number}.")


def PRINTER(command: Callable[..., Any]) -> Callable[..., Any]:  # noqa: N802 # like its siblings
    """Give ``command`` the options of a printer; it is handed them as ``wanted``."""

    @click.option("--printer", metavar="NAME", help="Send it to this printer, and follow it.")
    @click.option("--copies", type=click.IntRange(1, 999), help="How many to print, if not one.")
    @click.option(
        "--dry-run", is_flag=True, help="Show the command that would print, and print nothing."
    )
    @wraps(command)
    def asked(*, printer: str | None, copies: int | None, dry_run: bool, **others: Any) -> Any:
        for given, option in ((dry_run, "--dry-run"), (copies, "--copies")):
            if given and printer is None:
                raise click.BadParameter(f"{option} is for --printer NAME: name a printer.")
        if printer is not None and not printer.strip():
            raise click.BadParameter("--printer names none; the name is empty.")
        return command(wanted=Wanted(printer or "", copies or 1, dry_run), **others)

    return asked
