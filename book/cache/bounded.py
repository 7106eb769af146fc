"""Something is made in a process of its own, within bounds of time and memory.

For what strangers' style sheets and pictures may lead a library to: what never ends, or takes all
memory, is ended, and this process goes on (setrlimit, POSIX).
"""

from __future__ import annotations

import signal
import tempfile
from typing import TYPE_CHECKING, TypeVar

from book.base import scratch
from book.base.errors import BoundsError, in_words

if TYPE_CHECKING:
    from collections.abc import Callable

_T = TypeVar("_T")
#: So much longer a process may take by the clock than by its own time: the machine may be busy.
_PATIENCE = 20


def bounded(make: Callable[[], _T], seconds: int, memory: int) -> _T:
    """What ``make`` gives, a function of a module or a :func:`functools.partial` of one.

    It may take so many ``seconds`` of the processor and bytes of ``memory`` (of addresses, as
    POSIX has it, so less is in use). Raises BoundsError if it takes more, raises or dies.
    """
    from book.cache.pool import DiedError, Pool

    pool = Pool(1, "forkserver")
    with scratch.used() as ours, tempfile.TemporaryDirectory(dir=ours) as folder:
        try:
            made = pool.submit(_within, make, seconds, memory, folder)
            return made.result(seconds * _PATIENCE)
        except TimeoutError:
            raise BoundsError(f"it takes longer than {seconds} seconds") from None
        except DiedError as problem:
            raise BoundsError(_end_of(problem.code, seconds)) from None
        finally:
            pool.kill_workers()


def _end_of(code: int | None, seconds: int) -> str:
    if code == -getattr(signal, "SIGXCPU", 24):
        return f"it takes longer than {seconds} seconds"
    return "it takes too much memory, or makes the process die"


def _within(make: Callable[[], _T], seconds: int, memory: int, folder: str) -> _T:
    from book.cache.processes import limit

    tempfile.tempdir = folder
    limit(seconds, memory)
    try:
        return make()
    except Exception as problem:  # noqa: BLE001 # whatever a library raises
        raise BoundsError(in_words(problem)) from None
