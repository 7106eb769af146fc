"""Sheets sent to a real print server, CUPS on loopback, and followed until they are on paper."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result

from book.cli.commands import app
from book.press import ipp
from tests import cupsserver

pytestmark = pytest.mark.skipif(bool(cupsserver.missing()), reason=cupsserver.missing())


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[str, Path]]:
    with cupsserver.served() as server:
        yield server


@pytest.fixture
def server(running: tuple[str, Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the server keeps the last job: its ``words`` and its ``file``."""
    monkeypatch.setenv("CUPS_SERVER", running[0])
    for old in running[1].iterdir():
        old.unlink()
    return running[1]


def printed(folder: Path, *arguments: str) -> Result:
    """A booklet of one page, sent as ``arguments`` say."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(420, 595))
    pdf.save(folder / "a.pdf")
    command = ["print", "booklet", "--pdf", str(folder / "a.pdf"), *arguments]
    return CliRunner().invoke(app, command, env={"COLUMNS": "200"})


def test_a_job_arrives_byte_by_byte_with_all_that_was_asked(server: Path, tmp_path: Path) -> None:
    """Both sides, turned on the short edge, in its own size, so many copies."""
    said = printed(tmp_path, "--printer", "hall", "--copies", "3")
    assert said.exit_code == 0, said.output
    assert "Printed: hall-" in said.stdout
    assert (server / "file").read_bytes() == (tmp_path / "a-booklet.pdf").read_bytes()
    _, _, name, copies, options = (server / "words").read_text().split("\n")[:5]
    assert (name, copies) == ("a-booklet.pdf", "3")
    assert {
        "sides=two-sided-short-edge",
        "media=iso_a4_210x297mm",
        "print-scaling=none",
    } <= set(options.split())


def test_a_job_is_followed_until_it_is_on_paper(server: Path, tmp_path: Path) -> None:
    said = printed(tmp_path, "--printer", "attic")
    assert said.exit_code == 0, said.output
    assert said.output.index("is under way") < said.output.index("Printed: attic-")
    assert (server / "file").exists()


def test_a_job_that_fails_is_told_with_the_printers_words(server: Path, tmp_path: Path) -> None:
    said = printed(tmp_path, "--printer", "cellar")
    assert said.exit_code == 1
    assert "was not printed: out of order." in said.output
    assert not (server / "file").exists()


def test_a_printer_that_stands_still_is_not_waited_for(server: Path, tmp_path: Path) -> None:
    """What can be done is said: let it go on, or take the job back."""
    said = printed(tmp_path, "--printer", "yard")
    assert said.exit_code == 1
    assert "The printer yard stands still" in said.output
    assert "`cancel yard-" in said.output


def test_printers_are_named_where_there_is_none_of_that_name(server: Path, tmp_path: Path) -> None:
    said = printed(tmp_path, "--printer", "barn")
    assert said.exit_code == 1
    assert "There is no printer `barn`. There are `attic`, `cellar`, `hall`, `yard`." in said.output


def test_a_printer_is_sought_before_anything_is_made(server: Path, tmp_path: Path) -> None:
    """By a dry run, too; the one that was meant is named, and capitals mean nothing to CUPS."""
    for dry in ([], ["--dry-run"]):
        said = printed(tmp_path, "--printer", "hal", *dry)
        assert said.exit_code == 1
        assert "There is no printer `hal`. Did you mean `hall`?" in said.output
    assert not (tmp_path / "a-booklet.pdf").exists()
    assert printed(tmp_path, "--printer", "Hall", "--dry-run").exit_code == 0


def test_a_dry_run_shows_the_command_and_sends_nothing(server: Path, tmp_path: Path) -> None:
    said = printed(tmp_path, "--printer", "hall", "--dry-run")
    shown = shlex.split(said.stdout.splitlines()[-1])
    assert shown[:3] == ["lp", "-d", "hall"]
    assert not (server / "file").exists()


def test_the_server_is_asked_in_its_protocol(running: tuple[str, Path]) -> None:
    """A printer that is there, one that isn't, and a server that isn't."""
    assert ipp.printer(running[0], "attic").state in {3, 4}
    with pytest.raises(OSError, match="no such printer"):
        ipp.printer(running[0], "barn")
    with pytest.raises(OSError, match="no such job"):
        ipp.job(running[0], 10_000)
    with pytest.raises(OSError, match="refused"):
        ipp.job("127.0.0.1:1", 1)
