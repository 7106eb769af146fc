"""``book import``: the command, which only asks and says; the work is done in ``book.imports``."""

from __future__ import annotations

from pathlib import Path

import click

from book.base.text import printable
from book.cli.shared import Existing, typed

_SHOWN = 30


@click.command("import")
@click.argument("source", type=Existing(path_type=Path, exists=True))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--changes",
    type=click.Choice(["accept", "reject", "all"]),
    default="accept",
    help="Tracked changes of a Word document: take them in, undo them, or keep all, "
    "with the comments.",
)
def import_(source: Path, folder: Path, changes: str) -> None:
    """Make a book in DIR of SOURCE, which another program wrote.

    SOURCE is a Word, OpenDocument, EPUB, HTML, LaTeX, reStructuredText, AsciiDoc or Markdown
    file, a notebook, or a folder: a book of mdBook, Quarto, bookdown, Jupyter Book or GitBook,
    an Obsidian vault, a Jekyll site, a Leanpub manuscript, or just texts. What could not be
    carried over is listed, and kept in DIR/IMPORT.md.
    """
    from book.imports import ImportFailedError, import_book
    from book.imports.report import counted, terminal

    try:
        made = import_book(source, folder, changes)
    except ImportFailedError as problem:
        click.echo(printable(f"{problem}"), err=True)
        if problem.hint:
            click.echo(f"  hint: {problem.hint}", err=True)
        raise SystemExit(1) from None
    except OSError as problem:
        click.echo(f"Can't use {problem.filename or folder}: {problem.strerror}.", err=True)
        raise SystemExit(1) from None
    lines = terminal(made.losses)
    for line in lines[:_SHOWN]:
        click.echo(printable(line), err=True)
    if len(lines) > _SHOWN:
        more = len(lines) - _SHOWN
        click.echo(f"… and {more} more, in {folder / 'IMPORT.md'}", err=True)
    click.echo(f"{made.kind}: {counted(made.counts)}.")
    click.echo(f"Next: book build --book {typed(folder)}")
