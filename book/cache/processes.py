"""How a process is started and bounded: nothing of a book's folder runs in it."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import sys
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from book.base import scratch
from book.base.errors import BoundsError, UnusableError

if TYPE_CHECKING:
    from collections.abc import Iterator

#: So many seconds later what does not end is ended.
_GRACE = 60
#: Not empty in a process of a pool.
_OURS: list[bool] = []


def start_forkserver() -> None:
    """Let WeasyPrint be imported where typesetters will be forked from. Does not wait for it.

    Pages will have to be set; until it is known which, the import is done.
    """
    import multiprocessing
    from multiprocessing import forkserver

    if sys.flags.optimize:
        raise UnusableError(
            "Pages can't be set with python -O or PYTHONOPTIMIZE: they leave out what WeasyPrint "
            "needs. Start without."
        )
    safe_path()
    multiprocessing.set_forkserver_preload(["book.render.pdf.engine.preload"])
    with scratch.used(), uninterrupted():  # Its socket lies there.
        forkserver.ensure_running()


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let what is started meanwhile not hear of Ctrl-C: it ends with this process.

    Else it would tell of it with a traceback while it imports.
    """
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # It would let signals in again.
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def safe_path() -> None:
    """Let no process that is started from here import anything from the current folder.

    Spawned ones, the fork server and what tracks its resources are interpreters that are started
    with ``-c``, which puts the current folder first on their path; and that may be a stranger's
    book. ``PYTHONSAFEPATH`` would say the same, but not where ``-E`` is given.
    """
    from multiprocessing import util

    util._args_from_interpreter_flags = _flags  # type: ignore[attr-defined] # it is not public


def _flags() -> list[str]:
    """What Python's own would say, and that the path is to be safe."""
    import subprocess

    flags: list[str] = subprocess._args_from_interpreter_flags()  # type: ignore[attr-defined]
    return flags if {"-P", "-I"} & set(flags) else ["-P", *flags]


def limit(seconds: int, memory: int) -> None:
    """Set the bounds of this process, where the system knows such; no seconds: no such bound."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (memory, hard))
        if seconds:
            used = int(sum(resource.getrusage(resource.RUSAGE_SELF)[:2]))
            hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
            resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, hard))


@contextmanager
def in_time(seconds: int) -> Iterator[None]:
    """Meanwhile this process may take so many ``seconds`` of the processor.

    Raises BoundsError, in whatever is being done, if it takes more; what does not hear of that,
    since it is a library's, is ended a minute later with the process. Only a process of a pool is
    bounded so, where the system knows such (setitimer, setrlimit, POSIX).
    """
    if not (is_bounded() and hasattr(signal, "setitimer")):
        yield
        return
    import resource

    used = int(sum(resource.getrusage(resource.RUSAGE_SELF)[:2]))
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    end = used + seconds + _GRACE
    resource.setrlimit(resource.RLIMIT_CPU, (end if soft < 0 else min(soft, end), hard))
    try:
        with alarmed(seconds, BoundsError(f"it takes longer than {seconds} seconds")):
            yield
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


@contextmanager
def alarmed(seconds: int, problem: Exception) -> Iterator[None]:
    """Raise ``problem`` if what is done meanwhile takes more ``seconds`` of the processor.

    That is where the system has such a clock (setitimer, POSIX), and signals are this thread's.
    """
    is_ours = threading.current_thread() is threading.main_thread()
    if not (is_ours and hasattr(signal, "setitimer")):
        yield
        return

    def over(_number: int, _frame: object) -> None:
        raise problem

    before = signal.signal(signal.SIGPROF, over)
    # Once more each second: somebody may have taken the first for an error of their own.
    signal.setitimer(signal.ITIMER_PROF, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def bound_in_time() -> None:
    """Say of this process that it is a pool's: :func:`in_time` bounds it."""
    _OURS.append(True)


def is_bounded() -> bool:
    """Whether this process is a pool's, and bounded in memory and time."""
    return bool(_OURS)


def tidy() -> None:
    """Collect what is garbage; what a process of a pool has kept until now it keeps for good."""
    gc.collect()
    # What is kept is not looked through again. An error holds all that it has come through.
    if is_bounded() and not sys.exc_info()[1]:
        gc.freeze()


def end_with_parent(folder: str) -> None:
    """Let this process end when its parent does, and the parent's temporary ``folder`` with it."""
    # Python waits for it at its end: a process whose parent is dead leaves nothing behind.
    threading.Thread(target=_watch, args=(folder,)).start()


def _watch(folder: str) -> None:
    # Joined through a pipe: a parent that is dead but not yet buried would still have its number,
    # and whoever reads our standard error to its end would wait for us for ever.
    import multiprocessing

    if parent := multiprocessing.parent_process():
        parent.join()
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)
