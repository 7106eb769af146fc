"""Notebooks of Jupyter (``.ipynb``): their texts, their code, and what was printed or drawn."""

from __future__ import annotations

import base64
import binascii
import json
import re
from typing import TYPE_CHECKING, Any

from book.imports.metadata import text_of
from book.imports.model import ImportFailedError
from book.imports.pictures import safe_name
from book.imports.readers.cells import is_off, options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from book.imports.ledger import Ledger
    from book.imports.source import Shelf

ENDING = ".ipynb"
_OPTION = re.compile(r"^#\|.*\n", re.MULTILINE)
_COLOUR = re.compile("\x1b\\[[0-9;]*[A-Za-z]")
_PICTURES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif")
_ATTACHED = re.compile(r"attachment:(?P<name>[^\s)\"']+)")
#: Signs of Jupyter's own commands, which say how a notebook runs and print nothing.
_MAGIC = re.compile(r"[ \t]*%(?:matplotlib|load_ext|autoreload|config)\b.*\n?")


def written(shelf: Shelf, path: str, text: str, ledger: Ledger) -> str:
    """A notebook as Markdown; pictures within it are put on the shelf.

    Raises ImportFailedError if it can't be read.
    """
    try:
        notebook = json.loads(text)
        cells = notebook.get("cells") or notebook["worksheets"][0]["cells"]
        said = notebook.get("metadata") or {}
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as problem:
        message = f"{path} is no notebook that can be read."
        raise ImportFailedError(message, "Open it in Jupyter, and save it anew.") from problem
    about = _table(said, "language_info") or _table(said, "kernelspec")
    language = text_of(about.get("name") if "name" in about else about.get("language")) or "python"
    maker = _Maker(shelf, path, ledger, language.removesuffix("3"))
    parts = (part for one in cells if isinstance(one, dict) for part in maker.cell(one))
    return "\n\n".join(part.strip("\n") for part in parts if part.strip()) + "\n"


def _table(said: Any, key: str) -> dict[str, Any]:
    table = said.get(key) if isinstance(said, dict) else None
    return table if isinstance(table, dict) else {}


def _joined(value: Any) -> str:
    return "".join(map(str, value)) if isinstance(value, list) else str(value or "")


class _Maker:
    """Writes the cells of one notebook."""

    def __init__(self, shelf: Shelf, path: str, ledger: Ledger, language: str) -> None:
        self._shelf, self._path, self._ledger, self._language = shelf, path, ledger, language
        self._count = 0

    def cell(self, cell: dict[str, Any]) -> Iterator[str]:
        """A cell's text, or its code and what came of it."""
        source = _joined(cell.get("source", cell.get("input")))
        tags = _table(cell, "metadata").get("tags") or []
        if "remove-cell" in tags or "remove_cell" in tags:
            return
        kind = cell.get("cell_type")
        if kind == "code":
            yield from self._code(cell, source, tags)
        elif kind == "raw":
            self._ledger.add(f"A raw cell: {source[:300]}", self._path)
        elif kind == "heading":
            yield f"{'#' * int(cell.get('level') or 1)} {source}"
        else:
            yield self._attached(source, _table(cell, "attachments"))

    def _attached(self, source: str, files: dict[str, Any]) -> str:
        def shelved(found: re.Match[str]) -> str:
            data = files.get(found["name"])
            return self._shelved(data) if isinstance(data, dict) else found.group()

        return _ATTACHED.sub(shelved, source) if files else source

    def _code(self, cell: dict[str, Any], source: str, tags: list[Any]) -> Iterator[str]:
        said = options("", source if source.endswith("\n") else f"{source}\n", self._path)
        if is_off(said, "include"):
            return
        code = _MAGIC.sub("", _OPTION.sub("", f"{source}\n")).strip("\n")
        hidden = is_off(said, "echo") or "remove-input" in tags or "remove_input" in tags
        if code.strip() and not hidden:
            fence = "`" * max(3, *(len(run) + 1 for run in re.findall(r"`+", code)), 3)
            yield f"{fence}{self._language}\n{code}\n{fence}"
        outputs = cell.get("outputs")
        if is_off(said, "output") or "remove-output" in tags or not isinstance(outputs, list):
            return
        caption = text_of(said.get("fig-cap"))
        label = text_of(said.get("label"))
        for output in outputs:
            if isinstance(output, dict):
                yield self._output(output, caption, label)

    def _output(self, output: dict[str, Any], caption: str, label: str) -> str:
        kind = output.get("output_type")
        if kind in ("error", "pyerr"):
            return _listing("\n".join(map(str, output.get("traceback") or [output.get("evalue")])))
        if kind != "stream":
            data = output.get("data")
            return self._data(data if isinstance(data, dict) else output, caption, label)
        if output.get("name", output.get("stream")) != "stderr":
            return _listing(_joined(output.get("text")))
        said = " ".join(_joined(output.get("text")).split())[:200]
        return self._ledger.add(f"What code said of itself (stderr): {said}", self._path)

    def _data(self, data: dict[str, Any], caption: str, label: str) -> str:
        """What a cell gave, in the best form that a book has: drawn, as text, as letters."""
        if any(one in data for one in _PICTURES):
            name = f"{{#{label}}}" if re.fullmatch(r"fig-[\w-]+", label) else ""
            return f"![{caption}]({self._shelved(data)}){name}"
        if "text/markdown" in data:
            return _joined(data["text/markdown"])
        formula = _joined(data.get("text/latex")).strip()
        if formula.startswith("$"):
            return f"$$\n{formula.strip('$').strip()}\n$$"
        if text := _joined(data.get("text/plain") or data.get("text")):
            return _listing(text)
        forms = ", ".join(map(str, data))
        return self._ledger.add(f"What code showed, in a form no book has: {forms}", self._path)

    def _shelved(self, data: dict[str, Any]) -> str:
        """The address of a picture of this notebook, on the shelf."""
        form = next((one for one in _PICTURES if one in data), "")
        content = _joined(data.get(form))
        try:
            raw = content.encode() if form.endswith("xml") else base64.b64decode(content)
        except (binascii.Error, ValueError):
            raw = b""
        self._count += 1
        ending = form.rpartition("/")[2].partition("+")[0] or "png"
        return self._shelf.add(f"{safe_name(self._path)}-{self._count}.{ending}", raw)


def _listing(text: str) -> str:
    """What was printed, as code of no language."""
    text = _COLOUR.sub("", text).rstrip()
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall(r"`+", text)), 3)
    return f"{fence}\n{text}\n{fence}" if text.strip() else ""
