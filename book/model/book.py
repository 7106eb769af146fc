"""The whole book, its pages in print, and what is made of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Literal

from msgspec import Struct, field

from book.model.findings import Finding
from book.model.manuscript import Chapter, Event, Kind, Mention, Note
from book.model.names import display_name
from book.model.settings import Config, Person

#: So few files, with so many headings of the second level, are a book in files of its own making.
_FEW_CHAPTERS, _MANY_SECTIONS = 2, 4


class Entry(Struct, frozen=True):
    """A line of the chronology: a date in words, what happened, and where it is told.

    ``day`` is the day behind which it stands within a longer date, if there is one, as
    :func:`book.dates.historical.day_number` counts it;
    ``series`` is the editors' if only their notes and the pages that they sign tell of it.
    """

    id: str
    edtf: str
    words: str
    sentence: str
    told: tuple[Event, ...]
    day: int | None = None
    series: Literal["source", "editor"] = "source"


class Portrait(Struct, frozen=True):
    """A line of the list of people: who it is and where the person appears."""

    id: str
    person: Person
    mentions: tuple[Mention, ...]


class Book(Struct, frozen=True, dict=True):
    """The whole book, assembled: what every output is made from.

    ``numbers`` gives each chapter's and part's number, as it is printed, by slug;
    ``note_numbers`` each note's printed number by note id (``12``, or ``a`` for the editor's);
    ``emphasis`` what is emphasised in title and subtitle: where it begins and ends, and the element
    of HTML.
    """

    root: Path
    config: Config
    chapters: tuple[Chapter, ...]
    numbers: Mapping[str, str]
    note_numbers: Mapping[str, str]
    chronology: tuple[Entry, ...]
    people: tuple[Portrait, ...]
    findings: tuple[Finding, ...]
    emphasis: Mapping[str, tuple[tuple[int, int, str], ...]] = field(default_factory=dict)

    def note(self, identity: str) -> Note:
        """The note of this id; raises KeyError if there is none."""
        return self.home(identity).note(identity)

    def home(self, identity: str) -> Chapter:
        """The chapter in which the id ``identity`` stands; raises KeyError if there is none."""
        return self.by_slug[identity.partition(".")[0]]

    @cached_property
    def by_slug(self) -> Mapping[str, Chapter]:
        """Every chapter by its slug."""
        return {chapter.slug: chapter for chapter in self.chapters}

    def places(self) -> Iterator[str]:
        """The ids of all that can be linked to, chapter by chapter; notes only if called."""
        lists: dict[Kind, tuple[Entry | Portrait, ...]] = {
            Kind.CHRONOLOGY: self.chronology,
            Kind.PEOPLE: self.people,
        }
        for chapter in self.chapters:
            yield chapter.slug
            yield from (heading.id for heading in chapter.headings)
            yield from (anchor.id for anchor in chapter.anchors)
            for note in chapter.notes:
                if note.calls:
                    yield from (note.id, *note.calls)
            yield from (event.id for event in chapter.events)
            yield from (mention.id for mention in chapter.mentions)
            yield from (each.id for each in lists.get(chapter.kind, ()))

    def signed(self, chapter: Chapter) -> str:
        """Who wrote ``chapter``, in an anthology; nothing if it is whose the book is."""
        whose = {display_name(one.name) for one in self.config.book.makers if one.role == "aut"}
        return "" if whose.issuperset(chapter.authors) else ", ".join(chapter.authors)

    @cached_property
    def is_in_sections(self) -> bool:
        """Whether what a reader sees as chapters are the headings of one or two files."""
        chapters = [one for one in self.chapters if one.kind is Kind.CHAPTER]
        heads = [one for chapter in chapters for one in chapter.headings if one.level == 2]
        return len(chapters) <= _FEW_CHAPTERS and len(heads) >= _MANY_SECTIONS

    @property
    def contents_depth(self) -> int:
        """How deep the printed contents list: 1 is chapters, 2 and 3 are headings below them."""
        said = self.config.toc.depth
        return int(said) if said != "auto" else 1 + self.is_in_sections

    @cached_property
    def part_of(self) -> Mapping[str, Chapter]:
        """The part that each chapter of the body stands in, by its slug."""
        found: dict[str, Chapter] = {}
        part: Chapter | None = None
        for chapter in self.chapters:
            part = chapter if chapter.kind is Kind.PART else part
            if part and part is not chapter and chapter.kind.matter == "body":
                found[chapter.slug] = part
        return found

    @cached_property
    def entries_by_event(self) -> Mapping[str, Entry]:
        """The chronology's entry for each event's id."""
        return {event.id: entry for entry in self.chronology for event in entry.told}

    @cached_property
    def portraits_by_person(self) -> Mapping[str, Portrait]:
        """The entry in the list of people for each key of ``[people]`` that is named."""
        return {one.mentions[0].person: one for one in self.people if one.mentions}


class Pages(Struct, frozen=True):
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


class Product(Struct, frozen=True):
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


class Written(Struct, frozen=True):
    """A finished file: which output, where, its pages (if it has any), bytes and seconds."""

    name: str
    path: Path
    pages: int | None
    size: int
    seconds: float


class Result(Struct, frozen=True):
    """What a build found and wrote; ``written`` is empty when there were errors."""

    findings: tuple[Finding, ...]
    written: tuple[Written, ...] = ()
