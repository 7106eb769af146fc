"""Finished bytes reach their places, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.base.data import replace
from book.base.files import filename, write_whole
from book.model import BookTable, Config
from tests.test_assemble import made


def named(title: str) -> str:
    book = made("# A")
    config = Config(BookTable(title, ("A",), "en"))
    return filename(replace(book, config=config), "pdf")


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


class TestNames:
    @pytest.mark.parametrize(
        ("title", "name"),
        [
            ("The Go-Between", "the-go-between.pdf"),
            ("Año & Größe: İz", "ano-grosse-iz.pdf"),
            ("Ὅμηρος", "ὅμηρος.pdf"),
            ("Война и мир: й", "война-и-мир-й.pdf"),
            ("हिन्दी", "हिन्दी.pdf"),
            ("한국", "한국.pdf"),
            ("../../etc/passwd", "etc-passwd.pdf"),
            ("?!", "book.pdf"),
        ],
    )
    def test_a_file_is_named_after_the_title(self, title: str, name: str) -> None:
        assert named(title) == name

    def test_a_long_title_is_cut_to_what_file_systems_take(self) -> None:
        assert len(named("ж" * 500).encode()) < 130

    def test_each_output_has_its_ending(self) -> None:
        book = made("# A")
        names = [filename(book, output) for output in ("pdf", "epub", "handout")]
        assert names == ["t.pdf", "t.epub", "t-handout.pdf"]


class TestWriting:
    def test_files_are_written_and_nothing_else_stays(self, tmp_path: Path) -> None:
        files = {tmp_path / "x/a.pdf": (b"a", b"b"), tmp_path / "b.epub": (b"c",)}
        write_whole(files)
        assert [path.read_bytes() for path in files] == [b"ab", b"c"]
        assert names_in(tmp_path) == ["b.epub", "x"]

    def test_what_was_there_is_replaced(self, tmp_path: Path) -> None:
        (tmp_path / "a").write_bytes(b"old")
        write_whole({tmp_path / "a": (b"new",)})
        assert (tmp_path / "a").read_bytes() == b"new"

    def test_if_one_can_not_be_written_none_is(self, tmp_path: Path) -> None:
        (tmp_path / "a").write_bytes(b"old")
        (tmp_path / "b").mkdir()
        with pytest.raises(OSError, match="directory"):
            write_whole({tmp_path / "a": (b"new",), tmp_path / "b": (b"new",)})
        assert (tmp_path / "a").read_bytes() == b"old"
        assert names_in(tmp_path) == ["a", "b"]
