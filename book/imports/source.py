"""The source as files, of which nothing outside is ever read.

Sources may come from strangers: a symbolic link that leads outside is passed over and named, so
is what is no plain file; sizes and numbers are bounded.
"""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePosixPath

from book.base.paths import content, is_inside
from book.base.text import newlines
from book.imports.model import ImportFailedError

_MOST_FILES = 20_000
_LARGEST_TEXT = 32 << 20
_LARGEST_FILE = 256 << 20
_DEEPEST = 24
_PASSED_OVER = frozenset({"node_modules", "__pycache__", "_book", "_site", "venv"})


def natural(path: str) -> tuple[tuple[int, int, str], ...]:
    """A key to sort paths as people count: 2 before 10, without regard to case."""
    parts = re.split(r"(\d+)", path.casefold().replace("/", "\x00"))
    return tuple(
        (0, int(part[:18]), part) if part.isdecimal() else (1, 0, part) for part in parts if part
    )


class Shelf:
    """The files of a source by their paths within it, with ``/``.

    ``chosen`` is the one file that was asked for, or empty if it was a folder. ``outside`` are
    the paths that were not read because they lead out of it.
    """

    def __init__(self, source: Path) -> None:
        if not source.exists():
            raise ImportFailedError(f"There is no {source}.")
        self.root = (source if source.is_dir() else source.parent).resolve()
        self.name = (source.resolve().name if source.is_dir() else source.stem) or "book"
        self.chosen = "" if source.is_dir() else source.name
        self.outside: list[str] = []
        self._known: dict[str, str] | None = None
        self._added: dict[str, Path | bytes] = {}

    @property
    def paths(self) -> list[str]:
        """All files, in natural order; hidden folders are left out."""
        return sorted(self._folded().values(), key=natural)

    def _folded(self) -> dict[str, str]:
        """Paths by their names without regard to case: people who come from Windows have both."""
        if self._known is None:
            self._known = {path.casefold(): path for path in self._walk()}
        return self._known

    def _walk(self) -> list[str]:
        found: list[str] = []
        for folder, folders, files in os.walk(self.root):
            within = Path(folder).relative_to(self.root)
            folders[:] = sorted(
                name
                for name in folders
                if not name.startswith(".")
                and name not in _PASSED_OVER
                and len(within.parts) < _DEEPEST
            )
            for name in sorted(folders):
                if (Path(folder) / name).is_symlink():
                    self.outside.append((within / name).as_posix())
            found += [(within / name).as_posix() for name in files if not name.startswith(".")]
            if len(found) > _MOST_FILES:
                message = f"There are more than {_MOST_FILES} files in {self.root}."
                raise ImportFailedError(message, "Name the folder of the one book.")
        return found

    def find(self, path: str, beside: str = "") -> str:
        """The file that ``path`` means in the file ``beside``, or empty.

        ``/`` at the beginning is the source's own folder. Case is no matter.
        """
        if path in self._added:
            return path
        path = path.replace("\\", "/")
        base = "" if path.startswith("/") else str(PurePosixPath(beside).parent)
        whole = os.path.normpath(f"{base}/{path}".lstrip("/") or ".").replace(os.sep, "/")
        if whole.startswith("../"):
            return ""
        return self._folded().get(whole.casefold(), "") or (whole if self._is_here(whole) else "")

    def _is_here(self, path: str) -> bool:
        """Whether a hidden or left-out file is there after all, when it is asked for by name."""
        try:
            return "\0" not in path and (self.root / path).is_file()
        except OSError:
            return False

    def add(self, name: str, what: Path | bytes) -> str:
        """Put what was found within a document on the shelf; gives its path there."""
        path = f"/\u2039in\u203a/{name}"
        self._added[path] = what
        return path

    def is_added(self, path: str) -> bool:
        """Whether ``path`` is one that :meth:`add` gave."""
        return path in self._added

    def has_folder(self, path: str) -> bool:
        """Whether ``path`` is a folder of the source itself."""
        folder = self.root / path
        return folder.is_dir() and is_inside(folder, self.root)

    def bytes_of(self, path: str, most: int = _LARGEST_FILE) -> bytes | None:
        """What is in a file; None if it leads outside, is no plain file, or is too large."""
        if (added := self._added.get(path)) is not None:
            return added if isinstance(added, bytes) else added.read_bytes()
        file = self.root / path
        if not is_inside(file, self.root):
            self.outside.append(path)
            return None
        try:
            return content(self.root, path, most)
        except OSError:
            return None

    def text_of(self, path: str) -> str | None:
        """A text file, in UTF-8 or what its mark says, else in Windows-1252; None as above."""
        raw = self.bytes_of(path, _LARGEST_TEXT)
        if raw is None:
            return None
        return decoded(raw)


def decoded(raw: bytes) -> str:
    """Text in UTF-8, in UTF-16 with its mark, else in Windows-1252; line ends as line feeds."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = raw.decode("utf-16", errors="replace")
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1252", errors="replace")
    return newlines(text)
