"""The group of commands: alone it says what to do next, and it knows what was mistyped."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What a command wants to be told, by its name.
_WANTED = {
    "new": "Say which folder to make: `book new my-book`.",
    "import": "Say what to make a book of, and which folder to make: "
    "`book import thesis.docx my-book`.",
    "show": "Say what to show, such as `book show words`; `book show --help` lists all.",
}


class Commands(click.Group):
    """A group that names the nearest of its commands, and the nearest option, if one is none.

    ``later`` says where commands lie that are imported when they are asked for, as in
    ``module:name``, by what they are called.
    """

    def __init__(
        self, *args: Any, later: Mapping[str, str] = MappingProxyType({}), **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self._later = later

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all, in order."""
        return sorted({*super().list_commands(ctx), *self._later})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported if it was not yet; None if there is none."""
        if cmd_name in self._later and cmd_name not in self.commands:
            module, _, name = self._later[cmd_name].partition(":")
            self.add_command(getattr(import_module(module), name))
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click's; raises UsageError with the nearest command for a name that is none."""
        from book.base.text import suggestion

        names = self.list_commands(ctx)
        if args and not ctx.resilient_parsing and self.get_command(ctx, args[0]) is None:
            if args[0].startswith("-"):
                return super().resolve_command(ctx, args)
            ctx.fail(f"There is no command `{args[0]}`. {suggestion(args[0], names, 'There are')}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """As click's; what was misused is said in a sentence, with what to write."""
        try:
            return super().invoke(ctx)
        except (click.MissingParameter, click.NoSuchOption) as problem:
            raise _plainer(problem) from None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click's; an option that one of the commands has is said to stand behind that."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as problem:
            having = [
                name
                for name in self.list_commands(ctx)
                if (one := self.get_command(ctx, name))
                and any(problem.option_name in each.opts for each in one.params)
            ]
            if not having:
                raise _plainer(problem) from None
            option, path = problem.option_name, ctx.command_path
            said = f"`{option}` stands behind a command: `{path} {having[0]} {option} \u2026`."
            raise click.UsageError(said, ctx) from None


def _plainer(problem: click.MissingParameter | click.NoSuchOption) -> click.UsageError:
    """``problem`` in a sentence that says what to write; a value that is missing stays click's."""
    from book.base.text import Choices

    ctx = problem.ctx
    if ctx is None:
        return problem
    if isinstance(problem, click.NoSuchOption):
        known = [name for one in ctx.command.params for name in one.opts if name[:2] == "--"]
        near = next(iter(Choices(known).near(problem.option_name)), "")
        hint = f"Did you mean `{near}`?" if near else f"`{ctx.command_path} --help` lists all."
        return click.UsageError(f"There is no option `{problem.option_name}` here. {hint}", ctx)
    is_argument = isinstance(problem.param, click.Argument)
    said = _WANTED.get(ctx.command.name or "") if is_argument else None
    return click.UsageError(said, ctx) if said else problem


def next_step(folder: Path) -> str:
    """What to do next in ``folder``: build the book that is there or above, or make one."""
    if (folder / "book.toml").is_file():
        lines = [
            "This folder is a book. What next?",
            "",
            "  book serve --open   see it in a browser as you write",
            "  book check          hear what is wrong",
            "  book build          make the PDF, the EPUB and the handout in build/",
            "  book show words     count it",
        ]
    elif up := _way_up(folder):
        lines = [
            "There is no book.toml here: this folder lies within a book. What next?",
            "",
            f"  cd {up}",
            "  book",
        ]
    else:
        texts = any(folder.glob("*.md")) or any(folder.glob("*/*.md"))
        lines = [
            "There is no book.toml here, so this folder is no book yet. What next?",
            "",
            "  book new my-book        make a small book to write over",
            "  book import SOURCE DIR  make a book of a manuscript: Word, EPUB, LaTeX, Markdown",
            *(["                          (`book import . DIR` takes the texts here)"] * texts),
            "  cd … or --book DIR      if the book lies elsewhere",
        ]
    return "\n".join([*lines, "", "`book --help` lists all commands."])


def _way_up(folder: Path) -> str:
    """The way from ``folder`` to the book that it lies in, as ``..``; empty if in none."""
    whole = folder.resolve()
    for count, one in enumerate(whole.parents, 1):
        if (one / "book.toml").is_file():
            return "/".join([".."] * count)
    return ""
