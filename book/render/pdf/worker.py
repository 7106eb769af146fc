"""A worker: a hand that sets pieces. Typesetting is a pure function of its job.

It comes from a fork server that has imported WeasyPrint already, so it costs a fork.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import shutil
import tempfile
import threading
from functools import cache, partial
from typing import TYPE_CHECKING

from book.cache.hands import Hand
from book.cache.helpers import start_forkserver
from book.render.pdf.record import FolioJob, Piece, PieceJob

if TYPE_CHECKING:
    from book.cache.store import Store

Job = PieceJob | FolioJob


class Worker(Hand[tuple[Piece, ...]]):
    """A worker as its parent sees it; ``pages`` is how many pages of text it has set."""

    def __init__(self) -> None:
        start_forkserver()
        context = multiprocessing.get_context("forkserver")
        super().__init__(context, partial(_begin, _scratch().name))
        self.pages = 0


@cache
def _scratch() -> tempfile.TemporaryDirectory[str]:
    """Where workers put their fonts: WeasyPrint leaves them behind, their parent does not."""
    return tempfile.TemporaryDirectory(prefix="chapbook-")


def _begin(scratch: str) -> None:
    tempfile.tempdir = scratch
    # Python waits for it at its end: a worker whose parent is dead leaves nothing behind.
    threading.Thread(target=_watch, args=(scratch,)).start()
    from book.render.pdf.engine.typeset import warm

    warm()


def _watch(scratch: str) -> None:
    # Joined through a pipe: a parent that is dead but not yet buried would still have its number,
    # and whoever reads our standard error to its end would wait for us for ever.
    if parent := multiprocessing.parent_process():
        parent.join()
        shutil.rmtree(scratch, ignore_errors=True)
        os._exit(1)


def work(job: Job, kept: Store) -> tuple[Piece, ...]:
    """The pieces of ``job``; runs of pages are ``kept``."""
    from book.render.pdf.engine.typeset import folios, typeset

    try:
        return folios(job) if isinstance(job, FolioJob) else (typeset(job, kept),)
    finally:
        # Boxes lead to each other in circles; those of one piece are not to wait for the next.
        gc.collect()
