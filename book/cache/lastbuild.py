"""Nothing has changed: the last result is still true, and nothing needs to be made.

A build leaves a note of what it read, as it was read, and of what it wrote. If every file that it
read is as it was, and every file that it wrote is there as written, its result is given again.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from book.base.paths import now
from book.cache.memo import asked
from book.cache.store import Store, packed, unpacked
from book.model import Finding, Result, Written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class _Output(Struct, frozen=True):
    name: str
    path: str
    pages: int | None
    size: int
    digest: str


class _Note(Struct, frozen=True):
    """What a build read (path from the book's folder and digest), found and wrote."""

    read: tuple[tuple[bytes, str], ...]  # a name need not be UTF-8
    findings: tuple[Finding, ...]
    outputs: tuple[_Output, ...]


def recall(root: Path, names: Sequence[str], out: Path, store: Store) -> Result | None:
    """The result of the last build of ``names`` into ``out`` if it is still true, else None."""
    note = unpacked(store.get(_question(root, names, out)), _Note)
    if note is None or any(now(root, os.fsdecode(path)) != was for path, was in note.read):
        return None
    if any(now(out, output.path) != output.digest for output in note.outputs):
        return None
    written = tuple(
        Written(one.name, out / one.path, one.pages, one.size, 0.0) for one in note.outputs
    )
    return Result(note.findings, written)


def remember(  # it is all of what was asked and answered
    root: Path,
    names: Sequence[str],
    out: Path,
    store: Store,
    read: Mapping[str, str],
    result: Result,
) -> None:
    """Leave the note that :func:`recall` reads.

    ``read`` is all that the build read of the book's folder (:func:`book.base.paths.watched`).
    """
    outputs = tuple(
        _Output(one.name, one.path.name, one.pages, one.size, now(out, one.path.name))
        for one in result.written
    )
    if all(output.digest for output in outputs):
        files = tuple((os.fsencode(path), found) for path, found in sorted(read.items()))
        note = _Note(files, result.findings, outputs)
        store.put(_question(root, names, out), packed(note))


def _question(root: Path, names: Sequence[str], out: Path) -> str:
    """Which book, into which folder, dated when: a store is for all books."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    where = (os.path.realpath(root), os.path.realpath(out))
    return asked("unchanged", epoch, *where, *names)
