"""The marks of one chapter, from what the author wrote to their symbolic form.

One :class:`Resolver` serves one chapter: it walks the trees that the parser gives it, rewrites
each mark in place, and lists what it met.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lxml import etree

from book import dates, marks
from book.codes import finding
from book.manuscript import slug_of
from book.model import Event, Finding, Image, Mention, Place, Reference, Source
from book.spelling import UNPRINTABLE, suggestion
from book.trees import plain, unwrap
from book.typography import educate

_SENTENCE_END = re.compile(r"(?<=[.!?…])[”’\"')]*\s+")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


class Resolver:
    """Rewrites the marks of one chapter and keeps the lists of what stands in it."""

    def __init__(
        self, source: Source, language: str, places: dict[etree._Element, Place]
    ) -> None:
        self._source, self._language, self._places = source, language, places
        self.notes: dict[str, etree._Element] = {}
        #: Label to the ids of its calls; a note joins when it is first called, so in that order.
        self.calls: dict[str, list[str]] = {}
        self.events: list[Event] = []
        self.mentions: list[Mention] = []
        self.references: list[Reference] = []
        self.images: list[Image] = []
        self.findings: list[Finding] = []

    def place(self, element: etree._Element) -> Place:
        """Where ``element`` stands in the manuscript, or at least in which file."""
        return self._places.get(element, Place(self._source.path))

    def note_id(self, label: str) -> str:
        """The id of this chapter's note ``label``."""
        return f"{self._source.slug}.n.{label}"

    def define(self, elements: list[etree._Element]) -> None:
        """Take in the chapter's notes; a second one of the same label is a finding."""
        for element in elements:
            label = element.get("label", "")
            if label in self.notes:
                first = self.place(self.notes[label])
                self._find(
                    "N003",
                    element,
                    f"There is already a note [^{label}], on line {first.line}.",
                    "Give one of the two another label.",
                )
                continue
            self.notes[label] = element

    def resolve(self, root: etree._Element) -> None:
        """Rewrite every mark below ``root``, in document order."""
        by_tag: dict[str, Callable[[etree._Element], None]] = {
            marks.CALL_TAG: self._call,
            "a": self._link,
            "img": self._image,
        }
        for element in list(root.iter(*by_tag)):
            by_tag[str(element.tag)](element)
        for paragraph in list(root.iter("p")):
            self._figure(paragraph)

    def resolve_notes(self) -> None:
        """Rewrite the marks within notes: first those that the text calls, in its order."""
        for label in self.ordered():
            self.resolve(self.notes[label])

    def ordered(self) -> list[str]:
        """The labels of all notes: as they are called, then those that never are."""
        return [*self.calls, *(label for label in self.notes if label not in self.calls)]

    def _find(self, code: str, element: etree._Element, message: str, hint: str) -> None:
        self.findings.append(finding(code, self.place(element), message, hint))

    def _call(self, element: etree._Element) -> None:
        label = element.attrib.pop("label")
        element.tag = "a"
        if label not in self.notes:
            self._find(
                "N001",
                element,
                f"There is no note [^{label}] in this chapter.",
                suggestion(str(label), self.notes, "The notes here are")
                or f"Write it at the end of the file: [^{label}]: …",
            )
            element.text = f"[^{label}]"
            unwrap(element)
            return
        calls = self.calls.setdefault(str(label), [])
        note = self.note_id(str(label))
        calls.append(f"{note}.call{len(calls) + 1}")
        element.set("data-note", note)
        element.set("id", calls[-1])

    def _link(self, element: etree._Element) -> None:
        href = element.attrib.pop("href", None)
        if href is None:
            return
        href = str(href).strip()
        if href.startswith("when:"):
            self._event(element, _unquoted(href.removeprefix("when:")))
        elif href.startswith("who:"):
            self._mention(element, _unquoted(href.removeprefix("who:")))
        elif _SCHEME.match(href):
            element.set("href", href)
        else:
            self._reference(element, href)

    def _event(self, element: etree._Element, edtf: str) -> None:
        title = element.attrib.pop("title", None)
        element.tag = "time"
        identity = f"{self._source.slug}.when.{len(self.events) + 1}"
        element.set("id", identity)
        try:
            dates.parse(edtf)
        except dates.DateError as error:
            code = "D002" if error.kind == "impossible" else "D001"
            self._find(code, element, _sentence(error.message), _sentence(error.hint))
            unwrap(element)
            return
        element.set("data-when", edtf)
        sentence = educate(str(title), self._language) if title else _sentence_around(element)
        self.events.append(
            Event(identity, edtf, plain(element), sentence, bool(title), self.place(element))
        )

    def _mention(self, element: etree._Element, person: str) -> None:
        identity = f"{self._source.slug}.who.{len(self.mentions) + 1}"
        element.attrib.pop("title", None)
        element.set("id", identity)
        element.set("data-who", person)
        self.mentions.append(Mention(identity, person, self.place(element)))

    def _reference(self, element: etree._Element, href: str) -> None:
        path, _, anchor = _unquoted(href).partition("#")
        target = self._source.slug
        if path:
            folder = posixpath.dirname(self._source.path)
            path = posixpath.normpath(posixpath.join(folder, path))
            inside = posixpath.dirname(path) == folder and path.endswith(".md")
            target = slug_of(posixpath.basename(path).removesuffix(".md")) if inside else ""
        if target and anchor:
            target += "." + re.sub(r"^note:", "n.", anchor)
        element.set("data-to", target)
        self.references.append(Reference(target, href, self.place(element)))

    def _image(self, element: etree._Element) -> None:
        src = _unquoted(element.get("src", ""))
        if not _SCHEME.match(src):
            folder = posixpath.dirname(self._source.path)
            src = posixpath.normpath(posixpath.join(folder, src))
        alt: str | None = educate(element.get("alt", ""), self._language)
        if not alt and element.get("role") != "presentation":
            alt = None
        element.set("src", src)
        element.set("alt", alt or "")
        self.images.append(Image(src, alt, self.place(element)))

    def _figure(self, paragraph: etree._Element) -> None:
        """A paragraph that holds nothing but an image is a figure; its title is the caption."""
        if len(paragraph) != 1 or paragraph[0].tag != "img" or plain(paragraph):
            return
        image = paragraph[0]
        paragraph.tag, paragraph.text = "figure", None
        image.tail = None
        if title := image.attrib.pop("title", None):
            caption = etree.SubElement(paragraph, "figcaption")
            caption.text = educate(str(title), self._language)


def _unquoted(address: str) -> str:
    """``address`` without percent signs; what they may not stand for becomes U+FFFD."""
    return UNPRINTABLE.sub("\ufffd", unquote(address))


def _sentence(words: str) -> str:
    """``words`` as a sentence of their own."""
    return f"{words[:1].upper()}{words[1:]}."


def _sentence_around(element: etree._Element) -> str:
    """The sentence of the prose that ``element`` stands in, as text."""
    block = element
    while (parent := block.getparent()) is not None and block.tag not in ("p", "li", "td", "dd"):
        block = parent
    words = plain(element)
    for sentence in _SENTENCE_END.split(plain(block)):
        if words in sentence:
            return sentence.strip()
    return words
