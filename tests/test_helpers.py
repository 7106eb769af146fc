"""Helpers make what the store lacks; without them the same comes out."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest

from book.cache import helpers
from book.cache.helpers import keep_all
from book.cache.store import Nothing, Store, key

NAMES = [key(str(number)) for number in range(8)]


def named(name: str) -> bytes:
    """A maker."""
    return name.encode()


def refused(name: str) -> bytes:
    """A maker that must not be called."""
    raise AssertionError(name)


def slow(name: str) -> bytes:
    """A maker that takes its time."""
    time.sleep(0.2)
    return name.encode()


def killed(name: str, parent: int) -> bytes:
    """A maker that a helper does not survive."""
    if os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    return name.encode()


def makers(make: Callable[..., bytes] = named, *more: object) -> Mapping[str, partial[bytes]]:
    """One for each name."""
    return {name: partial(make, name, *more) for name in NAMES}


@pytest.fixture(params=[1, 3])
def _cores(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine with one core, and one with three."""
    monkeypatch.setattr("os.cpu_count", lambda: request.param)
    helpers._pool.cache_clear()
    yield
    if pool := helpers._pool():
        pool.shutdown()
    helpers._pool.cache_clear()


@pytest.mark.usefixtures("_cores")
def test_everything_is_made_in_order_and_kept(tmp_path: Path) -> None:
    """Whoever made it."""
    store = Store(tmp_path)
    whole = tuple(map(str.encode, NAMES))
    assert keep_all(store, makers())() == whole
    assert keep_all(store, makers(refused))() == whole
    assert keep_all(Nothing(tmp_path), makers())() == whole


@pytest.mark.usefixtures("_cores")
def test_only_what_is_missing_is_made(tmp_path: Path) -> None:
    """Between what is there."""
    store = Store(tmp_path)
    for name in NAMES[::2]:
        store.put(name, b"kept")
    found = keep_all(store, makers())()
    assert found[::2] == (b"kept",) * 4
    assert found[1::2] == tuple(map(str.encode, NAMES[1::2]))


@pytest.mark.usefixtures("_cores")
def test_what_a_maker_raises_is_raised(tmp_path: Path) -> None:
    """Here, even if a helper made it."""
    made = keep_all(Store(tmp_path), makers(refused))
    with pytest.raises(AssertionError):
        made()


@pytest.mark.usefixtures("_cores")
def test_an_interruption_leaves_nothing_to_wait_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What helpers were given and have not begun is dropped; the next time others come."""
    made = keep_all(Nothing(tmp_path), makers(slow))

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("book.cache.store.Nothing.put", interrupt)
    with pytest.raises(KeyboardInterrupt):
        made()
    assert not helpers._pool.cache_info().currsize
    monkeypatch.undo()
    assert len(keep_all(Nothing(tmp_path), makers())()) == len(NAMES)


@pytest.mark.usefixtures("_cores")
def test_helpers_that_die_are_missed_by_nobody(tmp_path: Path) -> None:
    """What they had begun is made here, and later ones help again."""
    store = Nothing(tmp_path)
    whole = tuple(map(str.encode, NAMES))
    assert keep_all(store, makers(killed, os.getpid()))() == whole
    assert keep_all(store, makers())() == whole


def here(name: str, threads: list[int]) -> bytes:
    """A maker that notes which thread of this process calls it."""
    threads.append(threading.get_ident())
    return name.encode()


def test_makers_are_called_one_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no helper can be had this process makes everything, and not in two threads."""
    monkeypatch.setattr("os.cpu_count", lambda: 3)
    monkeypatch.setattr(helpers, "_hired", lambda: None)
    helpers._pool.cache_clear()
    threads: list[int] = []
    assert len(keep_all(Store(tmp_path), makers(here, threads))()) == len(NAMES)
    assert set(threads) == {threading.get_ident()}
    helpers._pool.cache_clear()


def test_for_a_little_nobody_is_called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process would take longer to start."""
    helpers._pool.cache_clear()
    monkeypatch.setattr("book.cache.helpers.ThreadPoolExecutor", refused)
    two = dict(list(makers().items())[:2])
    assert len(keep_all(Store(tmp_path), two)()) == 2
