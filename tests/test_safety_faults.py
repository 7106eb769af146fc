"""What goes wrong with the machine ends in a sentence, leaves nothing behind, changes no byte."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from multiprocessing import forkserver
from pathlib import Path

import pytest

from book.base import scratch
from book.base.errors import UnusableError
from book.build import build, check
from book.cache import pool
from book.cache.processes import start_forkserver
from book.cache.store import Nothing
from book.render.pdf.jobs import set_all
from tests.builds import is_alive, wait_for
from tests.conftest import Lay
from tests.test_jobs import job

SCRIPT = str(Path(sys.executable).with_name("book"))


def book(
    *arguments: str | Path, flags: Sequence[str] = (), **more: str
) -> subprocess.CompletedProcess[str]:
    """The program, with more variables; what it says comes as text."""
    command = [sys.executable, *flags, SCRIPT, *map(str, arguments)]
    environment = {**os.environ, **more}
    return subprocess.run(command, env=environment, capture_output=True, check=False, text=True)


def made(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def without_pages(book: Path) -> None:
    """Let no page of print be set for the ebook."""
    with (book / "book.toml").open("a") as settings:
        settings.write("\n[epub]\npage-list = false\n")


@pytest.fixture
def temporary() -> Iterator[Path]:
    """A temporary folder with a short name: there is a socket in it."""
    with tempfile.TemporaryDirectory(prefix="t-") as folder:
        yield Path(folder)


class TestSentences:
    """One line, no traceback, and nothing of reporting."""

    def test_a_date_that_is_none(self, clean_book: Path) -> None:
        for said in ("abc", "9" * 30, "-1e3"):
            done = book("build", "epub", "--book", clean_book, SOURCE_DATE_EPOCH=said)
            assert done.returncode == 1
            assert done.stderr.startswith(f"SOURCE_DATE_EPOCH is `{said}`. It has to be")
            assert done.stderr.count("\n") == 1

    def test_a_folder_where_an_output_should_go(self, clean_book: Path) -> None:
        folder = clean_book / "build/a-clean-book.epub"
        folder.mkdir(parents=True)
        without_pages(clean_book)
        done = book("build", "epub", "-q", "--book", clean_book)
        assert done.returncode == 1
        assert done.stderr == f"Can't use {folder}: Is a directory.\n"

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
    @pytest.mark.parametrize("command", ["build epub", "check", "--version"])
    def test_an_output_that_is_full(self, clean_book: Path, command: str) -> None:
        """Nobody hears that all is well; the exit code tells."""
        where = [] if command == "--version" else ["--book", str(clean_book)]
        without_pages(clean_book)
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                [sys.executable, SCRIPT, *command.split(), *where],
                stdout=full, stderr=subprocess.PIPE, text=True, check=False,
            )  # fmt: skip
        assert done.returncode == 1
        last = done.stderr.splitlines()[-1]
        assert last == "Can't use the standard output: No space left on device."
        assert "Traceback" not in done.stderr

    def test_python_without_its_checks(self, clean_book: Path) -> None:
        """WeasyPrint calls functions in them, and would set backgrounds in the wrong size."""
        done = book("build", "pdf", "-q", "--book", clean_book, flags=["-O"])
        assert done.returncode == 1
        assert done.stderr.startswith("Pages can't be set with python -O")
        assert done.stderr.count("\n") == 1

    @pytest.mark.slow
    @pytest.mark.parametrize("megabytes", [150, 400])
    def test_too_little_memory(self, clean_book: Path, megabytes: int) -> None:
        """It is enough, or it is said that it is not."""
        bound = megabytes << 20
        done = subprocess.run(
            [sys.executable, SCRIPT, "build", "pdf", "--book", str(clean_book)],
            preexec_fn=partial(resource.setrlimit, resource.RLIMIT_AS, (bound, bound)),
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert "chapbook's" not in done.stderr
        assert done.returncode in {0, 1}


class TestFilesThatCanNotBeRead:
    """Of a terabyte of holes, as an archive may bring: the rest of the book is made."""

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("chapters/09.md", "M021 chapters/09.md"),
            ("chapters/taken.txt", "M016 chapters/01-ankara.md:"),
            ("chapters/seen.png", "I004 chapters/01-ankara.md:"),
            ("styles/print.css", "S001 styles/print.css"),
            ("styles/templates/footer.html", "S006 styles/templates/footer.html"),
            ("styles/picture.png", ""),
            ("words.txt", ""),
        ],
    )
    def test_are_findings(self, clean_book: Path, name: str, said: str) -> None:
        """At their place, or at that which names them; nothing is waited for."""
        path = clean_book / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.touch()
        os.truncate(path, 1 << 40)
        without_pages(clean_book)
        if said.endswith(":"):
            with (clean_book / "chapters/01-ankara.md").open("a") as chapter:
                chapter.write("\n\n{{#include taken.txt}}\n\n![A](seen.png)\n")
        found = [f"{one.code} {one.place}" for one in check(clean_book)]
        assert not said or any(one.startswith(said) for one in found), found
        # What stands in for a chapter, nobody knows; all else is a draft.
        draft = name != "chapters/09.md"
        assert bool(build(clean_book, ["epub"]).written) == draft


class TestTemporaryFolders:
    def test_a_path_that_is_too_long_for_a_socket(self, clean_book: Path, tmp_path: Path) -> None:
        """Another place is taken, and nothing stays there."""
        deep = tmp_path / ("long" * 40)
        deep.mkdir()
        done = book("build", "pdf", "-q", "--book", clean_book, TMPDIR=str(deep))
        assert (done.returncode, done.stderr) == (0, "")
        assert list(deep.iterdir()) == []

    def test_no_place_for_a_socket_at_all(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(os, "access", lambda *_: False)
        with pytest.raises(UnusableError, match="Set TMPDIR"):
            scratch._base()

    @pytest.mark.slow
    def test_what_a_killed_build_leaves_goes_with_the_next(
        self, clean_book: Path, temporary: Path
    ) -> None:
        """Whenever it is killed, with all that its workers and the store have put there."""
        command = [sys.executable, SCRIPT, "build", "-q", "--no-cache", "--book", str(clean_book)]
        environment = {**os.environ, "TMPDIR": str(temporary)}
        left = 0
        for moment in range(4):
            process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
            wait_for(lambda: list(temporary.iterdir()), bool)
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(0.3 * moment + 0.05)
            process.kill()
            process.wait()
            left = max(left, len(list(temporary.iterdir())))
        assert 0 < left < 3  # not one for each
        done = book("build", "-q", "--no-cache", "--book", clean_book, TMPDIR=str(temporary))
        assert (done.returncode, done.stderr) == (0, "")
        assert wait_for(lambda: list(temporary.iterdir()), lambda found: not found) == []

    def test_only_those_of_the_dead_go(self, temporary: Path) -> None:
        """Not one that is in use, nor one that is being made, nor where a link leads."""
        code = (
            "import sys, tempfile; from book.base import scratch\n"
            "print(scratch.folder(), flush=True); sys.stdin.read()\n"
        )
        living, dying = (
            subprocess.Popen(
                [sys.executable, "-c", code], env={**os.environ, "TMPDIR": str(temporary)},
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            )
            for _ in range(2)
        )  # fmt: skip
        try:
            lives, dead = (
                Path(one.stdout.readline().strip()) for one in (living, dying) if one.stdout
            )
            dying.kill()
            dying.communicate()
            for name in ("chapbook-new", "chapbook-old", "mine"):
                (temporary / name).mkdir()
            (temporary / "mine/lock").touch()
            (temporary / "chapbook-link").symlink_to("mine")
            os.utime(temporary / "chapbook-old", (0, 0))
            assert lives.exists()
            assert dead.exists()
            scratch._clear(temporary)
            left = {path.name for path in temporary.iterdir()}
            assert left == {lives.name, "chapbook-new", "chapbook-link", "mine"}
        finally:
            living.communicate("")
        assert not lives.exists()

    def test_who_asks_for_a_temporary_file_gets_it_there(self) -> None:
        """And afterwards where everybody does."""
        before = tempfile.gettempdir()
        with scratch.used() as folder, tempfile.NamedTemporaryFile() as file:
            assert Path(file.name).parent == folder
        assert tempfile.gettempdir() == before


class TestHomes:
    @pytest.mark.slow
    def test_the_bytes_are_the_same_whatever_the_home(self, tmp_path: Path, lay: Lay) -> None:
        """Even of a letter that none of our fonts has, and that the machine's may have."""
        source = lay(
            tmp_path / "book",
            {
                "book.toml": '[book]\ntitle = "A"\nauthors = ["B"]\nlanguage = "en"\n',
                "chapters/01.md": "# One\n\n\u6771\u4eac and \u0e01 and \u2603.\n",
            },
        )
        odd = tmp_path / "a & b < \u00e9"
        odd.mkdir()
        relative = {"HOME": "home", "XDG_CACHE_HOME": "cache"}
        homes = [{"HOME": "/proc"}, {"XDG_CACHE_HOME": str(odd)}, relative]
        assert build(source, ["pdf"], tmp_path / "here", cache=False).written
        found = [made(tmp_path / "here")]
        for number, home in enumerate(homes):
            out = tmp_path / str(number)
            (tmp_path / f"home-{number}").mkdir()
            usual = {"HOME": str(tmp_path / f"home-{number}"), "XDG_CACHE_HOME": ""}
            done = book(
                "build", "pdf", "-q", "--no-cache", "--book", source, "--output", out,
                **{**usual, **home},
            )  # fmt: skip
            assert done.returncode == 0, done.stderr
            found.append(made(out))
        assert len(found[0]) == 1
        assert all(one == found[0] for one in found)
        assert not Path("home").exists()


