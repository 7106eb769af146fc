"""Where pieces are set: worker processes that start once and die with their parent.

Workers come from a fork server that has imported WeasyPrint already, so a further worker costs
a fork. Typesetting is a pure function of its job, so any executor of
:mod:`concurrent.futures` would do.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Hashable
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from book.render.pdf.record import FolioJob, Piece, PieceJob

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_Key = TypeVar("_Key", bound=Hashable)
_TRIES = 3

Job = PieceJob | FolioJob


def set_all(jobs: Mapping[_Key, Job], finished: Callable[[_Key, tuple[Piece, ...]], None]) -> None:
    """Set every job; ``finished`` hears of the pieces of each, in the order in which they come.

    A worker that is killed is replaced and its pieces are set again. Raises
    BrokenProcessPool if workers keep dying, and whatever the typesetter raises.
    """
    waiting = dict(jobs)
    for attempt in range(_TRIES):
        try:
            _set_some(waiting, finished)
        except BrokenProcessPool:
            _pool.cache_clear()
            if attempt == _TRIES - 1:
                raise
        if not waiting:
            return


def _set_some(
    waiting: dict[_Key, Job], finished: Callable[[_Key, tuple[Piece, ...]], None]
) -> None:
    # The longest first, so that no worker is left alone with a long one at the end.
    order = sorted(waiting, key=lambda key: -len(waiting[key].html))
    futures = {_pool().submit(_work, waiting[key]): key for key in order}
    open_futures = set(futures)
    while open_futures:
        done, open_futures = wait(open_futures, return_when=FIRST_COMPLETED)
        for future in done:
            pieces = future.result()
            finished(futures[future], pieces)
            del waiting[futures[future]]


@cache
def _pool() -> ProcessPoolExecutor:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["book.render.pdf.typeset"])
    return ProcessPoolExecutor(
        max_workers=os.cpu_count() or 1,
        mp_context=context,
        initializer=_begin,
    )


def _begin() -> None:
    """A worker begins: it leaves Ctrl-C to its parent, and does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_watch, daemon=True).start()
    from book.render.pdf.typeset import warm

    warm()


def _watch() -> None:
    # Joined through a pipe: a parent that is dead but not yet buried would still have its number,
    # and whoever reads our standard error to its end would wait for us for ever.
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _work(job: Job) -> tuple[Piece, ...]:
    from book.render.pdf.typeset import folios, typeset

    return folios(job) if isinstance(job, FolioJob) else (typeset(job),)
