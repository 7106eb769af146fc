"""The same fonts on every machine: fontconfig sees those of our packages and no others.

Otherwise a letter that the book's fonts lack would be set from whatever a machine happens to
have, and the same book would break into other lines elsewhere.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from book.base.files import write_whole
from book.base.fonts import faces


def isolate() -> None:
    """Point fontconfig (``FONTCONFIG_FILE``) to a configuration with our fonts only.

    The configuration is kept in the user's cache folder. Where that can't be written, the
    machine's own configuration stays in force, and a missing letter may be set from it.
    """
    folders = sorted({str(face.path.parent) for face in faces()})
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "chapbook"
    entries = [f"<dir>{folder}</dir>" for folder in folders] + [f"<cachedir>{cache}</cachedir>"]
    text = f'<?xml version="1.0"?>\n<fontconfig>{"".join(entries)}</fontconfig>\n'
    path = cache / f"fonts-{hashlib.sha256(text.encode()).hexdigest()[:16]}.conf"
    try:
        if not path.is_file() or path.read_text("utf-8") != text:
            write_whole({path: (text.encode(),)})
    except OSError:
        return
    os.environ["FONTCONFIG_FILE"] = str(path)
