"""What is dear is made once: what the store keeps is taken, what it lacks is made, side by side."""

from __future__ import annotations

import os
from concurrent.futures import BrokenExecutor
from contextlib import suppress
from typing import TYPE_CHECKING

from book.base.errors import UnusableError
from book.cache import pool

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from concurrent.futures import Future

    from book.cache.store import Store

#: So many things are made sooner than a process is started.
FEW = 2


def keep_all(
    store: Store, makers: Mapping[str, Callable[[], bytes]], *, lend: bool = False
) -> Callable[[], tuple[bytes, ...]]:
    """What ``store`` keeps under the keys of ``makers``, to be had by calling what this returns.

    What is missing is made and kept; a pool begins with it if it is much, if processes are there
    already, or if it is to be lent. What has not been begun when it is wanted, this process makes;
    so it never waits for them to start, and without them the same comes out, later. A maker is a
    pure function of a module, or a :func:`functools.partial` of one; what it raises, the call
    raises.
    """
    found = {name: store.get(name) or b"" for name in makers}
    missing = {name: make for name, make in makers.items() if not found[name]}
    several = (os.cpu_count() or 1) > 1 and (lend or len(missing) > FEW)
    begun: dict[str, Future[bytes]] = {}
    if missing and (several or pool.at_work()):
        executor = pool.executor("spawn")
        begun = {name: executor.submit(pool.alone, make) for name, make in missing.items()}

    def settled() -> tuple[bytes, ...]:
        try:
            while missing:
                # The pool begins with the first, so this process begins with the last.
                name, make = missing.popitem()
                found[name] = _made(make, begun.pop(name, None))
                store.put(name, found[name])
        except BaseException:
            for future in begun.values():
                future.cancel()
            pool.dismiss()  # Or this process would not end before all is made.
            raise
        return tuple(found.values())

    return settled


def _made(make: Callable[[], bytes], begun: Future[bytes] | None) -> bytes:
    if begun and not begun.cancel():
        # A process that dies meanwhile, or can't be started, is missed by nobody.
        with suppress(BrokenExecutor, UnusableError):
            return begun.result()
    return pool.alone(make)
