"""A folder of texts in natural order, or one text alone: parted into chapters where it is long."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from book.base.data import names, replace
from book.imports import front, split, strays
from book.imports.ledger import plain
from book.imports.metadata import date_of, gathered
from book.imports.model import ImportDraft, ImportFailedError, Manuscript, Metadata
from book.imports.pages import MARKDOWN, PAGES, ListedPage, drafts, named
from book.imports.pandoc import document
from book.imports.readers import mains, notebook

if TYPE_CHECKING:
    from pathlib import Path

    from book.imports.ledger import Ledger
    from book.imports.source import Shelf

_ISO = re.compile(r"\d{4}(?:-\d\d){0,2}")
_FRONT = ("index", "preface", "introduction")
_TABLES = ("metadata.yaml", "metadata.yml", "title.yaml", "title.yml", "_metadata.yml")


def one(shelf: Shelf, ledger: Ledger, work: Path, changes: str) -> Manuscript:
    """The one file that was asked for."""
    return _file(shelf, shelf.chosen, ledger, work, changes)


def many(shelf: Shelf, ledger: Ledger, work: Path, changes: str) -> Manuscript:
    """All texts of a folder; its folders are parts. A folder with one text is that text."""
    paths = strays.written_by_hand(shelf, [x for x in shelf.paths if _is_text(x)], ledger)
    chosen = [path for path in paths if strays.is_chapter(path)]
    for path in shelf.paths:
        if path.casefold().endswith(MARKDOWN) and PurePosixPath(path).name.startswith("_"):
            ledger.add("A file whose name begins with `_` is no chapter.", path)
    if not chosen and paths:
        chosen, paths = paths, []
    if not chosen:
        endings = ", ".join(sorted({*PAGES, *document.FORMS}))
        raise ImportFailedError(f"There are no texts in {shelf.root}.", f"They end in {endings}.")
    made = _manuscript(shelf, ledger, work, changes, chosen)
    for path in paths:
        if path not in chosen and path not in ledger.taken:
            ledger.add("This file is no chapter by its name.", path)
    return made


def _manuscript(
    shelf: Shelf, ledger: Ledger, work: Path, changes: str, chosen: list[str]
) -> Manuscript:
    said = _said(shelf, ledger)
    chosen = mains.chosen(shelf, chosen, ledger)
    if len(chosen) == 1:
        made = _file(shelf, chosen[0], ledger, work, changes)
        return replace(made, metadata=_more(said, made.metadata))
    return _each(
        shelf, sorted(chosen, key=_first), ledger, said, _Reader(shelf, ledger, work, changes)
    )


class _Reader:
    """Reads one of the files of a folder."""

    def __init__(self, shelf: Shelf, ledger: Ledger, work: Path, changes: str) -> None:
        self._shelf, self._ledger, self._work, self._changes = shelf, ledger, work, changes

    def manuscript(self, path: str) -> Manuscript:
        return _file(self._shelf, path, self._ledger, self._work, self._changes)


def _each(
    shelf: Shelf, paths: list[str], ledger: Ledger, said: Metadata, reader: _Reader
) -> Manuscript:
    chapters: list[ImportDraft] = []
    folder = ""
    for path in paths:
        top = path.partition("/")[0] if "/" in path else ""
        if (
            top
            and top != folder
            and any("/" not in each or not each.startswith(f"{top}/") for each in paths)
        ):
            chapters.append(
                ImportDraft(named(f"{top}.md"), f"# {named(top + '.md')}\n", "", "part")
            )
        folder = top
        if path.casefold().endswith(PAGES):
            chapters += drafts(shelf, ledger, [ListedPage(path)], _as_it_is)
            continue
        made = reader.manuscript(path)
        said = _more(said, replace(made.metadata, title=""))
        chapters += made.chapters
    return Manuscript(said, tuple(chapters))


def _as_it_is(text: str, path: str, said: dict[str, Any]) -> str:
    del path, said
    return text


def _file(shelf: Shelf, path: str, ledger: Ledger, work: Path, changes: str) -> Manuscript:
    if not path.casefold().endswith(PAGES):
        made = document.read(shelf, path, ledger, work, changes)
        title = made.metadata.title
        text, date = _without_title_page(made.text, made.metadata)
        parted = split.parted(text, path, title or named(path), made.has_parts)
        return Manuscript(
            replace(
                made.metadata,
                title=title or parted.title or _only(parted.chapters),
                date=made.metadata.date or date,
            ),
            parted.chapters,
        )
    raw = shelf.text_of(path)
    if raw is None:
        raise ImportFailedError(f"{path} can't be read.")
    if path.casefold().endswith(notebook.ENDING):
        raw = notebook.written(shelf, path, raw, ledger)
    own = front.parted(plain(raw), path, ledger)
    said = gathered(own.said)
    parted = split.parted(own.text, path, said.title or named(path))
    return Manuscript(
        replace(said, title=said.title or parted.title or _only(parted.chapters)), parted.chapters
    )


def _only(chapters: tuple[ImportDraft, ...]) -> str:
    """A text of one chapter is called as that is."""
    return chapters[0].title if len(chapters) == 1 else ""


def _without_title_page(text: str, said: Metadata) -> tuple[str, str]:
    """``text`` without paragraphs at its top that only say what ``book.toml`` does.

    With it comes a date that stands among them.
    """
    known = {_folded(each) for each in (said.title, said.subtitle, said.date, *said.authors)} - {""}
    blocks, date = text.split("\n\n"), ""
    while blocks and not blocks[0].startswith("#"):
        day = date_of(blocks[0]) if _ISO.fullmatch(date_of(blocks[0])) else ""
        if _folded(blocks[0]) not in known and not day:
            break
        date = date or day
        blocks.pop(0)
    return "\n\n".join(blocks), date


def _folded(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _is_text(path: str) -> bool:
    return path.casefold().endswith((*PAGES, *document.FORMS)) and not PurePosixPath(
        path
    ).name.startswith(("_", "~$"))


def _stem(path: str) -> str:
    return PurePosixPath(path).stem.casefold()


def _first(path: str) -> tuple[bool, ...]:
    """Files that begin a book by their names come before the others of the top; then folders."""
    return ("/" in path, _stem(path) not in _FRONT)


def _said(shelf: Shelf, ledger: Ledger) -> Metadata:
    """What a table of metadata beside the texts says, as Pandoc's users have it."""
    said: dict[str, Any] = {}
    for name in _TABLES:
        if text := shelf.text_of(name):
            text = text.removeprefix("---\n").partition("\n---")[0].partition("\n...")[0]
            said |= front.yaml(text, name, ledger)
    return gathered(said)


def _more(said: Metadata, other: Metadata) -> Metadata:
    return replace(
        said,
        **{name: getattr(other, name) for name in names(Metadata) if not getattr(said, name)},
    )
