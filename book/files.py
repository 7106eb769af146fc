"""The last step: finished bytes to their places, whole or not at all."""

from __future__ import annotations

import os
import re
import unicodedata
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from book.model import Book

_ENDINGS = {"pdf": ".pdf", "epub": ".epub", "handout": "-handout.pdf"}


def filename(book: Book, output: str) -> str:
    """The file name of an output, after the book's title: ``the-go-between.pdf``.

    Letters of other scripts stay as they are; accents of Latin letters are dropped.
    """
    title = "".join(
        char
        for char in unicodedata.normalize("NFKD", book.config.book.title.casefold())
        if not unicodedata.combining(char)
    )
    name = re.sub(r"[^\w]+", "-", unicodedata.normalize("NFC", title)).strip("-_")
    return (name or "book") + _ENDINGS[output]


def write_whole(files: Mapping[Path, bytes]) -> None:
    """Write every file beside its place, then rename all of them; raises OSError.

    If writing fails (a full disk), nothing has been renamed and no trace is left. A process
    that is killed leaves at most hidden files, which nobody takes for a book.
    """
    beside = {path: path.with_name(f".{path.name}.{uuid4().hex}") for path in files}
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with beside[path].open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        for path, temporary in beside.items():
            temporary.replace(path)
    finally:
        for temporary in beside.values():
            temporary.unlink(missing_ok=True)
