"""The group of commands: alone it says what to do next, and it knows what was mistyped."""

from __future__ import annotations

from pathlib import Path

import click


class Commands(click.Group):
    """A group that names the nearest of its commands, and the nearest option, if one is none."""

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


def next_step(folder: Path) -> str:
    """What to do next in ``folder``: build the book that is there, or make one."""
    if (folder / "book.toml").is_file():
        lines = [
            "This folder is a book. What next?",
            "",
            "  book serve --open   see it in a browser as you write",
            "  book check          hear what is wrong",
            "  book build          make the PDF, the EPUB and the handout in build/",
            "  book show words     count it",
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
