"""Something is made in a process of its own, within bounds of time and memory.

For what strangers' style sheets and pictures may lead a library to: what never ends, or takes all
memory, is ended, and this process goes on (setrlimit, POSIX).
"""

from __future__ import annotations

import multiprocessing
import signal
import tempfile
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from book.base import scratch
from book.base.errors import BoundsError
from book.cache.hands import safe_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

_T = TypeVar("_T")
#: So much longer a process may take by the clock than by its own time: the machine may be busy.
_PATIENCE = 20


def bounded(make: Callable[[], _T], seconds: int, memory: int) -> _T:
    """What ``make`` gives, a function of a module or a :func:`functools.partial` of one.

    It may take so many ``seconds`` of the processor and bytes of ``memory`` (of addresses, as
    POSIX has it, so less is in use). Raises BoundsError if it takes more, raises or dies.
    """
    safe_path()
    context = multiprocessing.get_context("forkserver")
    here, there = context.Pipe(duplex=False)
    with scratch.used() as ours, tempfile.TemporaryDirectory(dir=ours) as folder:
        process = context.Process(
            target=_run, args=(there, make, seconds, memory, folder), daemon=True
        )
        process.start()
        there.close()
        try:
            if not here.poll(seconds * _PATIENCE):
                raise BoundsError(f"it takes longer than {seconds} seconds")
            made, words = here.recv()
        except (EOFError, OSError):
            process.join()
            raise BoundsError(_end_of(process.exitcode, seconds)) from None
        finally:
            process.kill()
            process.join()
            here.close()
    if words:
        raise BoundsError(words)
    result: _T = made
    return result


def in_words(problem: BaseException) -> str:
    """What a library raised, on one line and not too long."""
    if isinstance(problem, BoundsError):
        return str(problem)
    if isinstance(problem, MemoryError):
        return "it takes too much memory"
    if isinstance(problem, RecursionError):
        return "it is nested too deep"
    said = " ".join(str(problem).split())
    name = type(problem).__name__
    return f"{name}: {said[:120]}" if said else name


def _end_of(code: int | None, seconds: int) -> str:
    if code == -getattr(signal, "SIGXCPU", 24):
        return f"it takes longer than {seconds} seconds"
    return "it takes too much memory, or makes the process die"


def _run(pipe: Connection, make: Callable[[], _T], seconds: int, memory: int, folder: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent.
    tempfile.tempdir = folder
    limit(seconds, memory)
    with suppress(OSError):
        try:
            pipe.send((make(), ""))
        except Exception as problem:  # noqa: BLE001 # whatever a library raises
            pipe.send((None, in_words(problem)))


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
