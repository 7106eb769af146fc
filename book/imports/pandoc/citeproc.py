"""Pandoc's citeproc: citations and the works that they name, as our Markdown."""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from book.imports.pandoc import run
from book.imports.pandoc.context import Context
from book.imports.pandoc.inlines import Inlines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from book.imports.ledger import Ledger

#: What pandoc calls the kinds of bibliographies, by a file's ending.
_FORMS = {".bib": "biblatex", ".json": "csljson", ".ris": "ris", ".yaml": "", ".yml": ""}


class Cited(NamedTuple):
    """What stands for each citation, empty for none; and the list of works, a paragraph each."""

    citations: list[str]
    works: str


class Library:
    """Bibliographies and a style, in a ``folder`` of their own; raises ImportFailedError."""

    def __init__(self, files: Sequence[tuple[str, bytes]], style: bytes, folder: Path) -> None:
        self._folder, self._options = folder, ["--citeproc"]
        self._path = files[0][0]
        self.keys: set[str] = set()
        for number, (path, raw) in enumerate(files):
            ending = PurePosixPath(path).suffix.lower()
            file = folder / f"works{number}{ending}"
            file.write_bytes(raw)
            self._options.append(f"--bibliography={file}")
            self.keys |= _keys(raw, ending, folder)
        if style:
            (folder / "style.csl").write_bytes(style)
            self._options.append(f"--csl={folder / 'style.csl'}")

    def cited(self, wanted: Sequence[tuple[str, bool]], language: str, ledger: Ledger) -> Cited:
        """What stands for each of ``wanted``, a citation on one line and whether in a note."""
        head = json.dumps({"lang": language, "link-citations": False})
        typed = "\n\n".join(
            f"::: {{#c{number}}}\n{f'^[{text}]' if noted else text}\n:::"
            for number, (text, noted) in enumerate(wanted)
        )
        raw = f"---\n{head}\n---\n\n{typed}\n".encode()
        tree = run.read(raw, "markdown", ".md", self._folder, tuple(self._options))
        found = {node["c"][0][0]: node["c"][1] for node in tree.blocks if node["t"] == "Div"}
        write = _Writer(ledger, self._path)
        citations = [
            write.citation(found.get(f"c{number}", []), noted)
            for number, (_, noted) in enumerate(wanted)
        ]
        return Cited(citations, write.works(found.get("refs", [])))


def _keys(raw: bytes, ending: str, folder: Path) -> set[str]:
    """The keys of the works in a bibliography."""
    if ending in (".yaml", ".yml"):
        return set(
            re.findall(r"(?m)^\s*(?:-\s+)?id:\s*['\"]?([^\s'\"]+)", raw.decode(errors="replace"))
        )
    meta = run.read(raw, _FORMS.get(ending, "biblatex"), ending, folder).meta
    found: set[str] = set()
    for one in meta.get("references", {}).get("c", []):
        name = one["c"].get("id", {}).get("c", "")
        found.add(
            name if isinstance(name, str) else "".join(str(part.get("c", " ")) for part in name)
        )
    return found


class _Writer:
    """Writes what citeproc gives as our Markdown."""

    def __init__(self, ledger: Ledger, path: str) -> None:
        self._inlines = Inlines(Context(ledger, path, frozenset()))

    def citation(self, blocks: list[Any], noted: bool) -> str:
        """What stands for a citation; a note stands in its line, ``^[…]``."""
        inlines = blocks[0]["c"] if len(blocks) == 1 and blocks[0]["t"] == "Para" else []
        if noted and len(inlines) == 1 and inlines[0]["t"] == "Note":
            inlines = _within(inlines[0])
        text = ""
        run_of: list[Any] = []
        for node in [*_bare(inlines), None]:
            if node and node["t"] != "Note":
                run_of.append(node)
                continue
            lead = " " if run_of and run_of[0]["t"] == "Space" else ""
            text += lead + self._inlines.line(run_of) if run_of else ""
            if node:
                note = self._inlines.line(_bare(_within(node)))
                text += note if noted else f"^[{note}]"
            run_of = []
        return text.replace("\n", " ")

    def works(self, entries: list[Any]) -> str:
        """The list of works, a paragraph each."""
        return "\n\n".join(
            self._inlines.one_line(_bare([one for block in entry["c"][1] for one in block["c"]]))
            for entry in entries
            if entry["t"] == "Div"
        )


def _within(note: Any) -> list[Any]:
    return [one for block in note["c"] if block["t"] in ("Para", "Plain") for one in block["c"]]


def _bare(inlines: Sequence[Any]) -> list[Any]:
    """``inlines`` without what says that they are a citation, or how they might be set."""
    found: list[Any] = []
    for node in inlines:
        if node["t"] == "Cite":
            found += _bare(node["c"][1])
        elif node["t"] == "Span":
            found += _bare(node["c"][1])
            found += [{"t": "Space"}] if "csl-left-margin" in node["c"][0][1] else []
        else:
            found.append(node)
    return found
