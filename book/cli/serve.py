"""``book serve`` and ``book watch``: the book as it is written."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from book.base.text import printable
from book.cli.screen import Screen
from book.cli.shared import (
    BOOK,
    FOLDER,
    STORE,
    VERBOSE,
    complete_output,
    guarded,
    need_book,
)

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@BOOK
@STORE
@click.option("--port", type=click.IntRange(1, 65535), help="Which port; 8765 if it is free.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Which address to listen at.")
@click.option("--allow-remote", is_flag=True, help="Let other machines read the book.")
@click.option("--open", "show", is_flag=True, help="Open the page in a browser.")
@VERBOSE
def serve(  # noqa: PLR0913 # Click makes a parameter of each option
    *,
    book: Path,
    store: Path | None,
    port: int | None,
    host: str,
    allow_remote: bool,
    show: bool,
    verbose: bool,
) -> None:
    """Show the book in a browser, text beside page, as it is written. Ctrl-C ends it."""
    from book.cli.progressbar import Steps
    from book.serve.guard import is_loopback
    from book.serve.server import bind
    from book.serve.server import serve as run

    if not is_loopback(host) and not allow_remote:
        raise click.BadParameter(
            f"At {host} other machines could read the book. If they may, add --allow-remote."
        )
    screen = Screen(stderr=True)

    def begun(address: str) -> None:
        click.echo(f"The book is at {address}")
        if not is_loopback(host):
            click.echo("Everybody who reaches this machine can read it: there is no password.")
        click.echo("Ctrl-C ends it.")
        if show:
            click.launch(address)

    with guarded(Steps(screen, quiet=True), screen, verbose):
        need_book(book, screen)
        run(book, host, bind(host, port), store, begun)


@click.command()
@click.argument(
    "outputs", metavar="[pdf|epub|handout]...", nargs=-1, shell_complete=complete_output
)
@BOOK
@click.option("--output", type=FOLDER, metavar="DIR", help="Where to put it, if not into build.")
@STORE
@VERBOSE
def watch(
    outputs: tuple[str, ...], book: Path, output: Path | None, store: Path | None, verbose: bool
) -> None:
    """Make the outputs of a book again whenever it changes, and say so in a line. Ctrl-C ends it.

    All outputs are made if none is named.
    """
    from book.cli.progressbar import Steps
    from book.cli.shared import refuse_unknown
    from book.serve.watch import watch as run

    refuse_unknown(outputs)
    screen = Screen(stderr=True)
    with guarded(Steps(screen, quiet=True), screen, verbose):
        need_book(book, screen)
        screen.print("It is built now, and again at each change. Ctrl-C ends it.")
        try:
            for line in run(book, outputs, output, store):
                click.echo(printable(f"{time.strftime('%H:%M:%S')}  {line}"))
        except KeyboardInterrupt:
            click.echo("Stopped.")
