"""Nothing has changed: the last result is still true, and nothing needs to be made.

A build leaves a note of what it read and what it wrote. If every file that it read is as it
was, and every file that it wrote is still there as written, its result is given again.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from book.base.paths import is_inside
from book.cache.fingerprint import fingerprint
from book.cache.store import Store, key, packed, unpacked
from book.model import Finding, Result, Written

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FOLDERS = ("chapters", "styles")


@dataclass(frozen=True, slots=True)
class _Output:
    name: str
    path: str
    pages: int | None
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class _Note:
    """What a build read (path from the book's folder and SHA-256), found and wrote."""

    read: dict[str, str]
    findings: tuple[Finding, ...]
    outputs: tuple[_Output, ...]


def recall(
    root: Path, names: Sequence[str], out: Path, store: Store, now: dict[str, str]
) -> Result | None:
    """The result of the last build of ``names`` into ``out`` if it is still true, else None.

    ``now`` is the :func:`state` of ``root``.
    """
    note = unpacked(store.get(_question(root, names, out)), _Note)
    if note is None or not now.items() <= note.read.items():
        return None
    for path in note.read.keys() - now.keys():
        if not is_inside(root / path, root) or _digest(root / path) != note.read[path]:
            return None
    if any(_digest(out / output.path) != output.digest for output in note.outputs):
        return None
    written = tuple(
        Written(one.name, out / one.path, one.pages, one.size, 0.0) for one in note.outputs
    )
    return Result(note.findings, written)


def state(root: Path) -> dict[str, str]:
    """The digest of every file that a build of ``root`` reads, but for images in other folders."""
    paths = {root / "book.toml"}
    for folder in _FOLDERS:
        paths.update(path for path in (root / folder).rglob("*") if path.is_file())
    return {
        path.relative_to(root).as_posix(): _digest(path)
        for path in sorted(paths)
        if is_inside(path, root)
    }


def remember(  # noqa: PLR0913, PLR0917 # it is all of what was asked and answered
    root: Path,
    names: Sequence[str],
    out: Path,
    store: Store,
    before: dict[str, str],
    images: Iterable[str],
    result: Result,
) -> None:
    """Leave the note that :func:`recall` reads; ``images`` are paths from the book's folder.

    ``before`` is the :func:`state` from before the build: what was edited meanwhile is not in it.
    """
    outputs = tuple(
        _Output(one.name, one.path.name, one.pages, one.size, _digest(one.path))
        for one in result.written
    )
    elsewhere = {image: _digest(root / image) for image in images}
    note = _Note({**elsewhere, **before}, result.findings, outputs)
    store.put(_question(root, names, out), packed(note))


def _question(root: Path, names: Sequence[str], out: Path) -> str:
    """Which book, into which folder, dated when: a store is for all books."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    where = (os.path.realpath(root), os.path.realpath(out))
    return key("unchanged", fingerprint(), epoch, *where, *names)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
