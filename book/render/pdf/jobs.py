"""Who sets which piece: jobs are handed to an executor, and what comes of them is heard.

Typesetting is a pure function of its job. Where the book's own theme makes the typesetter fail, or
processes die of it, it is set in ours; where that doesn't help, a box stands for what can't be set.
"""

from __future__ import annotations

import os
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, wait
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from book.base.data import replace
from book.base.errors import BoundsError, TypesetterError, UnusableError, in_words
from book.base.paths import ChangedError
from book.cache import pool
from book.cache.bounded import bounded
from book.cache.memo import alone
from book.cache.processes import in_time, tidy
from book.cache.store import Nothing, VanishedError
from book.render.pdf.record import FolioJob, Piece, PieceJob, Unset

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Future

    from book.cache.store import Store

Job = PieceJob | FolioJob
_Key = TypeVar("_Key")
#: A job is given up when so many processes have died of it.
_TRIES = 3
_DIED = f"{_TRIES} processes have died of it"
#: So long a job may take, and a second more for each thousand letters.
_SECONDS = 200
#: What is no fault of a theme or of the typesetter's.
_NOT_ITS_FAULT = ChangedError, VanishedError, UnusableError


def set_all(
    jobs: Iterable[tuple[_Key, Job]],
    kept: Store,
    finished: Callable[[_Key, tuple[Piece, ...]], None],
) -> None:
    """Set every job, but for runs of pages that are ``kept``.

    Jobs are taken as somebody will soon be free for them; the longest should come first, so that
    none is left alone with a long one at the end. ``finished`` hears of the pieces of each, in the
    order in which they are done. A job whose process dies is done again. Raises TypesetterError if
    a piece can't be set, or if processes keep dying of it.
    """
    todo: _Work[_Key] = _Work(kept)
    # One for each core, and one that is ready for it: a long book's are never all there.
    ahead = 2 * (os.cpu_count() or 1)
    try:
        for key, job in jobs:
            todo.give(key, job)
            todo.hear(finished, most=ahead - 1)
        todo.hear(finished, most=0)
    except BaseException:
        todo.drop()
        pool.dismiss()  # What they are busy with is not wanted any more.
        raise


class _Work(Generic[_Key]):
    """Jobs that have been handed out, and how many processes have died of each."""

    def __init__(self, kept: Store) -> None:
        self._kept, self._executor = kept, pool.executor("forkserver")
        self._open: dict[Future[tuple[Piece, ...]], tuple[_Key, Job, int]] = {}

    def give(self, key: _Key, job: Job, deaths: int = 0) -> None:
        """Have ``job`` set, of which so many processes have died."""
        future = self._executor.submit(alone, work, job, self._kept)
        self._open[future] = key, job, deaths

    def hear(self, finished: Callable[[_Key, tuple[Piece, ...]], None], most: int) -> None:
        """Tell of what is done; wait until no more than ``most`` are not."""
        while self._open:
            enough = len(self._open) <= most
            done, _ = wait(self._open, 0 if enough else None, FIRST_COMPLETED)
            if not done:
                return
            for future in done:
                key, job, deaths = self._open.pop(future)
                try:
                    pieces = future.result()
                except BrokenExecutor:
                    if deaths + 1 < _TRIES or job.spare:
                        self._again(key, job, deaths + 1)
                        continue
                    pieces = _saved(job)
                finished(key, pieces)

    def drop(self) -> None:
        """Take back what nobody has begun."""
        for future in self._open:
            future.cancel()

    def _again(self, key: _Key, job: Job, deaths: int) -> None:
        if deaths == _TRIES:
            job, deaths = in_spare(job, _DIED), 0
        self.give(key, job, deaths)


def _saved(job: Job) -> tuple[Piece, ...]:
    """The pieces of ``job``, of which processes die, with a box for what they die of.

    Each try is made by a process of its own. Raises TypesetterError if that doesn't help.
    """

    def attempt(some: PieceJob) -> str:
        try:
            bounded(partial(_once, some), seconds(job), pool.MEMORY)
        except BoundsError as problem:
            return str(problem)
        return ""

    less, unset = _without_failing(job, attempt)
    if not unset:
        raise TypesetterError(job.name, _DIED)
    made = bounded(partial(_once, less), seconds(job), pool.MEMORY)
    return _with_facts(made, unset=unset, failed=job.reason)


def _once(job: Job) -> tuple[Piece, ...]:
    _warm()
    return _set(job, Nothing(Path(job.root)))


def seconds(job: Job) -> int:
    """How long a job may take, of the processor: fifty times what an honest one does, or more."""
    return _SECONDS + (len(job.html) // 1000 if isinstance(job, PieceJob) else 0)


def work(job: Job, kept: Store) -> tuple[Piece, ...]:
    """The pieces of ``job``; runs of pages are ``kept``.

    Where the book's own theme makes the typesetter fail they are set in ours, and their records
    say why; where that doesn't help, a box stands for what can't be set. Raises TypesetterError
    if nothing helps. What takes longer than :func:`seconds` has failed, too.
    """
    _warm()
    try:
        with in_time(seconds(job)):
            pieces = _set(job, kept)
    except _NOT_ITS_FAULT:
        raise
    except Exception as problem:  # whatever the typesetter raises
        words = in_words(problem)
        if job.spare:
            return work(in_spare(job, words), kept)
        pieces = _rescued(job, kept)
        if not pieces:
            raise TypesetterError(job.name, words) from problem
    finally:
        # Boxes lead to each other in circles; those of one piece are not to wait for the next.
        tidy()
    if isinstance(job, PieceJob):
        pool.count(sum(piece.record.pages for piece in pieces))
    return _with_facts(pieces, failed=job.reason) if job.reason else pieces


@cache
def _warm() -> None:
    from book.render.pdf.engine.typeset import warm

    warm()


def _with_facts(pieces: tuple[Piece, ...], **facts: Any) -> tuple[Piece, ...]:
    return tuple(replace(one, record=replace(one.record, **facts)) for one in pieces)


def _rescued(job: Job, kept: Store) -> tuple[Piece, ...]:
    """The pieces of ``job`` with a box for what fails in it; none if that doesn't help."""

    def attempt(some: PieceJob) -> str:
        try:
            with in_time(seconds(some)):
                _set(some, Nothing(Path(some.root)))
        except _NOT_ITS_FAULT:
            raise
        except Exception as problem:  # noqa: BLE001 # as above
            return in_words(problem)
        return ""

    less, unset = _without_failing(job, attempt)
    return _with_facts(_set(less, kept), unset=unset) if unset else ()


def _without_failing(job: Job, attempt: Callable[[PieceJob], str]) -> tuple[Job, tuple[Unset, ...]]:
    from book.render.pdf.rescue import without_failing

    return (job, ()) if isinstance(job, FolioJob) else without_failing(job, attempt)


def in_spare(job: Job, reason: str) -> Job:
    """``job`` in the built-in theme alone, since its own has failed for this ``reason``."""
    return replace(job, css=job.spare, spare="", reason=reason)


def _set(job: Job, kept: Store) -> tuple[Piece, ...]:
    from book.render.pdf.engine.typeset import folios, typeset

    return folios(job) if isinstance(job, FolioJob) else (typeset(job, kept),)
