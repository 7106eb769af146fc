"""Fixtures that every test may ask for."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

CLEAN = Path(__file__).parent / "clean"

Lay = Callable[[Path, Mapping[str, str | bytes]], Path]


@pytest.fixture
def clean_book(tmp_path: Path) -> Path:
    """A book of two chapters in which nothing is wrong, for the test to spoil."""
    return shutil.copytree(CLEAN, tmp_path / "book")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean book with its outputs and a warm store; tests work on copies of it."""
    from tests.builds import built_in

    return built_in(tmp_path_factory.getbasetemp() / "built")


@pytest.fixture
def lay() -> Lay:
    """``lay(book, {"path": "text"})`` writes files into a book, over those of the same name."""

    def write(book: Path, files: Mapping[str, str | bytes]) -> Path:
        for name, content in files.items():
            path = book / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return book

    return write
