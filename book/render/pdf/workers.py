"""Who sets which piece: as many workers as there are cores, and the jobs that wait for them.

Workers start when they are first needed and stay until this process ends. One that is killed is
replaced; one that has set its share is relieved while the others go on.
"""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Hashable
from functools import cache, partial
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Generic, TypeVar

from book.base.errors import TypesetterError
from book.render.pdf.record import PieceJob
from book.render.pdf.worker import Job, Worker, in_spare, work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from book.cache.store import Store
    from book.render.pdf.record import Piece

_Key = TypeVar("_Key", bound=Hashable)
#: A job is given up when so many workers have died of it.
_TRIES = 3
#: So many pages of text a worker sets before another takes its place. Else it would grow with
#: the book, if slowly: what it gives back of its memory lies in pieces.
_SHIFT = 400


def set_all(
    jobs: Iterable[tuple[_Key, Job]],
    kept: Store,
    finished: Callable[[_Key, tuple[Piece, ...]], None],
) -> None:
    """Set every job, but for runs of pages that are ``kept``.

    Jobs are taken as workers are free for them; the longest should come first, so that no
    worker is left alone with a long one at the end. ``finished`` hears of the pieces of each, in
    the order in which they are done. A worker that is killed is replaced and its job done again.
    Raises TypesetterError if a piece can't be set, or if workers keep dying of it.
    """
    todo = _Work(jobs, kept, finished)
    try:
        while todo.hand_out():
            todo.look_ahead()
            todo.hear()
    except BaseException:
        dismiss()  # What they are busy with is not wanted any more.
        raise


class _Work(Generic[_Key]):
    """Jobs that are to be set: those that are ready, and which worker is busy with which."""

    def __init__(
        self,
        jobs: Iterable[tuple[_Key, Job]],
        kept: Store,
        finished: Callable[[_Key, tuple[Piece, ...]], None],
    ) -> None:
        self._rest, self._kept, self._finished = iter(jobs), kept, finished
        self._ready: deque[tuple[_Key, Job]] = deque()
        self._busy: dict[Worker, tuple[_Key, Job]] = {}
        self._deaths: Counter[_Key] = Counter()

    def hand_out(self) -> bool:
        """Give everyone who is free something to do, if there is any; whether anyone is busy."""
        while len(self._busy) < _count() and (one := self._next()):
            self._give(one)
        return bool(self._busy)

    def look_ahead(self) -> None:
        """Have the next jobs ready for when workers are free.

        One for each and no more: a long book's are never all there.
        """
        while len(self._ready) < _count() and not self._done(0):
            if (one := next(self._rest, None)) is None:
                return
            self._ready.append(one)

    def hear(self) -> None:
        """Wait until somebody has something done, and tell of it."""
        for worker in self._done(None):
            key, job = self._busy.pop(worker)
            pieces = worker.answer()
            if pieces is None:
                self._mourn(worker, (key, job))
                continue
            if isinstance(job, PieceJob):
                worker.pages += sum(piece.record.pages for piece in pieces)
            if worker.pages >= _SHIFT:
                _crew().remove(worker)
                worker.kill()  # to ask it to end would take longer
            if self._ready:
                self._give(self._ready.popleft())
            self._finished(key, pieces)

    def _next(self) -> tuple[_Key, Job] | None:
        return self._ready.popleft() if self._ready else next(self._rest, None)

    def _give(self, one: tuple[_Key, Job]) -> None:
        worker = next((each for each in _crew() if each not in self._busy), None)
        if worker is None:
            worker = Worker()
            _crew().append(worker)
        self._busy[worker] = one
        worker.give(partial(work, one[1], self._kept))

    def _mourn(self, worker: Worker, one: tuple[_Key, Job]) -> None:
        """Do without ``worker``, and let another do what has been begun."""
        _crew().remove(worker)
        self._deaths[one[0]] += 1
        key, job = one
        if self._deaths[key] == _TRIES:
            words = f"{_TRIES} processes have died of it"
            if not job.spare:
                raise TypesetterError(job.name, words)
            self._deaths[key] = 0
            job = in_spare(job, words)
        self._ready.appendleft((key, job))

    def _done(self, seconds: float | None) -> list[Worker]:
        """Those who are done, or dead; waits for one, but no longer than so many seconds."""
        pipes = wait([worker.pipe for worker in self._busy], seconds)
        return [worker for worker in self._busy if worker.pipe in pipes]


def _count() -> int:
    return os.cpu_count() or 1


@cache
def _crew() -> list[Worker]:
    """The workers of this process."""
    return []


def dismiss() -> None:
    """Give up the workers, if there are any, whatever they are busy with."""
    while _crew():
        _crew().pop().kill()
