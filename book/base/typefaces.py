"""Typefaces by the names of their families: the book's own files, font packages, the machine's.

A font package is a Python distribution with an entry point of one of the groups below; its files
are found without importing it. What the machine has is only looked for if the book says so.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from book.base.data import replace
from book.base.fonts import FONT_URL, Face, FontFile, opened
from book.base.paths import ChangedError
from book.base.ttc import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: Entry points by which font packages make themselves known.
_GROUPS = ("fontpkg.family", "justmytype.packs")
_SUFFIXES = frozenset({".ttf", ".otf", ".woff", ".woff2"})
#: Several fonts in one file, each of which is served by its number.
_COLLECTIONS = frozenset({".ttc", ".otc"})
#: So many fonts of a collection are looked at.
_MOST = 64
_SYSTEM = "system/"
#: Where Linux, macOS and Windows keep fonts.
_FOLDERS = (
    *("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts"),
    *("/Library/Fonts", "~/Library/Fonts", "/System/Library/Fonts", "C:/Windows/Fonts"),
)


def faces_of(family: str, files: Iterable[tuple[FontFile, str]]) -> tuple[Face, ...]:
    """The faces of ``family`` among ``files``, each with its address.

    A variable font is one face for all weights. What can't be read as a font is passed over.
    Raises ChangedError if a file is not what it was.
    """
    wanted = _folded(family)
    near = [one for one in files if _folded(_stem(one[0].path)).startswith(wanted[:4])]
    read = (_face(*one) for file, url in near for one in _each(file, url))
    found = [face for face in read if face and _folded(face.family) == wanted]
    found.sort(key=lambda face: (face.weight, face.style, not face.variable, face.path.name))
    kept = {(one.weight, one.style): one for one in reversed(found)}
    return tuple(kept[name] for name in sorted(kept))


def packaged() -> tuple[tuple[FontFile, str], ...]:
    """The font files of all installed font packages, and their addresses."""
    return tuple((FontFile(path), FONT_URL + quote(name)) for name, path in _packaged().items())


def on_machine() -> tuple[tuple[FontFile, str], ...]:
    """The font files of the machine, and their addresses."""
    found = (path for folder in _FOLDERS for path in sorted(Path(folder).expanduser().rglob("*")))
    return tuple(
        (FontFile(path), FONT_URL + quote(_SYSTEM + path.as_posix().lstrip("/")))
        for path in found
        if path.suffix.lower() in _SUFFIXES | _COLLECTIONS
    )


def served_name(face: Face) -> str:
    """What a face of a package or of the machine is served under; empty for the book's own."""
    return unquote(face.url.removeprefix(FONT_URL)) if face.url.startswith(FONT_URL) else ""


def located(name: str) -> Path:
    """The file that is served under ``name``; raises KeyError if there is none."""
    name = name.partition("#")[0]
    if name.startswith(_SYSTEM):
        return Path("/" + name.removeprefix(_SYSTEM))
    return _packaged()[name]


def families() -> tuple[str, ...]:
    """The families of font packages, as their files are called."""
    return tuple(dict.fromkeys(_spaced(_stem(path)) for path in _packaged().values()))


@cache
def _packaged() -> Mapping[str, Path]:
    from importlib.metadata import entry_points  # most books need no package, and it is large

    found: dict[str, Path] = {}
    modules = {one.module for group in _GROUPS for one in entry_points(group=group)}
    for module in sorted(modules):
        spec = find_spec(module.partition(".")[0])
        if spec is None or spec.origin is None:
            continue
        folder = Path(spec.origin).parent
        for path in sorted(folder.rglob("*")):
            if path.suffix.lower() in _SUFFIXES:
                found[path.relative_to(folder.parent).as_posix()] = path
    return found


def _each(file: FontFile, url: str) -> Iterator[tuple[FontFile, str]]:
    """The fonts of a file; those of a collection have their number in their address."""
    if file.path.suffix.lower() not in _COLLECTIONS:
        yield file, url
        return
    try:
        number = min(count(file.read()), _MOST)
    except (OSError, ValueError):
        return
    for index in range(number):
        yield replace(file, digest="", index=index), f"{url}#{index}"


@cache
def _face(file: FontFile, url: str) -> Face | None:
    """The face in ``file``: its family by its own names (OpenType, ``name`` and OS/2)."""
    try:
        data = file.read()
        font = opened(data)
        if not font.glyph_count:
            return None
        table = bytes(font.reference_table("OS/2").data)
        names = [str(font.get_name(number) or "") for number in (16, 1)]
    except ChangedError:
        raise
    except Exception:  # noqa: BLE001 # what is no font is none, whatever is raised
        return None
    weight, selection = (int.from_bytes(table[at : at + 2], "big") for at in (4, 62))
    is_italic = bool(selection & 1) or "italic" in file.path.stem.lower()
    file = replace(file, digest=hashlib.sha256(data).hexdigest())
    variable = any(axis.tag == "wght" for axis in font.axis_infos)
    style = "italic" if is_italic else "normal"
    family = next(filter(None, names), _spaced(_stem(file.path)))
    return Face(family, 400 if variable else weight, style, file, url, variable)


def _stem(path: Path) -> str:
    return re.split(r"[\[-]", path.stem)[0]


def _spaced(stem: str) -> str:
    """``NotoSansThai`` in words."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", stem)


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()
