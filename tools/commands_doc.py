"""Write the list of commands in ``docs/commands.md`` from what ``--help`` says.

Run ``python tools/commands_doc.py`` after a change of the command line; a test says when it was
forgotten. What stands above the list is written by hand, and stays.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from book.cli.commands import app

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).parents[1] / "docs" / "commands.md"

_HEAD = """\
## Every command

<!-- From here on made by tools/commands_doc.py from what `--help` says. -->
"""


def page() -> str:
    """The whole text of the page: what is written by hand, and the list made anew."""
    by_hand = PAGE.read_text("utf-8").partition(_HEAD)[0].rstrip()
    parts = [f"{by_hand}\n", _HEAD]
    for path, helped in _helps(app, click.Context(app, info_name="book", max_content_width=80)):
        parts.append(f"### `{path}`\n\n```text\n{helped}\n```\n")
    return "\n".join(parts)


def _helps(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    """The command's path and help, then those of the commands below it, by name."""
    context.terminal_width = 80
    yield context.command_path, command.get_help(context).rstrip()
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None and not below.hidden:
                yield from _helps(below, click.Context(below, parent=context, info_name=name))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
