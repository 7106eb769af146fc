"""A document of another program, by way of pandoc: its text in our Markdown, and its metadata."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from book.base.data import names, replace
from book.imports.ledger import SMALL_END, SMALL_START
from book.imports.metadata import gathered
from book.imports.model import ImportFailedError, Metadata
from book.imports.pandoc import (
    asciidoc,
    docx,
    ebook,
    latex,
    linknotes,
    odt,
    piecewise,
    properties,
    run,
)
from book.imports.pandoc.blocks import Blocks
from book.imports.pandoc.context import Context
from book.imports.pandoc.inlines import texts
from book.imports.pandoc.walk import flattened, nodes, renamed, targets

if TYPE_CHECKING:
    from pathlib import Path

    from book.imports.ledger import Ledger
    from book.imports.source import Shelf

#: What pandoc reads for us: the ending of a file, and pandoc's name for its format.
FORMS = {
    ".docx": "docx+styles",
    ".odt": "odt",
    ".epub": "epub+raw_html",
    ".html": "html+raw_html+epub_html_exts",
    ".htm": "html+raw_html+epub_html_exts",
    ".xhtml": "html+raw_html+epub_html_exts",
    ".tex": "latex",
    ".ltx": "latex",
    ".rst": "rst",
    ".rest": "rst",
    ".rtf": "rtf",
    ".org": "org",
    ".fb2": "fb2",
    ".textile": "textile",
    ".typ": "typst",
    ".mediawiki": "mediawiki",
    ".wiki": "mediawiki",
    ".dbk": "docbook",
    ".docbook": "docbook",
    ".adoc": "asciidoc",
    ".asciidoc": "asciidoc",
    ".asc": "asciidoc",
}
_TEX = (".tex", ".ltx")
ASCIIDOC = (".adoc", ".asciidoc", ".asc")


class PandocDocument(NamedTuple):
    """A whole document as one text; ``has_parts`` says that its first level is that of parts."""

    text: str
    metadata: Metadata
    has_parts: bool


def read(
    shelf: Shelf, path: str, ledger: Ledger, work: Path, changes: str = "accept"
) -> PandocDocument:
    """The document at ``path`` in the source. Pictures that lie in it are put on the shelf.

    ``changes`` says what becomes of tracked changes and comments of a ``.docx``: ``accept``,
    ``reject``, or ``all``, which keeps changes as ``<ins>`` and ``<del>`` and comments as
    remarks. Raises ImportFailedError if pandoc isn't here or can't read it.
    """
    ending = "." + path.rpartition(".")[2].lower()
    ledger.taken.add(path)
    raw = shelf.bytes_of(path)
    if raw is None:
        raise ImportFailedError(f"{path} can't be read, or is larger than 256 MB.")
    folder = work / f"document{len(list(work.iterdir()))}"
    folder.mkdir()
    said = properties.metadata(raw) if ending in (".docx", ".odt") else Metadata()
    raw, options = _prepared(shelf, path, ending, raw, ledger)
    options += (f"--track-changes={changes}",) if ending == ".docx" else ()
    if ending in _TEX:
        tree = _latex(raw, folder, ledger, path)
    else:
        tree = run.read(raw, FORMS[ending], ending, folder, options)
    if ending == ".docx" and changes != "all" and properties.has_comments(raw):
        every = run.read(raw, FORMS[ending], ending, folder, ("--track-changes=all",))
        _list_comments(every, ledger, path)
    begin = raw.partition(b"\\begin{document}")[0].count(b"\n") + 1 if ending in _TEX else 0
    _list_skipped([each for each in tree.log if each.get("line", begin) >= begin], ledger, path)
    _shelve(tree.blocks, folder, shelf, path)
    has_parts = ending in _TEX and bool(re.search(rb"\\part\b[*\[{]", raw))
    if ending in ASCIIDOC:
        has_parts = asciidoc.levelled(tree.blocks)
        asciidoc.worded(tree.blocks)
    if ending in (".html", ".htm", ".xhtml", ".epub"):
        linknotes.gathered(tree.blocks)
    text = written(tree.blocks, ledger, path, keep_comments=changes == "all")
    if ending == ".epub" and (cover := ebook.cover(raw)):
        picture = (folder / "media" / cover).resolve()
        if picture.is_relative_to((folder / "media").resolve()) and picture.is_file():
            said = Metadata(cover=shelf.add(f"{latex.stem(path)}/{cover}", picture))
    return PandocDocument(text, _merged(_meta(tree.meta), said), has_parts)


def _prepared(
    shelf: Shelf, path: str, ending: str, raw: bytes, ledger: Ledger
) -> tuple[bytes, tuple[str, ...]]:
    """What pandoc is to read, and how: texts with what they take in, archives looked into."""
    if ending in _TEX:
        return latex.expanded(shelf, path, ledger).encode(), ()
    if ending in (".rst", ".rest", *ASCIIDOC):
        text = latex.included(shelf, path, ledger) if ending not in ASCIIDOC else (
            asciidoc.whole(latex.Texts(shelf, ledger), path, ledger)
        )  # fmt: skip
        return text.encode(), ("--standalone",)
    if ending in (".docx", ".odt", ".epub"):
        # Refused here if it would unpack to more than it may.
        properties.parts(raw)
    if ending == ".docx":
        return docx.with_places(raw), ()
    if ending == ".odt":
        properties.unseen(raw, ledger, path)
        return odt.marked(raw), ()
    if ending == ".epub":
        return ebook.without_lists(raw), ()
    return raw, ()


def written(blocks: list[dict[str, Any]], ledger: Ledger, path: str, keep_comments: bool) -> str:
    """The tree as one Markdown text, its notes at the end."""
    flat, names = flattened(blocks)
    renamed(flat, names)
    context = Context(ledger, path, targets(flat))
    context.keep_comments = keep_comments
    writer = Blocks(context)
    try:
        text = writer.write(flat)
    except RecursionError:
        message = "What stands in this file is nested too deep to be a book's."
        raise ImportFailedError(message) from None
    context.report_styles()
    notes = []
    for label, note in context.notes:
        lines = note.replace(SMALL_START, "").replace(SMALL_END, "").split("\n")
        rest = [f"    {line}" if line else "" for line in lines[1:]]
        notes.append("\n".join([f"[^{label}]: {lines[0]}", *rest]))
    return "\n\n".join([text, *notes]) + "\n"


def _latex(raw: bytes, folder: Path, ledger: Ledger, path: str) -> run.Read:
    try:
        tree = run.read(raw, "latex", ".tex", folder, seconds=piecewise.WHOLE)
    except ImportFailedError as problem:
        said = str(problem).removeprefix("Pandoc can't read this file: ")
        if b"\\begin{document}" not in raw and b"\\chapter" not in raw:
            raise
        return piecewise.read(raw.decode(), folder, ledger, path, said)
    return _again(tree, raw.decode(), folder, ledger, path)


def _again(tree: run.Read, text: str, work: Path, ledger: Ledger, path: str) -> run.Read:
    """Where LaTeX has commands that pandoc doesn't know, read it with these giving their words."""
    commands = latex.unknown(tree.log, text)
    if not commands:
        return tree
    try:
        again = run.read(latex.defined(text, commands).encode(), "latex", ".tex", work)
    except ImportFailedError:
        # They did something else than hold words; what was skipped is listed.
        return tree
    for name in commands:
        ledger.add(f"The command \\{name} isn't known here; its words stay as plain text.", path)
    return again


