"""The XHTML that all outputs share: symbolic marks are spelled as an output needs them.

Each call parses its own fresh tree, so no output can leak into another.
"""

from __future__ import annotations

import re
from base64 import b64encode
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote

from lxml import etree
from markupsafe import Markup

from book.base.equations import SAID
from book.base.formulas import DISPLAYED, DRAWN_FORMULA, formula
from book.base.patterns import pattern
from book.base.scripts import direction
from book.base.xml import inner, plain, remove, tree, wrap

if TYPE_CHECKING:
    from book.model import Book, Note


#: What a line may end behind without a space: dashes, dandas, signs and letters of the East.
_BREAKING = pattern(
    "[\u2013\u2014\u0964\u0965\u104a\u104b\u17d4\u17d5\u2e80-\u9fff\uac00-\ud7ff\uff00-\uffef]$"
)
_JOINER = "\N{WORD JOINER}"
_NBSP = "\N{NO-BREAK SPACE}"
_SIGNED = re.compile(r"(\S*)\s+([\u2013\u2014])\s+$")
_SHORT = 20  # letters that a line may be short of
_EASTERN = pattern("[\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
#: The class of emphasis that is dotted, in Chinese and Japanese.
DOTTED = "cb-dotted"
#: The class of a signature with the word before it.
SIGNED = "cb-signed"


def cover_image(book: Book, path: str, style: str = "") -> str:
    """The author's own cover, a picture at ``path`` in the book's folder, as XHTML."""
    table = book.config.book
    said = ", ".join(filter(None, (table.title, table.by)))
    return str(Markup('<img src="{}" alt="{}" style="{}"/>').format(quote(path), said, style))


def as_drawing(element: etree._Element, tex: str, said: str, display: bool) -> None:
    """Make ``element``, the formula ``tex``, an image of its drawing, as large as its text."""
    made = formula(tex, "", display=display)
    element.tag = "img"
    element.set("src", f"data:image/svg+xml;base64,{b64encode(made.svg.encode()).decode()}")
    element.set("alt", said)
    element.set("class", f"{DRAWN_FORMULA} {DISPLAYED}" if display else DRAWN_FORMULA)
    element.set("style", f"width: {made.width}em; vertical-align: {-made.depth}em")


def svg_for(element: etree._Element, tex: str, said: str, display: bool) -> etree._Element:
    """The drawing of the formula ``tex`` as SVG within the page, in the place of ``element``."""
    made = etree.fromstring(formula(tex, "", display=display).svg)
    made.set("class", DRAWN_FORMULA)
    made.set("overflow", "visible")  # A letter may reach out of its box.
    made.set("role", "img")
    made.set("aria-label", said)
    made.tail = element.tail
    if (parent := element.getparent()) is not None:
        parent.replace(element, made)
    return made


def _formula(element: etree._Element) -> tuple[str, str, bool]:
    """The TeX of a formula, what it says, and whether it has a line of its own; taken from it."""
    get = element.attrib.pop
    return str(get("data-tex")), str(get("data-said")), get("data-display", None) is not None


class Marks(Protocol):
    """How one output spells what the manuscript leaves symbolic.

    Each method changes the element in place; it is called with the elements of one fresh tree,
    in document order.
    """

    def call(self, element: etree._Element, note: Note, number: str) -> None:
        """A note call, empty: ``<a data-note>``; its ``id`` is one of ``note.calls``."""

    def event(self, element: etree._Element, edtf: str) -> None:
        """A dated event: ``<time data-when>``."""

    def person(self, element: etree._Element, person: str) -> None:
        """A person's name: ``<a data-who>``, or ``<span data-who>`` if it is to be no link."""

    def reference(self, element: etree._Element, target: str) -> None:
        """A cross reference: ``<a data-to>``."""

    def image(self, element: etree._Element) -> None:
        """An image whose ``src`` is a path from the book's folder."""

    def formula(self, element: etree._Element, tex: str, said: str, display: bool) -> None:
        """A formula in TeX, and what it says: an empty ``<span data-tex data-said>``."""


def spelled(fragment: str, book: Book, marks: Marks) -> etree._Element:
    """A fresh tree of ``fragment`` (a chapter's body, a title, a note) with its marks spelled."""
    root = tree(fragment)
    spell(root, book, marks)
    return root


def spell(root: etree._Element, book: Book, marks: Marks) -> None:
    """Spell the marks of ``root``, a tree with symbolic marks that nobody else uses, in place."""
    for element in list(root.iter("a", "time", "img", "span")):
        get = element.attrib.pop
        if "data-note" in element.attrib:
            note = book.note(str(get("data-note")))
            _tie(element)
            marks.call(element, note, book.note_numbers[note.id])
        elif "data-when" in element.attrib:
            marks.event(element, str(get("data-when")))
        elif "data-who" in element.attrib:
            marks.person(element, str(get("data-who")))
        elif "data-to" in element.attrib:
            marks.reference(element, str(get("data-to")))
        elif "data-tex" in element.attrib:
            marks.formula(element, *_formula(element))
        elif element.tag == "img":
            marks.image(element)
        element.attrib.pop(SAID, None)
    _turn(root, book.config.book.language)
    _dot(root)
    hold_signatures(root)


def _tie(call: etree._Element) -> None:
    """Hold a note call to the sign before it, behind which a line may end else (UAX 14)."""
    lead = _lead(call)
    if _BREAKING.search(lead):
        _set_lead(call, lead + _JOINER)


def _turn(root: etree._Element, language: str) -> None:
    """Say which way a phrase is written, where its language is written otherwise than others."""
    for element in root.iterfind(".//*[@lang]"):
        way = direction(element.get("lang", ""))
        if "dir" not in element.attrib and "rtl" in (way, direction(language)):
            element.set("dir", way)


def _dot(root: etree._Element) -> None:
    """Mark emphasis that has Chinese or Japanese letters, which have no slanted form."""
    for element in root.iter("em", "i", "dfn"):
        if _EASTERN.search(plain(element)):
            element.set("class", f"{element.get('class', '')} {DOTTED}".strip())


def hold_signatures(root: etree._Element) -> None:
    """Hold "— Ed." at a paragraph's end to the word before it, in a span of its own."""
    for paragraph in root.iter("p"):
        last = paragraph[-1] if len(paragraph) else None
        if last is None or (last.tail or "").strip() or last.tag not in {"em", "i", "span", "cite"}:
            continue
        before = last.getprevious()
        text = (paragraph.text if before is None else before.tail) or ""
        if not (found := _SIGNED.search(text)):
            continue
        span = wrap(last, "span")
        span.set("class", SIGNED)
        if before is not None and not found.start() and len(plain(before)) <= _SHORT:
            _take_in(before, span)
        elif not found[1] or (before is not None and not found.start()):
            _set_lead(span, text[: found.start(2)])
            span.text = f"{found[2]}{_NBSP}"
        else:
            _set_lead(span, text[: found.start()])
            span.text = f"{found[1]}{_NBSP}{found[2]}{_NBSP}"


def _take_in(before: etree._Element, span: etree._Element) -> None:
    """Put what stands ``before`` a signature into its ``span``: no space parts the two."""
    text = before.text or ""
    if not len(before) and text[:1] == " ":
        before.text = text[1:]
        _set_lead(before, _lead(before) + " ")
    signed = _SIGNED.sub(rf"\1{_NBSP}\2{_NBSP}", before.tail or "")
    before.tail = None
    span.insert(0, before)
    before.tail = signed


def _lead(element: etree._Element) -> str:
    """The text directly before ``element``."""
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        return previous.tail or ""
    return (parent.text or "") if parent is not None else ""


def _set_lead(element: etree._Element, text: str) -> None:
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        previous.tail = text
    elif parent is not None:
        parent.text = text


def without_calls(fragment: str) -> str:
    """``fragment`` without its note calls and ids: a title for contents and running heads."""
    root = tree(fragment)
    for call in root.xpath(".//a[@data-note]"):
        remove(call)
    for element in root.iter():
        element.attrib.pop("id", None)
        if "data-tex" in element.attrib:
            as_drawing(element, *_formula(element))
    return inner(root)
