"""SVG from strangers, as a book holds it: nothing that runs or is fetched, nothing without end.

Only what :mod:`book.base.allowed` lists is let through. What grows beyond all measure when parts
of the picture use one another is refused.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from lxml import etree
from msgspec import Struct

from book.base.allowed import (
    SVG_ATTRIBUTES,
    SVG_ELEMENTS,
    SVG_NS,
    XLINK_HREF,
    is_beyond,
    svg_attribute,
    svg_declarations,
    svg_sheet,
)
from book.base.errors import PictureError
from book.base.patterns import pattern
from book.base.xml import remove

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

#: So many elements a picture may have once all that it uses is drawn.
MOST = 1_000_000
#: So large, in bytes, a picture may be that comes compressed.
LARGEST = 100_000_000
#: So often a gradient may repeat from one side of the picture to the other.
OFTENEST = 1_000

_SAVE = "Save it again as plain SVG, or as PNG."
_TOLD = {"script": "a script", "foreignObject": "a part in another language"}
_LINK = pattern(r"\s*(?:#|https?:|mailto:|$)", re.IGNORECASE)
_NUMBER = pattern(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_URL = pattern(r"url\(\s*[\"']?\s*#([^)\"'\s]+)")
#: Where elements stand that are drawn once more for each thing that names them.
_USING = ("clip-path", "mask", "fill", "stroke", "filter", "style")
_MARKERS = ("marker", "marker-start", "marker-mid", "marker-end", "style")
_RULE = pattern(r"([^{}]*)\{([^{}]*url[^{}]*)\}", re.IGNORECASE)
_CLASS = pattern(r"\.([\w-]+)")
_LETTERS = pattern("[a-zA-Z]")
_GRADIENTS = {f"{{{SVG_NS}}}linearGradient", f"{{{SVG_NS}}}radialGradient"}


class Svg(Struct, frozen=True):
    """A picture without what no book may hold, and the worst of what it ``held``, in words."""

    data: bytes
    held: tuple[str, ...] = ()


def plain_svg(data: bytes) -> Svg:
    """``data``, SVG or gzipped SVG, with nothing but what is allowed.

    Entities of its own are put in place (drawing programs write them); others are never read.
    Raises PictureError if it is no SVG, or can't be drawn within the bounds.
    """
    parser = etree.XMLParser(resolve_entities="internal", no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(_unzipped(data), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line, column = getattr(error, "position", (1, 1))
        message = f"can't be read as SVG: line {line}, column {column} is wrong."
        raise PictureError(message, _SAVE) from None
    if root.tag != f"{{{SVG_NS}}}svg":
        raise PictureError("is no SVG image.", _SAVE)
    held = list(dict.fromkeys([*_linked(root), *_cleaned(root)]))
    _check(root)
    etree.cleanup_namespaces(root)
    return Svg(etree.tostring(root, encoding="utf-8", xml_declaration=True), tuple(held))


def is_svg(data: bytes) -> bool:
    """Whether ``data`` looks like SVG, zipped or not."""
    if data.startswith(b"\x1f\x8b"):
        return True
    return b"<svg" in data[:4096] or b":svg" in data[:4096]


def _unzipped(data: bytes) -> bytes:
    if not data.startswith(b"\x1f\x8b"):
        return data
    unpacker = zlib.decompressobj(wbits=31)
    try:
        plain = unpacker.decompress(data, LARGEST)
    except zlib.error:
        raise PictureError("is damaged.", _SAVE) from None
    if unpacker.unconsumed_tail:
        raise PictureError("is too large: it has more than 100 million bytes.", _SAVE)
    if not unpacker.eof:
        raise PictureError("is damaged: its end is missing.", _SAVE)
    return plain


def _linked(root: etree._Element) -> Iterator[str]:
    for node in root.itersiblings(etree.PI, preceding=True):
        if isinstance(node, etree._ProcessingInstruction) and node.target == "xml-stylesheet":
            yield "a link to a style sheet"


def _cleaned(root: etree._Element) -> Iterator[str]:
    """Take out of ``root`` what isn't allowed; yields the worst of it, in words."""
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            remove(element)
            continue
        name = etree.QName(element)
        if said := _TOLD.get(name.localname):
            yield said
        if element is not root and (name.namespace != SVG_NS or name.localname not in SVG_ELEMENTS):
            remove(element)
            continue
        yield from _attributes(element)
        if name.localname == "a":
            element.tag = f"{{{SVG_NS}}}g"
            element.attrib.pop("href", None)
            element.attrib.pop(XLINK_HREF, None)
        elif name.localname == "style":
            yield from _style(element)


def _attributes(element: etree._Element) -> Iterator[str]:
    gone: list[str] = []
    for name, value in [(str(key), str(value)) for key, value in element.attrib.items()]:
        if not svg_attribute(name, value):
            del element.attrib[name]
            yield from _said(element, name, value)
        elif is_beyond(name, value):
            del element.attrib[name]
            yield f"a number beyond all measure (`{etree.QName(name).localname}`)"
        elif name == "style":
            element.set("style", svg_declarations(value, gone))
    yield from (f"a reference to elsewhere (`{name}`)" for name in gone)


