"""``docs/tutorial.md`` is true: each of its commands says what the page shows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from book.cli.commands import app

PAGE = Path(__file__).parents[1] / "docs" / "tutorial.md"

_STEP = re.compile(
    r"Put this into `(?P<file>[^`]+)`:\s+```markdown\n(?P<text>.*?)```"
    r"|In `(?P<path>[^`]+)`, write `(?P<new>[^`]+)` in place of `(?P<old>[^`]+)`"
    r"|```sh\n(?P<commands>.*?)```\s+```text\n(?P<said>.*?)```",
    re.DOTALL,
)


def test_the_tutorial_can_be_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From its first command to its last, with the files that it has one write."""
    page = PAGE.read_text("utf-8")
    steps = list(_STEP.finditer(page))
    asked = sum(page.count(sign) for sign in ("```sh", "```markdown", "in place of"))
    assert len(steps) == asked, "a block or an edit is not followed"
    monkeypatch.chdir(tmp_path)
    for step in steps:
        if step["file"]:
            Path(step["file"]).write_text(step["text"], "utf-8")
        elif step["path"]:
            path = Path(step["path"])
            before = path.read_text("utf-8")
            assert before.count(step["old"]) == 1
            path.write_text(before.replace(step["old"], step["new"]), "utf-8")
        else:
            said = "".join(_run(line, monkeypatch) for line in step["commands"].splitlines())
            assert _steady(said) == _steady(step["said"]), step["commands"]
    assert Path("build/the-bridge-booklet.pdf").read_bytes().startswith(b"%PDF-")


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
    return re.sub(r" +\d+ kB +\d+\.\d s", " … kB … s", said)
