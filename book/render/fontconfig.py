"""The same fonts on every machine: fontconfig sees those of our packages and no others.

Otherwise a letter that the book's fonts lack would be set from whatever a machine happens to
have, and the same book would break into other lines elsewhere.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from html import escape
from pathlib import Path

from book.base.files import write_whole
from book.base.fonts import faces

#: Of a family, fontconfig would rather have a face for all of a language than a slanted one: then
#: not even the plain letters of Vietnamese are italic, since the italic lacks some others.
_ANY_LANGUAGE = (
    '<match target="pattern"><edit name="lang" mode="assign" binding="strong">'
    "<string>en</string></edit></match>"
)


def isolate() -> None:
    """Point fontconfig (``FONTCONFIG_FILE``) to a configuration with our fonts only.

    The configuration, and what fontconfig remembers of our fonts, are kept in the user's cache
    folder; where that can't be written, in the temporary folder.
    """
    temporary = Path(tempfile.gettempdir())
    try:
        import platformdirs

        cache = platformdirs.user_cache_path("chapbook", appauthor=False)
    except RuntimeError:  # The user has no home.
        cache = temporary
    try:
        path = _written(cache)
    except OSError:
        path = _written(temporary)
    os.environ["FONTCONFIG_FILE"] = str(path)


def _written(cache: Path) -> Path:
    folders = sorted({str(face.path.parent) for face in faces()})
    entries = [f"<dir>{escape(folder)}</dir>" for folder in folders]
    entries.append(f"<cachedir>{escape(str(cache))}</cachedir>")
    entries.append(_ANY_LANGUAGE)
    text = f'<?xml version="1.0"?>\n<fontconfig>{"".join(entries)}</fontconfig>\n'
    data = text.encode(errors="surrogateescape")
    path = cache / f"fonts-{hashlib.sha256(data).hexdigest()[:16]}.conf"
    if not path.is_file() or path.read_bytes() != data:
        write_whole({path: (data,)})
    return path
