"""``book check``: what is wrong, for people or for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from book.cli.explain import complete_code, show_explained
from book.cli.shared import BOOK, STRICT, VERBOSE, console, guarded, stops

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@BOOK
@STRICT
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    help="How to say it: for people, or for programs.",
)
@click.option(
    "--select",
    multiple=True,
    metavar="CODE",
    shell_complete=complete_code,
    help="Only this code, or letter.",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="CODE",
    shell_complete=complete_code,
    help="Not this code, or letter.",
)
@click.option(
    "--explain",
    multiple=True,
    metavar="CODE",
    is_eager=True,
    expose_value=False,
    callback=show_explained,
    shell_complete=complete_code,
    help="Say why a code matters and how to mend it, and exit.",
)
@VERBOSE
def check(  # Click makes a parameter of each option
    book: Path,
    strict: bool,
    form: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    verbose: bool,
) -> None:
    """Say what is wrong with a book's files. Nothing is made."""
    from book import build as pipeline
    from book.cli.formats import FORMATS, chosen
    from book.cli.progressbar import Steps
    from book.cli.report import show as report
    from book.cli.report import summary

    steps = Steps(console(stderr=True), quiet=True)
    with guarded(steps, console(stderr=True), verbose):
        findings = chosen(pipeline.check(book), select, ignore)
    if form == "text":
        report(findings, book, console())
        click.echo(f"{summary(findings)}." if findings else "Nothing is wrong.")
    else:
        click.echo(FORMATS[form](findings))
    if stops(findings, strict):
        raise SystemExit(1)
