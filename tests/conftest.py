"""Fixtures that every test may ask for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from uuid import uuid4

import pytest

CLEAN = Path(__file__).parent / "clean"

Lay = Callable[[Path, Mapping[str, str | bytes]], Path]


@pytest.fixture(scope="session", autouse=True)
def _caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Nothing is written into the cache folder of whoever runs the tests."""
    folder = tmp_path_factory.getbasetemp() / "caches"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        patch.setenv("CHAPBOOK_STORE", str(folder / "store"))
        yield folder


@pytest.fixture(autouse=True)
def _own_store(_caches: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has a store of its own, in which nothing is kept at first."""
    monkeypatch.setenv("CHAPBOOK_STORE", str(_caches / uuid4().hex))


@pytest.fixture
def kept(built: Path, _caches: Path) -> Path:
    """The test's store, with what was kept when the clean book was built."""
    assert built.exists()
    return shutil.copytree(_caches / "store", Path(os.environ["CHAPBOOK_STORE"]))


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
