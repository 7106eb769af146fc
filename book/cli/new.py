"""``book new``: a small living book to write over."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from book.cli.shared import typed


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
    from book.base.text import is_language
    from book.read.settings import language_hint
    from book.starter import NewBook, NotEmptyError, make

    proposed = folder.resolve().name.replace("-", " ").replace("_", " ").strip().capitalize()
    about = NewBook(
        _asked("Title", title, proposed or "A New Book", yes),
        _asked("Author (Family, Given)", author, "Anonymous", yes),
        _asked("Language", language, "en-GB", yes),
        _theme(theme, yes),
    )
    if not is_language(about.language):
        raise click.BadParameter(
            f"`{about.language}` is not a language tag. {language_hint(about.language)}"
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


def _theme(given: str | None, yes: bool) -> str:
    """The theme that was ``given``, or that a person chooses of those that are there."""
    from book.base.text import suggestion
    from book.theme.chosen import installed, ours

    known = {one.name: one.description for one in (*ours(), *installed())}
    first = next(iter(known))
    if given is None and not yes and sys.stdin.isatty():
        for name, description in known.items():
            click.echo(f"  {name:10} {description}.")
    name = _asked("Theme", given, first, yes)
    if name not in known:
        near = suggestion(name, known, "The themes are")
        raise click.BadParameter(f"There is no theme `{name}`. {near}")
    return "" if name == first else name


def _asked(name: str, given: str | None, proposed: str, yes: bool) -> str:
    """What was ``given``, or what a person answers; ``proposed`` if nobody is to be asked."""
    if given is not None or yes or not sys.stdin.isatty():
        return (given or "").strip() or proposed
    answer: str = click.prompt(name, default=proposed)
    return answer.strip() or proposed
