"""What is dear is made once: what the store keeps is taken, what it lacks is made, side by side."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import nullcontext, suppress
from functools import partial
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from book.base.errors import UnusableError
from book.cache.fingerprint import fingerprint
from book.cache.store import key, packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from concurrent.futures import Executor, Future
    from contextlib import AbstractContextManager

    from book.cache.store import Store

_P = ParamSpec("_P")
_T = TypeVar("_T")
_ALONE = threading.RLock()
#: So many things are made sooner than a process is started.
FEW = 2


def asked(kind: str, *parts: str) -> str:
    """The key of a ``kind`` of thing: all that it was made from, and what made it."""
    return key(kind, fingerprint(), *parts)


def memo(  # what is asked for, and how it is made
    store: Store,
    kind: str,
    type_: type[_T],
    parts: Sequence[str],
    make: Callable[[], _T],
    *,
    only: Callable[[_T], bool] = lambda _: True,
) -> _T:
    """The ``kind`` of thing of a ``type_`` that ``make`` makes from ``parts``, kept by ``store``.

    What is not ``only`` such a thing is not kept.
    """
    name = asked(kind, *parts)
    found = unpacked(store.get(name), type_)
    if found is None:
        found = make()
        if only(found):
            store.put(name, packed(found))
    return found


def memo_all(
    store: Store,
    kind: str,
    type_: type[_T],
    makers: Mapping[tuple[str, ...], Callable[[], _T]],
    *,
    lend: bool = False,
) -> Callable[[], Iterator[_T]]:
    """As :func:`memo` for each of ``makers`` by its parts; to be had by calling what this returns.

    What is missing is made and kept; a pool begins with it if it is much, if processes are there
    already, or if it is to be lent. What has not been begun when it is wanted, this process makes;
    so it never waits for them to start, and without them the same comes out, later. A maker is a
    pure function of a module, or a :func:`functools.partial` of one; what it raises, the call
    raises.
    """
    packers = {asked(kind, *parts): partial(_packed, make) for parts, make in makers.items()}
    found = {name: store.get(name) or b"" for name in packers}
    missing = {name: make for name, make in packers.items() if not found[name]}
    several = (os.cpu_count() or 1) > 1 and (lend or len(missing) > FEW)
    begun: dict[str, Future[bytes]] = {}
    working = sys.modules.get("book.cache.pool")  # Where nobody asked for one, none is.
    if missing and (several or (working and working.at_work())):
        from book.cache import pool

        executor = pool.executor("spawn")
        begun = {name: executor.submit(alone, make) for name, make in missing.items()}

    def settled() -> Iterator[_T]:
        try:
            while missing:
                # The pool begins with the first, so this process begins with the last.
                name, make = missing.popitem()
                found[name] = _made(make, begun.pop(name, None))
                store.put(name, found[name])
        except BaseException:
            for future in begun.values():
                future.cancel()
            if begun:
                pool.dismiss()  # Or this process would not end before all is made.
            raise
        # Each is forgotten when it has been unpacked: a long book is not to be there twice.
        values = (unpacked(found.pop(name), type_) for name in packers)
        return (
            make() if value is None else value
            for value, make in zip(values, makers.values(), strict=True)
        )

    return settled


def _packed(make: Callable[[], object]) -> bytes:
    return packed(make())


def _made(make: Callable[[], bytes], begun: Future[bytes] | None) -> bytes:
    if begun and not begun.cancel():
        from concurrent.futures import BrokenExecutor

        # A process that dies meanwhile, or can't be started, is missed by nobody.
        with suppress(BrokenExecutor, UnusableError):
            return begun.result()
    return alone(make)


def using(executor: Executor | None) -> AbstractContextManager[None]:
    """Meanwhile ``executor`` makes what our own pools would; they do if it is None."""
    if executor is None:
        return nullcontext()
    from book.cache import pool

    return pool.using(executor)


def alone(make: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """What ``make`` gives; what makers use is not made for two threads of a process at a time."""
    with _ALONE:
        return make(*args, **kwargs)
