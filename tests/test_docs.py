"""Pages of ``docs/`` agree with the code."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import get_args, get_type_hints

import click
import pytest

from book.base.data import is_data, names
from book.cli.commands import app
from book.model import Config
from tools import commands_doc
from tools.findings_doc import PAGE, page

ROOT = Path(__file__).parent.parent


def test_the_page_of_findings_is_fresh() -> None:
    """If it is stale, run ``python tools/findings_doc.py``."""
    assert PAGE.read_text("utf-8") == page()


def test_the_page_of_commands_is_fresh() -> None:
    """If it is stale, run ``python tools/commands_doc.py``."""
    assert commands_doc.PAGE.read_text("utf-8") == commands_doc.page()


def _tables() -> list[tuple[str, type]]:
    found = []
    hints = get_type_hints(Config)
    for name in names(Config):
        kind = hints[name]
        table = get_args(kind)[-1] if get_args(kind) else kind
        if not is_data(table):
            continue  # a list at the top
        assert isinstance(table, type)
        found.append((name, table))
    return found


@pytest.mark.parametrize(("name", "table"), _tables())
def test_every_setting_is_explained(name: str, table: type) -> None:
    """``docs/settings.md`` has a heading for each table of ``book.toml``, and each key below it."""
    text = (ROOT / "docs" / "settings.md").read_text("utf-8")
    section = text.partition(f"## `[{name}")[2].partition("\n## ")[0]
    for key in names(table):
        if (name, key) == ("book", "words"):
            continue  # It is said in a table of its own.
        assert f"`{key.replace('_', '-')}`" in section


def test_links_between_pages_hold() -> None:
    """A page of documentation that another one names is there."""
    at_the_top = [ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
    for path in [*at_the_top, *(ROOT / "docs").rglob("*.md")]:
        prose = re.sub(r"(?s)```.*?```|`[^`]*`", "", path.read_text("utf-8"))
        for target in re.findall(r"\]\(([^)#:]+)\)", prose):
            assert (path.parent / target).exists(), f"{path.name} names {target}"


def test_commands_of_the_how_to_pages_are_understood() -> None:
    """Each command there is one that Chapbook has, with options that it takes.

    Those that bring a manuscript in are followed to their end (``tests/test_tutorial.py``).
    """
    lines = [
        line
        for path in (ROOT / "docs" / "how-to").glob("*.md")
        for block in re.findall(r"(?s)```sh\n(.*?)```", path.read_text("utf-8"))
        for line in block.splitlines()
        if line.startswith("book ") and not line.startswith("book import")
    ]
    assert lines
    for line in lines:
        _, *words = shlex.split(line, comments=True)
        command: click.Command = app
        context = click.Context(app, info_name="book")
        while isinstance(command, click.Group):
            found = command.get_command(context, words.pop(0))
            assert found, line
            command = found
        command.make_context("book", words)  # raises UsageError for what it doesn't know