class TestProcesses:
    def test_a_fork_server_that_is_killed_is_started_again(self, tmp_path: Path) -> None:
        """Whether it is between two books or while one is being set."""
        pool.dismiss()
        came: list[str] = []

        def finished(key: str, _: object) -> None:
            came.append(key)
            pool.dismiss()
            kill_forkserver()

        start_forkserver()
        kill_forkserver()
        for name in ("one", "two", "three"):
            set_all([(name, job(name, tmp_path))], Nothing(tmp_path), finished)
        assert came == ["one", "two", "three"]

    def test_no_process_at_all_is_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A machine that has no more of them, or no memory for one."""

        def refuse(*_: object, **__: object) -> None:
            raise BlockingIOError(11, "Resource temporarily unavailable")

        pool.dismiss()
        monkeypatch.setattr("book.cache.pool._Process.__init__", refuse)
        with pytest.raises(UnusableError, match="No process can be started"):
            set_all([("one", job("one", tmp_path))], Nothing(tmp_path), lambda *_: None)

    @pytest.mark.slow
    def test_three_builds_at_once_do_not_harm_each_other(
        self, clean_book: Path, built: Path
    ) -> None:
        """Of one book, with one store; all succeed, with the bytes of one that was alone."""
        command = [sys.executable, SCRIPT, "build", "-q", "--book", str(clean_book)]
        three = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(3)]
        assert [(one.communicate()[1], one.returncode) for one in three] == [(b"", 0)] * 3
        assert made(clean_book / "build") == made(built / "build")

    @pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
    def test_a_folder_that_can_not_be_written_is_told(self, clean_book: Path) -> None:
        """And what was there is as it was."""
        (clean_book / "build").mkdir(mode=0o500)
        done = book("build", "epub", "-q", "--book", clean_book)
        assert done.returncode == 1
        assert done.stderr.endswith("Permission denied.\n")


def kill_forkserver() -> None:
    """End it, and wait until it has ended."""
    pid = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined] # it is not public
    os.kill(pid, signal.SIGKILL)
    assert not wait_for(lambda: is_alive(pid), lambda alive: not alive)
