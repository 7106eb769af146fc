"""The store: what it keeps, how large it grows, and what becomes of a build if it is disturbed."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from book import build as pipeline
from book.cache.store import Scratch, Store, VanishedError, key

NAMES = [key(str(number)) for number in range(40)]
#: An entry of this many bytes takes two blocks of a disk.
SIZE = 8000


def filled(folder: Path) -> Store:
    """A store of forty entries, the first used longest ago."""
    store = Store(folder)
    for age, name in enumerate(NAMES):
        store.put(name, bytes(SIZE))
        os.utime(folder / name, (age, age))
    return store


def there(store: Store) -> list[str]:
    """The names that are kept, in order."""
    return [name for name in NAMES if store.has(name)]


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    """Until an eighth of the limit is free."""
    store = filled(tmp_path)
    store.trim(80 * 4096)
    assert there(store) == NAMES
    filled(tmp_path).trim(40 * 4096)
    assert there(store) == NAMES[-17:]


def test_what_is_used_stays(tmp_path: Path) -> None:
    """To be asked for is to be used."""
    store = filled(tmp_path)
    assert store.get(NAMES[0]) == bytes(SIZE)
    assert store.has(NAMES[1])
    store.trim(8 * 4096)
    assert there(store) == [NAMES[0], NAMES[1], NAMES[-1]]


def test_entries_are_looked_at_only_when_there_may_be_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build of a long book does not list what earlier ones have kept."""
    store = filled(tmp_path)
    store.trim(1 << 20)
    monkeypatch.setattr(Store, "_entries", lambda _: pytest.fail("they were looked at"))
    store.trim(1 << 20)
    with pytest.raises(pytest.fail.Exception):
        store.trim(4096)


def test_what_other_processes_keep_counts(tmp_path: Path) -> None:
    """A worker's copy of the store has the same folder and the same bound."""
    store = Store(tmp_path)
    copy: Store = pickle.loads(pickle.dumps(store))
    for name in NAMES:
        copy.put(name, bytes(SIZE))
    store.trim(4 * 4096)
    assert len(there(store)) == 1


def test_what_is_damaged_is_not_there(tmp_path: Path) -> None:
    """It is found out when it is read, and is then made again."""
    store = Store(tmp_path)
    store.put(NAMES[0], b"whole")
    path = tmp_path / NAMES[0]
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    assert store.get(NAMES[0]) is None
    assert not store.has(NAMES[0])


def test_what_the_disk_does_not_take_is_there_all_the_same(tmp_path: Path) -> None:
    """For as long as the process that keeps it needs it."""
    (tmp_path / "file").touch()
    store = Store(tmp_path / "file")
    store.put(NAMES[0], b"kept")
    assert store.has(NAMES[0])
    assert store.take(NAMES[0]) == b"kept"
    with pytest.raises(VanishedError):
        store.take(NAMES[1])


def test_a_scratch_store_leaves_nothing_behind() -> None:
    """Its folder goes when the build is done."""
    store = Scratch()
    store.put(NAMES[0], b"kept")
    assert store.take(NAMES[0]) == b"kept"
    folder = store._folder
    store.close()
    assert not folder.exists()


def _clear(store: Store) -> None:
    store.clear()


def _damage(store: Store) -> None:
    for entry in list(store._entries()):
        path = Path(entry.path)
        path.write_bytes(path.read_bytes() + b"!")


@pytest.mark.parametrize("disturb", [_clear, _damage])
def test_a_store_may_be_disturbed_while_a_book_is_made(
    disturb: Callable[[Store], None],
    clean_book: Path,
    built: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """When the pages are set and not yet bound: they are set again, and the bytes are the same."""
    bound = pipeline.OUTPUTS["pdf"]
    disturbed: list[Store] = []

    def late(job: pipeline.Job) -> object:
        assert job.volume.pages.labels
        if not disturbed:
            disturbed.append(job.store)
            disturb(job.store)
        return bound(job)

    monkeypatch.setitem(pipeline.OUTPUTS, "pdf", late)
    (again,) = pipeline.build(clean_book, ["pdf"]).written
    assert disturbed
    assert again.path.read_bytes() == (built / "build" / again.path.name).read_bytes()
