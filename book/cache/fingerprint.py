"""What made it: a digest of this package's own files and of the libraries installed beside it.

Part of every key under which something is kept, so a changed tool or library never meets what
another one made.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import msgspec


@cache
def fingerprint() -> str:
    """The digest of the package's code, templates and styles, and of the libraries' versions.

    A library's version is read from the name of its metadata folder (PEP 376,
    ``weasyprint-70.0.dist-info``), which costs one listing for all of them.
    """
    whole = hashlib.sha256()
    package = Path(__file__).parents[1]
    for path in sorted(package.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            whole.update(path.relative_to(package).as_posix().encode())
            whole.update(path.read_bytes())
    libraries = Path(msgspec.__file__).parent.parent.glob("*.dist-info")
    whole.update("\n".join(sorted(path.name for path in libraries)).encode())
    return whole.hexdigest()
