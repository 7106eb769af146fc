"""``book check --fix`` mends what has one right answer, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from book.base import paths
from book.base.errors import UnusableError
from book.cli import fix
from book.cli.commands import app

TEXT = (
    "# Berlin\r\n\r\nHe asked for the the interview and went to\r\nto Moscow,[^TASS] `the the`.\r\n"
    "It  was\r\nnot\r\nnot  late.\r\n\r\n    the the  code\r\n\r\n[^tass]: Once.  Twice.\r\n"
)
MENDED = (
    "# Berlin\r\n\r\nHe asked for the interview and went to\r\nMoscow,[^tass] `the the`.\r\n"
    "It was\r\nnot\r\nnot late.\r\n\r\n    the the  code\r\n\r\n[^tass]: Once. Twice.\r\n"
)


@pytest.fixture
def spoilt(clean_book: Path) -> Path:
    (clean_book / "chapters/03-berlin.md").write_bytes(TEXT.encode())
    with (clean_book / "book.toml").open("a") as file:
        file.write('[check]\nalso = ["W003"]\n')
    return clean_book


def check(book: Path, *options: str, answer: str = "") -> Result:
    return CliRunner().invoke(app, ["check", "--book", str(book), *options], input=answer)


def chapter(book: Path) -> str:
    return (book / "chapters/03-berlin.md").read_bytes().decode()


def test_what_has_one_answer_is_mended_and_the_rest_stays_byte_for_byte(spoilt: Path) -> None:
    """Line ends, code and the mode of the file are as they were."""
    (spoilt / "chapters/03-berlin.md").chmod(0o640)
    done = check(spoilt, "--fix", "--yes")
    assert chapter(spoilt) == MENDED
    assert (spoilt / "chapters/03-berlin.md").stat().st_mode & 0o777 == 0o640
    assert "-He asked for the the interview" in done.stdout
    assert check(spoilt).output == "Nothing is wrong.\n"


def test_diff_only_shows(spoilt: Path) -> None:
    done = check(spoilt, "--diff")
    assert "+He asked for the interview" in done.stdout
    assert chapter(spoilt) == TEXT


@pytest.mark.parametrize(("answer", "left"), [("n\n", TEXT), ("y\n", MENDED)])
def test_it_is_asked_for(spoilt: Path, answer: str, left: str) -> None:
    check(spoilt, "--fix", answer=answer)
    assert chapter(spoilt) == left


def test_where_nobody_answers_nothing_is_written(spoilt: Path) -> None:
    """As where standard input is closed, or Ctrl-C is pressed at the question."""
    before = chapter(spoilt)
    result = check(spoilt, "--fix")
    assert (result.exit_code, chapter(spoilt)) == (130, before)
    assert "Nothing was written." in result.output
    assert "fault" not in result.output


def test_what_is_not_chosen_is_not_mended(spoilt: Path) -> None:
    check(spoilt, "--fix", "--yes", "--select", "W001")
    assert "the interview" in chapter(spoilt)
    assert "It  was" in chapter(spoilt)


def test_a_link_within_the_book_stays_one(spoilt: Path) -> None:
    path = spoilt / "chapters/03-berlin.md"
    path.rename(spoilt / "berlin.txt")
    path.symlink_to("../berlin.txt")
    check(spoilt, "--fix", "--yes")
    assert path.is_symlink()
    assert (spoilt / "berlin.txt").read_bytes().decode() == MENDED


def test_nothing_outside_the_book_is_mended(spoilt: Path, tmp_path: Path) -> None:
    """Neither a chapter that is a link nor what a chapter takes in by one, nor a whole folder."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.md").write_text(TEXT)
    (spoilt / "chapters/04-link.md").symlink_to(outside / "a.md")
    (spoilt / "chapters/taken.txt").symlink_to(outside / "a.md")
    (spoilt / "chapters/05-taking.md").write_text(
        "# A\n\n{{#include taken.txt}}\n\nHe asked for the the thing.\n"
    )
    check(spoilt, "--fix", "--yes")
    assert "for the thing" in (spoilt / "chapters/05-taking.md").read_text()
    (spoilt / "chapters").rename(outside / "chapters")
    (spoilt / "chapters").symlink_to(outside / "chapters")
    (outside / "chapters/03-berlin.md").write_text(TEXT)
    check(spoilt, "--fix", "--yes")
    assert {path.read_text() for path in (outside / "a.md", outside / "chapters/03-berlin.md")} == {
        TEXT.replace("\r\n", "\n")
    }


def test_a_file_that_becomes_a_link_meanwhile_is_left_alone(
    spoilt: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the last look at it and the writing."""
    path, outside = spoilt / "chapters/03-berlin.md", tmp_path / "outside.md"
    outside.write_bytes(TEXT.encode())
    real = paths.content

    def swapped(root: Path, name: str) -> bytes | None:
        data = real(root, name)
        path.unlink()
        path.symlink_to(outside)
        return data

    monkeypatch.setattr(fix, "_mended_files", lambda *_: [(path.name, _file())])
    monkeypatch.setattr("book.cli.fix.content", swapped)
    with pytest.raises(UnusableError, match="outside"):
        fix.fix([], path.parent, only_show=False, sure=True)
    assert outside.read_bytes().decode() == TEXT


def _file() -> fix._File:
    return fix._File(TEXT, MENDED, 1)


def test_a_terminal_is_shown_words_and_no_signs(spoilt: Path) -> None:
    """What a line holds beside them is replaced, and in the file left as it is."""
    path = spoilt / "chapters/03-berlin.md"
    path.write_text("# Berlin\n\nHe asked for the the \x1b]0;x\x07 \u202e dark.\n")
    done = check(spoilt, "--fix", "--yes")
    assert "+He asked for the" in done.stdout
    assert not {"\x1b", "\x07", "\u202e"} & set(done.output)
    assert path.read_text() == "# Berlin\n\nHe asked for the \x1b]0;x\x07 \u202e dark.\n"


def test_names_in_other_capitals_are_mended_and_no_others(spoilt: Path) -> None:
    """Files, places in them and pictures; what is nearest but another word is not."""
    (spoilt / "chapters/03-berlin.md").write_text(
        "# Berlin\n\nSee [a](02-Moscow.md), [b](02-moscow.md#Answer), [c](02-moscow.md#ansver).\n\n"
        "![A map of the road](images/MAP.svg)\n",
        "utf-8",
    )
    left = check(spoilt, "--fix", "--yes").stdout
    assert chapter(spoilt) == (
        "# Berlin\n\nSee [a](02-moscow.md), [b](02-moscow.md#answer), [c](02-moscow.md#ansver).\n\n"
        "![A map of the road](images/map.svg)\n"
    )
    assert left.endswith("1 warning.\n")
