"""The pipeline under stress: what fails, is killed or runs twice harms nothing that was there."""

from __future__ import annotations

import errno
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from book import build as pipeline
from book.base.files import write_whole
from book.build import build, check
from book.cache.pool import Pool, using
from book.cache.store import Nothing
from book.cli.commands import app
from book.model import Product, Text
from book.render.pdf.jobs import set_all
from book.render.pdf.record import Piece, PieceJob
from tests.builds import (
    CHAPTER,
    DYING,
    EDITED,
    descendants,
    is_alive,
    start,
    wait_for,
)
from tests.conftest import Lay

#: The outputs in the order of their making.
ORDER = ("a-clean-book.pdf", "a-clean-book.epub", "a-clean-book-handout.pdf")

Outputs = dict[str, tuple[bytes, int]]


@pytest.fixture
def book(built: Path, kept: Path, tmp_path: Path) -> Path:
    """A copy of the built book, for the test to spoil; what was made for it is kept."""
    assert kept.exists()
    return shutil.copytree(built, tmp_path / "book")


@pytest.fixture(scope="module")
def anew(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book with its first chapter edited, all of it made anew; beside it what was kept."""
    book = shutil.copytree(built, tmp_path_factory.mktemp("edited") / "book")
    (book / CHAPTER).write_text(EDITED)
    assert build(book, kept=book.parent / "store").written
    return book


@pytest.fixture(scope="module")
def edited(anew: Path) -> dict[str, bytes]:
    """The bytes of the outputs once the first chapter has been edited."""
    return contents(anew)


def outputs(book: Path) -> Outputs:
    """The bytes and the time of each file that a reader would find."""
    found = sorted(path for path in (book / "build").iterdir() if not path.name.startswith("."))
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in found}


def contents(book: Path) -> dict[str, bytes]:
    """The bytes of each file that a reader would find."""
    return {name: data for name, (data, _) in outputs(book).items()}


class TestWhatIsWrong:
    def test_an_error_leaves_the_last_outputs_as_they_were(self, book: Path) -> None:
        """Bytes and times; nothing is added beside them."""
        before = outputs(book)
        (book / "book.toml").write_text("[book\n")
        result = build(book)
        assert [one.code for one in result.findings] == ["B002"]
        assert result.written == ()
        assert outputs(book) == before

    def test_an_output_that_fails_leaves_all_of_them(
        self, book: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Those that were made before it, too."""

        def fail(job: pipeline.Job) -> Product:
            raise ValueError("odd")

        before = outputs(book)
        (book / CHAPTER).write_text(EDITED)
        monkeypatch.setattr("book.outputs.OUTPUTS", {**pipeline.OUTPUTS, "handout": fail})
        with pytest.raises(ValueError, match="odd"):
            build(book)
        assert outputs(book) == before

    def test_warnings_stop_a_strict_build_only(self, book: Path) -> None:
        """A note that is never called is a warning."""
        before = outputs(book)
        with (book / CHAPTER).open("a") as chapter:
            chapter.write("\n[^alone]: Nobody calls me.\n")
        strict = build(book, strict=True)
        assert ([one.code for one in strict.findings], strict.written) == (["N002"], ())
        assert outputs(book) == before
        assert build(book).written
        assert build(book, strict=True).written == ()

    def test_findings_come_in_the_order_of_the_files(self, clean_book: Path, lay: Lay) -> None:
        """And within a file in that of its lines, whichever step found them."""
        lay(
            clean_book,
            {
                CHAPTER: "# A\n\n[x](when:1943-13)[^gone]\n\n![](no.png)\n\n[y](who:nobody)\n",
                "chapters/02-moscow.md": "Text.[^gone]\n\n#### Deep\n\n[z](03.md)\n",
                "styles/print.css": b"\xff",
            },
        )
        places = [one.place for one in check(clean_book)]
        assert places == sorted(places)
        assert len({place.path for place in places}) == 4
        assert len(places) > 7


class TestFullDisk:
    def test_it_is_told_in_a_sentence_and_nothing_is_lost(
        self, book: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The file is named; nothing has been renamed, and no trace is left."""
        before, there = outputs(book), sorted((book / "build").iterdir())
        (book / CHAPTER).write_text(EDITED)
        real = Path.open

        def full(path: Path, *args: Any, **kwargs: Any) -> Any:
            file = real(path, *args, **kwargs)
            if path.name.startswith(".a-clean-book-handout"):
                monkeypatch.setattr("os.fsync", no_space)
            return file

        def no_space(*args: Any) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(Path, "open", full)
        result = CliRunner().invoke(app, ["build", "--book", str(book)])
        assert result.exit_code == 1
        said = result.stderr.strip().split("\n")[-1]
        assert re.fullmatch(r"Can't use \S+a-clean-book-handout\.pdf: No space .*\.", said), said
        assert outputs(book) == before
        assert sorted((book / "build").iterdir()) == there

    def test_a_store_that_can_not_grow_is_no_reason_to_fail(
        self, book: Path, edited: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The same bytes come out."""

        def write(path: Path, *_: object) -> None:
            tried.append(path)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        tried: list[Path] = []
        (book / CHAPTER).write_text(EDITED)
        with monkeypatch.context() as patch:
            patch.setattr("book.cache.store._write", write)
            assert build(book).written
        assert tried
        assert contents(book) == edited

    def test_a_folder_in_the_place_of_a_file_is_told(self, tmp_path: Path) -> None:
        """Before any file has been renamed."""
        (tmp_path / "b").mkdir()
        with pytest.raises(OSError, match="Is a directory"):
            write_whole({tmp_path / "a": (b"new",), tmp_path / "b": (b"new",)})
        assert [path.name for path in tmp_path.iterdir()] == ["b"]


class TestStore:
    def test_damaged_entries_are_made_again(self, book: Path, tmp_path: Path) -> None:
        """All of them at once; the outputs are the same, and so are the entries."""
        before, kept = contents(book), tmp_path / "own"
        (book / "build" / min(before)).unlink()
        build(book, kept=kept)
        entries = {path: path.read_bytes() for path in kept.glob("?" * 64)}
        for path, data in entries.items():
            path.write_bytes(data[:-20] + bytes(20))
        for name in before:
            (book / "build" / name).unlink()
        build(book, kept=kept)
        assert contents(book) == before
        there = [path for path in entries if path.is_file()]
        pieces = [path for path in there if path.read_bytes() == entries[path]]
        assert len(pieces) > len(entries) * 0.8

    def test_an_edit_while_building_is_not_forgotten(
        self, book: Path, edited: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What is saved after a build has read it is in the next one."""
        (book / CHAPTER).write_text(EDITED.replace("settled", "began"))
        real = pipeline.OUTPUTS["pdf"]

        def save(job: pipeline.Job) -> Product:
            (book / CHAPTER).write_text(EDITED)
            return real(job)

        with monkeypatch.context() as patch:
            patch.setattr("book.outputs.OUTPUTS", {**pipeline.OUTPUTS, "pdf": save})
            build(book)
        assert contents(book) != edited
        build(book)
        assert contents(book) == edited


@pytest.mark.slow
class TestKilled:
    def test_outputs_are_whole_whenever_a_build_is_killed(
        self, book: Path, edited: dict[str, bytes]
    ) -> None:
        """Each file is the old one or the new one; the next build makes the right ones."""
        before, chance = contents(book), random.Random(3)
        (book / CHAPTER).write_text(EDITED)
        for moment in range(4):
            process = start(book)
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.3 + 0.5 * moment + chance.random() * 0.5)
            process.kill()
            process.communicate(timeout=30)
            for name, data in contents(book).items():
                assert data in (before[name], edited[name]), name
        assert build(book).written
        assert contents(book) == edited

    @pytest.mark.parametrize("call", ["os.fsync", "pathlib.Path.replace"])
    @pytest.mark.parametrize("time", [1, 2])
    def test_outputs_are_whole_when_it_is_killed_while_writing(
        self, book: Path, anew: Path, edited: dict[str, bytes], call: str, time: int
    ) -> None:
        """At the first or second file that is written or given its name; all else is made."""
        shutil.copytree(anew.parent / "store", os.environ["CHAPBOOK_STORE"], dirs_exist_ok=True)
        before = contents(book)
        (book / CHAPTER).write_text(EDITED)
        process = start(book, code=DYING.format(call=call, time=time))
        process.communicate(timeout=60)
        assert process.returncode == -signal.SIGKILL
        after = contents(book)
        renamed = time - 1 if call.endswith("replace") else 0
        assert after.keys() == before.keys()
        assert [after[name] == edited[name] for name in ORDER] == [
            number < renamed for number in range(3)
        ]
        assert all(after[name] in (before[name], edited[name]) for name in ORDER)

    def test_nothing_is_left_in_the_temporary_folder(self, book: Path) -> None:
        """Fonts that workers have written out go with them."""
        shutil.rmtree(book / "build")
        command = [sys.executable, "-m", "book", "build", "--book", str(book)]
        # Not in pytest's own folder: workers have a socket there, whose path has to be short.
        with tempfile.TemporaryDirectory() as scratch:
            environment = {**os.environ, "TMPDIR": scratch}
            done = subprocess.run(command, env=environment, capture_output=True, check=False)
            assert (done.returncode, list(Path(scratch).iterdir())) == (0, [])

    def test_workers_die_with_their_parent(self, book: Path) -> None:
        """However it is killed."""
        filler = "It was reported that nothing had been settled there. " * 3000
        for number in range(4):
            (book / f"chapters/1{number}-more.md").write_text(f"# More {number}\n\n{filler}\n")
        process = start(book, "pdf")
        try:
            family = list(wait_for(lambda: descendants(process.pid), lambda found: len(found) > 2))
        finally:
            process.kill()
            process.communicate(timeout=30)
        assert (
            wait_for(lambda: [pid for pid in family if is_alive(pid)], lambda left: not left) == []
        )


def test_a_worker_that_is_killed_is_replaced(tmp_path: Path) -> None:
    """Its piece is set again; every piece comes once."""
    html = "<html><head><title>T</title></head><body><p>" + "word " * 3000 + "{}</p></body></html>"
    jobs = {str(n): PieceJob("p", Text.of(html.format(n)), "", (), str(tmp_path)) for n in range(6)}
    came: list[str] = []

    def finished(key: str, pieces: tuple[Piece, ...]) -> None:
        if not came:
            os.kill(min(ours.pids), signal.SIGKILL)
        came.append(key)

    with Pool(2, "forkserver") as ours, using(ours):
        set_all(jobs.items(), Nothing(tmp_path), finished)
    assert sorted(came) == sorted(jobs)
