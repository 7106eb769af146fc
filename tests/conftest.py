"""Fixtures that every test may ask for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from uuid import uuid4

import pytest

CLEAN = Path(__file__).parent / "clean"

# The files that take longest, longest first. They are begun first, so that no process is left
# alone with one of them at the end while the others have nothing to do.
_LONG = """
safety_faults safety_stale hostile_sheets notes pdf_file imports_books handout runs handout_kinds
build epub_torture serve_browser epub_book scripts overrides safety_path reproducible notes_books
epub_pages growth jobs press_shop findings bounds typefaces templates themes own_cover
epub_fragments build_reading fuzz wheel pool right_to_left store letters
""".split()  # noqa: SIM905 # one a line would hide the fixtures

Lay = Callable[[Path, Mapping[str, str | bytes]], Path]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files come first; within a file, tests keep their order."""
    turn = {f"test_{name}": place for place, name in enumerate(_LONG)}
    items.sort(key=lambda item: turn.get(item.path.stem, len(turn)))


@pytest.fixture(scope="session", autouse=True)
def _caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Nothing is written into the cache folder of whoever runs the tests."""
    folder = tmp_path_factory.getbasetemp() / "caches"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        patch.setenv("CHAPBOOK_STORE", str(folder / "store"))
        yield folder


@pytest.fixture(scope="session", autouse=True)
def _cores() -> Iterator[None]:
    """Processes of pytest-xdist share the cores: none sets pages on those of the others."""
    cores, processes = os.cpu_count() or 1, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "cpu_count", lambda: max(cores // processes, 1))
        yield


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
