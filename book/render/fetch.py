"""The only door through which a renderer reads files: the book's folder and our own fonts.

Every address is below ``https://book.invalid/`` (RFC 2606: a name that never resolves), so
HTML and CSS are the same wherever the book lies, and a relative address in a theme can't climb
out. Nothing is ever fetched from a network.
"""

from __future__ import annotations

import mimetypes
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit

from weasyprint.urls import URLFetcher, URLFetcherResponse

from book.base.fonts import FONT_URL, faces

if TYPE_CHECKING:
    from pathlib import Path

BOOK_URL = "https://book.invalid/"


def address(path: str) -> str:
    """The address of a file, given by its path from the book's folder."""
    return BOOK_URL + quote(path)


class BookFetcher(URLFetcher):  # type: ignore[misc] # weasyprint is untyped
    """Gives WeasyPrint the files it may have, and refuses all others."""

    def __init__(self, root: Path) -> None:
        super().__init__(allowed_protocols=("https", "data"))
        self._root = root.resolve()
        self._fonts = {face.path.name: face.path for face in faces()}

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """The file behind ``url``; ValueError, which WeasyPrint logs, if it is not ours."""
        if url.startswith("data:"):
            return super().fetch(url, headers)
        path = self._find(url)
        mime = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": mime})

    def _find(self, url: str) -> Path:
        if url.startswith(FONT_URL):
            return self._fonts[url.removeprefix(FONT_URL)]
        if not url.startswith(BOOK_URL):
            raise ValueError(f"{url} is not in the book's folder")
        path = (self._root / unquote(urlsplit(url).path).lstrip("/")).resolve()
        if not path.is_relative_to(self._root):
            raise ValueError(f"{url} is not in the book's folder")
        return path
