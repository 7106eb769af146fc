"""Many hands: processes that make what the store lacks, one for each further core.

They are started when first needed and stay until this process ends. What they have not begun
when it is wanted, this process makes itself; so it never waits for them to start, and without
them the same comes out, later.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING

from book.base import scratch
from book.base.errors import UnusableError
from book.cache.hands import Hand, safe_path

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from book.cache.store import Store

#: So many things are made sooner than a process is started.
FEW = 2

#: Each helper has a thread here, which hands it one thing after the other; this is the thread's.
_own = threading.local()


def keep_all(
    store: Store, makers: Mapping[str, Callable[[], bytes]], *, lend: bool = False
) -> Callable[[], tuple[bytes, ...]]:
    """What ``store`` keeps under the keys of ``makers``, to be had by calling what this returns.

    What is missing is made and kept; helpers begin with it if it is much, if they are there
    already, or if it is to be lent. A maker is a pure function of a module, or a
    :func:`functools.partial` of one; what it raises, the call raises.
    """
    found = {name: store.get(name) or b"" for name in makers}
    missing = {name: make for name, make in makers.items() if not found[name]}
    if lend or len(missing) > FEW or _pool.cache_info().currsize:
        missing = {name: _begun(make) for name, make in missing.items()}

    def settled() -> tuple[bytes, ...]:
        try:
            while missing:
                # Helpers begin with the first, so this process begins with the last.
                name, made = missing.popitem()
                found[name] = made()
                store.put(name, found[name])
        except BaseException:
            _dismiss()
            raise
        return tuple(found.values())

    return settled


def start_forkserver() -> None:
    """Let WeasyPrint be imported where workers will be forked from. Does not wait for it.

    Pages will have to be set; until it is known which, the import is done.
    """
    from multiprocessing import forkserver

    if sys.flags.optimize:
        raise UnusableError(
            "Pages can't be set with python -O or PYTHONOPTIMIZE: they leave out what WeasyPrint "
            "needs. Start without."
        )
    safe_path()
    multiprocessing.set_forkserver_preload(["book.render.pdf.engine.preload"])
    with scratch.used():  # Its socket lies there.
        forkserver.ensure_running()


def _begun(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """What calls ``make``, or takes its result from the helper that has begun with it."""
    pool = _pool()
    if pool is None:
        return make
    future = pool.submit(_lent, make)

    def settled() -> bytes:
        made = None if future.cancel() else future.result()
        return make() if made is None else made

    return settled


@cache
def _pool() -> ThreadPoolExecutor | None:
    """The threads of the helpers; None if this machine has no core for any."""
    count = (os.cpu_count() or 1) - 1
    return ThreadPoolExecutor(count) if count else None


def _dismiss() -> None:
    """Take back what no helper has begun, or this process would not end before it is made."""
    if _pool.cache_info().currsize and (pool := _pool()):
        pool.shutdown(wait=False, cancel_futures=True)
    _pool.cache_clear()


def _lent(make: Callable[[], bytes]) -> bytes | None:
    """What the helper of this thread gets by calling ``make``; None if there is none.

    This thread does not stand in for it: what makers use is not made for two at a time.
    """
    if not hasattr(_own, "helper"):
        _own.helper = _hired()
    helper: Hand[bytes] | None = _own.helper
    if helper is not None:
        helper.give(make)
        if (made := helper.answer()) is not None:
            return made
        _own.helper = None  # It was killed.
    return None


def _hired() -> Hand[bytes]:
    """A new helper. It is not forked: this process has threads."""
    return Hand(multiprocessing.get_context("spawn"))
