"""The marks of one chapter, from what the author wrote to their symbolic form.

One :class:`Resolver` serves one chapter: it walks the trees that the parser gives it, rewrites
each mark in place, and lists what it met.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lxml import etree

from book import dates
from book.base.codes import finding
from book.base.formulas import lettered
from book.base.patterns import pattern
from book.base.text import UNPRINTABLE, Choices
from book.base.xml import MISSING, inner, remove, wrap
from book.model import Event, Finding, Image, Mention, Note, Reference, Source
from book.parse.addresses import address, is_none, nowhere
from book.parse.again import again
from book.parse.entangled import disentangle, figured, part_pictures
from book.parse.ids import identifier, note_identifier
from book.parse.ours import BARE, CALL_TAG, FIGURE_TAG
from book.parse.sentences import Sentences
from book.read.manuscript import FOLDER, chapter_slug
from book.read.shelf import MARKDOWN

if TYPE_CHECKING:
    from book.parse.positions import Positions

_NOTES = "The notes here are"
_SCHEME = pattern(r"([a-zA-Z][a-zA-Z0-9+.-]*):")


class Resolver:
    """Rewrites the marks of one chapter and keeps the lists of what stands in it."""

    def __init__(self, source: Source, language: str, places: Positions) -> None:
        self._source, self._places = source, places
        self._notes: dict[str, etree._Element] = {}
        # Label to the id of its call; a note joins when it is called, so in that order. No label
        # holds a space: "tass 2" stands for a note that is called for the second time.
        self._calls: dict[str, str] = {}
        self._sentences = Sentences(language)
        self._labels = Choices(())
        self._is_printed = True
        self._note = ""  # the id of the note that is being resolved
        self._figures = 0
        self.events: list[Event] = []
        self.mentions: list[Mention] = []
        self.references: list[Reference] = []
        self.images: list[Image] = []
        self.findings: list[Finding] = []

    def define(self, elements: list[etree._Element]) -> None:
        """Take in the chapter's notes; a second one of the same label is a finding."""
        for element in elements:
            label = element.get("label", "")
            if label in self._notes:
                first = self._places.of(self._notes[label])
                self._find(
                    "N003",
                    element,
                    f"There is already a note [^{label}], on line {first.line}.",
                    "Give one of the two another label.",
                )
                continue
            self._notes[label] = element
        self._labels = Choices(one for one in self._notes if one[0] != "^")
        self._folded = {label.casefold(): label for label in self._notes}

    def resolve(self, root: etree._Element) -> None:
        """Rewrite every mark below ``root``, in document order."""
        disentangle(root)
        _word(root)
        by_tag: dict[str, Callable[[etree._Element], None]] = {
            CALL_TAG: self._call,
            "a": self._link,
            "img": self._image,
        }
        for element in list(root.iter(*by_tag)):
            by_tag[str(element.tag)](element)
        for paragraph in list(root.iter("p")):
            part_pictures(paragraph)
        for element in list(root.iter("p", "figure", FIGURE_TAG)):
            self._figure(element)

    def resolve_notes(self) -> None:
        """Rewrite the marks within notes: those that are printed first, in the order of calls.

        What stands in notes that are never printed is no call, no event and no mention, since
        nothing could lead there.
        """
        done: set[str] = set()
        while waiting := [label for label in self._calls if label not in done]:
            for label in waiting:
                self._note = note_identifier(self._source.slug, label)
                self.resolve(self._notes[label])
                done.add(label)
        self._is_printed = False
        for label, note in self._notes.items():
            if label not in done:
                self.resolve(note)

    @property
    def printed(self) -> list[etree._Element]:
        """The trees of the notes that are called, and so printed."""
        return [self._notes[label] for label in self._calls]

    @property
    def note_trees(self) -> list[etree._Element]:
        """The trees of all notes: as they are called, then those that never are."""
        return [note for _, note in self._in_turn()]

    def _in_turn(self) -> list[tuple[str, etree._Element]]:
        uncalled = [label for label in self._notes if label not in self._calls]
        return [(label, self._notes[label]) for label in [*self._calls, *uncalled]]

    def notes(self) -> tuple[Note, ...]:
        """The notes, in the same order."""
        return tuple(
            Note(
                id=note_identifier(self._source.slug, label),
                label=label.partition(" ")[0],
                series="editor" if label.startswith("ed-") else "source",
                body=inner(element).strip(),
                calls=(self._calls[label],) if label in self._calls else (),
                place=self._places.of(element),
            )
            for label, element in self._in_turn()
        )

    def ids(self) -> list[str]:
        """The ids of all notes and marks."""
        notes = [note_identifier(self._source.slug, label) for label in self._notes]
        events = [event.id for event in self.events]
        return [*notes, *self._calls.values(), *events, *(mention.id for mention in self.mentions)]

    def _find(self, code: str, element: etree._Element, message: str, hint: str) -> None:
        self.findings.append(finding(code, self._places.of(element), message, hint))

    def _call(self, element: etree._Element) -> None:
        label = self._meant(element, element.attrib.pop("label", ""))
        if label not in self._notes:
            self._find(
                "N001",
                element,
                f"There is no note [^{label}] in this chapter.",
                self._labels.hint(label, _NOTES)
                or f"Write it at the end of the file: [^{label}]: …",
            )
            element.text = f"[^{label}]"
            element.tag = "span"
            element.set("class", MISSING)
        elif not self._is_printed:
            remove(element)
        else:
            if label in self._calls:
                label = self._again(label)
            note = note_identifier(self._source.slug, label)
            self._calls[label] = f"{note}.call1"
            element.tag = "a"
            element.set("data-note", note)
            element.set("id", self._calls[label])

    def _meant(self, element: etree._Element, label: str) -> str:
        """``label``, or the one note whose label differs from it only in capitals."""
        near = self._folded.get(label.casefold(), label)
        if label in self._notes or near == label:
            return label
        message = f"There is no note [^{label}]; [^{near}] was taken."
        self._find("N004", element, message, "Write its label as it is there.")
        return near

    def _again(self, label: str) -> str:
        """What a note is called here that stands for one that has been called before."""
        count = sum(one.partition(" ")[0] == label for one in self._calls)
        name, note = f"{label} {count + 1}", again(self._notes[label], label)
        self._places.share(self._notes[label], note)
        self._notes[name] = note
        return name

    def _link(self, element: etree._Element) -> None:
        href = element.attrib.pop("href", None)
        if href is None:
            return
        scheme = _SCHEME.match(href)
        kind = scheme[1].lower() if scheme else ""
        if kind == "when":
            self._event(element, _unquoted(href[len("when:") :]).strip())
        elif kind == "who":
            self._mention(element, _unquoted(href[len("who:") :]).strip())
        elif kind or is_none(href):
            self._address(element, href)
        else:
            self._reference(element, href)

    def _address(self, element: etree._Element, href: str) -> None:
        """A link out of the book; what can't be an address leaves its words."""
        if found := address(href):
            element.set("href", found)
            return
        self._find("L004", element, *nowhere(href))

    def _event(self, element: etree._Element, written: str) -> None:
        """A date, and what it follows: ``1943`` or ``1943,after:1943-02-02``."""
        title = element.attrib.pop("title", "")
        try:
            edtf, after = dates.placed(written)
        except dates.DateError as error:
            code = "D002" if error.kind == "impossible" else "D001"
            self._find(code, element, _sentence(error.message), _sentence(error.hint))
            element.tag = "span"
            return
        if not self._is_printed:
            element.tag = "span"
            return
        sentence = title.strip() or self._sentences.around(element)
        identity = self._named(element, f"when.{len(self.events) + 1}")
        element.tag = "time"
        element.set("data-when", edtf)
        place, titled = self._places.of(element), bool(title.strip())
        event = Event(identity, edtf, lettered(element), sentence, titled, place, after, self._note)
        self.events.append(event)

    def _mention(self, element: etree._Element, person: str) -> None:
        if not self._is_printed:
            element.tag = "span"
            return
        identity = self._named(element, f"who.{len(self.mentions) + 1}")
        element.attrib.pop("title", None)
        element.set("data-who", person)
        self.mentions.append(Mention(identity, person, self._places.of(element)))

    def _named(self, element: etree._Element, name: str) -> str:
        """Give a mark its id; one that the author gave it goes to a span around it."""
        if own := element.get("id"):
            wrap(element, "span").set("id", own)
        identity = identifier(self._source.slug, name)
        element.set("id", identity)
        return identity

    def _reference(self, element: etree._Element, href: str) -> None:
        path, has_anchor, anchor = href.partition("#")
        path, anchor = _unquoted(path).strip(), _unquoted(anchor).strip()
        target = self._source.slug if has_anchor else ""
        if path:
            folder = posixpath.dirname(self._source.path)
            path = posixpath.normpath(posixpath.join(folder, path))
            inside = path.startswith(f"{FOLDER}/") and path.lower().endswith((*MARKDOWN, ".html"))
            target = chapter_slug(path) if inside else ""
        if target and anchor.startswith("note:"):
            target = note_identifier(target, anchor.removeprefix("note:"))
        elif target and anchor:
            target = identifier(target, anchor)
        element.set("data-to", target)
        self.references.append(Reference(target, href, self._places.of(element)))

    def _image(self, element: etree._Element) -> None:
        src = _unquoted(element.get("src", "")).strip().replace("\\", "/")
        if src and not _SCHEME.match(src):
            folder = posixpath.dirname(self._source.path)
            src = posixpath.normpath(posixpath.join(folder, src))
        decorates = element.get("role") == "presentation"
        alt = element.get("alt", "")
        element.set("src", src)
        element.set("alt", alt)
        said = alt if alt.strip() or decorates else None
        self.images.append(Image(src, said, self._places.of(element)))

    def _figure(self, element: etree._Element) -> None:
        """Give a figure its name; what holds nothing but an image becomes one."""
        made = figured(element, self._uncaptioned)
        if made is not None and "id" not in made.attrib:
            self._figures += 1
            made.set("id", identifier(self._source.slug, f"fig.{self._figures}"))

    def _uncaptioned(self, image: etree._Element) -> None:
        message = "A picture within a line has no room for its caption, which is not printed."
        self._find("M008", image, message, "Let it stand alone in its paragraph.")


def _word(root: etree._Element) -> None:
    """Say the address of each link without words, which would be nothing; ours are BARE."""
    for link in root.iter("a"):
        href = link.get("href")
        if href is not None and not len(link) and not (link.text or "").strip():
            link.text = href
            if not _SCHEME.match(href) and not is_none(href):
                link.set(BARE, "")


def _unquoted(address: str) -> str:
    """``address`` without percent signs; what they may not stand for becomes U+FFFD."""
    return UNPRINTABLE.sub("\ufffd", unquote(address))


def _sentence(words: str) -> str:
    """``words`` as a sentence of their own."""
    return f"{words[:1].upper()}{words[1:]}."
