"""The commands. What they need is imported within them: WeasyPrint alone costs half a second.

They exit with 0 when done, 1 when something is wrong (then nothing is written), 2 when misused,
and 130 when interrupted. Findings of a build, and its progress, go to the standard error;
results, and the findings of a check, to the standard output.
"""

from __future__ import annotations

import atexit
import gc
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from book import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from book.model import Finding, Written
    from book.steps import Steps

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Make a printed book, an ebook and a handout from a folder of Markdown chapters.",
)

_Book = Annotated[
    Path,
    typer.Option(
        "--book", metavar="DIR", exists=True, file_okay=False, help="The folder with book.toml."
    ),
]
_Strict = Annotated[bool, typer.Option("--strict", help="Take warnings for errors.")]
_Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="Show the traceback if the program breaks.")
]


def main() -> None:
    """Run the command that the arguments of the process name, and exit."""
    for stream in (sys.stdout, sys.stderr):
        # A file name may hold what the terminal's encoding has not.
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="replace")
    # A build makes much and drops little: looking for circles all the time costs a twentieth.
    gc.set_threshold(100_000, 50, 100)
    # At its end Python looks for circles in all that a build has made, which takes a tenth of a
    # second; what is frozen it leaves alone.
    atexit.register(gc.freeze)
    app(prog_name="book")


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"chapbook {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    """Nothing is to be done before a command; ``version`` has been seen to."""


@app.command()
def build(  # noqa: PLR0913  Typer makes an option of each parameter
    outputs: Annotated[
        list[str] | None,
        typer.Argument(metavar="pdf|epub|handout", help="What to make; all if not given."),
    ] = None,
    *,
    book: _Book = Path(),
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar="DIR",
            file_okay=False,
            help="Where to put it, if not into build.",
        ),
    ] = None,
    onix: Annotated[
        Path | None,
        typer.Option(
            "--onix",
            metavar="FILE",
            dir_okay=False,
            help="Write an ONIX 3.0 record of the ebook, too.",
        ),
    ] = None,
    strict: _Strict = False,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Make everything anew, and keep nothing.")
    ] = False,
    show: Annotated[bool, typer.Option("--open", help="Open the first result when done.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say only what is wrong.")] = False,
    verbose: _Verbose = False,
) -> None:
    """Make the outputs of a book. If anything is wrong, those of before stay as they are."""
    from book import build as pipeline
    from book.report import show as report
    from book.steps import Steps

    names = outputs or []
    _refuse_unknown(names, list(pipeline.OUTPUTS))
    if onix and names and "epub" not in names:
        raise typer.BadParameter("--onix describes the ebook: build epub with it.")
    console = _console(stderr=True)
    steps = Steps(console, quiet=quiet)
    with _guarded(steps, console, verbose), steps:
        result = pipeline.build(
            book, names, output, strict=strict, cache=not no_cache, onix=onix, progress=steps
        )
    report(result.findings, book, console)
    if not result.written:
        console.print("Nothing was written.")
        raise typer.Exit(1)
    if not quiet:
        _print_results(result.written)
    if show:
        typer.launch(str(result.written[0].path))


@app.command()
def check(book: _Book = Path(), strict: _Strict = False, verbose: _Verbose = False) -> None:
    """Say what is wrong with a book's files. Nothing is made."""
    from book import build as pipeline
    from book.report import show as report
    from book.steps import Steps

    steps = Steps(_console(stderr=True), quiet=True)
    with _guarded(steps, _console(stderr=True), verbose):
        findings = pipeline.check(book)
    report(findings, book, _console())
    if not findings:
        typer.echo("Nothing is wrong.")
    if _stops(findings, strict):
        raise typer.Exit(1)


@app.command()
def clean(
    book: _Book = Path(),
    output: Annotated[
        Path | None,
        typer.Option("--output", metavar="DIR", file_okay=False, help="Where the book was put."),
    ] = None,
) -> None:
    """Remove what builds keep to be quicker. Finished files stay."""
    from book import build as pipeline

    pipeline.clean(book, output)


def _refuse_unknown(names: Sequence[str], known: Sequence[str]) -> None:
    from book.spelling import suggestion

    for name in names:
        if name not in known:
            hint = suggestion(name, known, "The outputs are")
            raise typer.BadParameter(f"There is no output `{name}`. {hint}")


def _stops(findings: Sequence[Finding], strict: bool) -> bool:
    from book.model import Severity

    return any(strict or finding.severity is Severity.ERROR for finding in findings)


def _console(*, stderr: bool = False) -> Console:
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, markup=False, emoji=False, soft_wrap=True)


@contextmanager
def _guarded(steps: Steps, console: Console, verbose: bool) -> Iterator[None]:
    """Turn what a build may raise into a few words and an exit code."""
    try:
        yield
    except KeyboardInterrupt:
        console.print("Interrupted. Nothing was written.")
        raise typer.Exit(130) from None
    except BrokenPipeError:
        raise
    except Exception as problem:  # noqa: BLE001  the last stop before the author
        if verbose:
            console.print_exception()
        for line in _said(problem, steps.now):
            console.print(line)
        raise typer.Exit(1) from None


def _said(problem: Exception, step: str) -> list[str]:
    """What to tell of an exception: the file that can't be used, or that we are at fault."""
    from platform import platform, python_version
    from traceback import extract_tb

    if isinstance(problem, OSError) and problem.strerror:
        path = f" {problem.filename}" if problem.filename else ""
        return [f"Can't use{path}: {problem.strerror}."]
    frame = extract_tb(problem.__traceback__)[-1]
    spot = f"{Path(frame.filename).name}:{frame.lineno}"
    program = f"chapbook {__version__}, Python {python_version()}, {platform(terse=True)}"
    return [
        f"Something broke{f' in the step “{step}”' if step else ''}. The fault is chapbook's.",
        "Please report this with the line below; -v shows more.",
        f"{program}: {type(problem).__name__} at {spot}: {problem}",
    ]


def _print_results(written: Sequence[Written]) -> None:
    width = max(len(str(one.path)) for one in written)
    for one in written:
        pages = "" if one.pages is None else f"{one.pages} page{'s' * (one.pages != 1)}"
        path = str(one.path).ljust(width)
        typer.echo(f"{path}  {pages:>10}  {_size(one.size):>8}  {one.seconds:5.1f} s")


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 999_500 else f"{max(count, 500) / 1e3:.0f} kB"
