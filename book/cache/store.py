"""What is dear to make, kept under the digest of everything that it was made from.

A store lies in the user's own cache folder, for all books; never in a book's, which may be a
stranger's. An entry is one file: the SHA-256 of what follows, then the bytes. It is written beside
its place and renamed, so builds at the same time don't harm each other; an entry that is damaged is
not trusted but made again. No link in a store is followed, and nothing in it is read, written or
removed but files that are named as ours are. A store is never needed: without it the same bytes
come out, later.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

import msgspec

from book.base import scratch
from book.base.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_T = TypeVar("_T")

#: How many bytes a store may take on the disk; what has not been used for longest goes first.
LIMIT = 1 << 30
#: No entry is longer; what would be is held in memory, for as long as it is needed.
LARGEST = LIMIT // 4
#: Names the folder of the store; the command line may name another.
VARIABLE = "CHAPBOOK_STORE"
#: A disk gives out room in blocks of so many bytes.
_BLOCK = 4096
#: A file as long as the store has blocks, or longer: every entry that is written adds to it.
_TALLY = "tally"
#: An entry, and one that was being written when its process was killed.
_ENTRY = pattern(r"[0-9a-f]{64}(?:\.[0-9a-f]{32})?")
#: Whoever makes copies of a disk leaves out a folder in which this lies (bford.info/cachedir).
_MARK = "CACHEDIR.TAG"
_MARKED = b"Signature: 8a477f597d28d172789f06886806bc55\n# Kept by chapbook, to be quicker.\n"


def place(named: Path | None = None) -> Path | None:
    """Where the store lies: as it is ``named``, as ``CHAPBOOK_STORE`` says, in the user's cache.

    None if the user has no folder for it, or it is another user's. A home that is given from the
    current folder, which may be a stranger's, is none (XDG Base Directory 0.8).
    """
    if named:
        return named
    if said := os.environ.get(VARIABLE):
        return Path(said)
    import platformdirs  # It is asked once, and not by workers.

    try:
        folder = platformdirs.user_cache_path("chapbook", appauthor=False) / "store"
        mine = not folder.exists() or folder.stat().st_uid == os.geteuid()
    except (OSError, RuntimeError):
        return None
    return folder if mine and folder.is_absolute() else None


def clean(named: Path | None = None) -> None:
    """Empty the store at its :func:`place`, which builds of all books use; finished files stay."""
    if folder := place(named):
        Store(folder).clear()


def opened(named: Path | None = None) -> Store:
    """The store at its :func:`place`; one that goes with the build where nothing can be kept."""
    folder = place(named)
    if folder is None:
        return Scratch()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        usable = os.access(folder, os.R_OK | os.W_OK | os.X_OK)
    except OSError:
        if named or os.environ.get(VARIABLE):
            raise
        usable = False
    return Store(folder) if usable else Scratch()


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
        path = self._folder / key
        try:
            data = _read(path)
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
            os.utime(self._folder / key, follow_symlinks=False)
        except OSError:
            return key in self._unwritten
        return True

    def put(self, key: str, content: bytes) -> None:
        """Keep ``content``; a disk that is full is no reason to fail a build."""
        if len(content) > LARGEST - 32:
            self._unwritten[key] = content
            return
        path = self._folder / key
        beside = path.with_name(f"{key}.{uuid4().hex}")
        try:
            self._mark()
            _write(beside, os.O_EXCL, hashlib.sha256(content).digest(), content)
            beside.replace(path)
            _write(self._folder / _TALLY, os.O_APPEND, bytes(_blocks(len(content))))
        except OSError:
            with suppress(OSError):
                beside.unlink()
            self._unwritten[key] = content

    def trim(self, limit: int = LIMIT) -> None:
        """Remove what has not been used for longest if the store takes more than ``limit`` bytes.

        An eighth of the limit is left free, so that most builds need not look at all entries.
        """
        if 0 < _size(self._folder / _TALLY) * _BLOCK <= limit:
            return
        entries = []
        for entry in self._entries():
            with suppress(OSError):  # Another build may have removed it.
                status = entry.stat(follow_symlinks=False)
                blocks = _blocks(status.st_size)
                # What is too long to be ours goes before all others.
                used = 0 if status.st_size > LARGEST else status.st_mtime_ns
                entries.append((used, entry.name, blocks, Path(entry.path)))
        total = sum(blocks for _, _, blocks, _ in entries)
        wanted = total if total * _BLOCK <= limit else limit * 7 // 8 // _BLOCK
        for _, _, blocks, path in sorted(entries):
            if total <= wanted:
                break
            with suppress(OSError):
                path.unlink(missing_ok=True)
            total -= blocks
        with suppress(OSError):
            _write(self._folder / _TALLY, 0, bytes(total + 1))

    def clear(self) -> None:
        """Remove all that is kept, and the folder if nothing else is in it."""
        for entry in self._entries():
            with suppress(OSError):
                Path(entry.path).unlink()
        for name in (_TALLY, _MARK):
            with suppress(OSError):
                (self._folder / name).unlink()
        with suppress(OSError):
            self._folder.rmdir()

    def close(self) -> None:
        """The build that used it is done."""

    def _entries(self) -> Iterator[os.DirEntry[str]]:
        with suppress(OSError), os.scandir(self._folder) as entries:
            for entry in entries:
                if _ENTRY.fullmatch(entry.name):
                    yield entry

    def _mark(self) -> None:
        """Let the folder be there, and say what it is."""
        with suppress(FileExistsError):
            try:
                _write(self._folder / _MARK, os.O_EXCL, _MARKED)
            except FileNotFoundError:
                self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                _write(self._folder / _MARK, os.O_EXCL, _MARKED)


class Scratch(Store):
    """A store of its own for a build that is to make everything anew; it goes with the build."""

    def __init__(self) -> None:
        self._temporary = tempfile.TemporaryDirectory(prefix="store-", dir=scratch.folder())
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
        return path.lstat().st_size
    except OSError:
        return 0


#: No link is followed, and nobody is waited for, as who opens a pipe would wait.
_CAREFUL = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


def _read(path: Path) -> bytes:
    """The bytes of an entry, which is used now; raises OSError if it is none."""
    with os.fdopen(os.open(path, os.O_RDONLY | _CAREFUL), "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST:
            raise OSError("no entry is like this")
        os.utime(file.fileno())
        return file.read()


def _write(path: Path, how: int, *parts: bytes) -> None:
    """Write ``parts`` to a file, opened or made as ``how`` says; raises OSError if it is none."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | how | _CAREFUL, 0o600), "wb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
            raise OSError("no file of a store is like this")
        if not how & os.O_APPEND:
            file.truncate()  # Not before it is known what it is.
        file.writelines(parts)
