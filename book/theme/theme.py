"""How the book looks: the base styles of the package, then the book's own over them.

``styles/`` in the book's folder may hold ``tokens.css`` (measures, colours, fonts) and one file
an output: ``print.css``, ``epub.css``, ``handout.css``. Each is added after the base sheet of
the same name, so a theme says only what it wants otherwise (CSS Cascading 4, order of
appearance).
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from book.base.codes import finding
from book.base.fonts import faces
from book.base.paths import is_file, is_inside
from book.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from book.model import Finding

#: The first family of a token, and the name of a face.
_TOKEN = r"--{}:\s*[\"']?([^\"',;}}]+)"
_FACE = re.compile(r"@font-face\s*\{[^}]*?font-family:\s*[\"']?([^\"';}]+)")

SHEETS = ("tokens", "print", "epub", "handout")
FOLDER = "styles"


@dataclass(frozen=True, slots=True)
class Theme:
    """The sheets of a book by name; each is base and own together.

    ``files`` are all other files of the folder ``styles`` (fonts, images, sheets imported by
    others): the path of each from the book's folder, and the SHA-256 of its bytes.
    """

    sheets: Mapping[str, str]
    files: tuple[tuple[str, str], ...] = ()

    def css(self, name: str) -> str:
        """The whole CSS of an output (``print``, ``epub``, ``handout``), tokens first."""
        return self.sheets["tokens"] + "\n" + self.sheets[name]

    def families(self, name: str) -> tuple[str, ...]:
        """The fonts that the text of an output is set in, serif first: those that it brings."""
        css = self.css(name)
        own = set(_FACE.findall(css)) | {face.family for face in faces()}
        found = [_TOKEN.format(token) for token in ("serif", "sans")]
        chosen = [re.findall(pattern, css) for pattern in found]
        return tuple(dict.fromkeys(names[-1] for names in chosen if names and names[-1] in own))


def load(root: Path) -> tuple[Theme, tuple[Finding, ...]]:
    """The theme of the book in ``root``, and what is wrong with its sheets.

    A sheet that can't be read is left out. No file outside the book's folder is read.
    """
    sheets: dict[str, str] = {}
    findings: list[Finding] = []
    for name in SHEETS:
        base = (files("book") / "theme" / "styles" / f"{name}.css").read_text("utf-8")
        own, problems = _own(root, f"{FOLDER}/{name}.css")
        sheets[name] = base + (f"\n{own}" if own else "")
        findings += problems
    return Theme(sheets, tuple(_other_files(root))), tuple(findings)


def _own(root: Path, name: str) -> tuple[str, tuple[Finding, ...]]:
    """A sheet of the book's own; empty if there is none, or none that can be read."""
    path = root / name
    if not is_inside(path, root):
        message = "This symbolic link leads outside the book's folder, and was not read."
        return "", (finding("S002", Place(name), message, "Put the file itself there."),)
    if not is_file(path):
        return "", ()
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig")
        place = Place(name, before.count("\n") + 1, len(before) - before.rfind("\n"))
        message = f"The byte 0x{raw[error.start]:02X} is not UTF-8, so this sheet was not read."
        return "", (finding("S001", place, message, "Save it as UTF-8."),)


def _other_files(root: Path) -> Iterator[tuple[str, str]]:
    sheets = {f"{FOLDER}/{name}.css" for name in SHEETS}
    # os.walk does not follow links to folders, so it comes to an end.
    for folder, folders, names in os.walk(root / FOLDER):
        folders.sort()
        for name in sorted(names):
            path = Path(folder, name)
            from_root = path.relative_to(root).as_posix()
            if from_root not in sheets and is_inside(path, root) and is_file(path):
                yield from_root, hashlib.sha256(path.read_bytes()).hexdigest()
