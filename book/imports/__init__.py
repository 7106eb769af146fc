"""``book import``: a book of what people have.

A reader for each kind of source (``readers/``, ``pandoc/``) gives drafts: chapters in our
Markdown whose links and pictures are still those of the source. ``finish`` makes files of them.
What could not be carried over is kept in a list from the first byte read to the last line
written. Nothing outside the source is read, nothing is fetched, and nothing of it is run.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from uuid import uuid4

from book.base.data import replace
from book.cache.processes import alarmed
from book.imports import citations, metadata, report, strays, titles
from book.imports.detect import kind_of
from book.imports.finish import Finisher
from book.imports.ledger import Ledger, plain
from book.imports.model import Counts, Imported, ImportFailedError, Loss
from book.imports.prose import lines_of, words_of
from book.imports.source import Shelf
from book.imports.split import NOTE
from book.imports.unsaid import unsaid
from book.parse.dollars import set_aside

__all__ = ["ImportFailedError", "Imported", "Loss", "import_book"]

#: So long the reading of a source may take, of the processor.
SECONDS = 600


def import_book(source: Path, target: Path, changes: str = "accept") -> Imported:
    """Make a book of ``source`` in the new folder ``target``.

    ``source`` is a file or a folder; ``changes`` (accept, reject or all) says what becomes of
    the tracked changes of a Word document. Raises ImportFailedError if the folder is not empty
    or there is nothing to be made a book of, and OSError if it can't be written; then nothing is.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        message = f"{target} is not an empty folder."
        raise ImportFailedError(message, "Name a folder that isn't there yet; nothing is replaced.")
    message = f"Reading this takes more than {SECONDS} seconds of the processor."
    endless = ImportFailedError(message, "Import its parts one by one; is it text at all?")
    with tempfile.TemporaryDirectory(prefix="chapbook-import-") as work, alarmed(SECONDS, endless):
        made = imported(source, Path(work), changes)
    _write(made.files, target)
    return made


def imported(source: Path, work: Path, changes: str = "accept") -> Imported:
    """The book that is to be made of ``source``; ``work`` is a folder for what comes and goes."""
    shelf, ledger = Shelf(source), Ledger()
    kind = kind_of(shelf, work, changes)
    manuscript = citations.resolved(kind.read(shelf, ledger), shelf, ledger, work)
    if not manuscript.chapters:
        raise ImportFailedError(f"There is no text in {source} that could be a chapter.")
    if not shelf.chosen:
        sources = {one.source for one in manuscript.chapters}
        sources |= {alias for one in manuscript.chapters for alias, _ in one.aliases}
        strays.told(shelf, ledger, sources, is_ordered=kind.name != "a folder")
    finisher = Finisher(shelf, ledger, kind.folders)
    chapters = finisher.finished(manuscript.chapters)
    cover = finisher.pictures.cover(manuscript.metadata.cover, kind.covers, kind.folders)
    said = metadata.completed(
        replace(manuscript.metadata, cover=cover),
        titles.of(shelf) or shelf.name,
        "\n".join(chapters.values())[:200_000],
        ledger,
    )
    for path in dict.fromkeys(shelf.outside):
        ledger.add("A link that leads outside the source was not followed.", plain(path))
    settings = metadata.toml(said, ledger)
    files = {"book.toml": settings.encode()}
    settled = {path: ledger.settle(path, text) for path, text in chapters.items()}
    told = (loss.message for loss in ledger.losses)
    for place, what in unsaid(ledger.texts, [*settled.values(), settings, *told]):
        ledger.add(f"Left out: {what}", place)
    counts = _counts(settled.values(), finisher.pictures.files)
    files |= {path: text.encode() for path, text in settled.items()}
    files |= finisher.pictures.covers
    files |= {f"chapters/{name}": raw for name, raw in finisher.pictures.files.items()}
    losses = ledger.losses
    files["IMPORT.md"] = report.page(source.name, kind.name, counts, losses).encode()
    return Imported(kind.name, files, counts, losses)


def _counts(texts: object, pictures: dict[str, bytes]) -> Counts:
    assert hasattr(texts, "__iter__")
    every = list(texts)
    notes = sum(
        1 for text in every for code, each in lines_of(text) if not code and NOTE.match(each)
    )
    notes += sum(text.count("^[") - text.count("\\^[") for text in every)
    words = sum(len(words_of(set_aside(text).blank)) for text in every)
    return Counts(len(every), words, notes, len(pictures))


def _write(files: dict[str, bytes], target: Path) -> None:
    """Write a folder beside its place, and put it there when it is whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.parent / f".{target.name}.{uuid4().hex}"
    try:
        for name, raw in files.items():
            path = beside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(raw)
        if target.is_dir():
            target.rmdir()
        os.replace(beside, target)  # noqa: PTH105 # as in the line above: one step, or none
    finally:
        shutil.rmtree(beside, ignore_errors=True)
