"""The whole book, its pages in print, and what is made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from book.model.findings import Finding
from book.model.manuscript import Chapter, Event, Mention, Note
from book.model.settings import Config, Person


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
    """A finished output: its name, its bytes in ``parts``, what the summary line says of it.

    The parts may be read again; a large output gives them one by one and never holds them all.
    """

    name: str
    parts: Iterable[bytes]
    pages: int | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def data(self) -> bytes:
        """All of its bytes."""
        return b"".join(self.parts)


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
