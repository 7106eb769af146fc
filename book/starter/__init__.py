"""A new book: two chapters that show what a chapter can do, and what stands around them.

``make`` writes it; the files are in ``files/``, and read as a writer would find them.
"""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from book.base.files import write_whole
from book.read.schema import schema

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

SCHEMA = "book.schema.json"
#: What a file of ours is called in a book; all others keep their names.
_NAMES = {"gitignore": ".gitignore", "github/book.yml": ".github/workflows/book.yml"}


class NotEmptyError(OSError):
    """The folder holds something already; nothing is written there."""


class NewBook(Struct, frozen=True):
    """What a new book says of itself. ``author`` is ``Family, Given`` or one name.

    ``theme`` is a theme's name; empty for the standard one.
    """

    title: str
    author: str
    language: str
    theme: str = ""


def make(folder: Path, about: NewBook) -> tuple[Path, ...]:
    """Write a new book into ``folder``, which is made if it isn't there; what was written.

    Raises :class:`NotEmptyError` if the folder holds anything (but ``.git``), OSError if writing
    fails; then nothing has been written.
    """
    held = sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []
    if held not in ([], [".git"]):
        raise NotEmptyError(0, f"it holds {held[0]} already", str(folder))
    texts = {folder / name: text for name, text in _texts(about).items()}
    texts[folder / SCHEMA] = schema()
    write_whole({path: (text.encode(),) for path, text in texts.items()})
    return tuple(texts)


def _texts(about: NewBook) -> dict[str, str]:
    """The files of the book by their paths in it."""
    read = _read(files("book") / "starter" / "files", "")
    return {_NAMES.get(name, name): _filled(name, text, about) for name, text in read}


def _filled(name: str, text: str, about: NewBook) -> str:
    if name == "book.toml":
        theme = f'theme = "{about.theme}"\n' if about.theme else ""
        # TOML's basic strings are written as JSON's are (TOML 1.0, "String"), in one go: a title
        # may look like another place to be filled.
        text = re.sub(
            r"\{(title|author|language)\}",
            lambda found: json.dumps(getattr(about, found[1]), ensure_ascii=False),
            text.replace("{theme}\n", theme),
        )
    if name.startswith("chapters/") and name.endswith(".md") and about.language[:2] != "en":
        # The chapters to write over are in English, and hyphenated as that.
        return text.replace("---\n", "---\nlanguage: en\n", 1)
    return text.replace("{title}", about.title) if name == "README.md" else text


def _read(folder: Traversable, before: str) -> list[tuple[str, str]]:
    found = []
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        if one.is_dir():
            found += _read(one, f"{before}{one.name}/")
        else:
            found.append((f"{before}{one.name}", one.read_text("utf-8")))
    return found
