"""In a worker: the pages that WeasyPrint has drawn are gathered as leaves.

Only what the pages lead to is taken. Fonts that binding knows where to find are not subset or
embedded here; images and colour profiles are told by their digests, so that binding keeps one.
"""

from __future__ import annotations

import hashlib
import io
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pydyf
import weasyprint.pdf
from weasyprint.css import ColorProfile
from weasyprint.document import Document

from book.render.pdf.engine.glyphtexts import glyph_texts
from book.render.pdf.engine.turned import is_turned, turn_back
from book.render.pdf.engine.upstream import Definition, UpstreamChangedError
from book.render.pdf.file.objects import (
    FontUse,
    Leaf,
    Leaves,
    PdfObject,
    all_uses,
    common,
    descendant,
    font,
    local,
    parent_key,
)
from book.render.pdf.record import LINK
from book.render.pdf.structure.nodes import Node
from book.render.pdf.syntax import name_string

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: A reference; strings are passed over, whatever they say.
_REFERENCE = re.compile(rb"\((?:[^()\\]|\\.)*\)|\b(\d+) 0 R\b", re.DOTALL)
_LENGTH = re.compile(rb"^<<.*/Length (\d+)\b.*>>$", re.DOTALL)
_OPTIONS = {**weasyprint.DEFAULT_OPTIONS, "pdf_version": "1.7"}


class _Profile(ColorProfile):  # type: ignore[misc] # weasyprint is untyped
    """A colour profile that stays as it is: once it was asked its name, WeasyPrint's does not."""

    content = b""


@cache
def _srgb() -> _Profile:
    """WeasyPrint's own profile, which it would read again for every document, and not close."""
    name = "sRGB2014.icc"
    data = (files("weasyprint.pdf") / name).read_bytes()
    profile = _Profile(io.BytesIO(data), name, "relative-colorimetric", ("r", "g", "b"))
    profile.content = data
    return profile


class _Fonts(dict[Any, Any]):
    """The fonts of a document; those get their digest that are among the ``known``."""

    def __init__(self, known: Iterable[str]) -> None:
        super().__init__()
        self._known = frozenset(known)

    def __setitem__(self, name: Any, face: Any) -> None:
        if not {"fvar", "CBDT", "SVG ", "COLR"} & set(face.tables):  # these must be cut
            digest = hashlib.sha256(face.file_content).hexdigest()
            face.digest = digest if digest in self._known else ""
        super().__setitem__(name, face)


class _Drawn(Document):  # type: ignore[misc] # weasyprint is untyped
    """A document as it is drawn: with fonts that know whether binding embeds them, and its tags.

    ``tags`` is the tree that :func:`~book.render.pdf.engine.tags.add_tags` makes, if it is asked;
    ``earlier_heads`` are those of tables that have been read on the pages before.
    """

    def __init__(self, laid: Any, known: Iterable[str], earlier_heads: Iterable[Any]) -> None:
        profiles = {"srgb": _srgb()}
        given = laid.pages, laid.metadata, laid.url_fetcher, laid.font_config, profiles, "srgb"
        super().__init__(*given)
        self.fonts = _Fonts(known)
        self.tags: Node | None = None
        self.earlier_heads = set(earlier_heads)


def gathered(
    document: Any, known: Iterable[str], earlier_heads: Iterable[Any] = (), *, tagged: bool = True
) -> Leaves:
    """The pages of ``document``, drawn; ``known`` are the digests of the book's font files.

    ``earlier_heads`` are those of tables that have been read on the pages before.
    """
    drawn = _Drawn(document, known, earlier_heads)
    pdf = weasyprint.pdf.generate_pdf(drawn, None, 1, **{**_OPTIONS, "pdf_tags": tagged})
    return _Gatherer(pdf, drawn).gather()


