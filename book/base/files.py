"""The last step: finished bytes to their places, whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import unicodedata
from typing import TYPE_CHECKING
from uuid import uuid4

from book.base.paths import ChangedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from book.model import Book

_ENDINGS = {"pdf": ".pdf", "epub": ".epub"}
# Every file system takes names of 255 bytes; ours need room for an ending and a temporary name.
_LONGEST = 120


def own_folder(root: Path) -> Path:
    """Where the outputs of the book in ``root`` go if nobody says where: its folder ``build``.

    Raises OSError if that is a link, which may lead anywhere; it came with the book.
    """
    folder = root / "build"
    if folder.is_symlink():
        said = "it is a symbolic link; say with --output where the book is to go"
        raise OSError(errno.ELOOP, said, str(folder))
    return folder


def filename(book: Book, output: str) -> str:
    """The file name of an output, after the book's title: ``the-go-between.pdf``.

    Letters of other scripts stay as they are; accents of Latin letters are dropped.
    """
    title = unicodedata.normalize("NFKC", book.config.book.title).lower().replace("ß", "ss")
    name = re.sub("-+", "-", "".join(map(_in_name, _without_accents(title)))).strip("-_")
    short = name.encode()[:_LONGEST].decode(errors="ignore").strip("-_")
    return (short or "book") + _ENDINGS.get(output, f"-{output}.pdf")


def _without_accents(text: str) -> str:
    kept = ""
    for char in unicodedata.normalize("NFD", text):
        if not (unicodedata.combining(char) and kept[-1:].isascii() and kept):
            kept += char
    return unicodedata.normalize("NFC", kept)


def _in_name(char: str) -> str:
    """Letters, digits and the marks that belong to letters; a hyphen for all else."""
    return char if char == "_" or unicodedata.category(char)[0] in "LMN" else "-"


def write_whole(files: Mapping[Path, Iterable[bytes]]) -> None:
    """Write every file, part by part, beside its place, then rename all; raises OSError.

    If writing fails (a full disk, a folder where a file should go), nothing has been renamed
    and no trace is left. A process that is killed leaves at most hidden files, which nobody
    takes for a book.
    """
    beside = {path: path.with_name(f".{path.name}.{uuid4().hex}") for path in files}
    try:
        for path, parts in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
            _write(beside[path], parts, path)
        for path, temporary in beside.items():
            temporary.replace(path)
    finally:
        for temporary in beside.values():
            temporary.unlink(missing_ok=True)


def _write(beside: Path, parts: Iterable[bytes], path: Path) -> None:
    """Write ``parts`` to the disk, ``beside`` their ``path``, which an error names."""
    try:
        with beside.open("xb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
    except OSError as problem:
        # Else it is one of ours, about what is read meanwhile.
        if problem.errno and not isinstance(problem, ChangedError):
            problem.filename = str(path)
        raise
