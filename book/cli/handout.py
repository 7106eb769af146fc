"""``book print handout``: the sheet for a class, of a lesson, in large print, with its answers."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from book.cli.printer import PRINTER, Wanted
from book.cli.screen import Screen
from book.cli.shared import BOOK, FOLDER, STORE, STRICT, VERBOSE, guarded

if TYPE_CHECKING:
    from book.press.paper import Paper

_BARE = (
    "There is nothing on the sheet but its title. Write a `summary` in each chapter's front matter,"
    " or `story` and `questions` in [handout] of book.toml; docs/print.md tells how."
)
_LARGE = 18  # The points of large print's text.


@click.command()
@BOOK
@click.option(
    "--chapters", metavar="LIST", help="Only of these, by their numbers or names: 3-5, or 4."
)
@click.option("--large-print", is_flag=True, help="In 18 points, on as many pages as it takes.")
@click.option("--answers", is_flag=True, help="A sheet with the answers, too, for who teaches.")
@click.option(
    "--up", type=click.Choice(["1", "2"]), default="1", help="How many pages go on one side."
)
@click.option("--output", type=FOLDER, metavar="DIR", help="Where to put it, if not into build.")
@PRINTER
@STRICT
@STORE
@VERBOSE
def handout(  # noqa: PLR0913 # Click makes a parameter of each option
    *,
    book: Path,
    chapters: str | None,
    large_print: bool,
    answers: bool,
    up: str,
    output: Path | None,
    wanted: Wanted,
    strict: bool,
    store: Path | None,
    verbose: bool,
) -> None:
    """Make the sheet for a class: of the whole book, or of the chapters of one lesson.

    It has the story, a timeline, documents, people and questions. A page printed for who teaches,
    with the answers, is never on the same file.
    """
    from book import build as pipeline
    from book.cli.progressbar import Steps
    from book.cli.report import show as report
    from book.cli.report import summary
    from book.model import HandoutWish, Wish

    if chapters is not None and not chapters.strip():
        raise click.BadParameter("--chapters names none. Write numbers, such as 3-5 or 1,4.")
    screen = Screen(stderr=True)
    steps = Steps(screen, quiet=False)
    wish = Wish(handout=HandoutWish(chapters or "", large_print))
    names = ("handout", "answers") if answers else ("handout",)
    with guarded(steps, screen, verbose), steps:
        wanted.sought(screen)
        result = pipeline.build(
            book, names, output, strict=strict, kept=store, progress=steps, wish=wish
        )
    report(result.findings, book, screen)
    if not result.written:
        screen.print(f"{summary(result.findings)}: nothing was written.")
        raise SystemExit(1)
    if _is_bare(book, chapters, store):
        screen.print(_BARE)
    with guarded(steps, screen, verbose):
        for one in result.written:
            is_large = large_print and "large-print" in one.name
            both = _two_up(one.path, screen, is_large=is_large) if up == "2" else None
            path, count = both or (one.path, one.pages)
            click.echo(f"{path}  {_counted(count, 'side' if up == '2' else 'page')}")
            wanted.printed(path, _paper(path), "short" if up == "2" else "long", screen)


def _is_bare(book: Path, chapters: str | None, store: Path | None) -> bool:
    """Whether nothing stands on the sheet but its title; what was read for it is kept."""
    from book import build as pipeline
    from book.cache.store import opened
    from book.press import pages
    from book.render import handout as sheet

    with closing(opened(store)) as kept:
        found, _ = pipeline.read(book, kept)
    if found and chapters:
        found = sheet.lesson(found, pages.slugs(chapters, found))
    return bool(found and sheet.is_bare(found))


def _counted(count: int | None, name: str) -> str:
    return f"{count} {name}{'s' * (count != 1)}"


def _paper(path: Path) -> Paper:
    """The sheet of the file at ``path``, by its first page."""
    from book.press import pages
    from book.press.paper import sheet_of

    with pages.opened(path) as pdf:
        _, _, width, height = (float(one) for one in pdf.pages[0].mediabox)
    return sheet_of(width, height)


def _two_up(path: Path, screen: Screen, *, is_large: bool) -> tuple[Path, int]:
    """Put a file with two pages on each side beside the one at ``path``; where, how many sides."""
    from book.base.files import write_whole
    from book.press import pages
    from book.press.up import two_up

    sheet = _paper(path)
    with pages.opened(path) as pdf:
        made = two_up(pdf, sheet)
    place = path.with_name(f"{path.stem}-2-up.pdf")
    write_whole({place: [made.data]})
    screen.print(f"Two pages on each side of {sheet.name}, at {made.scale:.0%} of their size.")
    if is_large:
        points = _LARGE * made.scale
        screen.print(f"What was {_LARGE} points is {points:.0f} then, and no large print any more.")
    return place, made.sides
