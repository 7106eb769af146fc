"""The package document and the archive, written by EbookLib and then made the same on any day.

EbookLib writes ``container.xml``, the package document and the ZIP file. Contents and NCX are our
own, since its own have one landmark heading too many and no reading order; so is the second pass
over the archive, since it stamps files with the time of day.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from lxml import etree
from msgspec import Struct

from book.base.scripts import direction
from book.render.epub.parts import COVER_IMAGE, NCX, Part

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from book.render.epub.metadata import Statement
    from book.theme.viewparts import Landmark

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
#: The names that EPUB 2 has for landmarks; Kindle opens the book at ``text``.
_GUIDE = {"cover": "cover", "titlepage": "title-page", "toc": "toc", "bodymatter": "text"}
#: The first moment that a ZIP file can tell (APPNOTE 4.4.6).
_DAWN = (1980, 1, 1, 0, 0, 0)
#: So many bytes of the archive are handed over at a time.
_AT_A_TIME = 1 << 20
_PACKED = frozenset({".png", ".jpg", ".gif", ".webp"})


class Identity(Struct, frozen=True):
    """Which publication this is: its identifier, when it was made, and in which language."""

    identifier: str
    modified: datetime.datetime
    language: str


def packed(
    parts: Sequence[Part],
    metadata: Iterable[Statement],
    landmarks: Iterable[Landmark],
    identity: Identity,
) -> Iterable[bytes]:
    """The EPUB of ``parts``: those of the spine in its order, then all others.

    Raises whatever EbookLib meets (it is told not to swallow it), and OSError if a part can't be
    had.
    """
    from ebooklib import epub

    book = epub.EpubBook()
    if direction(identity.language) == "rtl":
        book.set_direction("rtl")
    book.set_unique_metadata("OPF", "generator", "", {"name": "generator", "content": "Chapbook"})
    book.set_identifier(identity.identifier)
    for one in metadata:
        namespace, name = ("DC", one.dc) if one.dc else ("OPF", "meta")
        book.add_metadata(namespace, name, one.value, dict(one.attributes))
    for part in parts:
        _add(book, part)
    book.guide = [
        {"type": _GUIDE[mark.kind], "href": mark.href, "title": mark.label}
        for mark in landmarks
        if mark.kind in _GUIDE
    ]
    options = {
        "raise_exceptions": True,
        "epub3_pages": False,
        "mtime": identity.modified,
        "compresslevel": 0,
        "spine_direction": True,
    }
    raw = io.BytesIO()
    epub.write_epub(raw, book, options)
    pictures = {f"EPUB/{one.name}": one for one in parts if one.later or _is_packed(one.name)}
    return _settled(raw, identity.language, pictures)


def _add(book: Any, part: Part) -> None:
    from ebooklib import epub

    # EbookLib's spine names the NCX by this id unless it writes the NCX itself.
    uid = "ncx" if part.name == NCX else part.id
    # Pictures may be large; they come in when the archive is written anew.
    data = b"-" if part.later or _is_packed(part.name) else part.data
    item = epub.EpubItem(uid, part.name, part.media, data)
    item.properties = part.properties
    if part.name == COVER_IMAGE:
        # What EPUB 2 reading systems and shops look for.
        book.add_metadata("OPF", "meta", "", {"name": "cover", "content": uid})
    book.add_item(item)
    if part.linear is not None:
        book.spine.append((item, "yes" if part.linear else "no"))


def _is_packed(name: str) -> bool:
    """Whether what a file of that name holds can't be made smaller."""
    return PurePosixPath(name).suffix in _PACKED


class _Archive:
    """The bytes of a file without a name, which is there as long as somebody has this."""

    def __init__(self) -> None:
        self.file = tempfile.TemporaryFile()  # noqa: SIM115 # it is closed when this goes

    def __iter__(self) -> Iterator[bytes]:
        self.file.seek(0)
        while part := self.file.read(_AT_A_TIME):
            yield part

    def __del__(self) -> None:
        self.file.close()


def _settled(raw: io.BytesIO, language: str, pictures: Mapping[str, Part]) -> _Archive:
    """The archive with ``mimetype`` first and stored, and no trace of when and where."""
    out = _Archive()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out.file, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _DAWN)
            info.create_system = 3
            info.external_attr = 0o644 << 16
            stored = name == "mimetype" or _is_packed(name)
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            data = pictures[name].whole if name in pictures else old.read(name)
            new.writestr(info, _in_language(data, language) if name.endswith(".opf") else data)
    return out


def _in_language(package: bytes, language: str) -> bytes:
    """The package document with its own language, which Ace asks for and EbookLib can't say."""
    root = etree.fromstring(package)
    root.set(_XML_LANG, language)
    # EbookLib's prefixes: one is EPUB's own already, the other is used nowhere.
    del root.attrib["prefix"]
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)
