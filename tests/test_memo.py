"""What the store lacks is made, by a pool too; without one the same comes out."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from book.cache import pool
from book.cache.memo import asked, memo, memo_all
from book.cache.store import Nothing, Store, key, packed

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
    """A maker that a process of a pool does not survive."""
    if os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    return name.encode()


def makers(
    make: Callable[..., bytes] = named, *more: object
) -> Mapping[tuple[str, ...], partial[bytes]]:
    """One for each name."""
    return {(name,): partial(make, name, *more) for name in NAMES}


@pytest.fixture(params=[1, 3])
def _cores(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine with one core, and one with three."""
    pool.dismiss()
    monkeypatch.setattr("os.cpu_count", lambda: request.param)
    yield
    pool.dismiss()


@pytest.mark.usefixtures("_cores")
def test_everything_is_made_in_order_and_kept(tmp_path: Path) -> None:
    """Whoever made it."""
    store = Store(tmp_path)
    whole = tuple(map(str.encode, NAMES))
    assert tuple(memo_all(store, "test", bytes, makers())()) == whole
    assert tuple(memo_all(store, "test", bytes, makers(refused))()) == whole
    assert tuple(memo_all(Nothing(tmp_path), "test", bytes, makers())()) == whole


@pytest.mark.usefixtures("_cores")
def test_only_what_is_missing_is_made(tmp_path: Path) -> None:
    """Between what is there."""
    store = Store(tmp_path)
    for name in NAMES[::2]:
        store.put(asked("test", name), packed(b"kept"))
    found = tuple(memo_all(store, "test", bytes, makers())())
    assert found[::2] == (b"kept",) * 4
    assert found[1::2] == tuple(map(str.encode, NAMES[1::2]))


@pytest.mark.usefixtures("_cores")
def test_what_a_maker_raises_is_raised(tmp_path: Path) -> None:
    """Here, even if a pool made it."""
    made = memo_all(Store(tmp_path), "test", bytes, makers(refused))
    with pytest.raises(AssertionError):
        made()


@pytest.mark.usefixtures("_cores")
def test_an_interruption_leaves_nothing_to_wait_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a pool was given and has not begun is dropped; the next time another comes."""
    made = memo_all(Nothing(tmp_path), "test", bytes, makers(slow))

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("book.cache.store.Nothing.put", interrupt)
    with pytest.raises(KeyboardInterrupt):
        made()
    assert not pool.at_work()
    monkeypatch.undo()
    assert len(tuple(memo_all(Nothing(tmp_path), "test", bytes, makers())())) == len(NAMES)


@pytest.mark.usefixtures("_cores")
def test_processes_that_die_are_missed_by_nobody(tmp_path: Path) -> None:
    """What they had begun is made here, and later ones help again."""
    store = Nothing(tmp_path)
    whole = tuple(map(str.encode, NAMES))
    assert tuple(memo_all(store, "test", bytes, makers(killed, os.getpid()))()) == whole
    assert tuple(memo_all(store, "test", bytes, makers())()) == whole


def test_makers_are_called_one_at_a_time(tmp_path: Path) -> None:
    """An executor may be of threads: what makers use is not made for two of them."""
    at_it: list[str] = []
    with ThreadPoolExecutor(3) as threads, pool.using(threads):
        made = tuple(memo_all(Store(tmp_path), "test", bytes, makers(by_itself, at_it))())
    assert len(made) == len(NAMES)


def by_itself(name: str, at_it: list[str]) -> bytes:
    """A maker that sees whether another is at it."""
    at_it.append(name)
    time.sleep(0.01)
    assert at_it == [name]
    return at_it.pop().encode()


def test_for_a_little_nobody_is_called(tmp_path: Path) -> None:
    """A process would take longer to start."""
    pool.dismiss()
    two = dict(list(makers().items())[:2])
    assert len(tuple(memo_all(Store(tmp_path), "test", bytes, two)())) == 2
    assert not pool.at_work()


def test_one_thing_is_made_once(tmp_path: Path) -> None:
    """From the same parts, of the same kind; another kind or part is another thing."""
    store = Store(tmp_path)
    assert memo(store, "length", int, ("a", "b"), lambda: 1) == 1
    assert memo(store, "length", int, ("a", "b"), lambda: 2) == 1
    assert memo(store, "length", int, ("ab",), lambda: 3) == 3
    assert memo(store, "width", int, ("a", "b"), lambda: 4) == 4


def test_what_is_of_another_type_is_made_again(tmp_path: Path) -> None:
    """A store may come from anywhere."""
    store = Store(tmp_path)
    store.put(asked("length", "a"), packed("no number"))
    assert memo(store, "length", int, ("a",), lambda: 5) == 5
    store.put(asked("length", "b"), packed("no number"))
    assert list(memo_all(store, "length", int, {("b",): partial(abs, -6)})()) == [6]


def test_what_is_not_to_be_kept_is_made_each_time(tmp_path: Path) -> None:
    """It may depend on more than its parts."""
    store = Store(tmp_path)
    for number in (1, 2):
        assert memo(store, "n", int, (), partial(abs, number), only=lambda one: one > 1) == number
    assert memo(store, "n", int, (), lambda: 3) == 2
