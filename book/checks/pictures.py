"""What an image file really holds, whatever its name says."""

from __future__ import annotations

import io
import re
import warnings
from typing import TYPE_CHECKING

from lxml import etree

from book.base.text import listed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SUFFIXES = {
    "PNG": (".png",),
    "JPEG": (".jpg", ".jpeg"),
    "GIF": (".gif",),
    "WEBP": (".webp",),
}
_SVG = "{http://www.w3.org/2000/svg}svg"
_SAVE = "Save it again as PNG, JPEG, GIF, WebP or SVG."
# In CSS: anything fetched but a part of the same file or data held in place; and an escape,
# with which the former could be hidden.
_FETCHES = re.compile(r"@import|url\(\s*[\"']?\s*(?!#|data:|[\"'#\s])|\\[0-9a-f]", re.IGNORECASE)
_HERE = re.compile(r"\s*(?:#|data:image/|$)", re.IGNORECASE)
_LINK = re.compile(r"\s*(?:#|https?:|mailto:|$)", re.IGNORECASE)


def flaw(path: Path, data: bytes) -> tuple[str, str] | None:
    """What is wrong with the image ``data`` of the file ``path`` (a predicate) and a hint, or None.

    It must be PNG, JPEG, GIF or WebP with the right suffix, whole as far as its own checksums
    tell, or SVG 1.1 or 2 that runs and fetches nothing.
    """
    if path.suffix.lower() == ".svg":
        return _svg_flaw(data)
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=tuple(_SUFFIXES)) as image:
                image.verify()
                kind = str(image.format)
    except Image.DecompressionBombError:
        return "is too large: it has more than 178 million pixels.", "Make it smaller."
    # Pillow's readers raise whatever the bytes lead them to.
    except Exception:  # noqa: BLE001
        return "is damaged, or is no image.", _SAVE
    if path.suffix.lower() in _SUFFIXES[kind]:
        return None
    return f"is really a {kind} image.", f"End its name in {listed(_SUFFIXES[kind])}."


def _svg_flaw(data: bytes) -> tuple[str, str] | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        tree = etree.ElementTree(etree.fromstring(data, parser))
    except etree.XMLSyntaxError as error:
        line, column = error.position
        return f"can't be read as SVG: line {line}, column {column} is wrong.", _SAVE
    if tree.getroot().tag != _SVG:
        return "is no SVG image.", _SAVE
    held = next(_held(tree), "")
    hint = "Save it as plain SVG, with nothing that runs or is fetched."
    return (f"holds {held}.", hint) if held else None


def _held(tree: etree._ElementTree) -> Iterator[str]:
    """What the SVG holds that no book may: scripts, and what is fetched from elsewhere."""
    dtd = tree.docinfo.internalDTD
    if dtd is not None and dtd.entities():
        yield "entities of its own"
    for node in tree.getroot().itersiblings(etree.PI, preceding=True):
        if isinstance(node, etree._ProcessingInstruction) and node.target == "xml-stylesheet":
            yield "a link to a style sheet"
    for element in tree.iter(etree.Element):
        yield from _held_by(element)


def _held_by(element: etree._Element) -> Iterator[str]:
    name = etree.QName(element).localname.lower()
    if name == "script":
        yield "a script"
    if name == "style" and _FETCHES.search("".join(map(str, element.itertext()))):
        yield "a style that fetches something"
    allowed = _LINK if name == "a" else _HERE
    for key, value in element.attrib.items():
        attribute = etree.QName(str(key)).localname.lower()
        if attribute.startswith("on"):
            yield f"a script (`{attribute}`)"
        elif attribute in ("href", "src") and not allowed.match(str(value)):
            yield f"a reference to `{str(value)[:80]}`"
        elif attribute == key and _FETCHES.search(str(value)):
            yield f"a reference to elsewhere (`{attribute}`)"
