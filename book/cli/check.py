"""``book check``: what is wrong, for people or for programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from book.cli.explain import complete_code, known_codes, show_explained
from book.cli.screen import Screen
from book.cli.shared import BOOK, FOLDER, STRICT, VERBOSE, Nearest, guarded, stops

if TYPE_CHECKING:
    from book.model import Finding


#: So many of what pages give in to are shown.
_WORST = 10


@click.command()
@BOOK
@STRICT
@click.option(
    "--format",
    "form",
    type=Nearest(["text", "json", "github", "sarif"]),
    default="text",
    help="How to say it: for people, or for programs.",
)
@click.option(
    "--select",
    multiple=True,
    metavar="CODE",
    callback=known_codes,
    shell_complete=complete_code,
    help="Only this code, or letter.",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="CODE",
    callback=known_codes,
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
@click.option("--built", is_flag=True, help="Look at the PDF and EPUB built last, too.")
@click.option("--output", type=FOLDER, metavar="DIR", help="Where it was built, for --built.")
@click.option("--fix", is_flag=True, help="Mend what has one right answer; it is shown before.")
@click.option("--diff", is_flag=True, help="Only show what --fix would mend.")
@click.option("--yes", is_flag=True, help="With --fix: don't ask.")
@VERBOSE
def check(  # noqa: PLR0913 # Click makes a parameter of each option
    *,
    book: Path,
    strict: bool,
    form: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    built: bool,
    output: Path | None,
    fix: bool,
    diff: bool,
    yes: bool,
    verbose: bool,
) -> None:
    """Say what is wrong with a book's files. Nothing is made."""
    from book import build as pipeline
    from book.cli.formats import FORMATS, chosen
    from book.cli.progressbar import Steps
    from book.cli.report import show as report
    from book.cli.report import summary

    steps = Steps(Screen(stderr=True), quiet=True)
    with guarded(steps, Screen(stderr=True), verbose):
        findings = pipeline.check(book, [one.upper() for one in select])
        if built:
            findings = (*findings, *_of_files(book, output))
        findings = chosen(findings, select, ignore)
        if fix or diff:
            findings = _mended(book, findings, only_show=not fix or diff, sure=yes)
    if form == "text":
        report(findings, book, Screen())
        click.echo(f"{summary(findings)}." if findings else "Nothing is wrong.")
        if built and not any(one.code == "F001" for one in findings):
            _show_pages(book, output)
    elif said := FORMATS[form](findings):
        click.echo(said)
    if stops(findings, strict):
        raise SystemExit(1)


def _of_files(book: Path, output: Path | None) -> tuple[Finding, ...]:
    """What is wrong with the finished files; what could not be looked at is said."""
    from book.built import check as check_built

    findings, unseen = check_built(book, output)
    if unseen:
        click.echo(unseen, err=True)
    return findings


def _show_pages(book: Path, output: Path | None) -> None:
    """The pages of the finished PDF that give in most, and how to see all of them."""
    from book.base.files import own_folder
    from book.cli.show import given_in
    from book.cli.tables import aligned

    if not any((output or own_folder(book)).glob("*.pdf")):
        return
    view = given_in(book)
    if view.rows:
        all_of_them = f", of {len(view.rows)}" if len(view.rows) > _WORST else ""
        click.echo(f"What its pages give in to, the worst first{all_of_them} (`book show page`):")
        click.echo("\n".join(aligned(view._replace(rows=view.rows[:_WORST]))))


def _mended(
    book: Path, findings: tuple[Finding, ...], *, only_show: bool, sure: bool
) -> tuple[Finding, ...]:
    """What is still wrong when what can be mended is, or has been shown."""
    from book import build as pipeline
    from book.cli.fix import fix

    count = fix(findings, book, only_show=only_show, sure=sure)
    if only_show or not count:
        if not count:
            click.echo("Nothing was mended.", err=True)
        return findings
    click.echo(f"{count} mended.", err=True)
    mended = {(one.code, one.message) for one in findings}
    left = pipeline.check(book, sorted({one.code for one in findings}))
    return tuple(one for one in left if (one.code, one.message) in mended)
