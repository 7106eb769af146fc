"""One temporary folder a process: all that it and its workers put aside lies there, and goes.

A process that is killed leaves its folder. The next one removes it: as long as a process lives it
holds a lock in its folder (``flock``, which ends with the process), so what is not locked is dead.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from book.base.errors import UnusableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PREFIX = "chapbook-"
_LOCK = "lock"
#: So many bytes the path of the system's temporary folder may have: workers are reached by a
#: socket below it, whose path has less than 104 (``sun_path``), and ours takes 51.
_LONGEST = 50
#: A folder without a lock that is older than so many seconds was left by a process that died early.
_OLD = 24 * 3600


@contextmanager
def used() -> Iterator[Path]:
    """Whoever asks for a temporary file meanwhile gets it in this process's own folder."""
    before, tempfile.tempdir = tempfile.tempdir, str(folder())
    try:
        yield folder()
    finally:
        tempfile.tempdir = before


@cache
def folder() -> Path:
    """This process's own temporary folder, which goes when it ends; those of dead ones go now."""
    base = _base()
    _clear(base)
    made = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=base))
    # The lock has its name when it is locked: before, nobody takes it for that of a dead process.
    lock = os.open(made / "new", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    with suppress(OSError):  # Not every file system has locks; then this folder is left alone.
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        (made / "new").rename(made / _LOCK)
    _at_end(partial(shutil.rmtree, made, ignore_errors=True))
    return made


def _at_end(removed: Callable[[], None]) -> None:
    """Let it be ``removed`` last of all: multiprocessing may have a folder in it, and ends first.

    Where nobody has imported that yet, what is registered now comes later than what it registers.
    """
    if "multiprocessing" in sys.modules:  # It ends its own processes, which know no atexit.
        from multiprocessing import util

        util.Finalize(None, removed, exitpriority=-200)  # Its own folder has -100.
    else:
        ours = os.getpid()
        atexit.register(lambda: removed() if os.getpid() == ours else None)


def _base() -> Path:
    """The system's temporary folder, or another if it lies too deep."""
    for path in (tempfile.gettempdir(), "/tmp"):
        if len(os.fsencode(path)) <= _LONGEST and os.access(path, os.W_OK | os.X_OK):
            return Path(path)
    raise UnusableError(
        f"The path of the temporary folder is too long: {tempfile.gettempdir()}. "
        f"Set TMPDIR to one of no more than {_LONGEST} letters."
    )


def _clear(base: Path) -> None:
    """Remove what processes have left that are dead, if it is ours and no link."""
    with suppress(OSError), os.scandir(base) as entries:
        for entry in entries:
            if entry.name.startswith(_PREFIX) and entry.is_dir(follow_symlinks=False):
                with suppress(OSError):
                    if entry.stat(follow_symlinks=False).st_uid == os.geteuid():
                        _bury(Path(entry.path))


def _bury(dead: Path) -> None:
    """Remove the folder if its process is ``dead``; raises OSError if it is not."""
    try:
        lock = os.open(dead / _LOCK, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        if time.time() - dead.stat().st_mtime > _OLD:
            shutil.rmtree(dead, ignore_errors=True)
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(dead, ignore_errors=True)
    finally:
        os.close(lock)
