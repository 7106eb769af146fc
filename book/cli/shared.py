"""What the commands share: options, and words for what may go wrong."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from book.base.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from book.cli.progressbar import Steps
    from book.cli.screen import Screen
    from book.model import Finding


class Existing(click.Path):
    """A path of something that is there; for one that isn't, the name that was meant."""

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:
        """The path; raises BadParameter with the nearest name that lies in the same folder."""
        path = Path(value)
        if not os.path.lexists(path):
            from book.base.text import Choices

            with suppress(OSError):
                names = sorted(one.name for one in path.parent.iterdir())
                if near := next(iter(Choices(names).near(path.name)), ""):
                    meant = path.with_name(near)
                    said = f"There is no `{path}`. Did you mean `{meant}`?"
                    self.fail(printable(said), param, ctx)
            self.fail(printable(f"There is no `{path}`."), param, ctx)
        return super().convert(value, param, ctx)


FOLDER = click.Path(path_type=Path, file_okay=False)
BOOK = click.option(
    "--book",
    type=Existing(path_type=Path, file_okay=False, exists=True),
    metavar="DIR",
    default=".",
    help="The folder with book.toml.",
)
STORE = click.option(
    "--store",
    type=FOLDER,
    metavar="DIR",
    help="Where to keep what makes builds quicker, if not where CHAPBOOK_STORE says, "
    "or in your cache folder.",
)
STRICT = click.option("--strict", is_flag=True, help="Take warnings for errors.")
VERBOSE = click.option(
    "-v", "--verbose", is_flag=True, help="Show the traceback if the program breaks."
)


class Nearest(click.Choice[str]):
    """A choice of words that names the one that was meant."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """All of them, and the nearest."""
        from book.base.text import suggestion

        del ctx
        near = suggestion(str(value), self.choices, "There are")
        return f"There is no `{value}`. {near}"


def need_book(book: Path, screen: Screen) -> None:
    """Say on ``screen`` what is missing and exit, if the folder ``book`` has no book.toml at all.

    One with mistakes is a book that is being written.
    """
    if os.path.lexists(book / "book.toml"):
        return
    from book import build as pipeline
    from book.cli.report import show

    show(pipeline.read(book)[1], book, screen)
    raise SystemExit(1)


def typed(path: Path) -> str:
    """``path`` as it is typed into a shell."""
    import shlex

    return f'"{path}"' if os.name == "nt" else shlex.quote(str(path))


def stops(findings: Sequence[Finding], strict: bool) -> bool:
    """Whether ``findings`` stop a command: an error does, and with ``strict`` anything."""
    from book.model import Severity

    return any(strict or finding.severity is Severity.ERROR for finding in findings)


def complete_output(of: click.Context, option: click.Parameter, begun: str) -> list[str]:
    """The outputs that begin so, for the shell's completion."""
    from book.build import OUTPUTS

    del of, option
    return [name for name in OUTPUTS if name.startswith(begun)]


def refuse_unknown(outputs: Sequence[str]) -> None:
    """Raise BadParameter, with the nearest name, for what is no output of a build."""
    from book.base.text import suggestion
    from book.build import OUTPUTS

    for name in outputs:
        if name not in OUTPUTS:
            hint = suggestion(name, list(OUTPUTS), "The outputs are")
            raise click.BadParameter(f"There is no output `{name}`. {hint}")


@contextmanager
def guarded(steps: Steps, screen: Screen, verbose: bool) -> Iterator[None]:
    """Turn what a build may raise into a few words and an exit code."""
    try:
        yield
    except KeyboardInterrupt:
        screen.print("Interrupted. Nothing was written.")
        raise SystemExit(130) from None
    except click.Abort:  # Whoever was asked pressed Ctrl-C, or there was nobody.
        screen.print("\nNothing was written.")
        raise SystemExit(130) from None
    except BrokenPipeError:
        raise
    except Exception as problem:  # noqa: BLE001  the last stop before the author
        if verbose:
            screen.rich.print_exception()
        for line in _said(problem, steps.now):
            screen.print(printable(line))
        raise SystemExit(1) from None


def _said(problem: Exception, step: str) -> list[str]:
    """What to tell of an exception: the file that can't be used, or that we are at fault."""
    from platform import platform, python_version
    from traceback import extract_tb

    from book import __version__
    from book.base.errors import UnusableError

    if isinstance(problem, UnusableError):
        return [str(problem)]
    if isinstance(problem, MemoryError):
        return ["There is not enough memory for this book."]
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
