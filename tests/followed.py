"""Pages of ``docs/`` that can be followed: each command says what the page shows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from book.cli.commands import app

_STEP = re.compile(
    r"[Pp]ut this into\s+`(?P<file>[^`]+)`:\s+```\w+\n(?P<text>.*?)```"
    r"|In `(?P<path>[^`]+)`, write `(?P<new>[^`]+)` in place of `(?P<old>[^`]+)`"
    r"|```sh\n(?P<commands>.*?)```\s+```text\n(?P<said>.*?)```",
    re.DOTALL,
)


def follow(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Do all that ``page`` says, in the current folder; raises AssertionError if it isn't so."""
    steps = list(_STEP.finditer(page))
    asked = sum(page.count(sign) for sign in ("```sh", "```markdown", "```css", "in place of"))
    assert len(steps) == asked, "a block or an edit is not followed"
    for step in steps:
        if step["file"]:
            path = Path(step["file"])
            path.parent.mkdir(exist_ok=True)
            path.write_text(step["text"], "utf-8")
        elif step["path"]:
            path = Path(step["path"])
            before = path.read_text("utf-8")
            assert before.count(step["old"]) == 1
            path.write_text(before.replace(step["old"], step["new"]), "utf-8")
        else:
            said = "".join(_run(line, monkeypatch) for line in step["commands"].splitlines())
            assert _steady(said) == _steady(step["said"]), step["commands"]


def _run(line: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the command prints as its result; progress goes to the standard error."""
    program, *arguments = shlex.split(line)
    if program == "cd":
        monkeypatch.chdir(arguments[0])
        return ""
    assert program == "book"
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def _steady(said: str) -> str:
    """Without what each machine has of its own: sizes and seconds."""
    lines = re.sub(r" +\d+ kB +\d+\.\d s", " … kB … s", said).splitlines()
    return "\n".join(line.rstrip() for line in lines)
