"""Where pieces are set: worker processes that start once and die with their parent.

Workers come from a fork server that has imported WeasyPrint already, so a further worker costs
a fork. Typesetting is a pure function of its job, so any executor of
:mod:`concurrent.futures` would do.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Hashable
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from book.helpers import start_forkserver
from book.render.pdf.record import FolioJob, Piece, PieceJob
from book.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_Key = TypeVar("_Key", bound=Hashable)
_TRIES = 3

Job = PieceJob | FolioJob


def set_all(
    jobs: Mapping[_Key, Job], kept: Store, finished: Callable[[_Key, tuple[Piece, ...]], None]
) -> None:
    """Set every job, but for runs of pages that are ``kept``.

    ``finished`` hears of the pieces of each job, in the order in which they come. A worker that
    is killed is replaced and its job done again. Raises BrokenProcessPool if workers keep
    dying, and whatever the typesetter raises.
    """
    waiting = dict(jobs)
    for attempt in range(_TRIES):
        try:
            _set_some(waiting, kept, finished)
        except BrokenProcessPool:
            _pool.cache_clear()
            if attempt == _TRIES - 1:
                raise
        if not waiting:
            return


def _set_some(
    waiting: dict[_Key, Job], kept: Store, finished: Callable[[_Key, tuple[Piece, ...]], None]
) -> None:
    # The longest first, so that no worker is left alone with a long one at the end.
    order = sorted(waiting, key=lambda key: -len(waiting[key].html))
    futures = {_pool().submit(_work, waiting[key], kept): key for key in order}
    open_futures = set(futures)
    while open_futures:
        done, open_futures = wait(open_futures, return_when=FIRST_COMPLETED)
        while done:
            future = done.pop()
            key = futures.pop(future)  # and what came of it is not held any longer
            finished(key, future.result())
            del waiting[key]


@cache
def _pool() -> ProcessPoolExecutor:
    start_forkserver()
    context = multiprocessing.get_context("forkserver")
    return ProcessPoolExecutor(
        max_workers=os.cpu_count() or 1,
        mp_context=context,
        initializer=_begin,
        initargs=(_scratch().name,),
    )


@cache
def _scratch() -> tempfile.TemporaryDirectory[str]:
    """Where workers put their fonts: WeasyPrint leaves them behind, this process does not."""
    return tempfile.TemporaryDirectory(prefix="chapbook-")


def _begin(scratch: str) -> None:
    """A worker begins: it leaves Ctrl-C to its parent, and does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tempfile.tempdir = scratch
    threading.Thread(target=_watch, args=(scratch,), daemon=True).start()
    from book.render.pdf.typeset import warm

    warm()


def _watch(scratch: str) -> None:
    # Joined through a pipe: a parent that is dead but not yet buried would still have its number,
    # and whoever reads our standard error to its end would wait for us for ever.
    if parent := multiprocessing.parent_process():
        parent.join()
        shutil.rmtree(scratch, ignore_errors=True)
        os._exit(1)


def _work(job: Job, kept: Store) -> tuple[Piece, ...]:
    from book.render.pdf.typeset import folios, typeset

    try:
        return folios(job) if isinstance(job, FolioJob) else (typeset(job, kept),)
    finally:
        # Boxes lead to each other in circles; those of one piece are not to wait for the next.
        gc.collect()
