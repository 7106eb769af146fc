"""Reads a PDF back: its text, page labels, outline, links, fonts and structure.

Text and outline come by PDFium, the rest by pikepdf. Page indexes count from 0 throughout.
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

# A hyphen that the author wrote, where a line ends: PDFium takes the end of the line away and
# gives one of these two, by which of its functions is asked. A hyphen that the typesetter put
# in is U+2010 (CSS's default `hyphenate-character`) and keeps its end of line.
_AUTHOR_HYPHENS = str.maketrans("\x02\ufffe", "--")
_SET_HYPHEN = re.compile(r"[\u2010\u00ad][^\S\n]*[\n\f]\s*")
_LETTERS = str.maketrans(
    {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
    | {"\u2010": "-", "\u2011": "-"}
    | dict.fromkeys("\u00ad\u200b\u2060\ufeff", "")
)
# Lines may break on either side of these without a space, so each is a word by itself.
_ALONE = r"\-\u2012-\u2015\u2026/\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff"
_ROMAN = {1000: "M", 900: "CM", 500: "D", 400: "CD", 100: "C", 90: "XC"}
_ROMAN |= {50: "L", 40: "XL", 10: "X", 9: "IX", 5: "V", 4: "IV", 1: "I"}
_WORD = re.compile(rf"[{_ALONE}]|[^\s{_ALONE}]+")


@dataclass(frozen=True)
class Link:
    """A link on a page: to a place in the file, or to a web address."""

    page: int
    rect: tuple[float, float, float, float]
    """Left, bottom, right and top, in points from the page's lower left corner."""
    dest_page: int | None = None
    """None for a web address, and for a name that the file does not define."""
    dest_name: str | None = None
    uri: str | None = None


@dataclass(frozen=True)
class Element:
    """An element of the structure tree."""

    tag: str
    text: str
    """All that is in it, with its descendants' text in reading order, lines as on the page."""
    page: int | None
    """The page its first content is on."""
    attributes: dict[str, str]
    """Those of /A (`Scope`, `Headers`, …), and `Alt`, `ActualText`, `E`, `Lang`, `ID` and `T`."""
    annotations: tuple[str, ...]
    """The kinds (`Link`) of the annotations that hang from this very element."""
    children: tuple["Element", ...]

    def find(self, tag: str) -> list["Element"]:
        """List the descendants of that tag, in reading order."""
        return [element for element in self.walk() if element.tag == tag and element is not self]

    def walk(self) -> Iterator["Element"]:
        """Yield the element and all its descendants, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


def pages(path: Path) -> list[str]:
    """Return the text of each page, line by line, hyphens at the ends of lines as printed."""
    return [
        text.get_text_range().replace("\r\n", "\n").translate(_AUTHOR_HYPHENS)
        for text in _text_pages(path)
    ]


def words(text: str) -> list[str]:
    """Split a PDF's or a manuscript's text into words that can be compared.

    Undone are ligatures, the typesetter's hyphenation (of pages too, joined by a line end or a
    form feed) and invisible characters. Hyphens, dashes, dots of ellipsis, slashes and Chinese
    and Japanese characters are words by themselves, as a line may break beside them.
    """
    whole = _SET_HYPHEN.sub("", text.replace("\r\n", "\n").translate(_AUTHOR_HYPHENS))
    return _WORD.findall(unicodedata.normalize("NFC", whole.translate(_LETTERS)))


def outline(path: Path) -> list[tuple[int, str, int | None]]:
    """List the outline's entries: level (from 0), title, and index of the page (None: nowhere).

    What no line's end may part is a space to who reads it.
    """
    with closing(pypdfium2.PdfDocument(path)) as pdf:
        entries = [(entry, entry.get_dest()) for entry in pdf.get_toc()]
        return [
            (
                entry.level,
                entry.get_title().replace("\u00a0", " "),
                dest.get_index() if dest else None,
            )
            for entry, dest in entries
        ]


def labels(path: Path) -> list[str]:
    """Return each page's label as a reading program shows it: 1, 2, 3 where the file has none."""
    with pikepdf.open(path) as pdf:
        ranges: dict[int, Any] = {0: pikepdf.Dictionary(S=pikepdf.Name.D)}
        if "/PageLabels" in pdf.Root:
            ranges |= dict(pikepdf.NumberTree(pdf.Root.PageLabels).items())
        first = 0
        found = []
        for index in range(len(pdf.pages)):
            first = index if index in ranges else first
            label = ranges[first]
            number = int(label.get("/St", 1)) + index - first
            found.append(str(label.get("/P", "")) + _numeral(number, str(label.get("/S", ""))))
        return found


