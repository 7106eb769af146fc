"""What is dear to make, kept under the digest of everything that it was made from.

An entry is one file: the SHA-256 of what follows, then the bytes. It is written beside its
place and renamed, so builds at the same time don't harm each other; an entry that is damaged is
not trusted but made again. A store is never needed: without it the same bytes come out, later.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_T = TypeVar("_T")

#: How many bytes a store may hold; what has not been used for longest goes first.
LIMIT = 1 << 30


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


class Store:
    """A folder of entries, each a file under its key (64 hexadecimal digits)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> bytes | None:
        """What is kept under ``key``, or None if there is nothing, or nothing whole."""
        path = self._path(key)
        try:
            data = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        content = data[32:]
        return content if hashlib.sha256(content).digest() == data[:32] else None

    def put(self, key: str, content: bytes) -> None:
        """Keep ``content``; a disk that is full is no reason to fail a build."""
        path = self._path(key)
        beside = path.with_name(f"{path.name}.{uuid4().hex}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(hashlib.sha256(content).digest() + content)
            beside.replace(path)
        except OSError:
            beside.unlink(missing_ok=True)

    def keep(self, key: str, make: Callable[[], bytes]) -> bytes:
        """What is kept under ``key``; if there is nothing, ``make`` it and keep it."""
        found = self.get(key)
        if found is None:
            found = make()
            self.put(key, found)
        return found

    def trim(self, limit: int = LIMIT) -> None:
        """Remove what has not been used for longest until ``limit`` bytes are left at most."""
        entries = []
        for entry in self._entries():
            try:
                status = entry.stat()
            except OSError:
                continue  # Another build has removed it.
            entries.append((status.st_mtime_ns, entry.name, status.st_size, Path(entry.path)))
        total = sum(size for _, _, size, _ in entries)
        for _, _, size, path in sorted(entries):
            if total <= limit:
                return
            path.unlink(missing_ok=True)
            total -= size

    def _entries(self) -> Iterator[os.DirEntry[str]]:
        with suppress(OSError), os.scandir(self._folder) as shelves:
            for shelf in shelves:
                with suppress(OSError), os.scandir(shelf) as entries:
                    yield from entries

    def clear(self) -> None:
        """Remove all that is kept."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key


class Nothing(Store):
    """A store that keeps nothing, for builds that are to make everything anew."""

    def get(self, key: str) -> bytes | None:
        """None: nothing is kept."""
        return None

    def put(self, key: str, content: bytes) -> None:
        """Forget ``content``."""
