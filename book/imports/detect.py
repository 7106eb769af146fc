"""Which tool a source comes from, by the files that only that tool has."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, NamedTuple

from book.imports.model import ImportFailedError
from book.imports.pages import MARKDOWN, PAGES
from book.imports.pandoc.document import FORMS
from book.imports.readers import (
    bookdown,
    folder,
    gitbook,
    hugo,
    jekyll,
    jupyter,
    leanpub,
    mdbook,
    obsidian,
    quarto,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from book.imports.ledger import Ledger
    from book.imports.model import Manuscript
    from book.imports.source import Shelf

    Read = Callable[[Shelf, Ledger], Manuscript]


class FormKind(NamedTuple):
    """A kind of source: its name, its reader, and the folders where its tool keeps pictures.

    ``covers`` are files that it takes for the cover without being told.
    """

    name: str
    read: Read
    folders: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()


def kind_of(shelf: Shelf, work: Path, changes: str) -> FormKind:
    """What the source is. Raises ImportFailedError if it is a book of ours, or no text."""
    if shelf.chosen:
        ending = "." + shelf.chosen.rpartition(".")[2].casefold()
        if ending not in (*PAGES, *_documents()):
            hint = f"It may be a folder, or a file that ends in {', '.join(_documents())} or .md."
            raise ImportFailedError(f"`{ending}` is no kind of file that can be read.", hint)
        name = "Markdown" if ending in MARKDOWN else _DOCUMENTS.get(ending, ending[1:])
        return FormKind(name, lambda shelf, ledger: folder.one(shelf, ledger, work, changes))
    for test, kind in _KINDS:
        if test(shelf):
            return kind
    return FormKind("a folder", lambda shelf, ledger: folder.many(shelf, ledger, work, changes))


_DOCUMENTS = {
    ".docx": "Word", ".odt": "OpenDocument", ".epub": "EPUB", ".html": "HTML", ".htm": "HTML",
    ".xhtml": "HTML", ".tex": "LaTeX", ".ltx": "LaTeX", ".rst": "reStructuredText",
    ".rest": "reStructuredText", ".rtf": "RTF", ".org": "Org", ".fb2": "FictionBook",
    ".ipynb": "Jupyter notebook", ".adoc": "AsciiDoc", ".asciidoc": "AsciiDoc", ".asc": "AsciiDoc",
    ".dbk": "DocBook", ".docbook": "DocBook", ".typ": "Typst", ".mediawiki": "MediaWiki",
    ".wiki": "MediaWiki", ".textile": "Textile",
}  # fmt: skip


def _documents() -> list[str]:
    return list(FORMS)


def _is_mdbook(shelf: Shelf) -> bool:
    try:
        said = tomllib.loads(shelf.text_of("book.toml") or "")
    except (tomllib.TOMLDecodeError, RecursionError):
        said = {}
    book = said.get("book")
    source = book.get("src", "src") if isinstance(book, dict) else "src"
    root = source.strip("/.") if isinstance(source, str) else "src"
    if shelf.find(f"/{root}/SUMMARY.md"):
        return bool(said)
    if said and shelf.has_folder("chapters"):
        raise ImportFailedError(
            "This is a book of Chapbook already.", "Build it there: `book build`."
        )
    return False


def _is_quarto(shelf: Shelf) -> bool:
    return any(shelf.find(f"/{name}") for name in ("_quarto.yml", "_quarto.yaml"))


def _is_gitbook(shelf: Shelf) -> bool:
    if any(shelf.find(f"/{name}") for name in ("SUMMARY.md", "book.json")):
        return True
    return bool(shelf.find("/.gitbook.yaml"))


_KINDS: tuple[tuple[Callable[[Shelf], bool], FormKind], ...] = (
    (_is_mdbook, FormKind("mdBook", mdbook.read)),
    (_is_quarto, FormKind("Quarto", quarto.read)),
    (bookdown.is_one, FormKind("bookdown", bookdown.read)),
    (
        lambda shelf: bool(leanpub.book_file(shelf)),
        FormKind("Leanpub", leanpub.read, leanpub.PICTURES, ("title_page",)),
    ),
    (lambda shelf: shelf.has_folder(".obsidian"), FormKind("Obsidian", obsidian.read)),
    (hugo.is_one, FormKind("Hugo", hugo.read, hugo.PICTURES)),
    (jupyter.is_one, FormKind("Jupyter Book", jupyter.read)),
    (
        lambda shelf: bool(shelf.find("/_config.yml")),
        FormKind("Jekyll", jekyll.read, ("assets", "_site")),
    ),
    (_is_gitbook, FormKind("GitBook", gitbook.read, (".gitbook/assets", "assets"), ("cover",))),
)
