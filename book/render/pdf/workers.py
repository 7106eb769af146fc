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
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from book.helpers import start_forkserver
from book.render.pdf.record import FolioJob, Piece, PieceJob
from book.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_Key = TypeVar("_Key", bound=Hashable)
_TRIES = 3
#: So many pages of text a worker sets before another takes its place. Else it would grow with
#: the book, if slowly: what it gives back of its memory lies in pieces.
_SHIFT = 250

Job = PieceJob | FolioJob


def set_all(
    jobs: Iterable[tuple[_Key, Job]],
    kept: Store,
    finished: Callable[[_Key, tuple[Piece, ...]], None],
) -> None:
    """Set every job, but for runs of pages that are ``kept``.

    Jobs are taken as workers are free for them; the longest should come first, so that no
    worker is left alone with a long one at the end. ``finished`` hears of the pieces of each, in
    the order in which they are done. A worker that is killed is replaced and its job done again.
    Raises BrokenProcessPool if workers keep dying, and whatever the typesetter raises.
    """
    rest, waiting = iter(jobs), dict[_Key, Job]()
    for attempt in range(_TRIES):
        try:
            _set_some(rest, waiting, kept, finished)
        except BrokenProcessPool:
            _pool.cache_clear()
            if attempt == _TRIES - 1:
                raise
        else:
            return


def _set_some(
    rest: Iterator[tuple[_Key, Job]],
    waiting: dict[_Key, Job],
    kept: Store,
    finished: Callable[[_Key, tuple[Piece, ...]], None],
) -> None:
    """Set those that are ``waiting``, and all of the ``rest``; what is done waits no longer."""
    futures = {_pool().submit(_work, job, kept): key for key, job in waiting.items()}
    while True:
        crew = _pool()
        # Each worker has the next one ready, and no more: a long book's jobs are never all there.
        room = 0 if crew.share >= 1 else 2 * _workers() - len(futures)
        for key, job in islice(rest, room):
            waiting[key] = job
            futures[crew.submit(_work, job, kept)] = key
        if futures:
            crew.pages += _heard(futures, waiting, finished)
        else:
            if crew.share >= 1 / 2:  # at the end, when nobody has to be waited for, that is enough
                dismiss()
            if room:
                return


def _heard(
    futures: dict[Future[tuple[Piece, ...]], _Key],
    waiting: dict[_Key, Job],
    finished: Callable[[_Key, tuple[Piece, ...]], None],
) -> int:
    """Wait until something is done, and tell of it; gives how many pages of text that were."""
    done, pages = wait(futures, return_when=FIRST_COMPLETED).done, 0
    while done:
        future = done.pop()
        key = futures.pop(future)  # and what came of it is not held any longer
        pieces = future.result()
        finished(key, pieces)
        if isinstance(waiting.pop(key), PieceJob):
            pages += sum(piece.record.pages for piece in pieces)
    return pages


def _workers() -> int:
    return os.cpu_count() or 1


class _Crew(ProcessPoolExecutor):
    """Workers that began together, and how many pages of text they have set."""

    pages = 0

    @property
    def share(self) -> float:
        """How much of their shift they have done, 1 being all of it."""
        return self.pages / (_SHIFT * _workers())


@cache
def _pool() -> _Crew:
    start_forkserver()
    context = multiprocessing.get_context("forkserver")
    return _Crew(
        max_workers=_workers(),
        mp_context=context,
        initializer=_begin,
        initargs=(_scratch().name,),
    )


def dismiss() -> None:
    """Give up the workers, if there are any, and wait until they are given up.

    Python does so at its end, but until 3.12 without a lock: workers that die in that moment make
    it fail.
    """
    if _pool.cache_info().currsize:
        _pool().shutdown(cancel_futures=True)
        _pool.cache_clear()


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
