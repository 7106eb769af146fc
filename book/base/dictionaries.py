"""Hunspell's dictionaries: where this machine has them, and what they say of a word.

The library is that of ``chapbook[spelling]``; the dictionaries are the system's, those in the
folders that ``DICPATH`` names, as for every program that uses Hunspell, and the library's own.
"""

from __future__ import annotations

import os
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from book.base.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOLDERS = (
    "~/.local/share/hunspell",
    "~/Library/Spelling",
    "/usr/share/hunspell",
    "/usr/share/myspell/dicts",
    "/usr/local/share/hunspell",
    "/opt/homebrew/share/hunspell",
    "/opt/local/share/hunspell",
    "/Library/Spelling",
)
#: The land that a language without one is mostly meant for, where it isn't called alike.
_LANDS = {"en": "US", "sv": "SE", "da": "DK", "cs": "CZ", "el": "GR", "uk": "UA", "pt": "PT"}
_NAME = pattern(r"[A-Za-z]{2,3}(?:_[A-Za-z0-9@-]+)*")
#: Nobody writes longer ones, and Hunspell takes its time.
_LONGEST = 60


class Dictionary(NamedTuple):
    """A dictionary: its folder, its name there (``en_GB``), and what tells it from a newer one."""

    folder: str
    name: str
    stamp: str


def library() -> bool:
    """Whether the library is there."""
    return find_spec("hunspell") is not None


@cache
def of_language(tag: str) -> Dictionary | None:
    """The dictionary for a language ``tag`` (BCP 47), or None.

    It is looked for once a process. A tag with a country takes that country's and no other's:
    British words are wrong in America.
    """
    language, *rest = tag.replace("_", "-").split("-")
    language = language.lower()
    land = next((one.upper() for one in rest if len(one) == 2), "")
    there = _there()
    names = [f"{language}_{land}"] if land else []
    if not land:
        names += [f"{language}_{_LANDS.get(language, language.upper())}"]
    names.append(language)
    found = next((there[name] for name in names if name in there), None)
    if found or land:
        return found
    return next((there[name] for name in sorted(there) if name.startswith(f"{language}_")), None)


def everything() -> tuple[Dictionary, ...]:
    """Every dictionary that is there."""
    return tuple(there for _, there in sorted(_there().items()))


def knows(dictionary: Dictionary, word: str) -> bool:
    """Whether ``word`` is in the ``dictionary``, in one of its forms."""
    try:
        return len(word) > _LONGEST or bool(_opened(dictionary).spell(word))
    except UnicodeEncodeError:
        return False  # The dictionary's encoding doesn't even have its letters.


def nearest(dictionary: Dictionary, word: str) -> tuple[str, ...]:
    """At most three words of the ``dictionary`` that ``word`` may have been meant to be."""
    try:
        return tuple(_opened(dictionary).suggest(word))[:3] if len(word) <= _LONGEST else ()
    except UnicodeEncodeError:
        return ()


def _there() -> dict[str, Dictionary]:
    """Every dictionary by its name; of two with one name the first."""
    found: dict[str, Dictionary] = {}
    for folder in _folders():
        for path in sorted(folder.glob("*.dic")):
            if _NAME.fullmatch(path.stem) and path.with_suffix(".aff").is_file():
                seen = path.stat()
                stamp = f"{seen.st_size} {seen.st_mtime_ns}"
                found.setdefault(path.stem, Dictionary(str(folder), path.stem, stamp))
    return found


def _folders() -> Iterator[Path]:
    for name in (*os.environ.get("DICPATH", "").split(os.pathsep), *_FOLDERS):
        path = Path(name).expanduser() if name else None
        if path and path.is_dir():
            yield path
    spec = find_spec("hunspell")
    if spec and spec.origin:
        yield Path(spec.origin).parent / "dictionaries"


@cache
def _opened(dictionary: Dictionary) -> Any:
    from hunspell import Hunspell

    return Hunspell(dictionary.name, hunspell_data_dir=dictionary.folder)
