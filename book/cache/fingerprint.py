"""What made it: a digest of this package's own files and of the libraries installed beside it.

Part of every key under which something is kept, so a changed tool or library never meets what
another one made.
"""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

_METADATA = ".dist-info"


@cache
def fingerprint() -> str:
    """The digest of the package's code, templates and styles, and of the libraries' versions.

    A library's version is read from the name of its metadata folder (PEP 376,
    ``weasyprint-70.0.dist-info``), which costs one listing for all of them.
    """
    whole = hashlib.sha256()
    package = Path(__file__).parents[1]
    for name in sorted(_files(str(package), "")):
        with open(f"{package}/{name}", "rb", 0) as file:  # noqa: PTH123 # twice as quick, for 500
            whole.update(name.encode())
            whole.update(file.read())
    libraries = os.listdir(Path(msgspec.__file__).parent.parent)  # noqa: PTH208 # as above
    whole.update("\n".join(sorted(one for one in libraries if one.endswith(_METADATA))).encode())
    return whole.hexdigest()


def _files(package: str, folder: str) -> Iterator[str]:
    """The paths of all files in a ``folder`` of the ``package`` that are not Python's own."""
    with os.scandir(f"{package}/{folder}") as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _files(package, f"{folder}{entry.name}/")
            elif not entry.name.endswith(".pyc"):
                yield f"{folder}{entry.name}"