def _list_comments(tree: run.Read, ledger: Ledger, path: str) -> None:
    for node in nodes(tree.blocks):
        if node["t"] == "Span" and "comment-start" in node["c"][0][1]:
            author = dict(node["c"][0][2]).get("author", "")
            by = f" by {author}" if author else ""
            said = texts(node["c"][1])
            ledger.add(f"A comment{by}, which is no part of the book: {said}", path)


def _list_skipped(log: list[dict[str, Any]], ledger: Ledger, path: str) -> None:
    """What pandoc says it passed over; what it passed over often is counted."""
    seen: dict[str, list[str]] = {}
    has_lines = path.endswith((".html", ".htm", ".xhtml", ".rtf"))
    for entry in log:
        kind, contents = entry.get("type", ""), str(entry.get("contents", ""))
        if kind in ("Extracting", "CouldNotFetchResource", "ReferenceNotFound"):
            continue
        if kind == "SkippedContent" and (latex.is_silent(contents) or not contents.strip()):
            continue
        said = " ".join(contents.split())[:200]
        name = re.match(r"\\\w+|<\w+", said)
        said = f"Passed over: {said}" if said else str(entry.get("pretty", "")).split(" at ")[0]
        where = f"{path}:{entry['line']}" if has_lines and "line" in entry else path
        seen.setdefault(f"{kind} {name[0] if name else said}", []).append(f"{where}\n{said}")
    for found in seen.values():
        for each in found[:5]:
            where, _, said = each.partition("\n")
            ledger.add(said, where)
        if len(found) > 5:
            ledger.add(f"… and {len(found) - 5} more of its kind.", path)


def _shelve(blocks: list[dict[str, Any]], folder: Path, shelf: Shelf, path: str) -> None:
    """Give the pictures that pandoc took out of the document a path on the shelf."""
    media = str(folder / "media")
    for node in nodes(blocks):
        if node["t"] == "Image" and node["c"][2][0].startswith(media):
            name = node["c"][2][0].removeprefix(media).lstrip("/\\")
            node["c"][2][0] = shelf.add(f"{latex.stem(path)}/{name}", folder / "media" / name)


def _meta(meta: dict[str, Any]) -> Metadata:
    return gathered({key: _plain(value) for key, value in meta.items()})


def _plain(value: dict[str, Any]) -> Any:
    """A value of pandoc's metadata as plain data."""
    kind, content = value["t"], value["c"]
    if kind == "MetaList":
        return [_plain(each) for each in content]
    if kind == "MetaMap":
        return {key: _plain(each) for key, each in content.items()}
    if kind == "MetaInlines":
        return texts(content)
    if kind == "MetaBlocks":
        return " ".join(texts(node["c"]) for node in content if node["t"] in ("Para", "Plain"))
    return content


def _merged(said: Metadata, more: Metadata) -> Metadata:
    """``said``, and ``more`` where it is silent."""
    empty = {
        name: getattr(more, name)
        for name in names(Metadata)
        if not getattr(said, name) and getattr(more, name)
    }
    return replace(said, **empty)
