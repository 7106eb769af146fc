"""The commands: what they print, and with which code they exit."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from book import __version__
from book import build as pipeline
from book.base.codes import finding
from book.base.errors import UnusableError
from book.cli.commands import app
from book.cli.progressbar import Steps
from book.cli.screen import Screen
from book.model import NO_WISH, Place, Written
from book.model import Result as Outcome
from tests.screens import terminal

WRONG = finding("M001", Place("chapters"), "There are no chapters here.", "Put one there.")
POOR = finding("N002", Place("chapters/01-ankara.md", 8, 1), "It is never called.", "Call it.")
WRITTEN = Written("pdf", Path("build/a-book.pdf"), 64, 1_234_567, 2.345)

Fake = Callable[..., dict[str, Any]]


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(app, [str(arg) for arg in args])


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Fake:
    """``fake(result)`` puts a build in place that gives ``result`` or raises it.

    What it was called with comes in the dictionary.
    """

    def install(result: Outcome | BaseException) -> dict[str, Any]:
        heard: dict[str, Any] = {}

        def build(
            root: Path, names: Sequence[str], out: Path | None, *, progress: Steps, **asked: object
        ) -> Outcome:
            heard.update(root=root, names=list(names), out=out, **asked)
            progress.step("parse", 1, 2)
            progress.step("parse", 2, 2)
            progress.step("typeset", 1, 1)
            if isinstance(result, BaseException):
                raise result
            return result

        monkeypatch.setattr(pipeline, "build", build)
        return heard

    return install


class TestBuild:
    def test_each_result_is_listed_with_pages_size_and_seconds(
        self, fake: Fake, clean_book: Path
    ) -> None:
        fake(Outcome((), (WRITTEN,)))
        result = run("build", "--book", clean_book)
        assert result.exit_code == 0
        assert result.stdout.split() == ["build/a-book.pdf", "64", "pages", "1.2", "MB", "2.3", "s"]

    def test_logs_have_no_lines_of_progress(self, fake: Fake, clean_book: Path) -> None:
        fake(Outcome((), (WRITTEN,)))
        assert not run("build", "--book", clean_book).stderr

    def test_options_reach_the_pipeline(self, fake: Fake, clean_book: Path) -> None:
        heard = fake(Outcome((), (WRITTEN,)))
        run(
            "build",
            "pdf",
            "epub",
            "--book",
            clean_book,
            "--output",
            "out",
            "--strict",
            "--no-cache",
        )
        expected = {"root": clean_book, "names": ["pdf", "epub"], "out": Path("out"), "onix": None}
        more = {"strict": True, "cache": False, "kept": None, "wish": NO_WISH}
        assert heard == {**expected, **more}

    def test_nothing_named_is_everything_here(
        self, fake: Fake, clean_book: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(clean_book)
        heard = fake(Outcome((), (WRITTEN,)))
        run("build")
        expected = {"root": Path(), "names": [], "out": None, "onix": None}
        more = {"strict": False, "cache": True, "kept": None, "wish": NO_WISH}
        assert heard == {**expected, **more}

    def test_errors_are_told_and_give_code_1(self, fake: Fake, clean_book: Path) -> None:
        fake(Outcome((WRONG,)))
        result = run("build", "--book", clean_book)
        assert result.exit_code == 1
        assert "chapters: error[M001]: There are no chapters" in result.stderr
        assert result.stderr.endswith("1 error: nothing was written.\n")
        assert result.stdout == ""

    def test_warnings_do_not_stop_a_build(self, fake: Fake, clean_book: Path) -> None:
        fake(Outcome((POOR,), (WRITTEN,)))
        result = run("build", "--book", clean_book)
        assert result.exit_code == 0
        assert "warning[N002]" in result.stderr

    def test_quiet_says_only_what_is_wrong(self, fake: Fake, clean_book: Path) -> None:
        fake(Outcome((POOR,), (WRITTEN,)))
        result = run("build", "-q", "--book", clean_book)
        assert result.stdout == ""
        assert result.stderr.startswith("chapters/01-ankara.md:8:1: warning[N002]")

    def test_open_shows_the_first_result(
        self, fake: Fake, clean_book: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        opened: list[str] = []
        monkeypatch.setattr("click.launch", opened.append)
        fake(Outcome((), (WRITTEN,)))
        run("build", "--open", "--book", clean_book)
        assert opened == ["build/a-book.pdf"]

    def test_an_interruption_is_no_fault(self, fake: Fake, clean_book: Path) -> None:
        fake(KeyboardInterrupt())
        result = run("build", "--book", clean_book)
        assert result.exit_code == 130
        assert result.stderr.endswith("Interrupted. Nothing was written.\n")

    def test_a_fault_of_ours_says_so_and_how_to_report_it(
        self, fake: Fake, clean_book: Path
    ) -> None:
        fake(ValueError("odd"))
        result = run("build", "--book", clean_book)
        assert result.exit_code == 1
        assert "in the step “typeset”" in result.stderr
        assert "Please report this" in result.stderr
        assert f"chapbook {__version__}, Python" in result.stderr
        assert "ValueError at test_cli.py" in result.stderr
        assert "Traceback" not in result.stderr

    def test_a_library_that_can_not_be_used_is_no_fault(self, fake: Fake, clean_book: Path) -> None:
        fake(UnusableError("weasyprint 71.0 can't be used."))
        result = run("build", "--book", clean_book)
        assert result.exit_code == 1
        assert result.stderr.endswith("weasyprint 71.0 can't be used.\n")
        assert "report" not in result.stderr

    def test_verbose_shows_the_traceback(self, fake: Fake, clean_book: Path) -> None:
        fake(ValueError("odd"))
        assert "Traceback" in run("build", "-v", "--book", clean_book).stderr

    def test_a_file_that_can_not_be_written_is_named(self, fake: Fake, clean_book: Path) -> None:
        fake(PermissionError(13, "Permission denied", "build/a.pdf"))
        result = run("build", "--book", clean_book)
        assert result.exit_code == 1
        assert result.stderr.endswith("Can't use build/a.pdf: Permission denied.\n")


class TestSteps:
    def test_a_terminal_shows_a_bar_and_clears_it_away(self) -> None:
        screen, out = terminal(60)
        with Steps(screen, quiet=False) as steps:
            steps.step("typeset", 3, 12)
        assert "typeset" in out.getvalue()
        assert "3/12" in out.getvalue()
        assert out.getvalue().endswith("\x1b[2K")

    def test_what_is_being_made_is_said_in_words_and_how_long_is_left(self) -> None:
        """Before a number is known, too."""
        screen, out = terminal()
        with Steps(screen, quiet=False) as steps:
            for name, done, total in [("pdf", 0, 0), *(("pages", at, 5) for at in range(1, 5))]:
                steps.step(name, done, total)
                time.sleep(0.12)
        shown = out.getvalue()
        assert "reading the chapters" in shown or "making the PDF" in shown
        assert "setting pages" in shown
        assert "4/5" in shown
        assert "00:0" in shown

    def test_where_nobody_sees_a_bar_nothing_is_said(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """No lone words among the lines of a log."""
        with Steps(Screen(stderr=True), quiet=False) as steps:
            steps.step("pages", 3, 12)
        assert (steps.now, *capsys.readouterr()) == ("pages", "", "")

    def test_quiet_steps_only_listen(self) -> None:
        screen, out = terminal()
        with Steps(screen, quiet=True) as steps:
            steps.step("typeset", 3, 12)
        assert (steps.now, out.getvalue()) == ("typeset", "")


class TestCheck:
    def test_a_clean_book_passes(self, clean_book: Path) -> None:
        result = run("check", "--book", clean_book)
        assert (result.exit_code, result.stdout) == (0, "Nothing is wrong.\n")

    def test_errors_give_code_1(self, clean_book: Path) -> None:
        (clean_book / "book.toml").unlink()
        result = run("check", "--book", clean_book)
        assert result.exit_code == 1
        assert result.stdout.startswith("book.toml: error[B001]: ")

    def test_warnings_give_code_1_only_if_strict(self, clean_book: Path) -> None:
        with (clean_book / "chapters/01-ankara.md").open("a") as chapter:
            chapter.write("\n[^alone]: Nobody calls me.\n")
        assert run("check", "--book", clean_book).exit_code == 0
        assert run("check", "--strict", "--book", clean_book).exit_code == 1


class TestMisuse:
    def test_an_unknown_output_gets_the_nearest_one(self, clean_book: Path) -> None:
        result = run("build", "pfd", "--book", clean_book)
        assert result.exit_code == 2
        assert "Did you mean `pdf`?" in result.stderr

    @pytest.mark.parametrize("command", ["build", "check"])
    def test_a_folder_that_is_not_there_is_misuse(self, command: str, tmp_path: Path) -> None:
        assert run(command, "--book", tmp_path / "gone").exit_code == 2

    def test_an_unknown_command_or_option_is_misuse(self) -> None:
        assert run("biuld").exit_code == 2
        assert run("build", "--fast").exit_code == 2


class TestReal:
    @pytest.mark.slow
    def test_a_clean_book_becomes_its_outputs(self, clean_book: Path) -> None:
        pytest.importorskip("book.render.handout")
        result = run("build", "--book", clean_book)
        assert result.exit_code == 0, result.stderr
        suffixes = [Path(line.split()[0]).suffix for line in result.stdout.splitlines()]
        assert suffixes == [".pdf", ".epub", ".pdf"]
        assert all(Path(line.split()[0]).is_file() for line in result.stdout.splitlines())


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["new"], "Say which folder to make: `book new my-book`."),
        (["import"], "`book import thesis.docx my-book`"),
        (["show"], "`book show words`"),
        (["build", "--out", "x"], "There is no option `--out` here. Did you mean `--output`?"),
        (["print", "handout", "--zebra"], "`book print handout --help` lists all."),
        (["print", "--copies", "2"], "`--copies` stands behind a command: `book print booklet"),
        (["import", "thesis.dock", "x"], "There is no `thesis.dock`. Did you mean `thesis.docx`?"),
        (["check", "--book", "x"], "There is no `x`."),
    ],
)
def test_what_was_misused_is_said_with_what_to_write(
    args: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever command it is, in a sentence."""
    (tmp_path / "thesis.docx").touch()
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, args, prog_name="book")
    assert done.exit_code == 2
    assert said in done.output
