"""How much memory a process and all that it starts take, as Linux tells it in ``/proc``.

What ``wait4`` says of a child is not enough: it knows nothing of workers that a fork server has
forked, and counts what the child shared with us before it became another program.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from threading import Event

_PROC = Path("/proc")
_PAUSE = 0.05  # seconds


def largest(pid: int, ended: Event) -> float:
    """The most megabytes that ``pid`` or any process below it had resident until it ``ended``.

    Each is asked for its own high-water mark, which never falls; so only what one grows in its
    last twentieth of a second is missed. 0 where there is no ``/proc``.
    """
    most = 0
    while not ended.wait(_PAUSE):
        most = max([most, *map(_peak, _family(pid))])
    return most / 1024


def _family(pid: int) -> Iterator[int]:
    """``pid``, its children and theirs, as far as they are still there."""
    children: dict[int, list[int]] = {}
    for folder in _PROC.glob("[0-9]*"):
        children.setdefault(_parent(folder), []).append(int(folder.name))
    waiting = [pid]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += children.get(one, ())


def _parent(process: Path) -> int:
    try:
        # The name may hold spaces and brackets; behind it are the state and the parent.
        return int((process / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _peak(pid: int) -> int:
    """The high-water mark of the resident set of ``pid`` in kilobytes."""
    try:
        status = (_PROC / str(pid) / "status").read_text("utf-8", "replace")
    except OSError:
        return 0
    marks = (line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    return int(next(marks, 0))
