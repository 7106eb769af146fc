"""In a worker: pieces keep a slip instead of each font that binding knows where to find.

WeasyPrint subsets and embeds every font of every document; for hundreds of pieces that is most
of a font each, and they would all have to be merged again (see :mod:`fontbank`).
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from weasyprint.pdf.fonts import Font

from book.render.pdf.fontbank import slip

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_known: frozenset[str] = frozenset()
_clean = Font.clean


@contextmanager
def known(digests: Iterable[str]) -> Iterator[None]:
    """Meanwhile, keep slips for the font files with these SHA-256 digests."""
    global _known  # noqa: PLW0603 # a process sets one document at a time
    _known = frozenset(digests)
    try:
        yield
    finally:
        _known = frozenset()


def _slip_or_clean(self: Any, to_unicode: Any, hinting: Any) -> None:
    if hashlib.sha256(self.file_content).hexdigest() in _known:
        self.file_content = slip(self.file_content)
    else:
        _clean(self, to_unicode, hinting)


def install() -> None:
    """Give WeasyPrint, in this process, the rule of this module."""
    Font.clean = _slip_or_clean
