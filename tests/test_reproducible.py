"""The same book gives the same bytes, wherever, whenever and in whatever order it is made."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from book.build import build
from book.model import Result
from tests.conftest import CLEAN

OUTPUTS = ("pdf", "epub", "handout")


def _made(book: Path, out: Path, *options: str, **environment: str) -> dict[str, bytes]:
    """The files that a fresh process makes of ``book``, by name."""
    command = [sys.executable, "-m", "book", "build", "-q", "--book", str(book)]
    command += ["--output", str(out)]
    subprocess.run([*command, *options], check=True, env={**os.environ, **environment})
    return {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What the clean book gives."""
    folder = tmp_path_factory.mktemp("first")
    return _made(shutil.copytree(CLEAN, folder / "book"), folder / "out")


def test_another_folder_zone_locale_and_hash_seed(first: dict[str, bytes], tmp_path: Path) -> None:
    """Nothing of the place, the clock, the locale or chance is in the files."""
    book = shutil.copytree(CLEAN, tmp_path / "somewhere" / "else entirely")
    elsewhere = {"TZ": "Pacific/Auckland", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "7"}
    assert _made(book, tmp_path / "out", **elsewhere) == first
    assert len(first) == len(OUTPUTS)


def contents(result: Result) -> dict[str, bytes]:
    return {one.path.name: one.path.read_bytes() for one in result.written}


def test_with_and_without_what_was_kept(
    first: dict[str, bytes], clean_book: Path, tmp_path: Path
) -> None:
    """A store saves time and changes nothing."""
    store = tmp_path / "store"
    assert contents(build(clean_book, kept=store)) == first
    assert contents(build(clean_book, out=tmp_path / "again", kept=store)) == first
    shutil.rmtree(store)
    assert contents(build(clean_book, out=tmp_path / "anew", kept=store, cache=False)) == first
    assert not store.exists()


def test_the_epoch_is_in_every_file(
    first: dict[str, bytes], clean_book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``SOURCE_DATE_EPOCH`` dates the files, and equal epochs give equal files."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    dated = contents(build(clean_book))
    assert _made(clean_book, tmp_path / "b") == dated
    assert dated.keys() == first.keys()
    assert all(dated[name] != first[name] for name in first)


@pytest.mark.slow
def test_any_order_of_edits_ends_in_the_same_bytes(clean_book: Path, tmp_path: Path) -> None:
    """After five edits, a store full of their pieces gives what a clean build gives."""
    dice = random.Random(1943)  # a choice of edits is no secret
    chapters = sorted((clean_book / "chapters").glob("*.md"))
    for turn in range(5):
        chapter = dice.choice(chapters)
        text = chapter.read_text("utf-8")
        more = "\n\n" + "More was said of it later. " * dice.randint(1, 120) + f"{turn}."
        place = dice.choice([index for index in range(len(text)) if text.startswith("\n\n", index)])
        edited = text[:place] + more + text[place:]
        chapter.write_text(edited if dice.random() < 0.7 else text, "utf-8")
        kept = contents(build(clean_book, ["pdf"]))
    (name,) = kept
    assert kept[name] == _made(clean_book, tmp_path / "clean", "pdf", "--no-cache")[name]
