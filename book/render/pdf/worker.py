"""A worker: a process that sets pieces, one after the other, and dies with its parent.

It comes from a fork server that has imported WeasyPrint already, so it costs a fork. It has a
pipe of its own, so that one that is killed harms no other. Typesetting is a pure function of its
job.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
import traceback
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

from book.helpers import start_forkserver
from book.render.pdf.record import FolioJob, Piece, PieceJob

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from book.store import Store

Job = PieceJob | FolioJob


class Worker:
    """A worker as its parent sees it; ``pages`` is how many pages of text it has set.

    ``pipe`` has something to be read when the worker has done its job, or is dead.
    """

    def __init__(self) -> None:
        start_forkserver()
        context = multiprocessing.get_context("forkserver")
        self.pages = 0
        self.pipe, there = context.Pipe()
        with there:
            self.process = context.Process(
                target=_serve, args=(there, _scratch().name), daemon=True
            )
            self.process.start()

    def give(self, job: Job, kept: Store) -> None:
        """Let it set ``job`` and keep runs of pages; if it is dead, its answer will tell."""
        self._send((job, kept))

    def answer(self) -> tuple[Piece, ...] | None:
        """What has come of its job; waits for it. None if it was killed.

        Raises what the typesetter has raised.
        """
        try:
            answer: tuple[Piece, ...] | Exception = self.pipe.recv()
        except (EOFError, OSError):
            return None
        if isinstance(answer, Exception):
            raise answer
        return answer

    def relieve(self) -> None:
        """Let it go, if it is not busy."""
        self._send(None)
        self.pipe.close()

    def kill(self) -> None:
        """End it, whatever it is busy with."""
        self.process.kill()
        self.process.join()
        self.pipe.close()

    def _send(self, what: tuple[Job, Store] | None) -> None:
        with suppress(OSError):
            self.pipe.send(what)


@cache
def _scratch() -> tempfile.TemporaryDirectory[str]:
    """Where workers put their fonts: WeasyPrint leaves them behind, their parent does not."""
    return tempfile.TemporaryDirectory(prefix="chapbook-")


def _serve(parent: Connection, scratch: str) -> None:
    """A worker's life. It leaves Ctrl-C to its parent, and does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tempfile.tempdir = scratch
    watch = threading.Thread(target=_watch, args=(scratch,), daemon=True)
    watch.start()
    from book.render.pdf.typeset import warm

    warm()
    try:
        while _has_served(parent):
            pass
    except (EOFError, OSError):
        watch.join()  # The parent is dead.


def _watch(scratch: str) -> None:
    # Joined through a pipe: a parent that is dead but not yet buried would still have its number,
    # and whoever reads our standard error to its end would wait for us for ever.
    if parent := multiprocessing.parent_process():
        parent.join()
        shutil.rmtree(scratch, ignore_errors=True)
        os._exit(1)


def _has_served(parent: Connection) -> bool:
    """Do the next job; false if there is none any more."""
    task: tuple[Job, Store] | None = parent.recv()
    if task is None:
        return False
    answer: tuple[Piece, ...] | Exception
    try:
        answer = work(*task)
    except Exception as problem:  # noqa: BLE001 # it is raised where the pieces are wanted
        problem.add_note(traceback.format_exc())
        answer = problem
    parent.send(answer)
    return True


def work(job: Job, kept: Store) -> tuple[Piece, ...]:
    """The pieces of ``job``; runs of pages are ``kept``."""
    from book.render.pdf.typeset import folios, typeset

    try:
        return folios(job) if isinstance(job, FolioJob) else (typeset(job, kept),)
    finally:
        # Boxes lead to each other in circles; those of one piece are not to wait for the next.
        gc.collect()
