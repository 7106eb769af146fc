"""What pandoc doesn't know of an EPUB: which picture is its cover, and what is no text of it."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lxml import etree

from book.imports.pandoc import properties

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLANK = b'<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body/></html>'


def without_lists(raw: bytes) -> bytes:
    """The ebook with its navigation document empty: contents and page list are made anew.

    It may stand in the spine, where pandoc takes it for a chapter (EPUB 3.3, section 5.7).
    """
    archive = properties.parts(raw)
    if archive is None:
        return raw
    for path, item in _items(raw):
        if "nav" in item.get("properties", "").split() and path in archive.namelist():
            return properties.rewritten(archive, path, _BLANK)
    return raw


def cover(raw: bytes) -> str:
    """The cover's path among the package's files, empty if there is none (section 5.6.2.1).

    Packages of EPUB 2 name it by ``<meta name="cover">``.
    """
    items = [item for _, item in _items(raw)]
    named = {one.get("content") for one in _package(raw)[1].iter("{*}meta")
             if one.get("name") == "cover"}  # fmt: skip
    for item in items:
        if "cover-image" in item.get("properties", "").split():
            return unquote(item.get("href", ""))
    found = next((one for one in items if one.get("id") in named), None)
    is_picture = found is not None and found.get("media-type", "").startswith("image/")
    return unquote(found.get("href", "")) if found is not None and is_picture else ""


def _items(raw: bytes) -> Iterator[tuple[str, etree._Element]]:
    """What the manifest names: the path in the archive, and the item."""
    base, root = _package(raw)
    for item in root.iter("{*}item"):
        yield posixpath.normpath(posixpath.join(base, unquote(item.get("href", "")))), item


def _package(raw: bytes) -> tuple[str, etree._Element]:
    """The folder of the package document, and its root; an empty one if it can't be read."""
    archive = properties.parts(raw)
    empty = etree.Element("package")
    if archive is None:
        return "", empty
    container = _tree(properties.part(archive, "META-INF/container.xml"))
    file = next((one.get("full-path", "") for one in container.iter("{*}rootfile")), "")
    return posixpath.dirname(file), _tree(properties.part(archive, file))


def _tree(raw: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError):
        return etree.Element("package")
