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
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from book.base import scratch
from book.base.errors import TypesetterError, UnusableError
from book.base.paths import ChangedError
from book.cache.bounded import in_words, limit
from book.cache.hands import Hand
from book.cache.helpers import start_forkserver
from book.cache.store import Nothing, VanishedError
from book.render.pdf.record import FolioJob, Piece, PieceJob, Unset

if TYPE_CHECKING:
    from book.cache.store import Store

Job = PieceJob | FolioJob
#: What is no fault of a theme or of the typesetter's.
_NOT_ITS_FAULT = ChangedError, VanishedError, UnusableError
#: So often a worker is tried to be started.
_TRIES = 3
#: How many bytes of addresses a worker may have. A chapter of a thousand pages needs a tenth.
MEMORY = 6 * 2**30


class Worker(Hand[tuple[Piece, ...]]):
    """A worker as its parent sees it; ``pages`` is how many pages of text it has set."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("forkserver")
        for tries in range(_TRIES):
            start_forkserver()
            try:
                super().__init__(context, partial(_begin, str(scratch.folder())))
                break
            except (OSError, EOFError) as problem:  # The server has been killed, or has no room.
                if tries + 1 == _TRIES:
                    raise UnusableError(
                        f"No process can be started to set pages ({problem or 'it ends at once'}). "
                        "There may be too little memory, or too many processes."
                    ) from problem
        self.pages = 0


def _begin(folder: str) -> None:
    # WeasyPrint leaves its fonts behind; their parent's folder does not stay.
    tempfile.tempdir = folder
    # Python waits for it at its end: a worker whose parent is dead leaves nothing behind.
    threading.Thread(target=_watch, args=(folder,)).start()
    from book.render.pdf.engine.typeset import warm

    limit(0, MEMORY)
    warm()


def _watch(folder: str) -> None:
    # Joined through a pipe: a parent that is dead but not yet buried would still have its number,
    # and whoever reads our standard error to its end would wait for us for ever.
    if parent := multiprocessing.parent_process():
        parent.join()
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)


def work(job: Job, kept: Store) -> tuple[Piece, ...]:
    """The pieces of ``job``; runs of pages are ``kept``.

    Where the book's own theme makes the typesetter fail they are set in ours, and their records
    say why; where that doesn't help, a box stands for what can't be set. Raises TypesetterError
    if nothing helps.
    """
    try:
        pieces = _set(job, kept)
    except _NOT_ITS_FAULT:
        raise
    except Exception as problem:  # whatever the typesetter raises
        words = in_words(problem)
        if job.spare:
            return work(in_spare(job, words), kept)
        less, unset = _rescued(job)
        if not unset:
            raise TypesetterError(job.name, words) from problem
        pieces = _with_facts(_set(less, kept), unset=unset)
    finally:
        # Boxes lead to each other in circles; those of one piece are not to wait for the next.
        gc.collect()
    return _with_facts(pieces, failed=job.reason) if job.reason else pieces


def _with_facts(pieces: tuple[Piece, ...], **facts: Any) -> tuple[Piece, ...]:
    return tuple(replace(one, record=replace(one.record, **facts)) for one in pieces)


def _rescued(job: Job) -> tuple[Job, tuple[Unset, ...]]:
    from book.render.pdf.rescue import without_failing

    def attempt(some: PieceJob) -> str:
        try:
            _set(some, Nothing(Path(some.root)))
        except _NOT_ITS_FAULT:
            raise
        except Exception as problem:  # noqa: BLE001 # as above
            return in_words(problem)
        return ""

    return (job, ()) if isinstance(job, FolioJob) else without_failing(job, attempt)


def in_spare(job: Job, reason: str) -> Job:
    """``job`` in the built-in theme alone, since its own has failed for this ``reason``."""
    return replace(job, css=job.spare, spare="", reason=reason)


def _set(job: Job, kept: Store) -> tuple[Piece, ...]:
    from book.render.pdf.engine.typeset import folios, typeset

    return folios(job) if isinstance(job, FolioJob) else (typeset(job, kept),)
