"""The one door to a book's folder: nothing outside it is read, and what was read is known.

The folder may be a stranger's, with links, pipes and devices in it, and it may change while it is
read. A file is opened step by step from the folder on; a link is followed only where it leads
inside, and what was opened is looked at before it is read. Of what is read while somebody
:func:`watches <watched>`, the digest is noted as it was read; it never changes within a build.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import TYPE_CHECKING

from book.base.text import newlines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader
    from pathlib import Path

#: Nobody is waited for, as who opens a pipe would wait; and no link is followed unseen.
_CAREFUL = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_A_LINK = {errno.ELOOP, errno.EMLINK}
#: What is not there, is something else, or lies nowhere.
_NO_FILE = {errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ENXIO, errno.ENAMETOOLONG} | _A_LINK
#: As many links as systems follow on the way to one file.
_LINKS = 40
#: No file that is larger is read; in bytes.
LARGEST = 1 << 29

_log: ContextVar[dict[str, str] | None] = ContextVar("log", default=None)


class ChangedError(OSError):
    """A file of the book was changed while the book was being made from it."""

    @classmethod
    def of(cls, name: str) -> ChangedError:
        """The error that says so of the file ``name``."""
        return cls(errno.EAGAIN, "it is being changed while the book is made; try again", name)


@contextmanager
def watched() -> Iterator[dict[str, str]]:
    """What is read from a book's folder meanwhile: its path from there, and its :func:`digest`.

    What reading would give something else the second time raises :class:`ChangedError`.
    """
    log: dict[str, str] = {}
    token = _log.set(log)
    try:
        yield log
    finally:
        _log.reset(token)


def content(root: Path, name: str, most: int = LARGEST) -> bytes | None:
    """The bytes of the file ``name``, a path from the folder ``root``.

    None if it is not there, is no file, or lies outside ``root``. Raises OSError if it can't be
    read or has more than ``most`` bytes, and :class:`ChangedError` if it is not what this build
    has read there before.
    """
    try:
        data = _read(root, name, most)
    except ValueError:  # no file has a name with a NUL in it
        data = None
    except OSError as problem:
        if problem.errno not in _NO_FILE:
            raise
        data = None
    _note(name, "" if data is None else hashlib.sha256(data).hexdigest())
    return data


def told(root: Path, name: str) -> tuple[bytes | None, str]:
    """The :func:`content` of a file, and why it can't be read, in words; empty if it can."""
    try:
        return content(root, name), ""
    except ChangedError:
        raise
    except PermissionError:
        return None, "nobody but its owner may read it"
    except OSError as problem:
        if problem.errno == errno.EFBIG:
            return None, f"it has more than {LARGEST >> 20} MB"
        return None, (problem.strerror or "it can't be opened").lower()


def lines(root: Path, name: str) -> list[str]:
    """The lines of a text file as editors count them; none if it can't be read.

    A line ends with a line feed, a carriage return or both, and with nothing else: a form feed is
    a letter of its line.
    """
    try:
        data = content(root, name)
    except OSError:
        return []
    text = (data or b"").decode("utf-8-sig", "replace")
    return newlines(text).split("\n") if text else []


def names(root: Path, folder: str) -> tuple[str, ...]:
    """What lies in ``folder``, a path from ``root``, by name, but for names that begin with a dot.

    Nothing if there is no such folder inside ``root``. Raises OSError if it can't be read.
    """
    found = _names(root, folder)
    _note(f"{folder}/", _digest_of(found))
    return found


def digest(root: Path, name: str) -> str:
    """The SHA-256 of the file ``name``, or nothing if it has no :func:`content`."""
    found = now(root, name)
    _note(name, found)
    return found


def now(root: Path, name: str) -> str:
    """What :func:`digest` would say, but that nobody who watches hears of it.

    A name that ends in a slash is a folder's; its digest is that of its :func:`names`.
    """
    found = ""
    with suppress(OSError, ValueError):
        if name.endswith("/"):
            found = _digest_of(_names(root, name[:-1]))
        else:
            with _file(root, name, LARGEST) as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def is_inside(path: Path, root: Path) -> bool:
    """Whether ``path`` lies in the folder ``root`` once all symbolic links are followed.

    What is no path at all, such as a link that leads round in a circle, lies nowhere.
    """
    try:
        base = os.path.realpath(root)
        try:
            found = os.path.realpath(path, strict=True)
        except FileNotFoundError:
            found = str(path.resolve())
        return os.path.commonpath([base, found]) == base
    except (OSError, RuntimeError, ValueError):
        return False


def is_file(path: Path) -> bool:
    """Whether ``path`` is a file; a name that is too long to be one is none."""
    try:
        return path.is_file()
    except OSError:
        return False


def _no_file(name: str) -> OSError:
    """What is said of what is something else, or lies outside."""
    return FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)


def _note(name: str, found: str) -> None:
    log = _log.get()
    if log is not None and log.setdefault(name, found) != found:
        raise ChangedError.of(name)


def _digest_of(found: tuple[str, ...]) -> str:
    return hashlib.sha256("/".join(found).encode(errors="surrogateescape")).hexdigest()


def _file(root: Path, name: str, most: int) -> BufferedReader:
    opened = _opened(root, name)
    known = os.fstat(opened)
    if stat.S_ISREG(known.st_mode) and known.st_size <= most:
        return os.fdopen(opened, "rb")
    os.close(opened)
    if stat.S_ISREG(known.st_mode):
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), name)
    raise _no_file(name)


def _read(root: Path, name: str, most: int) -> bytes:
    with _file(root, name, most) as file:
        known = os.fstat(file.fileno()).st_size + 1  # For as much as is asked for, room is made.
        data = file.read(known)
        return data + file.read(most - known) if len(data) == known else data


def _names(root: Path, folder: str) -> tuple[str, ...]:
    try:
        opened = _opened(root, folder)
        try:
            found = os.listdir(opened)  # noqa: PTH208 # of what is open, whatever its name
        finally:
            os.close(opened)
    except OSError as problem:
        if problem.errno not in _NO_FILE:
            raise
        return ()
    return tuple(sorted((one for one in found if not one.startswith(".")), key=os.fsencode))


def _opened(root: Path, name: str) -> int:
    """The descriptor of ``name``, whatever that is; raises OSError if it is not in ``root``.

    No folder on the way is named twice, so that none can be exchanged for a link in between.
    """
    way = [os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)]
    todo, links = name.split("/")[::-1], 0
    try:
        while todo:
            match todo.pop():
                case "" | ".":
                    continue
                case "..":
                    os.close(way.pop())
                    if not way:
                        raise _no_file(name)
                    continue
                case step:
                    pass
            try:
                way.append(os.open(step, _CAREFUL, dir_fd=way[-1]))
            except OSError as problem:
                if problem.errno not in _A_LINK or (links := links + 1) > _LINKS:
                    problem.filename = name
                    raise
                todo += _target(step, way, root).split("/")[::-1]
        return os.dup(way[-1])
    finally:
        for one in way:
            os.close(one)


def _target(link: str, way: list[int], root: Path) -> str:
    """Where a ``link`` at the end of the ``way`` leads, as a path from the then end of the way."""
    try:
        target = os.readlink(link, dir_fd=way[-1])
    except OSError as problem:
        if problem.errno != errno.EINVAL:
            raise
        return link  # It was a link, and is none any more: it is looked at again.
    if not target.startswith("/"):
        return target
    path, base = os.path.realpath(target), os.path.realpath(root)
    if os.path.commonpath([path, base]) != base:
        raise _no_file(target)
    while len(way) > 1:
        os.close(way.pop())
    return os.path.relpath(path, base)
