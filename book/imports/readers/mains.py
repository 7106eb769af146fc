"""Which file of a folder takes in the others, as LaTeX, Sphinx and AsciiDoc have it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from book.imports.ledger import Ledger
from book.imports.model import ImportFailedError
from book.imports.pandoc import asciidoc, latex
from book.imports.pandoc.document import ASCIIDOC
from book.imports.source import natural

if TYPE_CHECKING:
    from book.imports.source import Shelf

_TEX, _RST = (".tex", ".ltx"), (".rst", ".rest")
#: A file that may be the main one says so, or takes in others.
_HEADS = {
    _TEX: re.compile(r"\\begin\{document\}|\\documentclass"),
    _RST: re.compile(r"^[ \t]*\.\. (?:toctree|include)::", re.MULTILINE),
    ASCIIDOC: re.compile(r"^include::", re.MULTILINE),
}
#: So many files are looked into; those that lie highest come first.
_MOST = 60


def chosen(shelf: Shelf, paths: list[str], ledger: Ledger) -> list[str]:
    """``paths`` without those that a main file takes in, or stands for."""
    for endings, head in _HEADS.items():
        own = [path for path in paths if path.casefold().endswith(endings)]
        if len(own) < 2:
            continue
        main, words = _main(shelf, own, endings, head, ledger)
        if main:
            others = [path for path in paths if path not in own]
            # A few texts beside a whole book are about its files, not in it.
            beside = sum(len((shelf.text_of(path) or "").split()) for path in others)
            paths = [main] if beside * 5 < words else sorted([main, *others], key=natural)
    return paths


def _main(
    shelf: Shelf, paths: list[str], endings: tuple[str, ...], head: re.Pattern[str], ledger: Ledger
) -> tuple[str, int]:
    """The one that takes in most words, and these; empty if the files stand beside each other."""
    heads = [path for path in paths if head.search(shelf.text_of(path) or "")]
    heads.sort(key=lambda path: path.count("/"))
    trees = {path: _tree(shelf, path, endings) for path in heads[:_MOST]}
    if not trees:
        return "", 0
    best = max(trees, key=lambda path: trees[path][1])
    taken, words = trees[best]
    if endings != _TEX and len(taken) * 2 < len(paths):
        return "", 0  # It takes in some, but most stand by themselves.
    others = [path for path in heads if path not in taken and path != best]
    if others and endings == _TEX:
        named = ", ".join(f"`{path}`" for path in others[:5]) + ", …" * (len(others) > 5)
        ledger.add(
            f"`{best}` is taken for the book: of the files that are whole documents it takes in"
            f" most words ({words:,}). Not {named}: import one by its name if it is that.",
        )
    return best, words


def _tree(shelf: Shelf, path: str, endings: tuple[str, ...]) -> tuple[set[str], int]:
    """The files that ``path`` takes in, and the number of their words."""
    unheard = Ledger()
    try:
        if endings == _TEX:
            text = latex.expanded(shelf, path, unheard)
            text = text.partition("\\begin{document}")[2] or text
        elif endings == _RST:
            text = latex.included(shelf, path, unheard)
        else:
            text = asciidoc.whole(latex.Texts(shelf, unheard), path, unheard)
    except ImportFailedError:
        return set(), 0
    return unheard.taken, len(text.split())
