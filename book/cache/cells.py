"""Processes in each of which one thing at a time is made, within bounds of time and memory."""

from __future__ import annotations

import shutil
import signal
import tempfile
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from book.base import scratch
from book.base.errors import BoundsError, in_words
from book.cache.pool import DiedError, Pool, count, pools
from book.cache.processes import limit, tidy

if TYPE_CHECKING:
    from collections.abc import Callable

_T = TypeVar("_T")
#: So much longer a process may take by the clock than by its own time: the machine may be busy.
_PATIENCE = 20
#: So often a process makes something before another takes its place.
_SHARE = 50
#: With what it ends if it takes too long.
_TOO_LONG = -getattr(signal, "SIGXCPU", 24)
#: What it is kept as among our pools.
_KEPT = "bounded"


def made(make: Callable[[], _T], seconds: int, memory: int) -> _T:
    """What ``make`` gives, by a process that was kept if there is one, else by a new one.

    Raises BoundsError (:func:`book.cache.bounded.bounded`).
    """
    kept = pools.pop(_KEPT, None)
    cell = kept if isinstance(kept, _Cell) else _Cell()
    try:
        return _made(cell, partial(_within, make, seconds, memory, cell.folder), seconds)
    except DiedError as problem:
        if cell is not kept or problem.code == _TOO_LONG:
            raise BoundsError(_end_of(problem.code, seconds)) from None
    return made(make, seconds, memory)  # It may have died of something else, while it waited.


class _Cell(Pool):
    """A process by itself, with a folder for what it puts aside."""

    def __init__(self) -> None:
        super().__init__(1, "forkserver", _SHARE)
        self.folder = tempfile.mkdtemp(dir=scratch.folder())

    def kill_workers(self) -> None:
        """End it at once, and remove its folder."""
        super().kill_workers()
        shutil.rmtree(self.folder, ignore_errors=True)


def _made(cell: _Cell, make: Callable[[], _T], seconds: int) -> _T:
    """What ``cell`` makes; it is kept if that goes well."""
    try:
        found = cell.submit(make).result(seconds * _PATIENCE)
    except TimeoutError:
        cell.kill_workers()
        raise BoundsError(f"it takes longer than {seconds} seconds") from None
    except BaseException:
        cell.kill_workers()
        raise
    if pools.setdefault(_KEPT, cell) is not cell:  # Two were needed at a time.
        cell.kill_workers()
    return found


def _end_of(code: int | None, seconds: int) -> str:
    if code == _TOO_LONG:
        return f"it takes longer than {seconds} seconds"
    return "it takes too much memory, or makes the process die"


def _within(make: Callable[[], _T], seconds: int, memory: int, folder: str) -> _T:
    tempfile.tempdir = folder
    limit(seconds, memory)
    count(1)
    try:
        return make()
    except Exception as problem:  # noqa: BLE001 # whatever a library raises
        raise BoundsError(in_words(problem)) from None
    finally:
        tidy()
