"""A pool: processes that make what they are given, behind the interface of an ``Executor``.

What is given are pure functions of a module, or partials of these; so any other
:class:`concurrent.futures.Executor` may be handed in (:func:`using`), and makes the same. The
standard pool of processes can't be ours: one death breaks the whole of it, and where processes are
forked none can be relieved. In ours a process that dies harms only the Future of what it was
making, and one that has done its share is replaced while others go on. Threads hand over what
waits, and end when nothing does; processes stay until this one ends.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import tempfile
import threading
import traceback
from collections import deque
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing.reduction import ForkingPickler
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from book.base import scratch
from book.base.errors import UnusableError
from book.cache.processes import (
    bound_in_time,
    end_with_parent,
    limit,
    safe_path,
    start_forkserver,
    uninterrupted,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection

_P = ParamSpec("_P")
_T = TypeVar("_T")
_Waiting = tuple["Future[Any]", "Callable[[], Any]"]

#: So much (see :func:`count`) a process makes before another takes its place. Else it would grow
#: with the book, if slowly: what it gives back of its memory lies in pieces.
SHARE = 400
#: How many bytes of addresses a process may have. A chapter of a thousand pages needs a tenth.
MEMORY = 6 * 2**30
#: So often a process is tried to be started.
_TRIES = 3
#: Our own pools, by the method of their processes or what they are kept for.
pools: dict[str, Pool] = {}
#: What was handed in, the innermost last.
_handed: list[Executor] = []
#: In a process of a pool: how much it has made.
_share = [0]


class DiedError(BrokenExecutor):
    """The process that was making something has died, or was killed: with this exit ``code``."""

    def __init__(self, code: int | None) -> None:
        super().__init__(code)
        self.code = code


class Pool(Executor):
    """As many processes as ``most``, each started when it is first needed.

    ``method`` is ``forkserver`` or ``spawn``, as :mod:`multiprocessing` names them.
    """

    def __init__(self, most: int, method: str, share: int = SHARE) -> None:
        self._most, self._method, self._share = most, method, share
        self._lock, self._closed, self._killed = threading.Lock(), False, False
        self._waiting: deque[_Waiting] = deque()
        self._threads: set[threading.Thread] = set()
        self._idle: list[_Process] = []
        self._busy: set[_Process] = set()

    @property
    def pids(self) -> frozenset[int]:
        """The processes that it has now."""
        with self._lock:
            return frozenset(one.process.pid or 0 for one in (*self._idle, *self._busy))

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Let a process call ``fn``. Raises RuntimeError after :meth:`shutdown`.

        The Future raises what ``fn`` raises, with its lines as a note; DiedError if the process
        dies; and UnusableError if none can be started.
        """
        start_forkserver() if self._method == "forkserver" else safe_path()
        scratch.folder()  # Who asks first makes it: that is not to be two threads.
        future: Future[_T] = Future()
        with self._lock:
            if self._closed:
                raise RuntimeError("the pool has been shut down")
            self._waiting.append((future, partial(fn, *args, **kwargs)))
            if more := len(self._threads) < self._most:
                self._threads.add(thread := threading.Thread(target=self._carry))
        if more:
            thread.start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes when all is made that was submitted, or has been begun."""
        with self._lock:
            self._closed = True
            if cancel_futures:
                self._cancel_waiting()
        for thread in tuple(self._threads) if wait else ():
            thread.join()
        self._end_idle()

    def kill_workers(self) -> None:
        """End the processes at once, whatever they are busy with; what waits is cancelled."""
        with self._lock:
            self._closed = self._killed = True
            self._cancel_waiting()
            for process in self._busy:
                process.process.kill()  # Its thread will hear of it.
        self._end_idle()

    def _cancel_waiting(self) -> None:
        for future, _ in self._waiting:
            future.cancel()
            future.set_running_or_notify_cancel()
        self._waiting.clear()

    def _end_idle(self) -> None:
        with self._lock:
            idle, self._idle = self._idle, []
        for process in idle:
            process.end()

    def _carry(self) -> None:
        """A thread's life: to hand over what waits, one after the other, until nothing does."""
        while (one := self._next()) is not None:
            future, make = one
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(self._made(make))
                except BaseException as problem:  # noqa: BLE001 # it is raised where it is wanted
                    future.set_exception(problem)
            del one, future, make  # They are not to be there while the next is made.
        if self._closed:
            self._end_idle()

    def _next(self) -> _Waiting | None:
        with self._lock:
            if self._waiting:
                return self._waiting.popleft()
            self._threads.discard(threading.current_thread())
            return None

    def _made(self, make: Callable[[], _T]) -> _T:
        with self._lock:
            process = self._idle.pop() if self._idle else None
        process = process or _started(self._method)
        with self._lock:
            self._busy.add(process)
            if self._killed:
                process.process.kill()
        share = self._share
        try:
            made, share = process.call(make)
        finally:
            with self._lock:
                self._busy.remove(process)
                if stays := share < self._share and not self._killed:
                    self._idle.append(process)
            if not stays:
                process.end()
        if isinstance(made, BaseException):
            raise made
        return made


