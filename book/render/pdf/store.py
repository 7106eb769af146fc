"""Typeset pieces, kept under the digest of everything that went into them.

An entry is one file: the SHA-256 of what follows, the record, the bytes. It is written beside
its place and renamed, so builds at the same time don't harm each other, and one that is damaged
is not trusted but made again.
"""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from typing import TYPE_CHECKING
from uuid import uuid4

import msgspec

from book.render.pdf.record import Piece, PieceJob, Record

if TYPE_CHECKING:
    from pathlib import Path

_DECODER = msgspec.msgpack.Decoder(tuple[Record, bytes])


def key(job: PieceJob) -> str:
    """The digest of ``job`` and of the libraries that set it."""
    parts = [job.html, job.css, repr(job.files), str(job.tagged), _versions()]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _versions() -> str:
    names = ("chapbook", "weasyprint", "pydyf", "fonttools")
    return " ".join(f"{name} {version(name)}" for name in names)


class Store:
    """A folder of typeset pieces."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> Piece | None:
        """The piece kept under ``key``, or None if there is none that is whole."""
        try:
            data = self._path(key).read_bytes()
        except OSError:
            return None
        digest, content = data[:32], data[32:]
        if hashlib.sha256(content).digest() != digest:
            return None
        try:
            record, pdf = _DECODER.decode(content)
        except msgspec.MsgspecError:
            return None
        return Piece(record, pdf)

    def put(self, key: str, piece: Piece) -> None:
        """Keep ``piece``; a disk that is full is no reason to fail a build."""
        content = msgspec.msgpack.encode((piece.record, piece.data))
        path = self._path(key)
        beside = path.with_name(f"{path.name}.{uuid4().hex}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(hashlib.sha256(content).digest() + content)
            beside.replace(path)
        except OSError:
            beside.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key
