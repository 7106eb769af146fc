"""What is dear to make, kept under the digest of everything that it was made from.

An entry is one file: the SHA-256 of what follows, then the bytes. It is written beside its
place and renamed, so builds at the same time don't harm each other; an entry that is damaged is
not trusted but made again. A store is never needed: without it the same bytes come out, later.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_T = TypeVar("_T")

#: How many bytes a store may take on the disk; what has not been used for longest goes first.
LIMIT = 1 << 30
#: A disk gives out room in blocks of so many bytes.
_BLOCK = 4096
#: A file as long as the store has blocks, or longer: every entry that is written adds to it.
_TALLY = "tally"


def key(*parts: str) -> str:
    """The digest that stands for ``parts``, each of them and their order."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()


def packed(value: object) -> bytes:
    """A value made of frozen dataclasses, as bytes to keep."""
    return msgspec.msgpack.encode(value)


def unpacked(content: bytes | None, kind: type[_T]) -> _T | None:
    """The value in ``content``, or None if it holds none of this kind.

    Decoding only ever makes data: a store may come with a stranger's folder.
    """
    try:
        return None if content is None else msgspec.msgpack.decode(content, type=kind)
    except msgspec.MsgspecError:
        return None


class VanishedError(OSError):
    """What this build has kept is gone: somebody has cleared the store meanwhile."""


class Store:
    """A folder of entries, each a file under its key (64 hexadecimal digits)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        #: What the disk did not take is kept here, for as long as this process needs it.
        self._unwritten: dict[str, bytes] = {}

    def __reduce__(self) -> tuple[type[Store], tuple[Path]]:
        """Another process uses the same folder."""
        return Store, (self._folder,)

    def get(self, key: str) -> bytes | None:
        """What is kept under ``key``, or None if there is nothing, or nothing whole."""
        path = self._path(key)
        try:
            data = path.read_bytes()
            os.utime(path)
        except OSError:
            return self._unwritten.get(key)
        content = data[32:]
        if hashlib.sha256(content).digest() == data[:32]:
            return content
        with suppress(OSError):
            path.unlink()  # It is damaged.
        return None

    def take(self, key: str) -> bytes:
        """What this build has kept under ``key``, or found there; raises VanishedError."""
        found = self.get(key)
        if found is None:
            raise VanishedError(
                0, "it was changed while the book was being made", str(self._folder)
            )
        return found

    def has(self, key: str) -> bool:
        """Whether something is kept under ``key``, whole or not; it is not read, but used."""
        try:
            os.utime(self._path(key))
        except OSError:
            return key in self._unwritten
        return True

    def put(self, key: str, content: bytes) -> None:
        """Keep ``content``; a disk that is full is no reason to fail a build."""
        path = self._path(key)
        beside = path.with_name(f"{path.name}.{uuid4().hex}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(hashlib.sha256(content).digest() + content)
            beside.replace(path)
            with (self._folder / _TALLY).open("ab") as tally:
                tally.write(bytes(_blocks(len(content))))
        except OSError:
            with suppress(OSError):
                beside.unlink()
            self._unwritten[key] = content

    def keep(self, key: str, make: Callable[[], bytes]) -> bytes:
        """What is kept under ``key``; if there is nothing, ``make`` it and keep it."""
        found = self.get(key)
        if found is None:
            found = make()
            self.put(key, found)
        return found

    def trim(self, limit: int = LIMIT) -> None:
        """Remove what has not been used for longest if the store takes more than ``limit`` bytes.

        An eighth of the limit is left free, so that most builds need not look at all entries.
        """
        if 0 < _size(self._folder / _TALLY) * _BLOCK <= limit:
            return
        entries = []
        for entry in self._entries():
            with suppress(OSError):  # Another build may have removed it.
                status = entry.stat()
                blocks = _blocks(status.st_size)
                entries.append((status.st_mtime_ns, entry.name, blocks, Path(entry.path)))
        total = sum(blocks for _, _, blocks, _ in entries)
        wanted = total if total * _BLOCK <= limit else limit * 7 // 8 // _BLOCK
        for _, _, blocks, path in sorted(entries):
            if total <= wanted:
                break
            path.unlink(missing_ok=True)
            total -= blocks
        with suppress(OSError):
            (self._folder / _TALLY).write_bytes(bytes(total + 1))

    def _entries(self) -> Iterator[os.DirEntry[str]]:
        with suppress(OSError), os.scandir(self._folder) as shelves:
            for shelf in shelves:
                with suppress(OSError), os.scandir(shelf) as entries:
                    yield from entries

    def clear(self) -> None:
        """Remove all that is kept."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def close(self) -> None:
        """The build that used it is done."""

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key


class Scratch(Store):
    """A store of its own for a build that is to make everything anew; it goes with the build."""

    def __init__(self) -> None:
        self._temporary = tempfile.TemporaryDirectory(prefix="chapbook-")
        super().__init__(Path(self._temporary.name))

    def trim(self, limit: int = LIMIT) -> None:
        """Nothing: all of it is this build's."""

    def close(self) -> None:
        """Remove the folder and all that is in it."""
        self._temporary.cleanup()


class Nothing(Store):
    """A store that keeps nothing, for what is made once and not needed again."""

    def get(self, key: str) -> bytes | None:
        """None: nothing is kept."""
        return None

    def put(self, key: str, content: bytes) -> None:
        """Forget ``content``."""


def _blocks(size: int) -> int:
    """How many blocks of the disk a file of so many bytes takes."""
    return -(-size // _BLOCK)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
