"""A pool is an executor, and any other may be handed in."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from book.build import build
from book.cache.pool import DiedError, Pool, count
from tests.builds import alone, is_alive, wait_for


@pytest.fixture(name="pool")
def one_process() -> Iterator[Pool]:
    """A pool of one process."""
    with Pool(1, "spawn", share=3) as made:
        yield made
    assert not made.pids


def lands(number: int) -> int:
    """Something that is made, and counts."""
    count(number)
    return os.getpid()


def fails(name: str) -> None:
    """Raise something."""
    raise KeyError(name)


def die() -> None:
    """End the process that calls this."""
    os.kill(os.getpid(), signal.SIGKILL)


def test_what_is_submitted_is_made_elsewhere(pool: Pool) -> None:
    """By the same process as long as it has not done its share, in the order of asking."""
    first, second, third = [pool.submit(lands, one).result() for one in (1, 2, 1)]
    assert first == second != third != os.getpid()
    assert list(pool.map(abs, [-1, 2, -3])) == [1, 2, 3]


def test_what_is_raised_comes_with_its_lines(pool: Pool) -> None:
    """And its process goes on."""
    before = pool.submit(os.getpid).result()
    with pytest.raises(KeyError) as raised:
        pool.submit(fails, "sato").result()
    assert raised.value.args == ("sato",)
    assert "raise KeyError(name)" in raised.value.__notes__[0]
    assert pool.submit(os.getpid).result() == before


def test_a_death_harms_one_future(pool: Pool) -> None:
    """What waits behind it is made by another process."""
    futures: list[Future[Any]] = [pool.submit(abs, -1), pool.submit(die), pool.submit(abs, -2)]
    with pytest.raises(DiedError) as raised:
        futures[1].result()
    assert raised.value.code == -signal.SIGKILL
    assert (futures[0].result(), futures[2].result()) == (1, 2)


def test_what_can_not_be_sent_is_raised(pool: Pool) -> None:
    """A function that has no name to be found by."""
    with pytest.raises(Exception, match="pickle"):
        pool.submit(lambda: 1).result()
    assert pool.submit(abs, -1).result() == 1


class Broken:
    """What can't be unpacked where it is sent to."""

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return fails, ("unpacked",)

    def __call__(self) -> None:
        """Nothing is made."""


def leave() -> None:
    """Raise what ends a process."""
    raise SystemExit(3)


def unsendable() -> Callable[[], int]:
    """Give a function that has no name to be found by."""
    return lambda: 1


@pytest.mark.parametrize(
    ("make", "raised"),
    [(Broken(), KeyError), (unsendable, RuntimeError), (leave, DiedError)],
)
def test_whoever_waits_hears_that_there_is_no_answer(
    pool: Pool, make: Callable[[], object], raised: type[Exception]
) -> None:
    """Wherever a process fails: nobody waits for it for ever, and the next thing is made."""
    with pytest.raises(raised):
        pool.submit(make).result(60)
    assert pool.submit(abs, -1).result(60) == 1


def test_a_pool_that_is_killed_leaves_nothing() -> None:
    """What it was busy with is lost, what waited is cancelled, and its threads end."""
    pool = Pool(1, "spawn")
    busy, waiting = pool.submit(time.sleep, 60), pool.submit(time.sleep, 60)
    (pid,) = wait_for(lambda: pool.pids, bool)
    pool.kill_workers()
    with pytest.raises(DiedError):
        busy.result(timeout=30)
    with pytest.raises(CancelledError):
        waiting.result(timeout=30)
    assert wait_for(lambda: is_alive(pid), lambda alive: not alive) is False
    assert wait_for(lambda: pool.pids, lambda left: not left) == frozenset()
    with pytest.raises(RuntimeError, match="shut down"):
        pool.submit(abs, -1)


def test_an_interrupted_build_ends_at_once() -> None:
    """Python waits for no thread, nor for what is still to be made."""
    code = (
        "import time, sys\n"
        "from book.cache import pool\n"
        "made = pool.executor('spawn')\n"
        "futures = [made.submit(time.sleep, 60) for _ in range(9)]\n"
        "try: raise KeyboardInterrupt\n"
        "except KeyboardInterrupt: pool.dismiss()\n"
    )
    start = time.monotonic()
    assert alone(code) == (0, b"")
    assert time.monotonic() - start < 30


class Serial(Executor):
    """The smallest executor: it makes what it is given when it is given it."""

    def __init__(self) -> None:
        self.made = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Call ``fn`` now."""
        self.made += 1
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as problem:  # noqa: BLE001 # it is raised where it is wanted
            future.set_exception(problem)
        return future


def test_any_executor_makes_the_same_book(clean_book: Path, tmp_path: Path) -> None:
    """Its bytes don't depend on who makes them."""
    for number in range(4):
        more = f"# More {number}\n\nMore of it.[^{number}]\n\n[^{number}]: A note.\n"
        (clean_book / f"chapters/1{number}-more.md").write_text(more)
    threads, serial = threading.active_count(), Serial()
    with serial, ThreadPoolExecutor(2) as several:
        build(clean_book, out=tmp_path / "one", cache=False, executor=serial)
        build(clean_book, out=tmp_path / "more", cache=False, executor=several)
    assert serial.made > 8
    assert threading.active_count() == threads
    build(clean_book, out=tmp_path / "ours", cache=False)
    first, second, ours = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in ("one", "more", "ours")
    )
    assert first == second == ours
    assert len(ours) == 3
