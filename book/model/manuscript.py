"""A chapter: its text with symbolic marks, and what stands in it."""

from __future__ import annotations

import zlib
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec import Struct

from book.model.findings import Finding, Place
from book.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Kind(StrEnum):
    """What a chapter file is, from its front matter; it decides matter, number and roles."""

    DEDICATION = "dedication"
    EPIGRAPH = "epigraph"
    FOREWORD = "foreword"
    PREFACE = "preface"
    ACKNOWLEDGMENTS = "acknowledgments"
    INTRODUCTION = "introduction"
    PROLOGUE = "prologue"
    PART = "part"
    CHAPTER = "chapter"
    CONCLUSION = "conclusion"
    EPILOGUE = "epilogue"
    AFTERWORD = "afterword"
    APPENDIX = "appendix"
    NOTES = "notes"
    CHRONOLOGY = "chronology"
    PEOPLE = "people"
    GLOSSARY = "glossary"
    BIBLIOGRAPHY = "bibliography"
    INDEX = "index"
    ABOUT = "about"
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
_BODY = {Kind.INTRODUCTION, Kind.PROLOGUE, Kind.PART, Kind.CHAPTER, Kind.CONCLUSION, Kind.EPILOGUE}


class Origin(Struct, frozen=True):
    """From ``line`` on, lines were written in the file ``path`` from its line ``number`` on.

    There they stand ``shift`` columns further to the left.
    """

    line: int
    path: str
    number: int
    shift: int = 0


class Source(Struct, frozen=True):
    r"""One file of the manuscript as read, with ``\n`` line ends and no byte-order mark.

    ``path`` is relative to the book's folder; ``slug`` is made from the file's name;
    ``digest`` is the SHA-256 of the bytes. A file that takes others in has ``origins``, in the
    order of its lines. Where it is not ``braced``, no ``{{`` stands in it.
    """

    path: str
    slug: str
    written: Text
    digest: str
    origins: tuple[Origin, ...] = ()
    braced: bool = True

    @property
    def text(self) -> str:
        """What is written there, to be read."""
        return str(self.written)


class Note(Struct, frozen=True):
    """A note, kept whole beside the text; renderers decide where it lands.

    ``body`` is block XHTML with the same symbolic marks as a chapter's.
    ``calls`` is the id of its call, or nothing. A note that is called again is another note there
    (:mod:`book.parse.again`), of the same label.
    """

    id: str
    label: str
    series: Literal["source", "editor"]
    body: str
    calls: tuple[str, ...]
    place: Place


class Notes(Struct, frozen=True):
    """A chapter's notes at rest, compressed: they are many, and few are read at a time.

    ``data`` is deflated MessagePack. A note at rest takes a fifth of one that is there to be read.
    """

    data: bytes

    @classmethod
    def of(cls, notes: Iterable[Note]) -> Notes:
        """``notes``, put to rest."""
        return cls(zlib.compress(msgspec.msgpack.encode(tuple(notes)), 1))

    def all(self) -> tuple[Note, ...]:
        """The notes, to be read."""
        return msgspec.msgpack.decode(zlib.decompress(self.data), type=tuple[Note, ...])


_NO_NOTES = Notes.of(())


@lru_cache(maxsize=1)  # who asks for one by its id asks for its neighbours too
def _by_id(notes: Notes) -> Mapping[str, Note]:
    return {note.id: note for note in notes.all()}


class Event(Struct, frozen=True):
    """A dated event as marked in the prose. ``sentence`` is XHTML-free text.

    ``titled`` tells whether the author gave the sentence; if not, ``sentence`` is the
    sentence of the prose that holds the mark. ``after`` is the date (EDTF) that it follows in
    the chronology, if the author says so; ``note`` the id of the note that tells of it, if one
    does.
    """

    id: str
    edtf: str
    text: str
    sentence: str
    titled: bool
    place: Place
    after: str = ""
    note: str = ""


class Mention(Struct, frozen=True):
    """A person's name marked in the prose; ``person`` is a key of ``[people]``."""

    id: str
    person: str
    place: Place


class Reference(Struct, frozen=True):
    """A link to another place of the book: the id of its target, and as the author wrote it."""

    target: str
    written: str
    place: Place


class Heading(Struct, frozen=True):
    """A heading below the chapter's title; ``text`` is plain, without note calls."""

    id: str
    level: int
    text: str
    place: Place


class Anchor(Struct, frozen=True):
    """Any other place with an id that the author gave it, so that it can be linked to."""

    id: str
    text: str
    place: Place


class Unknown(Struct, frozen=True):
    """A key of a chapter's front matter that means nothing here."""

    key: str
    place: Place


class Image(Struct, frozen=True):
    """An image: ``src`` is its path from the book's folder, POSIX-style; ``alt`` None if unsaid."""

    src: str
    alt: str | None
    place: Place


class Chapter(Struct, frozen=True):
    """One parsed file: XHTML with symbolic marks, and what stands in it.

    ``title`` is plain text, made of the file's name if it is not ``titled``; ``short`` is what
    running heads say instead, or empty; a chapter is
    ``numbered`` unless it asks for no number, and left out if it is a ``draft``; ``authors`` are
    who wrote it, in reading order, if it says so; ``heading`` is
    the title as XHTML, its note calls included; ``noted`` are its :attr:`notes`; ``questions``
    are asked in the handout of its lesson; ``letters`` are those of its text and notes beyond
    ASCII, in order, so that who looks for one needs not read them; ``waits`` are what it has that
    the whole book fills in, the words of links and the numbers of formulas; ``series`` says
    who speaks in it, as a note's does; ``text`` is what follows, its :attr:`body`, as
    well-formed XHTML without a namespace, in which

    - ``<a data-note="NOTE-ID" id="…"/>`` is a note call (empty),
    - ``<time data-when="EDTF" id="…">…</time>`` is a dated event,
    - ``<a data-who="PERSON" id="…">…</a>`` is a person, a ``<span>`` one that is no link,
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
    series: Literal["source", "editor"] = "source"
    noted: Notes = _NO_NOTES
    events: tuple[Event, ...] = ()
    mentions: tuple[Mention, ...] = ()
    references: tuple[Reference, ...] = ()
    headings: tuple[Heading, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    images: tuple[Image, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    titled: bool = True
    numbered: bool = True
    draft: bool = False
    authors: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    questions: tuple[str, ...] = ()
    short: str = ""
    letters: str = ""
    waits: tuple[Literal["words", "numbers"], ...] = ()

    @property
    def body(self) -> str:
        """The text, to be read."""
        return str(self.text)

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes, to be read."""
        return self.noted.all()

    def note(self, identity: str) -> Note:
        """The note of this id; raises KeyError if the chapter has none."""
        return _by_id(self.noted)[identity]