def _said(element: etree._Element, name: str, value: str) -> Iterator[str]:
    """What an attribute that was left out did, if an author has to know."""
    local = etree.QName(name).localname.lower()
    if local.startswith("on"):
        yield f"a script (`{local}`)"
    elif local in ("href", "src"):
        if etree.QName(element).localname != "a" or not _LINK.match(value):
            yield f"a reference to `{value.strip()[:80]}`"
    elif name in SVG_ATTRIBUTES:
        yield f"a reference to elsewhere (`{local}`)"


def _style(element: etree._Element) -> Iterator[str]:
    """Of the styles of an image, those that fetch nothing."""
    gone: list[str] = []
    css = svg_sheet("".join(map(str, element.itertext())), gone)
    element[:] = []
    element.text = css
    if gone:
        yield "a style that fetches something"


def _check(root: etree._Element) -> None:
    """Raise PictureError if the picture can't be drawn, or not within the bounds."""
    _view(root)
    if _Growth(root).of(root) > MOST:
        message = f"becomes more than {MOST:,} elements once all that its parts use is drawn."
        raise PictureError(message, _SAVE)
    width = max(_numbers(root.get("viewBox", ""))[2:] or [1.0])
    if any(one.get("spreadMethod", "pad") != "pad" for one in root.iter(*_GRADIENTS)):
        for gradient in root.iter(*_GRADIENTS):
            if _repeats(gradient, width) > OFTENEST:
                message = f"has a gradient that repeats more than {OFTENEST:,} times."
                raise PictureError(message, _SAVE)


def _view(root: etree._Element) -> None:
    for element in root.iter():
        box = element.get("viewBox")
        if box is None:
            continue
        numbers = _numbers(box)
        if len(numbers) != 4 or min(numbers[2:]) <= 0 or max(map(abs, numbers)) > 1e9:
            message = f"has a viewBox that is none: `{box[:40]}`."
            raise PictureError(message, "A viewBox is four numbers: left, top, width, height.")


def _numbers(text: str) -> list[float]:
    return [float(one) for one in _NUMBER.findall(text)]


def _repeats(gradient: etree._Element, width: float) -> float:
    """About how often a gradient would repeat across a picture so wide."""
    given = [_numbers(gradient.get(name, ""))[:1] for name in ("x1", "y1", "x2", "y2", "r")]
    x1, y1, x2, y2, radius = (one[0] if one else None for one in given)
    whole = width if gradient.get("gradientUnits") == "userSpaceOnUse" else 1.0
    if str(gradient.tag).endswith("radialGradient"):
        span = whole / 2 if radius is None else radius
    elif x1 is x2 is y1 is y2 is None:
        span = whole
    else:
        span = abs((1.0 if x2 is None else x2) - (x1 or 0)) + abs((y2 or 0) - (y1 or 0))
    shrunk = [abs(one) for one in _numbers(gradient.get("gradientTransform", "")) if one]
    span *= min([*shrunk, 1.0])
    return whole / span if span else float("inf")


class _Growth:
    """How many elements are drawn where one element is."""

    def __init__(self, root: etree._Element) -> None:
        self._by_id = {str(one.get("id")): one for one in root.iter() if one.get("id")}
        self._styled = _styled(root)
        self._known: dict[etree._Element, int] = {}
        self._open: set[etree._Element] = set()

    def of(self, element: etree._Element) -> int:
        """The number of elements; raises PictureError if ``element`` needs itself."""
        if element in self._known:
            return self._known[element]
        if element in self._open or len(self._open) > 400:
            raise PictureError("has a part that uses itself.", _SAVE)
        self._open.add(element)
        count = 1 + sum(self.of(child) for child in element if isinstance(child.tag, str))
        for identity, times in _needs(element, self._styled):
            if identity in self._by_id:
                count += times * self.of(self._by_id[identity])
        self._open.discard(element)
        self._known[element] = min(count, 100 * MOST)
        return self._known[element]


def _styled(root: etree._Element) -> dict[str, list[str]]:
    """What the rules of style sheets need, by the class that they are for; none: for all."""
    found: dict[str, list[str]] = {}
    for style in root.iter(f"{{{SVG_NS}}}style"):
        for head, inside in _RULE.findall(style.text or ""):
            for name in _CLASS.findall(head) or [""]:
                found.setdefault(name, []).append(inside)
    return found


def _needs(
    element: etree._Element, styled: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, int]]:
    """The ids of what is drawn for ``element``, and how often."""
    link = element.get("href") or element.get(XLINK_HREF) or ""
    if link.startswith("#"):
        yield link[1:], 1
    values = [element.get(name, "") for name in _USING]
    marked = [element.get(name, "") for name in _MARKERS]
    for name in ("", *element.get("class", "").split()):
        for inside in styled.get(name, ()):
            (marked if "marker" in inside else values).append(inside)
    places = len(_LETTERS.findall(element.get("d", ""))) + len(element.get("points", "").split())
    for value in values:
        yield from ((found, 1) for found in _URL.findall(value))
    for value in marked:
        yield from ((found, max(places, 1)) for found in _URL.findall(value))
