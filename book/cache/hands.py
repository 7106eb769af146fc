"""A hand: another process, which makes what it is given, one thing after the other.

It has a pipe of its own, so that one that is killed harms no other; and it ends when its parent
does.
"""

from __future__ import annotations

import signal
import subprocess
import traceback
from contextlib import suppress
from multiprocessing import util
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkServerContext, SpawnContext

_T = TypeVar("_T")


class Hand(Generic[_T]):
    """A process as its parent sees it, started in ``context``; it calls ``begin`` first.

    What it is given are functions of a module, or a :func:`functools.partial` of one. ``pipe`` has
    something to be read when it has made what it was given, or is dead.
    """

    def __init__(
        self, context: SpawnContext | ForkServerContext, begin: Callable[[], object] = bool
    ) -> None:
        safe_path()
        self.pipe, there = context.Pipe()
        with there:
            self.process = context.Process(target=_serve, args=(there, begin), daemon=True)
            self.process.start()

    def give(self, make: Callable[[], _T]) -> None:
        """Let it call ``make``; if it is dead, its answer will tell."""
        with suppress(OSError):
            self.pipe.send(make)

    def answer(self) -> _T | None:
        """What has come of it; waits for it. None if it was killed. Raises what ``make`` raised."""
        try:
            answer: _T | Exception = self.pipe.recv()
        except (EOFError, OSError):
            return None
        if isinstance(answer, Exception):
            raise answer
        return answer

    def kill(self) -> None:
        """End it, whatever it is busy with."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


def safe_path() -> None:
    """Let no process that is started from here import anything from the current folder.

    Helpers, the fork server and what tracks its resources are interpreters that are started with
    ``-c``, which puts the current folder first on their path; and that may be a stranger's book.
    ``PYTHONSAFEPATH`` would say the same, but not where ``-E`` is given.
    """
    util._args_from_interpreter_flags = _flags  # type: ignore[attr-defined] # it is not public


def _flags() -> list[str]:
    """What Python's own would say, and that the path is to be safe."""
    flags: list[str] = subprocess._args_from_interpreter_flags()  # type: ignore[attr-defined]
    return flags if {"-P", "-I"} & set(flags) else ["-P", *flags]


def _serve(parent: Connection, begin: Callable[[], object]) -> None:
    """A hand's life: to call what it is sent, until there is nobody to answer to."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent.
    begin()
    with suppress(EOFError, OSError):
        while True:
            # Without names for either: neither is to be there while the next is waited for.
            parent.send(_made(parent.recv()))


def _made(make: Callable[[], _T]) -> _T | Exception:
    try:
        return make()
    except Exception as problem:  # noqa: BLE001 # it is raised where the result is wanted
        problem.add_note(traceback.format_exc())
        return problem
