"""Something is made in a process of its own, within bounds of time and memory.

For what strangers' style sheets and pictures may lead a library to: what never ends, or takes all
memory, is ended, and this process goes on (setrlimit, POSIX).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_T = TypeVar("_T")


def bounded(make: Callable[[], _T], seconds: int, memory: int) -> _T:
    """What ``make`` gives, a function of a module or a :func:`functools.partial` of one.

    It may take so many ``seconds`` of the processor and bytes of ``memory`` (of addresses, as
    POSIX has it, so less is in use). Raises BoundsError if it takes more, raises or dies. A
    process in which all went well makes the next thing too, since it has what that needs at hand.
    """
    from book.cache import cells

    return cells.made(make, seconds, memory)
