"""Every data type of the house: frozen, without I/O, importing nothing of the package.

Words: a *place* is where in the manuscript something stands; a *finding* is what is wrong
there; a *target* is anything that can be linked to, named by an id that is unique in the book
because it carries its chapter's slug from birth (``c07-moscow.interview``).
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping  # when run, too: pydantic resolves annotations
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Literal

if TYPE_CHECKING:
    from pathlib import Path


def _kebab(name: str) -> str:
    return name.replace("_", "-")


def shown(name: str) -> str:
    """A name in reading order: ``Sato, Naotake`` reads ``Naotake Sato``; others stay."""
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if comma else name


# Pydantic reads this plain dict from a dataclass; so the border is strict and this file stays
# free of pydantic.
_STRICT: dict[str, Any] = {"extra": "forbid", "strict": True, "alias_generator": _kebab}


class Severity(StrEnum):
    """How much a finding matters: an error would make a wrong book, a warning a worse one."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: a path relative to the book's folder, line and column from 1.

    Line or column 0 means the file as a whole.
    """

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.path, self.line, self.column]
        return ":".join(str(part) for part in parts if part)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with the book, said in the author's words.

    ``message`` is one plain sentence; ``hint`` says what to do. The code's severity and
    explanation stand in :data:`book.codes.CODES`.
    """

    code: str
    place: Place
    message: str
    hint: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Person:
    """One entry of ``[people]``: the name as ``Family, Given`` (or one name), and who it is."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    name: str
    about: str = ""

    @property
    def shown(self) -> str:
        """The name in reading order."""
        return shown(self.name)


@dataclass(frozen=True, slots=True)
class Contributor:
    """One entry of ``[[book.contributors]]``: a person (as ``Family, Given``) and the part taken.

    ``role`` is a MARC relator code: ``trl`` a translator, ``ant`` whose work this one rests on.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class BookTable:
    """``[book]``: what the book is. ``series_number`` counts from 1; 0 is unsaid."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    title: str
    authors: tuple[str, ...]
    language: str
    subtitle: str = ""
    date: datetime.date | None = None
    publisher: str = ""
    rights: str = ""
    description: str = ""
    subjects: tuple[str, ...] = ()
    source: str = ""
    identifier: str = ""
    series: str = ""
    series_number: int = 0
    contributors: tuple[Contributor, ...] = ()


@dataclass(frozen=True, slots=True)
class NotesTable:
    """``[notes]``: how notes are numbered, from 1 in each chapter or through the book."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    numbering: Literal["chapter", "book"] = "chapter"


@dataclass(frozen=True, slots=True)
class PdfTable:
    """``[pdf]``: the printed book. ``page_size`` is any CSS ``size``; ``isbn`` is print's own."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    page_size: str = "A5"
    isbn: str = ""


@dataclass(frozen=True, slots=True)
class EpubTable:
    """``[epub]``: the ebook. ``image_max`` is the most pixels that an image's side may have."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    fonts: Literal["embed", "none"] = "embed"
    notes: Literal["popup", "chapter-end", "book-end"] = "popup"
    page_list: bool = True
    image_max: int = 2560
    isbn: str = ""


@dataclass(frozen=True, slots=True)
class HandoutTable:
    """``[handout]``: two sides for a class. ``where`` says where to get the book."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    paper: Literal["A4", "letter"] = "A4"
    questions: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True)
class Config:
    """``book.toml``, validated: what this book is and what is made of it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    book: BookTable
    notes: NotesTable = NotesTable()
    pdf: PdfTable = PdfTable()
    epub: EpubTable = EpubTable()
    handout: HandoutTable = HandoutTable()
    people: Mapping[str, Person] = field(default_factory=dict)


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
    r"""One file of the manuscript as read: text with ``\n`` line ends, no byte-order mark.

    ``path`` is relative to the book's folder; ``slug`` is made from the file's name;
    ``digest`` is the SHA-256 of the bytes.
    """

    path: str
    slug: str
    text: str
    digest: str


@dataclass(frozen=True, slots=True)
class Note:
    """A note, kept whole beside the text; renderers decide where it lands.

    ``body`` is block XHTML with the same symbolic marks as a chapter's body. ``calls`` are the
    ids of its calls in the order of the text; the first is where it is printed.
    """

    id: str
    label: str
    series: Literal["source", "editor"]
    body: str
    calls: tuple[str, ...]
    place: Place


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

    ``title`` is plain text; ``heading`` the same as XHTML, its note calls included; ``body``
    is what follows, as well-formed XHTML without a namespace, in which

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
    body: str
    notes: tuple[Note, ...] = ()
    events: tuple[Event, ...] = ()
    mentions: tuple[Mention, ...] = ()
    references: tuple[Reference, ...] = ()
    headings: tuple[Heading, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    images: tuple[Image, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """What an id leads to: the chapter it stands in and how it may be named in words."""

    id: str
    slug: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the chronology: a date in words, what happened, and where it is told."""

    id: str
    edtf: str
    words: str
    sentence: str
    told: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Portrait:
    """A line of the list of people: who it is and where the person appears."""

    id: str
    person: Person
    mentions: tuple[Mention, ...]


@dataclass(frozen=True)
class Book:
    """The whole book, assembled: what every output is made from.

    ``numbers`` gives each body chapter's number by slug; ``note_numbers`` each note's printed
    number by note id (``12``, or ``a`` for the editor's).
    """

    root: Path
    config: Config
    chapters: tuple[Chapter, ...]
    numbers: Mapping[str, int]
    note_numbers: Mapping[str, str]
    targets: Mapping[str, Target]
    chronology: tuple[Entry, ...]
    people: tuple[Portrait, ...]
    findings: tuple[Finding, ...]

    @cached_property
    def notes_by_id(self) -> Mapping[str, Note]:
        """Every note by its id."""
        return {note.id: note for chapter in self.chapters for note in chapter.notes}

    @cached_property
    def entries_by_event(self) -> Mapping[str, Entry]:
        """The chronology's entry for each event's id."""
        return {event.id: entry for entry in self.chronology for event in entry.told}

    @cached_property
    def portraits_by_mention(self) -> Mapping[str, Portrait]:
        """The entry in the list of people for each mention's id."""
        return {one.id: portrait for portrait in self.people for one in portrait.mentions}


@dataclass(frozen=True, slots=True)
class Pages:
    """What the printed book says of its pages, for those who cite them.

    ``labels`` are the printed numbers in order (``i``, ``ii``, … ``1``); ``page_of`` gives each
    id's page, counted from 0. ``starts`` gives for each chapter's slug where its pages begin:
    the number of letters and digits (``str.isalnum``) of the chapter's symbolic XHTML that
    stand before, and the page's label. The text counted is ``Chapter.body`` and, behind it, the
    list that the chapter holds (:mod:`book.render.lists`); notes, calls and titles don't count.
    """

    labels: tuple[str, ...]
    page_of: Mapping[str, int]
    starts: Mapping[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)

    def label(self, target: str) -> str:
        """The printed page number where ``target`` stands, or two zeros if it is unknown."""
        page = self.page_of.get(target)
        return "00" if page is None else self.labels[page]


@dataclass(frozen=True, slots=True)
class Product:
    """A finished output: its name, bytes, and what the summary line says of it."""

    name: str
    filename: str
    data: bytes
    pages: int | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A finished file: which output, where, its pages (if it has any), bytes and seconds."""

    name: str
    path: Path
    pages: int | None
    size: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Result:
    """What a build found and wrote; ``written`` is empty when there were errors."""

    findings: tuple[Finding, ...]
    written: tuple[Written, ...] = ()
