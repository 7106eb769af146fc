"""``book show``: what the book knows of itself, as a table for people or for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from book.cli.screen import Screen
from book.cli.shared import BOOK, FOLDER, VERBOSE, Nearest, guarded, stops

if TYPE_CHECKING:
    from pathlib import Path

    from book.cli.tables import Listing
    from book.model import Book

_VIEWS = ("chronology", "people", "notes", "words", "pages", "page", "config", "fonts")


@click.command()
@click.argument("view", type=Nearest(_VIEWS))
@BOOK
@click.option("--output", type=FOLDER, metavar="DIR", help="Where the book was built, for pages.")
@click.option("--json", "form", flag_value="json", help="As JSON: a list of objects.")
@click.option("--csv", "form", flag_value="csv", help="As CSV (RFC 4180).")
@click.option("--ics", "form", flag_value="ics", help="The chronology as a calendar (RFC 5545).")
@VERBOSE
def show(view: str, book: Path, output: Path | None, form: str | None, verbose: bool) -> None:
    """Show what the book knows of itself.

    chronology: its dated events; people: who is named where; notes: all of them;
    words: how long the chapters are and take to read; pages: where each begins in print;
    page: what the printed pages give in to, such as loose lines, the worst page first;
    config: the settings in force and where each comes from; fonts: its scripts and their typefaces.
    """
    from book import build as pipeline
    from book.base.files import own_folder
    from book.cli.progressbar import Steps
    from book.cli.report import show as report
    from book.cli.tables import VIEWS

    if form == "ics" and view != "chronology":
        raise click.BadParameter("Only the chronology is a calendar: book show chronology --ics")
    screen = Screen(stderr=True)
    with guarded(Steps(screen, quiet=True), screen, verbose):
        made, findings = pipeline.read(book)
        if made is None:
            report([one for one in findings if stops([one], strict=False)], book, screen)
            screen.print("There is no book to show until that is mended.")
            raise SystemExit(1)
        if form == "ics":
            _show_calendar(made)
        elif view == "page":
            _show(given_in(book), form or "text")
        else:
            _show(VIEWS[view](made, output or own_folder(book)), form or "text")


def given_in(book: Path) -> Listing:
    """What the printed pages give in to."""
    from book.built.pages import compromises
    from book.cli.progressbar import Steps
    from book.cli.tables import Listing

    screen = Screen(stderr=True)
    with Steps(screen, quiet=not screen.is_terminal) as steps:
        found = compromises(book, steps)
    rows = [(one.page, str(one.place), one.kind, one.said, one.words) for one in found]
    return Listing(("page", "at", "what", "how much", "words"), [*rows])


def _show(view: Listing, form: str) -> None:
    if form == "json":
        import json

        rows = [dict(zip(view.heads, row, strict=True)) for row in view.rows]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif form == "csv":
        import csv
        import io

        text = io.StringIO()
        csv.writer(text).writerows([view.heads, *view.rows])
        click.echo(text.getvalue(), nl=False)
    else:
        from book.cli.tables import aligned

        click.echo("\n".join(aligned(view)))


def _show_calendar(book: Book) -> None:
    from book.cli.calendar import calendar

    text, left_out = calendar(book)
    click.echo(text.encode(), nl=False)
    if left_out:
        click.echo(f"{left_out} without a first or last day are left out.", err=True)
