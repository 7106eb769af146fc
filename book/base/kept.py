"""What a library takes long to tell is had from whoever keeps such things, if somebody does.

Months and letters do not change from one run to the next, but to ask for them means to import
Babel or HarfBuzz, and to read their data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

_T = TypeVar("_T")

#: Gives a kind of thing, of a type, by its parts: from what it keeps, or as it is made.
Keeper = Callable[[str, type[Any], Sequence[str], Callable[[], Any]], Any]
_keeper: ContextVar[Keeper | None] = ContextVar("keeper", default=None)


@contextmanager
def kept_by(keeper: Keeper) -> Iterator[None]:
    """Meanwhile, things are had from ``keeper``, such as :func:`book.cache.memo.memo`."""
    token = _keeper.set(keeper)
    try:
        yield
    finally:
        _keeper.reset(token)


def kept(kind: str, type_: type[_T], parts: Sequence[str], make: Callable[[], _T]) -> _T:
    """The ``kind`` of thing of a ``type_`` that ``make`` makes of ``parts``, alone."""
    keeper = _keeper.get()
    if keeper is None:
        return make()
    found: _T = keeper(kind, type_, parts, make)
    return found
