"""Each code is explained, on the command line and for whoever reads the docs."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from book.base.codes import CODES
from book.base.explain import explanations
from book.cli.commands import app


def test_every_code_is_explained_and_nothing_else() -> None:
    """In the order of the codes, so that one finds it."""
    assert list(explanations()) == list(CODES)


@pytest.mark.parametrize("code", CODES)
def test_an_explanation_says_why_and_how_and_shows_it(code: str) -> None:
    told = explanations()[code]
    assert told.why.endswith((".", "”.", ").", "`."))
    assert told.mend.endswith(".")
    assert told.before.strip()
    assert told.before != told.after
    assert told.after.strip()


@pytest.mark.parametrize("code", ["B003", "B005", "P002", "G002"])
def test_examples_of_book_toml_can_be_read(code: str) -> None:
    assert tomllib.loads(explanations()[code].after)


def test_a_code_is_explained_without_a_book() -> None:
    """Small letters do, and several codes at once."""
    done = CliRunner().invoke(app, ["check", "--explain", "n002", "--explain", "L001"])
    assert done.exit_code == 0
    assert "N002 (warning): A note is written but never called" in done.output
    assert "    No answer came.[^tass]\n" in done.output
    assert "L001 (warning)" in done.output


def test_a_mistyped_code_names_the_nearest() -> None:
    done = CliRunner().invoke(app, ["check", "--explain", "N02"])
    assert done.exit_code == 2
    assert "Did you mean `N002`?" in done.output


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_codes_that_are_none_choose_nothing_in_silence(clean_book: Path, option: str) -> None:
    """A letter is enough; what no code begins with is misused."""
    run = ["check", "--book", str(clean_book), option]
    assert CliRunner().invoke(app, [*run, "w"]).output == "Nothing is wrong.\n"
    done = CliRunner().invoke(app, [*run, "W0006"])
    assert done.exit_code == 2
    assert "There is no code `W0006`. Did you mean `W006`?" in done.output


def test_a_view_that_is_none_names_the_nearest(clean_book: Path) -> None:
    """As commands and options do."""
    done = CliRunner().invoke(app, ["show", "word", "--book", str(clean_book)])
    assert "There is no `word`. Did you mean `words`?" in done.output
