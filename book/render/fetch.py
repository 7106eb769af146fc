"""The only door through which a renderer reads files: the book's folder and our own fonts.

Every address is below ``https://book.invalid/`` (RFC 2606: a name that never resolves), so
HTML and CSS are the same wherever the book lies, and a relative address in a theme can't climb
out. Nothing is ever fetched from a network.
"""

from __future__ import annotations

import hashlib
import mimetypes
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from weasyprint.urls import URLFetcher, URLFetcherResponse

from book.base.errors import PictureError
from book.base.fonts import FONT_URL, faces
from book.base.paths import ChangedError, content
from book.base.pdfpage import drawn, is_pdf
from book.base.pictures import is_picture, printed
from book.base.ttc import single
from book.base.typefaces import located
from book.theme.chosen import FOLDER, INSTALLED, of_installed
from book.theme.named import BASE, file_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

BOOK_URL = BASE
#: Pictures in these have been seen by nobody yet.
_STYLES = ("styles/", FOLDER, INSTALLED)
_NO_PICTURES = frozenset({"text/css", "font/ttf", "font/otf", "font/woff", "font/woff2"})


class BookFetcher(URLFetcher):  # type: ignore[misc] # weasyprint is untyped
    """Gives WeasyPrint the files it may have, and refuses all others.

    ``files`` are those of the book's folder ``root``: the path of each, and the SHA-256 of the
    bytes that are wanted, which are part of what pages are kept under. If they are not said, each
    file may be had as it is. ``images`` are those of the text and the cover, likewise: checks have
    seen that they can be shown, and the cover's may be a PDF.
    """

    def __init__(
        self,
        root: Path,
        files: Iterable[tuple[str, str]] | None = None,
        images: Iterable[tuple[str, str]] = (),
    ) -> None:
        super().__init__(allowed_protocols=("https", "data"))
        self._root = root
        self._images = dict(images)
        self._files = None if files is None else {**dict(files), **self._images}
        self._fonts = {face.path.name: face.path for face in faces()}
        self._changed = ""

    def settle(self) -> None:
        """Raise ChangedError if a file was not what it should be; WeasyPrint has gone on since."""
        if self._changed:
            raise ChangedError.of(self._changed)

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """The file behind ``url``; ValueError, which WeasyPrint logs, if it is not ours."""
        if url.startswith("data:"):
            held = super().fetch(url, headers)
            return _response(url, held.read(), held.content_type, seen=False)
        if url.startswith(FONT_URL):
            name = unquote(url.removeprefix(FONT_URL))
            data = self._font(name)
        else:
            name = file_of(url)
            data = single(self._read(name, url), _index(url))
        mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
        if name in self._images and is_pdf(data):
            page = drawn(data)
            return URLFetcherResponse(url, page.data, {"Content-Type": page.media})
        return _response(url, data, mime, seen=not name.startswith(_STYLES))

    def _font(self, name: str) -> bytes:
        """A font that is not the book's own: a built-in one, or one that the book has chosen."""
        if name in self._fonts:
            return self._fonts[name].read_bytes()
        wanted = (self._files or {})[name]
        data = single(located(name).read_bytes(), _index(name))
        if hashlib.sha256(data).hexdigest() != wanted:
            self._changed = name
            raise ValueError(f"the font {name} has changed")
        return data

    def _read(self, name: str, url: str) -> bytes:
        if not name or (self._files is not None and name not in self._files):
            raise ValueError(f"{url} is not in the book's folder")
        ours = name.startswith(INSTALLED)
        data = of_installed(name) if ours else content(self._root, name)
        if self._files is not None:
            found = "" if data is None else hashlib.sha256(data).hexdigest()
            if found != self._files[name]:
                self._changed = name
                raise ValueError(f"{url} has changed")
        if data is None:
            raise ValueError(f"{url} is not in the book's folder")
        return data


def _index(address: str) -> int:
    """Which font of a collection is meant; the first if it is not said."""
    number = address.rpartition("#")[2]
    return int(number) if number.isdecimal() else 0


def _response(url: str, data: bytes, mime: str, *, seen: bool) -> URLFetcherResponse:
    """``data``, pictures as a book may show them; those of chapters have been ``seen`` by checks.

    Raises ValueError, which WeasyPrint logs, if a picture can't be shown.
    """
    if mime in _NO_PICTURES or not is_picture(data):
        return URLFetcherResponse(url, data, {"Content-Type": mime})
    try:
        found = printed(data, seen=seen)
    except PictureError as problem:
        raise ValueError(f"the picture {problem.message}") from None
    return URLFetcherResponse(url, found.data, {"Content-Type": found.media})
