"""A store is the user's, not the book's; and no link, pipe or device in one does any harm."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from book.build import build
from book.cache import store as stores
from book.cache.store import Store, key, opened, place
from book.cli.commands import app

NAME, OTHER = key("one"), key("other")


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(app, [str(arg) for arg in args])


def entry(content: bytes) -> bytes:
    """An entry as a store would write it."""
    return hashlib.sha256(content).digest() + content


class TestPlace:
    def test_it_is_in_the_users_cache_folder(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        """For all books; others than the user have no business there."""
        monkeypatch.delenv(stores.VARIABLE)
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
        monkeypatch.setattr(sys, "platform", "linux")
        assert place() == tmp_path / "chapbook/store"
        assert isinstance(opened(), Store)
        assert stat.S_IMODE((tmp_path / "chapbook/store").stat().st_mode) == 0o700

    def test_a_variable_and_then_an_option_have_the_last_word(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        """Where a store lies is the caller's word."""
        monkeypatch.setenv(stores.VARIABLE, str(tmp_path / "one"))
        assert place() == tmp_path / "one"
        assert place(tmp_path / "two") == tmp_path / "two"

    @pytest.mark.parametrize("home", [".", "home", "../home"])
    def test_a_home_given_from_the_current_folder_is_none(
        self, home: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """That folder may be a stranger's book."""
        monkeypatch.delenv(stores.VARIABLE)
        for name in ("XDG_CACHE_HOME", "HOME"):
            monkeypatch.setenv(name, home)
        found = place()
        assert found is None or not found.is_relative_to(Path.cwd())

    def test_a_home_that_can_not_be_written_is_done_without(
        self, monkeypatch: pytest.MonkeyPatch, clean_book: Path
    ) -> None:
        """Nothing is kept, and nothing else is otherwise."""
        monkeypatch.delenv(stores.VARIABLE)
        monkeypatch.setenv("XDG_CACHE_HOME", "/proc/nowhere")
        assert build(clean_book, ["epub"]).written

    def test_a_place_that_was_named_and_is_none_is_told(self, clean_book: Path) -> None:
        """In a sentence."""
        (clean_book / "file").touch()
        place = clean_book / "file" / "store"
        result = run("build", "epub", "--book", clean_book, "--store", place)
        assert result.exit_code == 1
        assert result.stderr == f"Can't use {place}: Not a directory.\n"

    def test_a_store_that_comes_with_a_book_is_not_looked_at(self, clean_book: Path) -> None:
        """Nor changed, wherever it lies."""
        forged = {}
        for folder in ("build/.store", ".store", ".cache/chapbook/store", "store", "chapbook"):
            (clean_book / folder).mkdir(parents=True)
            (clean_book / folder / NAME).write_bytes(entry(b"forged"))
            forged[clean_book / folder / NAME] = (clean_book / folder / NAME).stat()
        assert build(clean_book, ["epub"]).written
        assert run("clean").exit_code == 0
        assert {path: path.stat() for path in forged} == forged


class TestCleaning:
    def test_it_empties_the_store_and_leaves_the_outputs(self, clean_book: Path) -> None:
        """The next build makes all of it again."""
        (written,) = build(clean_book, ["epub"]).written
        folder = Path(os.environ[stores.VARIABLE])
        assert any(folder.iterdir())
        assert run("clean").exit_code == 0
        assert not folder.exists()
        assert written.path.exists()

    def test_what_is_not_ours_stays(self, tmp_path: Path) -> None:
        """Whoever names the wrong folder loses nothing; a link goes, and not what it leads to."""
        outside = tmp_path / "outside"
        outside.mkdir()
        (outside / NAME).write_bytes(b"mine")
        folder = tmp_path / "store"
        Store(folder).put(OTHER, b"kept")
        (folder / "thesis.md").write_text("mine")
        (folder / NAME).symlink_to(outside / NAME)
        (folder / "aa").symlink_to(outside)
        (folder / key("folder")).mkdir()
        assert run("clean", "--store", folder).exit_code == 0
        assert sorted(path.name for path in folder.iterdir()) == sorted(
            ["aa", "thesis.md", key("folder")]
        )
        assert (outside / NAME).read_bytes() == b"mine"

    def test_a_tag_says_that_it_is_a_cache(self, tmp_path: Path) -> None:
        """So nobody's backup holds it (Cache Directory Tagging)."""
        Store(tmp_path / "store").put(NAME, b"kept")
        tag = (tmp_path / "store/CACHEDIR.TAG").read_text()
        assert tag.startswith("Signature: 8a477f597d28d172789f06886806bc55")


class TestLinks:
    @pytest.fixture
    def outside(self, tmp_path: Path) -> Path:
        """A file of the user's, which happens to be a whole entry."""
        path = tmp_path / "outside"
        path.write_bytes(entry(b"mine"))
        return path

    def test_none_is_read_or_written_through(self, tmp_path: Path, outside: Path) -> None:
        """An entry that is a link is none, and a new one takes its place."""
        store = Store(tmp_path / "store")
        store.put(OTHER, b"kept")
        (tmp_path / "store" / NAME).symlink_to(outside)
        assert store.get(NAME) is None
        store.put(NAME, b"new")
        assert store.get(NAME) == b"new"
        assert outside.read_bytes() == entry(b"mine")

    @pytest.mark.parametrize("name", ["tally", "CACHEDIR.TAG"])
    @pytest.mark.parametrize("link", [os.symlink, os.link])
    def test_no_count_is_kept_through_one(
        self, tmp_path: Path, outside: Path, name: str, link: object
    ) -> None:
        """Neither when something is kept nor when it is counted anew."""
        assert callable(link)
        (tmp_path / "store").mkdir()
        link(outside, tmp_path / "store" / name)
        store = Store(tmp_path / "store")
        store.put(NAME, b"new")
        store.trim(1)
        store.trim()
        assert outside.read_bytes() == entry(b"mine")
        assert store.get(NAME) in {None, b"new"}

    def test_none_is_followed_when_room_is_made(self, tmp_path: Path, outside: Path) -> None:
        """What it leads to is neither counted nor removed, and what is far too large goes first."""
        folder = tmp_path / "store"
        store = Store(folder)
        store.put(NAME, bytes(5000))
        (tmp_path / "full").mkdir()
        (tmp_path / "full" / OTHER).write_bytes(b"mine")
        (folder / "aa").symlink_to(tmp_path / "full")
        (folder / key("link")).symlink_to(outside)
        with (folder / OTHER).open("wb") as large:
            large.truncate(1 << 31)
        os.utime(folder / OTHER, (1 << 31, 1 << 31))
        (folder / "tally").unlink()
        store.trim()
        assert not (folder / OTHER).exists()
        assert store.get(NAME) == bytes(5000)
        assert (tmp_path / "full" / OTHER).read_bytes() == b"mine"
        assert outside.exists()


class TestWhatIsNoFile:
    @pytest.mark.parametrize("kind", ["pipe", "device", "folder", "large"])
    def test_an_entry_that_is_none_is_not_waited_for(self, tmp_path: Path, kind: str) -> None:
        """It is as if nothing were there."""
        store, path = Store(tmp_path), tmp_path / NAME
        match kind:
            case "pipe":
                os.mkfifo(path)
            case "device":
                path.symlink_to("/dev/zero")
            case "folder":
                path.mkdir()
            case _:
                with path.open("wb") as file:
                    file.truncate(stores.LARGEST + 1)
        assert store.get(NAME) is None
        store.put(NAME, b"new")
        assert store.get(NAME) == b"new"
        store.trim(1)

    def test_what_is_longer_than_an_entry_is_held_here(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It is there for the build that made it."""
        monkeypatch.setattr(stores, "LARGEST", 100)
        store = Store(tmp_path)
        store.put(NAME, bytes(200))
        assert store.take(NAME) == bytes(200)
        assert store.has(NAME)
        assert not (tmp_path / NAME).exists()


class TestOutputs:
    def test_a_folder_for_them_that_is_a_link_is_not_written_to(
        self, clean_book: Path, tmp_path: Path
    ) -> None:
        """It came with the book; only the command line may send them elsewhere."""
        (tmp_path / "outside").mkdir()
        (clean_book / "build").symlink_to(tmp_path / "outside")
        result = run("build", "epub", "--book", clean_book)
        assert result.exit_code == 1
        assert result.stderr == (
            f"Can't use {clean_book / 'build'}: it is a symbolic link; "
            "say with --output where the book is to go.\n"
        )
        assert list((tmp_path / "outside").iterdir()) == []
        named = run("build", "epub", "--book", clean_book, "--output", clean_book / "build")
        assert named.exit_code == 0, named.stderr
        assert [path.suffix for path in (tmp_path / "outside").iterdir()] == [".epub"]

    def test_a_link_in_the_place_of_an_output_is_replaced(
        self, clean_book: Path, tmp_path: Path
    ) -> None:
        """What it leads to stays as it is."""
        (written,) = build(clean_book, ["epub"]).written
        mine = tmp_path / "mine"
        mine.write_text("mine")
        written.path.unlink()
        written.path.symlink_to(mine)
        build(clean_book, ["epub"])
        assert mine.read_text() == "mine"
        assert written.path.is_file()
        assert not written.path.is_symlink()

    def test_two_books_have_nothing_to_do_with_each_other(
        self, clean_book: Path, tmp_path: Path
    ) -> None:
        """One store keeps both; each has the outputs that it would have alone."""
        other = shutil.copytree(clean_book, tmp_path / "other")
        first = build(clean_book, ["epub"]).written[0].path.read_bytes()
        (other / "chapters/01-ankara.md").write_text("# Ankara\n\nOther words.\n")
        second = build(other, ["epub"]).written[0].path.read_bytes()
        assert second != first
        (written,) = build(clean_book, ["epub"], clean_book / "elsewhere").written
        assert written.path.read_bytes() == first
        shutil.rmtree(other / "build")
        assert build(other, ["epub"]).written[0].path.read_bytes() == second
