"""The one rule about files: nothing outside the book's folder is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def is_inside(path: Path, root: Path) -> bool:
    """Whether ``path`` lies in the folder ``root`` once all symbolic links are followed.

    What is no path at all, such as a link that leads round in a circle, lies nowhere.
    """
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):
        return False


def is_file(path: Path) -> bool:
    """Whether ``path`` is a file; a name that is too long to be one is none."""
    try:
        return path.is_file()
    except OSError:
        return False
