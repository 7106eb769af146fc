"""The templates of a book and of its theme, as they stand in their folders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from book.base.codes import finding
from book.base.paths import is_inside, names, told
from book.model import Place
from book.theme.chosen import INSTALLED, Choice

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from book.model import Finding

#: Where templates stand, in ``styles/`` and in a theme's folder.
FOLDER = "templates"
_ENDINGS = (".html", ".xhtml")
#: No template of ours has a tenth of it.
_LARGEST, _MOST = 200_000, 200
_HINT = "docs/themes.md tells of templates; ours is used instead."


class TemplateText(Struct, frozen=True):
    """A template: its text, and the file that it stands in, from the book's folder; ours: none."""

    text: str
    path: str = ""


class TemplateFault(Struct, frozen=True):
    """What is wrong with a template: the file, a line of it (0: of all), words and a hint."""

    path: str
    line: int
    words: str
    hint: str = ""


def own(root: Path, choice: Choice, styles: str) -> tuple[dict[str, TemplateText], list[Finding]]:
    """The templates of the theme ``choice``, and over them the book's own in ``styles``, by name.

    What can't be read is left out, with a finding.
    """
    found: dict[str, TemplateText] = {}
    findings: list[Finding] = []
    for path, (raw, why) in _files(root, choice, styles):
        name = path.rpartition("/")[2]
        place, text = Place(path), ""
        if not path.startswith(INSTALLED) and not is_inside(root / path, root):
            words = "This symbolic link leads outside the book's folder, and was not read."
        elif why:
            words = f"This template was not read: {why}."
        elif raw is None:
            continue
        elif len(raw) > _LARGEST or len(found) >= _MOST:
            words = f"Templates have at most {_LARGEST:,} bytes, and a book {_MOST} of them."
        else:
            try:
                text, words = raw.decode("utf-8-sig"), ""
            except UnicodeDecodeError as error:
                before = raw[: error.start]
                place, words = Place(path, before.count(b"\n") + 1), "This is not in UTF-8."
        if words:
            findings.append(finding("S006", place, words, _HINT))
        else:
            found[name] = TemplateText(text, path)
    return found, findings


def _files(
    root: Path, choice: Choice, styles: str
) -> Iterator[tuple[str, tuple[bytes | None, str]]]:
    """Every template, its bytes, and why it can't be read: the theme's before the book's own."""
    if choice.at.startswith(INSTALLED):
        folder = choice.folder / FOLDER
        for one in sorted(folder.iterdir()) if folder.is_dir() else ():
            if one.name.endswith(_ENDINGS):
                yield f"{choice.at}/{FOLDER}/{one.name}", choice.told(f"{FOLDER}/{one.name}")
    for folder_name in (choice.at, styles):
        if not folder_name or folder_name.startswith(INSTALLED):
            continue
        for name in names(root, f"{folder_name}/{FOLDER}"):
            if name.endswith(_ENDINGS):
                path = f"{folder_name}/{FOLDER}/{name}"
                yield path, told(root, path)
