"""The pictures that the chapters show, with names that are safe everywhere."""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import re
import unicodedata
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from book.imports.ledger import Ledger
    from book.imports.source import Shelf

FOLDER = "images"
_SHOWN = {
    b"\x89PNG\r\n\x1a\n": ".png", b"\xff\xd8\xff": ".jpg", b"GIF8": ".gif", b"RIFF": ".webp",
}  # fmt: skip
_COVERS = (".png", ".jpg", ".svg", ".pdf")
_DATA = re.compile(r"data:image/([\w.+-]+)((?:;[\w=-]+)*),(.*)", re.DOTALL)
_MOST_PIXELS = 64_000_000
_MOST_BYTES = 2 << 30
_TRIED = ("", ".png", ".jpg", ".jpeg", ".svg", ".pdf", ".webp", ".gif")


def safe_name(path: str) -> str:
    """The name of ``path`` without its ending, in small ASCII letters, digits and hyphens."""
    stem = unicodedata.normalize("NFKD", PurePosixPath(path).stem)
    plain = stem.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "picture"


class Pictures:
    """Gives each picture its name in the book, once for the same bytes."""

    def __init__(self, shelf: Shelf, ledger: Ledger) -> None:
        self._shelf, self._ledger = shelf, ledger
        self.files: dict[str, bytes] = {}
        #: The cover, by its name in the book's folder.
        self.covers: dict[str, bytes] = {}
        self._by_digest: dict[str, str] = {}
        self._by_path: dict[str, str] = {}
        self._size = 0

    def taken(self, address: str, beside: str, folders: tuple[str, ...] = ()) -> str:
        """The name in the book of the picture at ``address`` in the file ``beside``; or empty.

        Looked for beside the file, then in ``folders`` of the source. A picture on the network is
        not fetched.
        """
        if found := _DATA.match(address):
            address = self._unpacked(found)
        path = self._find(address, beside, folders)
        if not path:
            return ""
        if path not in self._by_path:
            self._by_path[path] = self._take(path)
        return self._by_path[path]

    def cover(self, named: str, tried: tuple[str, ...], folders: tuple[str, ...]) -> str:
        """The cover's name in the book: the picture that is ``named``, else one of those ``tried``.

        Empty if there is none that a cover can be made of.
        """
        path = self._find(named, "", folders) if named else ""
        if named and not path:
            self._ledger.add(f"A cover that isn't there: {named[:200]}")
        path = path or next(
            (found for each in tried if (found := self._find(each, "", folders))), ""
        )
        raw = self._shelf.bytes_of(path) if path else None
        if raw is None:
            return ""
        if not raw.startswith(b"%PDF"):
            raw, ending = self._fit(raw, path)
        else:
            ending = ".pdf"
        if ending not in _COVERS:
            self._ledger.add("A cover that is no JPEG, PNG, SVG or PDF; one is drawn.", path)
            return ""
        self.covers[f"cover{ending}"] = raw
        return f"cover{ending}"

    def _unpacked(self, found: re.Match[str]) -> str:
        """A picture that is written out in its address, put on the shelf."""
        try:
            data = (
                base64.b64decode(re.sub(r"\s", "", unquote(found[3])))
                if "base64" in found[2] else unquote(found[3]).encode()
            )  # fmt: skip
        except (binascii.Error, ValueError):
            return ""
        ending = found[1].split("+")[0].lower()
        digest = hashlib.sha256(data).hexdigest()[:8]
        return self._shelf.add(f"picture-{digest}.{ending}", data)

    def _find(self, address: str, beside: str, folders: tuple[str, ...]) -> str:
        for each in dict.fromkeys(
            (address, unquote(address), unquote(address.split("?", maxsplit=1)[0]))
        ):
            bare = each.lstrip("/") if not self._shelf.is_added(each) else each
            for ending in _TRIED:
                if path := self._shelf.find(each + ending, beside):
                    return path
                for folder in folders:
                    if path := self._shelf.find(f"/{folder}/{bare}{ending}"):
                        return path
        return ""

    def _take(self, path: str) -> str:
        raw = self._shelf.bytes_of(path)
        if raw is None:
            self._ledger.add("A picture that can't be read, or leads outside the source.", path)
            return ""
        raw, ending = self._fit(raw, path)
        if not ending:
            return ""
        digest = hashlib.sha256(raw).hexdigest()
        if digest not in self._by_digest:
            self._size += len(raw)
            if self._size > _MOST_BYTES:
                self._ledger.add(
                    "There are more than 2 GB of pictures; this one is left out.", path
                )
                return ""
            name = self._unused(safe_name(path), ending)
            self.files[name] = raw
            self._by_digest[digest] = name
        return self._by_digest[digest]

    def _unused(self, stem: str, ending: str) -> str:
        name, count = f"{FOLDER}/{stem}{ending}", 1
        while name in self.files:
            count += 1
            name = f"{FOLDER}/{stem}-{count}{ending}"
        return name

    def _fit(self, raw: bytes, path: str) -> tuple[bytes, str]:
        """The picture in a format that a book can hold, and the ending that says which."""
        for start, ending in _SHOWN.items():
            if raw.startswith(start):
                return raw, ending
        if re.search(rb"<svg\b", raw[:4096]):
            return raw, ".svg"
        if raw.startswith(b"%PDF"):
            return self._drawn(raw, path)
        return self._converted(raw, path)

    def _drawn(self, raw: bytes, path: str) -> tuple[bytes, str]:
        """The first page of a PDF as a picture, at 300 dots an inch or as many as may be."""
        import pypdfium2

        try:
            page = pypdfium2.PdfDocument(raw)[0]
            width, height = page.get_size()
            scale = min(300 / 72, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
            image = page.render(scale=scale).to_pil()
        except Exception:  # noqa: BLE001 # the same
            return self._refused(path)
        self._ledger.add("A picture in PDF, drawn as a PNG of 300 dots an inch.", path)
        return _png(image), ".png"

    def _converted(self, raw: bytes, path: str) -> tuple[bytes, str]:
        from PIL import Image

        try:
            with Image.open(
                io.BytesIO(raw), formats=("TIFF", "BMP", "ICO", "AVIF", "PPM")
            ) as image:
                if image.width * image.height > _MOST_PIXELS:
                    return self._refused(path)
                made = _png(image)
        except Exception:  # noqa: BLE001 # what can't be read is none, whatever is raised
            return self._refused(path)
        self._ledger.add("A picture in a format that no reader shows, now a PNG.", path)
        return made, ".png"

    def _refused(self, path: str) -> tuple[bytes, str]:
        message = "A picture in a format that can't be read here (EMF, WMF, EPS), or damaged."
        self._ledger.add(message, path)
        return b"", ""


def _png(image: object) -> bytes:
    from PIL import Image

    assert isinstance(image, Image.Image)
    made = io.BytesIO()
    if image.mode.startswith("I;16"):
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    mode = image.mode if image.mode in ("1", "L", "LA", "P", "RGB", "RGBA") else "RGB"
    image.convert(mode).save(made, "PNG")
    return made.getvalue()