class _Gatherer:
    """Follows the references from the pages, and numbers what they lead to as it is met."""

    def __init__(self, pdf: Any, document: Any) -> None:
        self._objects = pdf.objects
        self._pages = [pdf.objects[number] for number in pdf.pages["Kids"][::3]]
        self._document, self._catalog = document, pdf.catalog
        for page, laid in zip(self._pages, document.pages, strict=True):
            if is_turned(laid._page_box.page_type):
                turn_back(page, pdf.objects, laid.height * 0.75)
        self._linked = set(_annotations(document.tags)) if document.tags else set()
        self._marks: dict[int, bytes] = {}
        self._numbers: dict[int, int] = {}
        self._things: list[PdfObject | None] = []
        self._shared: dict[str, PdfObject] = {}

    def gather(self) -> Leaves:
        fonts = self._fonts()
        for page in self._pages:
            self._numbers[page.number] = len(self._things)
            self._marks[page.number] = local(len(self._things))
            self._things.append(None)
        leaves = tuple(self._leaf(page) for page in self._pages)
        intents = pydyf.Array(self._catalog["OutputIntents"])
        intents[0]["S"] = "/GTS_PDFA1"
        intent = self._marked(intents.data)
        tags = self._document.tags
        if tags is not None:
            self._renumber(tags)
        lacks = any(face.missing for face in self._document.fonts.values())
        made = tuple(self._things), leaves, fonts, self._shared, intent, tags
        return Leaves(*made, lacks_letters=lacks)

    def _fonts(self) -> dict[str, FontUse]:
        """What is drawn from the book's fonts; references to these are marked from now on."""
        dictionary = self._object(self._object(self._pages[0]["Resources"])["Font"])
        uses: list[dict[str, FontUse]] = []
        for face in self._document.fonts.values():
            if face.bitmap or not face.digest:
                continue
            uses.append({face.digest: _use(face)})
            reference = dictionary[face.hash]
            glyphs = self._object(reference)["DescendantFonts"][0]
            self._marks[_number(glyphs)] = descendant(face.digest)
            if not face.missing:  # else its codes are not glyph numbers, and it goes its own way
                self._marks[_number(reference)] = font(face.digest)
        return all_uses(uses)

    def _leaf(self, page: Any) -> Leaf:
        resources = self._object(page["Resources"])
        pictures = resources.get("XObject", {})
        inside = {name: self._own(value) for name, value in resources.items() if name != "XObject"}
        boxes = {name: value for name, value in page.items() if name.endswith("Box")}
        value = _inside(boxes)
        if "Annots" in page:
            value += b"/Annots " + self._marked(page["Annots"].data)
        if "Tabs" in page:
            value += b"/Tabs/S"
        if "StructParents" in page:
            value += b"/StructParents " + parent_key(self._numbers[page.number])
        contents = self._take(_number(page["Contents"]))
        return Leaf(
            self._numbers[page.number],
            contents,
            value,
            b"".join(b"/%s %s" % (name.encode(), value) for name, value in inside.items() if value),
            self._marked(_inside(pictures)),
        )

    def _own(self, value: Any) -> bytes:
        """What a page's resources say under a name, written out; nothing where there is nothing."""
        value = self._object(value) if isinstance(value, bytes) else value
        return self._marked(value.data) if value else b""

    def _object(self, reference: bytes) -> Any:
        return self._objects[_number(reference)]

    def _marked(self, value: bytes) -> bytes:
        """``value`` with marks for references."""
        return _REFERENCE.sub(
            lambda found: self._mark(int(found[1])) if found[1] else found[0], value
        )

    def _mark(self, number: int) -> bytes:
        if number not in self._marks:
            thing = self._objects[number]
            if isinstance(thing, pydyf.Stream) and _is_common(thing):
                self._marks[number] = self._share(thing)
            else:
                self._marks[number] = local(self._take(number))
        return self._marks[number]

    def _share(self, stream: Any) -> bytes:
        thing = self._thing(stream)
        digest = thing.digest()
        self._shared[digest] = thing
        return common(digest)

    def _take(self, number: int) -> int:
        """Take the object ``number`` and all that it leads to; gives the number that it gets."""
        if number not in self._numbers:
            place = self._numbers[number] = len(self._things)
            self._things.append(None)
            if number in self._linked:
                self._objects[number]["StructParent"] = parent_key(place)
            self._things[place] = self._thing(self._objects[number])
        return self._numbers[number]

    def _thing(self, thing: Any) -> PdfObject:
        if isinstance(thing, dict) and thing.get("Type") == "/Annot":
            thing["F"] = 4  # it is printed (ISO 19005-3, 6.3.2)
            _lead_inside(thing)
        if not isinstance(thing, pydyf.Stream):
            return PdfObject(self._marked(thing.data))
        value, stream = parted(thing.data)
        return PdfObject(self._marked(value), stream)

    def _renumber(self, node: Node) -> None:
        """Let the links of ``node`` name their annotations by the numbers that these have got."""
        node.links = [(page, self._numbers[number]) for page, number in node.links]
        for kid in node.kids:
            if isinstance(kid, Node):
                self._renumber(kid)


def _inside(entries: Mapping[str, Any]) -> bytes:
    """What stands between the brackets of a dictionary (7.3.7) of ``entries``, as pydyf writes it.

    Raises :class:`.upstream.UpstreamChangedError` if it writes others.
    """
    written: bytes = pydyf.Dictionary(entries).data
    if not (written.startswith(b"<<") and written.endswith(b">>")):
        raise UpstreamChangedError([Definition("pydyf:Dictionary.data", "")])
    return written[2:-2]


def parted(written: bytes) -> tuple[bytes, bytes]:
    """The dictionary and the bytes of a stream that pydyf has written (ISO 32000-1, 7.3.8).

    Raises :class:`.upstream.UpstreamChangedError` if they don't stand there as expected.
    """
    value, begun, rest = written.partition(b"\nstream\n")
    stream, ended, more = rest.rpartition(b"\nendstream")
    length = _LENGTH.search(value)
    if not (begun and ended) or more or length is None or int(length[1]) != len(stream):
        raise UpstreamChangedError([Definition("pydyf:Stream.data", "")])
    return value, stream


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


def _annotations(node: Node) -> Iterator[int]:
    yield from (number for _, number in node.links)
    for kid in node.kids:
        if isinstance(kid, Node):
            yield from _annotations(kid)


def _is_common(stream: Any) -> bool:
    """Whether other pages may hold the same stream: a picture or a colour profile."""
    return stream.extra.get("Subtype") == "/Image" or "N" in stream.extra


def _lead_inside(annotation: Any) -> None:
    """A link to a place in the book goes to its named destination (ISO 32000-1, 12.3.2.3)."""
    address = annotation.get("A", {}).get("URI")
    if address is not None and address.string.startswith(LINK):
        name = unquote(address.string.removeprefix(LINK))
        annotation["A"] = pydyf.Dictionary({"S": "/GoTo", "D": name_string(name)})


def _use(face: Any) -> FontUse:
    value = {
        "FontFamily": pydyf.String(face.family),
        "Flags": face.flags,
        "ItalicAngle": face.italic_angle,
        "StemV": face.stemv,
        "StemH": face.stemh,
    }
    return FontUse(
        face=_inside(value),
        name=face.name[1:].partition(b"+")[2],
        is_cff=face.type == "otf",
        ascent=face.ascent,
        descent=face.descent,
        widths={glyph: round(width, 3) for glyph, width in face.widths.items()},
        texts={} if face.missing else glyph_texts(face.digest, face.file_content, face.to_unicode),
    )
