"""``book themes``: the themes that a book can choose, and what each sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from book.base.text import printable
from book.cli.shared import BOOK

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@BOOK
def themes(*, book: Path) -> None:
    """List the themes: ours, those that are installed, and those of the book."""
    from book.theme.chosen import installed, of_book, ours

    for one in (*ours(), *installed(), *of_book(book)):
        click.secho(printable(one.name), bold=True)
        click.echo(f"  {printable(one.description) or 'says nothing of itself'}.")
        if one.sets:
            click.echo(f"  Sets {printable(', '.join(one.sets))}.")
    click.echo('Choose one in book.toml, below [book]: theme = "NAME".')