def _numeral(number: int, style: str) -> str:
    # Letters go a to z, aa, bb to zz, aaa: not as in the columns of a spreadsheet, which is
    # what pikepdf's own `Page.label` makes of them.
    repeats, letter = divmod(number - 1, 26)
    capitals = {
        "": "",
        "/D": str(number),
        "/R": _roman(number),
        "/A": chr(ord("A") + letter) * (repeats + 1),
    }
    return capitals[style] if style in capitals else capitals[style.upper()].lower()


def _roman(number: int) -> str:
    numeral = ""
    for value, sign in _ROMAN.items():
        numeral += sign * (number // value)
        number %= value
    return numeral


def fonts(path: Path) -> dict[str, bool]:
    """Say of each font, by the name in the file (`ABCDEF+Source-Serif`), whether it is embedded."""
    found: dict[str, bool] = {}
    with pikepdf.open(path) as pdf:
        seen: set[tuple[int, int]] = set()
        for page in pdf.pages:
            for font in _page_fonts(page.resources, seen):
                name = str(font.get("/BaseFont", font.get("/Name", "/?")))[1:]
                found[name] = found.get(name, True) and _embedded(font)
    return found


def _page_fonts(resources: Any, seen: set[tuple[int, int]]) -> Iterator[Any]:
    yield from resources.get("/Font", {}).values()
    for kind in ("/XObject", "/Pattern"):
        for drawn in resources.get(kind, {}).values():
            if "/Resources" in drawn and drawn.objgen not in seen:
                seen.add(drawn.objgen)
                yield from _page_fonts(drawn.Resources, seen)


def _embedded(font: Any) -> bool:
    if font.Subtype == "/Type3":
        return True
    whole = font.DescendantFonts[0] if font.Subtype == "/Type0" else font
    descriptor = whole.get("/FontDescriptor", {})
    return any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def links(path: Path) -> list[Link]:
    """List the links, page by page, with the pages that they lead to."""
    with pikepdf.open(path) as pdf:
        indexes = _page_indexes(pdf)
        names = _destinations(pdf)
        return [
            _link(annotation, index, indexes, names)
            for index, page in enumerate(pdf.pages)
            for annotation in page.get("/Annots", [])
            if annotation.Subtype == "/Link"
        ]


def _page_indexes(pdf: pikepdf.Pdf) -> dict[tuple[int, int], int]:
    return {page.obj.objgen: index for index, page in enumerate(pdf.pages)}


def _destinations(pdf: pikepdf.Pdf) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if "/Dests" in pdf.Root:  # as before PDF 1.2
        found |= {name[1:]: dest for name, dest in pdf.Root.Dests.items()}
    if "/Names" in pdf.Root and "/Dests" in pdf.Root.Names:
        found |= {str(name): dest for name, dest in pikepdf.NameTree(pdf.Root.Names.Dests).items()}
    return found


def _link(
    annotation: Any, page: int, indexes: dict[tuple[int, int], int], names: dict[str, Any]
) -> Link:
    x0, y0, x1, y1 = (float(number) for number in annotation.Rect)
    rect = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    action = annotation.get("/A", {})
    dest = annotation.get("/Dest", action.get("/D"))
    uri = str(action.URI) if "/URI" in action else None
    name = None
    if isinstance(dest, pikepdf.Name | pikepdf.String):
        name = str(dest).removeprefix("/") if isinstance(dest, pikepdf.Name) else str(dest)
        dest = names.get(name)
    if isinstance(dest, pikepdf.Dictionary):
        dest = dest.D
    dest_page = None if dest is None else indexes.get(dest[0].objgen)
    return Link(page, rect, dest_page, name, uri)


def struct(path: Path) -> Element | None:
    """Return the structure tree's root element, called `StructTreeRoot` (None: not tagged)."""
    with pikepdf.open(path) as pdf:
        if "/StructTreeRoot" not in pdf.Root:
            return None
        return _Reader(_page_indexes(pdf), _marked_text(path)).element(pdf.Root.StructTreeRoot)[0]


@dataclass(frozen=True)
class _Reader:
    indexes: dict[tuple[int, int], int]
    marked: dict[tuple[int, int], str]

    def element(self, node: Any, above: int | None = None) -> tuple[Element, str]:
        """Return an element, and its text with the spaces around it."""
        page = self._page(node, above)
        children: list[Element] = []
        annotations: list[str] = []
        contents: list[tuple[int | None, str]] = []
        for kid in _list(node.get("/K")):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                child, text = self.element(kid, page)
                children.append(child)
                contents.append((child.page, text))
            elif isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid:
                annotations.append(_plain(kid.Obj.Subtype))
            else:
                contents.append(self._content(kid, page))
        whole = "".join(text for _, text in contents)
        start = next((place for place, _ in contents if place is not None), None)
        tag = _plain(node.get("/S", "StructTreeRoot"))
        found = (start, _attributes(node), tuple(annotations), tuple(children))
        return Element(tag, whole.strip(), *found), whole

    def _content(self, kid: Any, above: int | None) -> tuple[int | None, str]:
        page, number = above, kid
        if isinstance(kid, pikepdf.Dictionary):
            page, number = self._page(kid, above), kid.MCID
        return page, "" if page is None else self.marked.get((page, int(number)), "")

    def _page(self, node: Any, above: int | None) -> int | None:
        return self.indexes.get(node.Pg.objgen) if "/Pg" in node else above


def _attributes(node: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for owner in _list(node.get("/A")):
        if isinstance(owner, pikepdf.Dictionary):  # not a revision number
            found |= {key[1:]: _plain(value) for key, value in owner.items() if key != "/O"}
    for key in ("/Alt", "/ActualText", "/E", "/Lang", "/ID", "/T"):
        if key in node:
            found[key[1:]] = _plain(node[key])
    return found


def _plain(value: Any) -> str:
    if isinstance(value, pikepdf.Array):
        return " ".join(_plain(item) for item in value)
    return str(value)[1:] if isinstance(value, pikepdf.Name) else str(value)


def _list(value: Any) -> list[Any]:
    if isinstance(value, pikepdf.Array):
        return list(value)
    return [] if value is None else [value]


def _marked_text(path: Path) -> dict[tuple[int, int], str]:
    """Return the text of each piece of marked content, by page and number."""
    found: dict[tuple[int, int], str] = {}
    for page, text in enumerate(_text_pages(path)):
        number = -1
        for index in range(text.count_chars()):
            # Spaces and line ends that PDFium adds between pieces belong to no object: they go
            # with the piece before.
            if drawn := pdfium.FPDFText_GetTextObject(text, index):
                number = pdfium.FPDFPageObj_GetMarkedContentID(drawn)
            letter = chr(pdfium.FPDFText_GetUnicode(text, index)).translate(_AUTHOR_HYPHENS)
            found[page, number] = found.get((page, number), "") + letter.replace("\r", "")
        found[page, number] = found.get((page, number), "") + "\n"
    return found


def _text_pages(path: Path) -> Iterator[Any]:
    with closing(pypdfium2.PdfDocument(path)) as pdf:
        for page in pdf:
            with closing(page), closing(page.get_textpage()) as text:
                yield text
