"""``book print``: the commands for paper, which only ask and say; the work is ``book.press``'s."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from book.cli.group import Commands
from book.cli.handout import handout
from book.cli.printer import PRINTER, Wanted
from book.cli.screen import Screen
from book.cli.shared import BOOK, FOLDER, STORE, STRICT, VERBOSE, guarded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from book.cli.progressbar import Steps
    from book.press.impose import Booklet, Folding

#: More sheets than this no long-arm stapler takes, and the fold would gape.
_STAPLED = 20


@click.group("print", cls=Commands)
def print_() -> None:
    """Make what is printed at home, in a classroom or in a copy shop.

    For a print shop, or a service that prints single copies: `book build pdf --for-press`.
    """


print_.add_command(handout)


@print_.command()
@BOOK
@click.option(
    "--pdf",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help="Take the pages of this file instead of the book's.",
)
@click.option(
    "--chapters",
    metavar="LIST",
    help="Only these, by their numbers or names: 3-5, or preface,1.",
)
@click.option(
    "--signature",
    type=click.IntRange(min=0),
    default=0,
    metavar="PAGES",
    help="Make signatures of so many pages, to be sewn; one to be stapled if not given.",
)
@click.option("--paper", metavar="SIZE", help="The sheet: A4, A3, letter, tabloid, 300x220mm …")
@click.option(
    "--gsm", type=float, metavar="GRAMS", help="What a square metre weighs; 80 if unsaid."
)
@click.option("--creep", metavar="LENGTH", help="How thick a leaf is instead: 0.1mm; 0 moves none.")
@click.option("--marks", is_flag=True, help="Mark where to fold, staple or sew, and cut.")
@click.option("--how-to", is_flag=True, help="Begin with a sheet that says how to print it.")
@click.option(
    "--output", type=FOLDER, metavar="DIR", help="Where to put it, if not beside the PDF."
)
@PRINTER
@STRICT
@STORE
@VERBOSE
def booklet(  # noqa: PLR0913 # Click makes a parameter of each option
    *,
    book: Path,
    pdf: Path | None,
    chapters: str | None,
    signature: int,
    paper: str | None,
    gsm: float | None,
    creep: str | None,
    marks: bool,
    how_to: bool,
    output: Path | None,
    wanted: Wanted,
    strict: bool,
    store: Path | None,
    verbose: bool,
) -> None:
    """Lay the book's pages on sheets to be printed on both sides, folded, and stapled or sewn.

    Pages of A5 go on A4, half letter on letter, any other size on the smallest sheet that holds
    two. Text and lines stay what they are.
    """
    from book.cli.progressbar import Steps
    from book.press.impose import Folding
    from book.press.paper import length, thickness
    from book.press.paper import paper as named

    if gsm is not None and creep is not None:
        raise click.BadParameter("--gsm and --creep say the same thing in two ways: give one.")
    screen = Screen(stderr=True)
    steps = Steps(screen, quiet=False)
    with guarded(steps, screen, verbose), steps:
        from book.press.paper import OFFICE

        wanted.sought(screen)
        push = thickness(OFFICE if gsm is None else gsm) if creep is None else length(creep)
        wish = Folding(signature, named(paper) if paper else None, push, marks, how_to)
        source = pdf or _bound(book, strict, store, steps, screen)
        numbers = _numbers(book, store) if chapters and not pdf else None
        made = _imposed(source, chapters, numbers, wish)
        place = _written(made, source, chapters, output)
    click.echo(f"{place}  {_told(made)}")
    if made.sheets > _STAPLED and len(made.signatures) == 1:
        screen.print(f"{made.sheets} sheets are too many to staple. For sewing: --signature 16.")
    if made.scale < 1:
        screen.print(
            f"Pages are set at {made.scale:.0%} of their size, to go on {made.paper.name}."
        )
    with guarded(steps, screen, verbose):
        wanted.printed(place, made.paper, "short", screen)


def _bound(book: Path, strict: bool, store: Path | None, steps: Steps, screen: Screen) -> Path:
    """The book's PDF as it is now, built first if anything has changed."""
    from book import build as pipeline
    from book.cli.report import show as report
    from book.cli.report import summary

    result = pipeline.build(book, ("pdf",), strict=strict, kept=store, progress=steps)
    report(result.findings, book, screen)
    if not result.written:
        screen.print(f"{summary(result.findings)}: nothing was written.")
        raise SystemExit(1)
    return result.written[0].path


def _numbers(book: Path, store: Path | None) -> Mapping[str, int]:
    """Which in the count of chapters each is, by the name that the outline has for each."""
    from book import build as pipeline
    from book.cache.store import opened
    from book.press.pages import counted

    with closing(opened(store)) as kept:
        found, _ = pipeline.read(book, kept)
    return counted(found) if found else {}


def _imposed(
    source: Path, chapters: str | None, numbers: Mapping[str, int] | None, wish: Folding
) -> Booklet:
    from book.press import pages
    from book.press.impose import impose

    with pages.opened(source) as pdf:
        count = len(pdf.pages)
        spans = [range(count)]
        if chapters is not None:
            spans = pages.wanted(chapters, pages.headings(pdf), count, numbers)
        return impose(pdf, pages.in_order(spans), wish)


def _written(made: Booklet, source: Path, chapters: str | None, output: Path | None) -> Path:
    """Put the booklet beside its ``source``, or into ``output``; where it is."""
    from book.base.files import write_whole

    some = re.sub(r"[^\w-]+", "-", chapters).strip("-") if chapters else ""
    name = "-".join(filter(None, (source.stem[:120], some[:60], "booklet"))) + ".pdf"
    place = (output or source.parent) / name
    write_whole({place: [made.data]})
    return place


def _told(made: Booklet) -> str:
    """What was made, in one line."""
    several = len(made.signatures)
    parts = [
        f"{made.sheets} sheet{'s' * (made.sheets != 1)} of {made.paper.name}",
        f"{several} signature{'s' * (several != 1)}",
        f"{made.pages} page{'s' * (made.pages != 1)}",
    ]
    if made.blank:
        parts.append(f"{made.blank} blank")
    if made.rightward:
        parts.append("bound on the right")
    return ", ".join(parts) + "; print on both sides, turned on the short edge"
