"""A chapter: its text with symbolic marks, and what stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from book.model.findings import Finding, Place
from book.model.text import Text


class Kind(StrEnum):
    """What a chapter file is, from its front matter; it decides matter, number and roles."""

    DEDICATION = "dedication"
    EPIGRAPH = "epigraph"
    FOREWORD = "foreword"
    PREFACE = "preface"
    ACKNOWLEDGMENTS = "acknowledgments"
    INTRODUCTION = "introduction"
    PROLOGUE = "prologue"
    CHAPTER = "chapter"
    EPILOGUE = "epilogue"
    AFTERWORD = "afterword"
    APPENDIX = "appendix"
    CHRONOLOGY = "chronology"
    PEOPLE = "people"
    GLOSSARY = "glossary"
    BIBLIOGRAPHY = "bibliography"
    COLOPHON = "colophon"

    @property
    def matter(self) -> Literal["front", "body", "back"]:
        """Front matter has roman folios; only the body's chapters are numbered."""
        if self in _FRONT:
            return "front"
        return "body" if self in _BODY else "back"


_FRONT = {
    Kind.DEDICATION,
    Kind.EPIGRAPH,
    Kind.FOREWORD,
    Kind.PREFACE,
    Kind.ACKNOWLEDGMENTS,
}
_BODY = {Kind.INTRODUCTION, Kind.PROLOGUE, Kind.CHAPTER, Kind.EPILOGUE}


@dataclass(frozen=True, slots=True)
class Source:
    r"""One file of the manuscript as read, with ``\n`` line ends and no byte-order mark.

    ``path`` is relative to the book's folder; ``slug`` is made from the file's name;
    ``digest`` is the SHA-256 of the bytes.
    """

    path: str
    slug: str
    written: Text
    digest: str

    @property
    def text(self) -> str:
        """What is written there, to be read."""
        return str(self.written)


@dataclass(frozen=True, slots=True)
class Note:
    """A note, kept whole beside the text; renderers decide where it lands.

    ``text`` is block XHTML, its :attr:`body`, with the same symbolic marks as a chapter's.
    ``calls`` are the ids of its calls in the order of the text; the first is where it is printed.
    """

    id: str
    label: str
    series: Literal["source", "editor"]
    text: Text
    calls: tuple[str, ...]
    place: Place

    @property
    def body(self) -> str:
        """The text, to be read."""
        return str(self.text)


@dataclass(frozen=True, slots=True)
class Event:
    """A dated event as marked in the prose. ``sentence`` is XHTML-free text.

    ``titled`` tells whether the author gave the sentence; if not, ``sentence`` is the
    sentence of the prose that holds the mark.
    """

    id: str
    edtf: str
    text: str
    sentence: str
    titled: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Mention:
    """A person's name marked in the prose; ``person`` is a key of ``[people]``."""

    id: str
    person: str
    place: Place


@dataclass(frozen=True, slots=True)
class Reference:
    """A link to another place of the book: the id of its target, and as the author wrote it."""

    target: str
    written: str
    place: Place


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the chapter's title; ``text`` is plain, without note calls."""

    id: str
    level: int
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Anchor:
    """Any other place with an id that the author gave it, so that it can be linked to."""

    id: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Image:
    """An image: ``src`` is its path from the book's folder, POSIX-style; ``alt`` None if unsaid."""

    src: str
    alt: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Chapter:
    """One parsed file: XHTML with symbolic marks, and what stands in it.

    ``title`` is plain text; ``heading`` the same as XHTML, its note calls included; ``text``
    is what follows, its :attr:`body`, as well-formed XHTML without a namespace, in which

    - ``<a data-note="NOTE-ID" id="…"/>`` is a note call (empty),
    - ``<time data-when="EDTF" id="…">…</time>`` is a dated event,
    - ``<a data-who="PERSON" id="…">…</a>`` is a person,
    - ``<a data-to="TARGET-ID">…</a>`` is a cross reference,
    - ``<img src>`` is a path from the book's folder.

    Every heading, note call, event, mention and figure has an id; ids begin with the slug.
    """

    slug: str
    path: str
    kind: Kind
    title: str
    heading: str
    summary: str
    language: str
    text: Text
    notes: tuple[Note, ...] = ()
    events: tuple[Event, ...] = ()
    mentions: tuple[Mention, ...] = ()
    references: tuple[Reference, ...] = ()
    headings: tuple[Heading, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    images: tuple[Image, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def body(self) -> str:
        """The text, to be read."""
        return str(self.text)
