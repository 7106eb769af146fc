"""Which theme a book has: one of ours, one in its own folder, or one that is installed.

A theme is a folder with ``theme.toml`` (its description, what it sets, a page size), style sheets
by the names of ours, ``templates/``, and fonts and pictures for them. An installed one is found by
the entry point of its package (group ``chapbook.themes``); nothing of it is imported or run.
"""

from __future__ import annotations

import re
import tomllib
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from book.base import paths
from book.base.codes import finding
from book.base.data import replace
from book.base.pagesizes import is_size
from book.base.patterns import pattern
from book.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from book.model import Config, Finding

#: The theme of a book that chooses none.
STANDARD = "standard"
GROUP = "chapbook.themes"
#: Where a book keeps themes of its own.
FOLDER = "themes/"
#: Where the files of an installed theme stand among the addresses of the book's folder.
INSTALLED = ".theme/"
_NAME = pattern(r"[A-Za-z0-9][\w.-]{0,60}")
_KEYS = {"name", "description", "sets", "page-size"}
_HINT = "`book themes` lists those that are there; docs/themes.md says how to make one."


class Choice(Struct, frozen=True):
    """A theme as it can be chosen by its ``name``: what it is like, and what it ``sets``.

    ``page_size`` (CSS ``size``) is for books that name none. ``folder`` holds its files, and
    ``at`` is where they stand as seen from the book's folder; empty for one of ours.
    """

    name: str
    description: str = ""
    sets: tuple[str, ...] = ()
    page_size: str = ""
    folder: Path = Path()
    at: str = ""

    @property
    def is_ours(self) -> bool:
        """Whether it comes with the program."""
        return not self.at

    def content(self, name: str) -> bytes | None:
        """The bytes of its file ``name``; None if there is none that can be read."""
        return self.told(name)[0]

    def told(self, name: str) -> tuple[bytes | None, str]:
        """The :meth:`content` of its file ``name``, and why it can't be read."""
        root = self.folder
        if self.at.startswith(FOLDER):
            return paths.told(root, f"{self.at}/{name}")
        with paths.watched():  # no file of the book's folder: that is another watch
            return paths.told(root, name)


def ours() -> tuple[Choice, ...]:
    """The themes that come with the program, the standard one first."""
    base = Path(__file__).parent / "looks"
    found = sorted((one.parent for one in base.glob("*/theme.toml")), key=lambda one: one.name)
    made = [_told(Choice(one.name, folder=one)) for one in found]
    return tuple(sorted(made, key=lambda one: one.name != STANDARD))


def installed() -> tuple[Choice, ...]:
    """The themes that other packages bring."""
    return tuple(_told(one) for one in _entries())


def of_book(root: Path) -> tuple[Choice, ...]:
    """The themes in the folder ``themes`` of the book in ``root``."""
    names = (f"{FOLDER}{name}" for name in paths.names(root, FOLDER.rstrip("/")))
    found = (Choice(name, folder=root, at=name) for name in names)
    return tuple(_told(one) for one in found if paths.digest(root, f"{one.at}/theme.toml"))


def chosen(root: Path, name: str) -> tuple[Choice, tuple[Finding, ...]]:
    """The theme that the book in ``root`` calls ``name``, and what is wrong with that.

    If there is none, it is the standard one.
    """
    every = ours()
    if not name:
        return every[0], ()
    if name.startswith(FOLDER):
        at = name.rstrip("/")
        if re.fullmatch(rf"{FOLDER}{_NAME.pattern}", at):
            choice = Choice(name, folder=root, at=at)
            if choice.told("theme.toml") != (None, ""):
                return _described(choice)
        return every[0], (_missing(root, name, [one.name for one in of_book(root)]),)
    for one in (*every, *_entries()):
        if one.name == name:
            return _described(one)
    known = [one.name for one in (*every, *_entries(), *of_book(root))]
    return every[0], (_missing(root, name, known),)


def sized(config: Config, root: Path) -> Config:
    """``config`` with the page size of its theme, if it names none of its own."""
    if config.pdf.page_size:
        return config
    size = chosen(root, config.book.theme)[0].page_size
    return replace(config, pdf=replace(config.pdf, page_size=size)) if size else config


def of_installed(name: str) -> bytes | None:
    """The bytes of a file of an installed theme; ``name`` begins with :data:`INSTALLED`."""
    theme, _, path = name.removeprefix(INSTALLED).partition("/")
    return next((one.content(path) for one in _entries() if one.name == theme), None)


def path_of(root: Path, name: str) -> Path:
    """Where the file ``name`` of a book's theme lies."""
    if name.startswith(INSTALLED):
        theme, _, path = name.removeprefix(INSTALLED).partition("/")
        return next((one.folder / path for one in _entries() if one.name == theme), root / name)
    return root / name


def _entries() -> Iterator[Choice]:
    from importlib.metadata import entry_points  # most books need none, and it is large

    for entry in entry_points(group=GROUP):
        package, _, folder = entry.value.partition(":")
        if not _NAME.fullmatch(entry.name) or not package.isidentifier():
            continue
        spec = find_spec(package)  # of no package within another, which would import that
        for place in (spec and spec.submodule_search_locations) or ():
            path = Path(place) / folder.replace(".", "/")
            if (path / "theme.toml").is_file():
                yield Choice(entry.name, folder=path, at=f"{INSTALLED}{entry.name}")
                break


def _told(choice: Choice) -> Choice:
    return _described(choice)[0]


def _described(choice: Choice) -> tuple[Choice, tuple[Finding, ...]]:
    """``choice`` with what its ``theme.toml`` says, and what is wrong there."""
    place = Place(f"{choice.at}/theme.toml")
    try:
        raw, why = choice.told("theme.toml")
        if why:
            raise ValueError(why)
        table: dict[str, Any] = tomllib.loads((raw or b"").decode("utf-8"))
    except (ValueError, RecursionError) as problem:
        words = " ".join(str(problem).split())
        return choice, (finding("S005", place, f"This can't be read: {words}.", _HINT),)
    problems = [_unknown(place, one) for one in table if one not in _KEYS]
    sets = table.get("sets", [])
    if not isinstance(sets, list) or not all(isinstance(one, str) for one in sets):
        problems.append(finding("S005", place, "`sets` is no list of phrases.", _HINT))
        sets = []
    for key in ("description", "page-size"):
        if not isinstance(table.get(key, ""), str):
            problems.append(finding("S005", place, f"`{key}` is no text.", _HINT))
            table[key] = ""
    size = table.get("page-size", "")
    if size and not _is_size(size):
        problems.append(finding("S005", place, f"“{size}” is no page size of CSS.", _HINT))
        size = ""
    made = replace(
        choice, description=table.get("description", ""), sets=tuple(sets), page_size=size
    )
    return made, tuple(problems)


def _is_size(size: str) -> bool:
    return is_size(size)


def _unknown(place: Place, key: str) -> Finding:
    return finding("S005", place, f"`{key}` means nothing here.", _HINT)


def _missing(root: Path, name: str, known: list[str]) -> Finding:
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1)
    hint = f"Did you mean `{near[0]}`? {_HINT}" if near else _HINT
    return finding("S005", _said_at(root), f"There is no theme “{name}”.", hint)


def _said_at(root: Path) -> Place:
    """Where ``book.toml`` names the theme."""
    for number, line in enumerate(paths.lines(root, "book.toml"), 1):
        if re.match(r"\s*theme\s*=", line):
            return Place("book.toml", number, line.index("theme") + 1)
    return Place("book.toml")
