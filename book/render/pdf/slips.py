"""In a worker: pieces keep a slip instead of each font that binding knows where to find.

WeasyPrint subsets and embeds every font of every document; for hundreds of pieces that is most
of a font each, and they would all have to be merged again (see :mod:`fontbank`).
"""

from __future__ import annotations

import hashlib
from typing import Any

from weasyprint.pdf.fonts import Font

from book.render.pdf.fontbank import slip

_known: frozenset[str] = frozenset()
_clean = Font.clean


def know(digests: frozenset[str]) -> None:
    """From now on keep slips for the font files with these SHA-256 digests."""
    global _known  # noqa: PLW0603 # a worker sets one piece at a time
    _known = digests


def _slip_or_clean(self: Any, to_unicode: Any, hinting: Any) -> None:
    if hashlib.sha256(self.file_content).hexdigest() in _known:
        self.file_content = slip(self.file_content)
    else:
        _clean(self, to_unicode, hinting)


def install() -> None:
    """Give WeasyPrint, in this process, the rule of this module."""
    Font.clean = _slip_or_clean
