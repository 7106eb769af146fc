"""``book new``: a small living book to write over."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from book.cli.shared import typed

if TYPE_CHECKING:
    from collections.abc import Callable


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--title", help="The book's title.")
@click.option("--author", help="Its author, as “Family, Given” or as one name.")
@click.option("--language", metavar="TAG", help="Its language: en-GB, de, fr, ja …")
@click.option("--theme", metavar="NAME", help="How it looks; `book themes` lists the choices.")
@click.option("--yes", is_flag=True, help="Ask nothing: take what is proposed.")
def new(
    folder: Path,
    *,
    title: str | None,
    author: str | None,
    language: str | None,
    theme: str | None,
    yes: bool,
) -> None:
    """Make a new book in DIR: two short chapters to write over, and what stands around them."""
    from book.starter import NewBook, NotEmptyError, make

    proposed = folder.resolve().name.replace("-", " ").replace("_", " ").strip().capitalize()
    about = NewBook(
        _asked("Title", title, proposed or "A New Book", yes),
        _asked("Author (Family, Given)", author, "Anonymous", yes),
        _asked("Language", language, "en-GB", yes, _a_language),
        _theme(theme, yes),
    )
    try:
        make(folder, about)
    except NotEmptyError as problem:
        click.echo(f"{folder} is not empty: {problem.strerror}. Nothing was written.", err=True)
        click.echo("  hint: Name a new folder, or import what is there with book import.", err=True)
        raise SystemExit(1) from None
    except OSError as problem:
        click.echo(f"Can't use {problem.filename or folder}: {problem.strerror}.", err=True)
        raise SystemExit(1) from None
    click.echo(f"A new book lies in {folder}. Next:")
    click.echo(f"  cd {typed(folder)}")
    click.echo("  book build")


def _a_language(tag: str) -> str:
    """``tag``, if it is one of a language; raises BadParameter."""
    from book.base.text import is_language
    from book.read.settings import language_hint

    if not is_language(tag):
        raise click.BadParameter(f"`{tag}` is not a language tag. {language_hint(tag)}")
    return tag


def _theme(given: str | None, yes: bool) -> str:
    """The theme that was ``given``, or that a person chooses of those that are there."""
    from book.base.text import suggestion
    from book.theme.chosen import installed, ours

    known = {one.name: one.description for one in (*ours(), *installed())}
    first = next(iter(known))
    if given is None and not yes and _can_answer():
        for name, description in known.items():
            click.echo(f"  {name:10} {description}.")

    def a_theme(name: str) -> str:
        if name not in known:
            near = suggestion(name, known, "The themes are")
            raise click.BadParameter(f"There is no theme `{name}`. {near}")
        return name

    name = _asked("Theme", given, first, yes, a_theme)
    return "" if name == first else name


def _asked(
    name: str, given: str | None, proposed: str, yes: bool, checked: Callable[[str], str] = str
) -> str:
    """What was ``given``, or what a person answers; ``proposed`` if nobody is to be asked.

    It is ``checked``, which may raise BadParameter; a person is then asked again.
    """
    if given is not None or yes or not _can_answer():
        return checked((given or "").strip() or proposed)
    answer: str = click.prompt(
        name, default=proposed, value_proc=lambda said: checked(said.strip() or proposed)
    )
    return answer


def _can_answer() -> bool:
    """Whether a person sits at the terminal."""
    return sys.stdin.isatty()
