"""The commands. What they need is imported within them, so that each is as quick as it can be.

They exit with 0 when done, 1 when something is wrong (then nothing is written), 2 when misused,
and 130 when interrupted. Findings of a build, and its progress, go to the standard error;
results, and the findings of a check, to the standard output.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from book.cli.group import Commands, next_step
from book.cli.screen import Screen
from book.cli.shared import (
    BOOK,
    FOLDER,
    STORE,
    STRICT,
    VERBOSE,
    complete_output,
    guarded,
    refuse_unknown,
)

#: The other commands, by what they are called. Each is imported when it is asked for.
_OTHERS = {
    "check": "book.cli.check:check",
    "doctor": "book.cli.doctor:doctor",
    "import": "book.cli.imports:import_",
    "new": "book.cli.new:new",
    "print": "book.cli.print_:print_",
    "serve": "book.cli.serve:serve",
    "show": "book.cli.show:show",
    "themes": "book.cli.themes:themes",
    "watch": "book.cli.serve:watch",
}
#: The services whose rules are known; :mod:`book.press.services` has them.
PRESETS = ("kdp", "ingramspark", "lulu", "bod")

if TYPE_CHECKING:
    from collections.abc import Sequence

    from book.model import Written


def main() -> None:
    """Run the command that the arguments of the process name, and exit."""
    for stream in (sys.stdout, sys.stderr):
        # A file name may hold what the terminal's encoding has not.
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="replace")
    # At its end Python looks for circles in all that a build has made, which takes a tenth of a
    # second; what is frozen it leaves alone.
    atexit.register(gc.freeze)
    try:
        app(prog_name="book")
    except OSError as problem:
        _give_up_output(problem)
    except SystemExit:
        try:
            sys.stdout.flush()
        except OSError as problem:
            _give_up_output(problem)
        raise
    finally:
        _dismiss()


def _give_up_output(problem: OSError) -> None:
    """Nothing more can be said on the standard output: say so on the other, and exit."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python writes at its end.
    if not isinstance(problem, BrokenPipeError):
        with suppress(OSError):
            sys.stderr.write(f"Can't use the standard output: {problem.strerror}.\n")
    raise SystemExit(1) from None


def _dismiss() -> None:
    """End our pools at once: to tell each process that it may go takes a tenth of a second."""
    if pool := sys.modules.get("book.cache.pool"):
        pool.dismiss()


def _show_version(context: click.Context, option: click.Parameter, wanted: bool) -> None:
    del option
    if wanted:
        from book import __version__

        click.echo(f"chapbook {__version__}")
        context.exit()


@click.group(cls=Commands, later=_OTHERS, invoke_without_command=True)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version and exit.",
)
@click.pass_context
def app(context: click.Context) -> None:
    """Make a printed book, an ebook and a handout from a folder of Markdown chapters."""
    if context.invoked_subcommand is None:
        click.echo(next_step(Path()))


@app.command()
@click.argument(
    "outputs", metavar="[pdf|epub|handout]...", nargs=-1, shell_complete=complete_output
)
@BOOK
@click.option("--output", type=FOLDER, metavar="DIR", help="Where to put it, if not into build.")
@click.option(
    "--onix",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write an ONIX 3.0 record of the ebook, too.",
)
@click.option(
    "--for-press",
    is_flag=True,
    help="Make the two files of a print shop instead of the PDF: PDF/X-4, in inks.",
)
@click.option(
    "--preset", type=click.Choice(PRESETS), help="By the rules of this service; with --for-press."
)
@click.option(
    "--icc",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help="The ICC profile of the press; with --for-press.",
)
@STRICT
@STORE
@click.option("--no-cache", is_flag=True, help="Make everything anew, and keep nothing.")
@click.option("--open", "show", is_flag=True, help="Open the first result when done.")
@click.option("-q", "--quiet", is_flag=True, help="Say only what is wrong.")
@VERBOSE
def build(  # noqa: PLR0913 # Click makes a parameter of each option
    outputs: tuple[str, ...],
    *,
    book: Path,
    output: Path | None,
    onix: Path | None,
    for_press: bool,
    preset: str | None,
    icc: Path | None,
    strict: bool,
    store: Path | None,
    no_cache: bool,
    show: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Make the outputs of a book, all if none is named.

    If anything is wrong, those of before stay as they are.
    """
    from book import build as pipeline
    from book.cli.progressbar import Steps
    from book.cli.report import show as report
    from book.cli.report import summary
    from book.model import PressWish, Wish

    refuse_unknown(outputs)
    if onix and outputs and "epub" not in outputs:
        raise click.BadParameter("--onix describes the ebook: build epub with it.")
    if (preset or icc) and not for_press:
        raise click.BadParameter("--preset and --icc are for --for-press: say that, too.")
    screen = Screen(stderr=True)
    steps = Steps(screen, quiet=quiet)
    with guarded(steps, screen, verbose), steps:
        wish = Wish(press=PressWish(preset or "", icc.read_bytes() if icc else b""))
        result = pipeline.build(
            book,
            _named(outputs, for_press=for_press),
            output,
            strict=strict,
            cache=not no_cache,
            kept=store,
            onix=onix,
            progress=steps,
            wish=wish,
        )
    report(result.findings, book, screen)
    if not result.written:
        screen.print(f"{summary(result.findings)}: nothing was written.")
        raise SystemExit(1)
    if not quiet:
        _print_results(result.written)
    if result.findings:
        screen.print(f"A draft: {summary(result.findings)}.")
    if show:
        click.launch(str(result.written[0].path))


@app.command()
@STORE
def clean(store: Path | None) -> None:
    """Remove what builds keep to be quicker, of all books. Finished files stay."""
    from book.cache.store import clean as emptied

    emptied(store)


def _named(outputs: Sequence[str], *, for_press: bool) -> tuple[str, ...]:
    """The outputs to make; for a press, its two files are made in place of the PDF."""
    from book.outputs import FOR_PRESS

    if not for_press:
        return tuple(outputs)
    others = tuple(one for one in outputs if one != "pdf")
    return (*(FOR_PRESS if "pdf" in outputs or not outputs else ()), *others)


def _print_results(written: Sequence[Written]) -> None:
    width = max(len(str(one.path)) for one in written)
    for one in written:
        pages = "" if one.pages is None else f"{one.pages} page{'s' * (one.pages != 1)}"
        path = str(one.path).ljust(width)
        click.echo(f"{path}  {pages:>10}  {_size(one.size):>8}  {one.seconds:5.1f} s")


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 999_500 else f"{max(count, 500) / 1e3:.0f} kB"
