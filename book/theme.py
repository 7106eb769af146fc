"""How the book looks: the base styles of the package, then the book's own over them.

``styles/`` in the book's folder may hold ``tokens.css`` (measures, colours, fonts) and one file
an output: ``print.css``, ``epub.css``, ``handout.css``. Each is added after the base sheet of
the same name, so a theme says only what it wants otherwise (CSS Cascading 4, order of
appearance).
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SHEETS = ("tokens", "print", "epub", "handout")


@dataclass(frozen=True, slots=True)
class Theme:
    """The sheets of a book by name; each is base and own together."""

    sheets: Mapping[str, str]

    def css(self, name: str) -> str:
        """The whole CSS of an output (``print``, ``epub``, ``handout``), tokens first."""
        return self.sheets["tokens"] + "\n" + self.sheets[name]


def load(root: Path) -> Theme:
    """The theme of the book in ``root``. A sheet that leads out of the folder is not read.

    Raises UnicodeDecodeError if a sheet is not in UTF-8.
    """
    base = files("book") / "styles"
    sheets = {}
    for name in SHEETS:
        css = (base / f"{name}.css").read_text("utf-8")
        own = root / "styles" / f"{name}.css"
        if own.is_file() and own.resolve().is_relative_to(root.resolve()):
            css += "\n" + own.read_text("utf-8")
        sheets[name] = css
    return Theme(sheets)
