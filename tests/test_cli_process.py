"""The program as a process: some things only happen there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from book import __version__
from tests.builds import descendants, wait_for


def _environment() -> dict[str, str]:
    paths = [str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"}


def _process(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "book", *args],
        capture_output=True, text=True, env=_environment(), check=True,
    )  # fmt: skip


class TestProcess:
    """The program as a process, since some things only happen there."""

    def test_the_version_is_told(self) -> None:
        done = _process("--version")
        assert done.stdout == f"chapbook {__version__}\n"

    def test_the_version_is_that_of_the_latest_changes(self) -> None:
        """It is written once, in the package; the newest section of CHANGELOG.md tells of it."""
        changes = (Path(__file__).parent.parent / "CHANGELOG.md").read_text("utf-8")
        newest = next(line for line in changes.splitlines() if line.startswith("## "))
        assert newest.split()[1] == __version__

    def test_help_comes_without_what_is_heavy(self) -> None:
        code = (
            "import sys; from book.cli.commands import app; app(['--help'], standalone_mode=False);"
            "heavy = {'lxml', 'weasyprint', 'markdown', 'pydantic', 'rich.console', 'PIL'};"
            "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
        assert done.returncode == 0, done.stderr

    def test_a_build_that_has_nothing_to_do_brings_no_parser(self) -> None:
        """It is known before anything is imported that reads a chapter or sets a page."""
        code = (
            "import sys, book.build;"
            "heavy = {'lxml', 'markdown', 'pydantic', 'weasyprint', 'PIL', 'jinja2', 'tinycss2',"
            " 'book.parse', 'book.assemble', 'book.checks', 'book.theme', 'book.render'};"
            "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
        assert done.returncode == 0, done.stderr

    def test_a_reader_that_goes_away_is_no_fault(self, clean_book: Path) -> None:
        (clean_book / "chapters/03.md").write_text("# A\n" + "[a](#b)\n\n" * 5000)
        command = f"{sys.executable} -m book check --book {clean_book} | head -1"
        done = subprocess.run(
            command, shell=True, capture_output=True, text=True, env=_environment(), check=False
        )
        assert done.stdout.startswith("chapters/03.md:2:1: warning[L002]")
        assert done.stderr == ""

    @pytest.mark.slow
    def test_a_build_that_is_interrupted_shows_no_traceback(self, clean_book: Path) -> None:
        pytest.importorskip("book.render.handout")
        for number in range(40):
            text = f"# Chapter {number}\n\n" + "All is well in this chapter, too. " * 400
            (clean_book / f"chapters/1{number:02}.md").write_text(text)
        # Whoever started the tests may have had them ignore the signal.
        heed = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
        process = subprocess.Popen(
            [sys.executable, "-c", heed + "from book.cli.commands import main; main()",
             "build", "pdf", "--book", str(clean_book)],
            stderr=subprocess.PIPE, text=True, env=_environment(), start_new_session=True,
        )  # fmt: skip
        # Its helpers are at work when there are several.
        assert wait_for(lambda: len(descendants(process.pid)), lambda count: count > 2) > 2
        os.killpg(process.pid, signal.SIGINT)
        pressed = time.monotonic()
        _, said = process.communicate(timeout=60)
        assert time.monotonic() - pressed < 5  # at once, on a machine with much else to do
        assert process.returncode == 130
        assert "Traceback" not in said
        assert not (clean_book / "build").exists()
        assert _is_gone(process.pid)


def _is_gone(group: int) -> bool:
    """Whether nobody of a group of processes is left, once workers have seen that it is over."""
    for _ in range(50):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False
