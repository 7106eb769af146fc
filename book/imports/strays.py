"""Texts that lie in a source and are in no chapter: each kind of them is told, and why."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from book.imports.pages import MARKDOWN
from book.imports.pandoc.document import FORMS

if TYPE_CHECKING:
    from book.imports.ledger import Ledger
    from book.imports.source import Shelf

HTML = (".html", ".htm", ".xhtml")
_SAVE = "A word processor's file that isn't read here: save it as .docx, and import that."
#: What people write books in and nothing here reads, and what to do.
_UNREAD = {
    **dict.fromkeys((".doc", ".wpd", ".wps", ".pages", ".sxw", ".abw", ".hwp"), _SAVE),
    ".fodt": "A flat OpenDocument, which isn't read here: save it as .odt, and import that.",
    ".lyx": "A file of LyX, which isn't read here: export it as LaTeX, and import that.",
    ".scrivx": "A project of Scrivener, which isn't read here: compile it to .docx or Markdown.",
    **dict.fromkeys(
        (".texi", ".texinfo"),
        "Texinfo, which isn't read here: `makeinfo --docbook` makes DocBook of it, which is.",
    ),
    **dict.fromkeys(
        (".rnw", ".snw"), "A file of Sweave, which isn't read here: knit it, and import the LaTeX."
    ),
    ".mdx": "MDX, Markdown with parts of a program, isn't read here; save as .md what is plain.",
}
#: Files of a project that are no chapters of its book, by their names.
_NO_CHAPTERS = re.compile(
    r"readme(?:[-_.]\w+)?|summary|licen[cs]e|copying|changelog|changes|news|contributing"
    r"|code[-_ ]?of[-_ ]?conduct|authors|maintainers|contributors|governance|security|support"
    r"|requirements.*|import|todo|robots|humans|cmakelists|(?:pull[-_ ]request|issue)[-_ ]template"
)
#: Folders that tools write pages to, or make them from.
_MADE = re.compile(
    r"(?:docs?|_?site|public|_?book|_?build|dist|out|output|html|www|themes?|_?templates?|_?layouts?"
    r"|_?includes?|_static|static|assets|partials|node_modules|website|libs?|vendor)",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(r"\{%|\{\{|\$if\(|<\?php|<%")
_MAKER = re.compile(r"<meta\s[^>]*name=[\"']?generator", re.IGNORECASE)
_PROSE = re.compile(r"<(?:p|h[1-6]|li|blockquote|td)\b", re.IGNORECASE)


def written_by_hand(shelf: Shelf, paths: list[str], ledger: Ledger) -> list[str]:
    """``paths`` without the pages in HTML that a tool made, or makes others of.

    If there is nothing but HTML, it is the book. What is left out is noted, a folder at a time.
    """
    others = {_stem(path) for path in paths if not path.casefold().endswith(HTML)}
    if not others:
        return paths
    made = [path for path in paths if path.casefold().endswith(HTML)]
    made = [path for path in made if _is_made(shelf, path, others)]
    folders = Counter(path.partition("/")[0] if "/" in path else "" for path in made)
    ledger.taken.update(made)
    for folder, count in folders.items():
        pages = "1 page" if count == 1 else f"{count} pages"
        ledger.add(
            f"HTML that a tool made or works with is no chapter: {pages}.",
            folder,
        )
    return [path for path in paths if path not in made]


def _is_made(shelf: Shelf, path: str, others: set[str]) -> bool:
    if any(_MADE.fullmatch(part) for part in path.split("/")[:-1]) or _stem(path) in others:
        return True
    text = (shelf.text_of(path) or "")[:200_000]
    return bool(_TEMPLATE.search(text) or _MAKER.search(text)) or not _PROSE.search(text)


def _stem(path: str) -> str:
    return PurePosixPath(path).stem.casefold()


def is_chapter(path: str) -> bool:
    """Whether a text may be a chapter by its name; ``README`` and its like are none."""
    return not _NO_CHAPTERS.fullmatch(_stem(path))


def told(shelf: Shelf, ledger: Ledger, sources: set[str], *, is_ordered: bool) -> None:
    """Note each text of a folder that is neither among ``sources`` nor taken in nor told of.

    Where a tool's file says the order (``is_ordered``), ``.txt`` is what a program prints.
    """
    known = sources | ledger.taken | ledger.texts.keys()
    known |= {re.sub(r":\d+$", "", loss.source) for loss in ledger.losses}
    endings = {*FORMS, *MARKDOWN, ".ipynb"} - {*HTML, ".txt" if is_ordered else ""}
    for path in shelf.paths:
        ending = PurePosixPath(path.casefold()).suffix
        if path in known or not is_chapter(path):
            continue
        if ending in _UNREAD:
            ledger.add(_UNREAD[ending], path)
        elif ending in endings:
            ledger.add("A text that isn't in the book: nothing leads to it.", path)
