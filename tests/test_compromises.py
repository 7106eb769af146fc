"""What printed pages give in to is written down, told by place, and a finding where it is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from book.build import build, check
from book.cli.commands import app
from book.model import Finding
from tests.volumes import TOML

PROSE = "The bread of a town was sold by weight at prices that the council fixed each spring. "
_CHAPTER = f"""# Bread

{PROSE}

![A loaf on a table](loaf.png)

The wide one:

<div class="nowhere">No line holds this, since {PROSE * 2}</div>

| Year | {" | ".join("Mon" for _ in range(15))} |
|{"---|" * 16}
| 1850 | {" | ".join("123" for _ in range(15))} |

{PROSE * 70}[^long]

{PROSE * 30}

[^long]: {"A note that can’t stand on one page with what is above it, since it goes on. " * 40}
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A chapter with a coarse picture, a line that runs out, a small table and a long note."""
    root = tmp_path_factory.mktemp("given")
    (root / "chapters").mkdir()
    (root / "styles").mkdir()
    (root / "book.toml").write_text(TOML.format(more=""), "utf-8")
    (root / "chapters/01.md").write_text(_CHAPTER, "utf-8")
    (root / "styles/print.css").write_text(".nowhere { white-space: nowrap }", "utf-8")
    Image.new("L", (300, 200), 128).save(root / "chapters/loaf.png")
    return root


@pytest.fixture(scope="module")
def findings(book: Path) -> dict[str, Finding]:
    """Those of a build, by their codes."""
    return {one.code: one for one in build(book, ["pdf"]).findings}


def shown(book: Path) -> list[dict[str, str]]:
    done = CliRunner().invoke(app, ["show", "page", "--json", "--book", str(book)])
    assert done.exit_code == 0, done.output
    found: list[dict[str, str]] = json.loads(done.stdout)
    return found


def test_what_runs_out_of_the_type_area_is_a_finding(findings: dict[str, Finding]) -> None:
    """At its line, with the page on which it does."""
    found = findings["T030"]
    assert (found.place.path, found.place.line) == ("chapters/01.md", 9)
    assert "page 1" in found.message


def test_a_check_says_what_the_last_build_found_on_pages(book: Path) -> None:
    """As long as the chapter is as it was."""
    assert "T030" not in {one.code for one in check(book)}
    built = build(book, ["pdf"]).findings
    told = [one for one in check(book) if one.code in ("T020", "T030")]
    assert len(told) == 2
    assert set(told) <= set(built)
    path = book / "chapters/01.md"
    text = path.read_text("utf-8")
    path.write_text(text + "\nMore.\n", "utf-8")
    assert "T030" not in {one.code for one in check(book)}
    path.write_text(text, "utf-8")


def test_a_coarse_picture_is_a_finding(findings: dict[str, Finding]) -> None:
    """By the size at which it is printed."""
    assert findings["T020"].place.line == 5
    assert "96 dots" in findings["T020"].message


def test_the_designers_list_has_the_worst_page_first(book: Path, findings: object) -> None:
    """Each with its page, its place, what it is and how much."""
    del findings
    rows = shown(book)
    assert [row["what"] for row in rows[:2]] == ["outside", "coarse picture"]
    small = next(row for row in rows if row["what"] == "small table")
    assert small["at"].startswith("chapters/01.md:1")
    assert small["how much"].startswith("type of 7")
    note = next(row for row in rows if row["what"] == "split note")
    assert note["how much"] == "over 2 pages"
    assert all(row["page"].isdigit() for row in rows)


def test_the_list_is_of_what_is_written_now(book: Path, findings: object) -> None:
    """It needs no build: what has changed is set when it is asked for."""
    del findings
    path = book / "chapters/01.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace("![A loaf on a table](loaf.png)", "No loaf."), "utf-8")
    try:
        assert "coarse picture" not in {row["what"] for row in shown(book)}
    finally:
        path.write_text(text, "utf-8")