class _Process:
    """A process of a pool as its parent sees it."""

    def __init__(self, method: str) -> None:
        context: Any = multiprocessing.get_context(method)
        self.pipe, there = context.Pipe()
        with there:
            folder = str(scratch.folder())
            self.process = context.Process(target=_serve, args=(there, folder), daemon=True)
            with uninterrupted():
                self.process.start()

    def call(self, make: Callable[[], _T]) -> tuple[_T | BaseException, int]:
        """What has come of ``make``, and of the process's share; raises DiedError."""
        try:
            with suppress(OSError):  # If it is dead, there will be no answer.
                self.pipe.send(make)
            answer: tuple[_T | BaseException, int] = self.pipe.recv()
        except (EOFError, OSError):
            self.process.join()
            raise DiedError(self.process.exitcode) from None
        return answer

    def end(self) -> None:
        """End it at once: to ask it to end would take longer."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


def _started(method: str) -> _Process:
    for _ in range(_TRIES):
        with suppress(OSError, EOFError):  # The server has been killed, or there is no room.
            return _Process(method)
    reason = "There may be too little memory, or too many processes."
    raise UnusableError(f"No process can be started, in {_TRIES} tries. {reason}")


def _serve(parent: Connection, folder: str) -> None:
    """A process's life: to call what it is sent, until there is nobody to answer to."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent.
    # WeasyPrint leaves its fonts behind; their parent's folder does not stay.
    tempfile.tempdir = folder
    end_with_parent(folder)
    limit(0, MEMORY)
    bound_in_time()
    gc.set_threshold(100_000, 50, 100)  # as the command line's
    try:
        with suppress(EOFError, OSError):
            while True:
                # Without names for either: neither is to be there while the next is waited for.
                _answer(parent, _called(parent.recv_bytes()))
    except BaseException:  # noqa: BLE001 # whoever waits for an answer hears that there is none
        try:
            traceback.print_exc()
        finally:
            os._exit(1)


def _called(sent: bytes) -> Any:
    """What comes of what was ``sent``, or what is raised by that, or while it is unpacked."""
    try:
        return ForkingPickler.loads(sent)()
    except Exception as problem:  # noqa: BLE001 # it is raised where the result is wanted
        problem.add_note(traceback.format_exc())
        return problem


def _answer(parent: Connection, made: Any) -> None:
    try:
        parent.send((made, _share[0]))
    except (EOFError, OSError):
        raise
    except Exception as problem:  # noqa: BLE001 # what can't be packed, for whatever reason
        words = f"what was made can't be handed over: {type(problem).__name__}: {problem}"
        parent.send((RuntimeError(words), _share[0]))


def count(made: int) -> None:
    """Say of this process that it has made so much (pages of text) of its share."""
    _share[0] += made


@contextmanager
def using(executor: Executor) -> Iterator[None]:
    """Meanwhile ``executor`` makes what our own pools would."""
    _handed.append(executor)
    try:
        yield
    finally:
        _handed.remove(executor)


def executor(method: str) -> Executor:
    """Who makes things: of our own, those who set pages are forked, those who don't spawned."""
    if _handed:
        return _handed[-1]
    cores = os.cpu_count() or 1
    # Where no pages are set, this process is at work itself.
    most = cores if method == "forkserver" else max(cores - 1, 1)
    return pools.setdefault(method, Pool(most, method))


def at_work() -> bool:
    """Whether somebody is there already to make what needs no typesetter."""
    return bool(_handed or ("spawn" in pools and pools["spawn"].pids))


def dismiss() -> None:
    """Give up what our own pools are busy with, and end their processes."""
    while pools:
        pools.popitem()[1].kill_workers()
