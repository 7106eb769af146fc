"""Findings for programs, and what a machine lacks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from book.base import system
from book.base.codes import finding
from book.cli.commands import app
from book.cli.doctor import rows
from book.cli.formats import as_github, as_json, as_sarif, chosen
from book.model import Place

LOST = finding("N001", Place("chapters/a,b.md", 3, 7), "There is no note [^x].", "Write it:\n50 %.")
BARE = finding("M001", Place("chapters"), "There are no chapters here.", "Put one there.")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments)])


def test_json_holds_each_part_by_itself() -> None:
    first, second = json.loads(as_json([LOST, BARE]))
    assert first == {
        "code": "N001",
        "severity": "warning",
        "path": "chapters/a,b.md",
        "line": 3,
        "column": 7,
        "message": "There is no note [^x].",
        "hint": "Write it:\n50 %.",
    }
    assert (second["severity"], second["line"]) == ("error", 0)


def test_github_gets_a_command_a_line_whatever_the_text() -> None:
    """Its own signs are escaped: a text can't begin another command."""
    first, second = as_github([LOST, BARE]).split("\n")
    assert first == (
        "::warning file=chapters/a%2Cb.md,line=3,col=7,title=N001::"
        "There is no note [^x]. Write it:%0A50 %25."
    )
    assert second.startswith("::error file=chapters,title=M001::")


def test_sarif_has_a_rule_and_a_place_for_each() -> None:
    (made,) = json.loads(as_sarif([LOST, BARE]))["runs"]
    assert [rule["id"] for rule in made["tool"]["driver"]["rules"]] == ["M001", "N001"]
    places = [one["locations"][0]["physicalLocation"] for one in made["results"]]
    assert places[0]["region"] == {"startLine": 3, "startColumn": 7}
    assert "region" not in places[1]


@pytest.mark.parametrize(
    ("select", "ignore", "left"),
    [
        (["n"], [], [LOST]),
        ([], ["N001"], [BARE]),
        (["M", "N"], ["M0"], [LOST]),
        ([], [], [LOST, BARE]),
    ],
)
def test_codes_are_chosen_by_how_they_begin(
    select: list[str], ignore: list[str], left: list[object]
) -> None:
    assert list(chosen([LOST, BARE], select, ignore)) == left


def test_check_speaks_json(clean_book: Path) -> None:
    (clean_book / "chapters" / "01-ankara.md").write_text("# A\n\nNo note.[^x]\n", "utf-8")
    said = run("check", "--book", clean_book, "--format", "json", "--select", "N001")
    assert [one["code"] for one in json.loads(said.stdout)] == ["N001"]
    assert said.exit_code == 0


class TestMachine:
    @pytest.fixture
    def bare(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A machine without Pango."""
        monkeypatch.setattr(system, "missing", lambda: ("Pango",))

    @pytest.mark.usefixtures("bare")
    @pytest.mark.parametrize("command", ["build", "check"])
    def test_without_pango_one_sentence_names_its_packages(
        self, clean_book: Path, command: str
    ) -> None:
        """Before anything else is tried, and nobody is blamed."""
        said = run(command, "--book", clean_book)
        assert said.exit_code == 1
        assert "this machine lacks Pango" in said.stderr
        for name in ("libpango-1.0-0", "dnf install", "pacman -S pango", "brew", "port", "MSYS2"):
            assert name in said.stderr
        assert "fault" not in said.stderr

    @pytest.mark.usefixtures("bare")
    def test_the_doctor_says_what_is_missing(self) -> None:
        said = run("doctor")
        assert said.exit_code == 1
        assert "MISSING" in said.output

    def test_the_doctor_knows_what_each_is_for(self) -> None:
        """Here books can be made."""
        assert all(row.use and row.how for row in rows())
        assert run("doctor").exit_code == 0

    def test_what_is_asked_of_the_loader_is_there(self) -> None:
        assert system.missing() == ()
        assert not system._opens("libno-such-thing.so.0")
