"""What is kept of a typeset piece beside its bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from book import store
from book.fingerprint import fingerprint
from book.model import Text
from book.store import Store

#: The classes of what print adds to the manuscript's own words.
PRINT_ONLY = frozenset({"note-call", "note-number", "page-ref", "locators"})


def letters(texts: Iterable[str]) -> int:
    """How many letters and digits ``texts`` have; hyphens and spaces come and go at line ends."""
    return sum(char.isalnum() for text in texts for char in text)


@dataclass(frozen=True, slots=True)
class NoteDue:
    """A note that has to stand on the page of its first call, with all its letters and digits."""

    id: str
    call: str
    letters: int


@dataclass(frozen=True, slots=True)
class PieceJob:
    """One piece to typeset: everything that its pages depend on.

    ``text`` is XHTML, ``css`` the theme without margin boxes; ``files`` are the images and
    fonts that they name, by address and SHA-256. ``root`` is where to read them; it does not
    count for the piece's key. ``notes`` are the notes that have to stand in it.
    """

    name: str
    text: Text
    css: str
    files: tuple[tuple[str, str], ...]
    root: str
    notes: tuple[NoteDue, ...] = ()

    def key(self) -> str:
        """The digest of the job and of the libraries that set it."""
        return store.key(self.html, self.css, repr(self.files), repr(self.notes), fingerprint())

    @property
    def html(self) -> str:
        """The text, to be set."""
        return str(self.text)


@dataclass(frozen=True, slots=True)
class FolioJob:
    """Folios to set, one a page; ``html``, ``css``, ``files`` and ``root`` as in PieceJob.

    The first ``skip`` pages are only there for what goes on from them.
    """

    html: str
    css: str
    files: tuple[tuple[str, str], ...]
    root: str
    skip: int


class Spot(NamedTuple):
    """A place: its page, from 0, and its left and top in points from the lower left corner."""

    page: int
    left: float
    top: float


class PrintedNote(NamedTuple):
    """The pages that a note stands on, from 0, and how many of its letters were set."""

    pages: tuple[int, ...]
    letters: int


class Fault(NamedTuple):
    """What is wrong with a note, as the code of a finding; and on which page, from 0, it begins."""

    code: Literal["T001", "T002"]
    page: int


@dataclass(frozen=True, slots=True)
class Record:
    """Where things stand in a run of pages or in a piece.

    ``names`` are the CSS page names of its pages (CSS Paged Media 3, section 7). ``anchors``
    gives the place of every id, ``notes`` of every note by its id. ``starts`` tells for each
    page how many letters and digits of the manuscript's text (see :func:`letters`) stand before
    it, ``total`` how many there are. ``warnings`` are what the typesetter said.

    For a piece, ``faults`` say what is wrong with its notes, by id, and stand for ``notes``;
    ``room`` is how many object numbers its quire has room for, ``shared`` the digests of its
    shared streams.
    """

    pages: int
    names: tuple[str, ...]
    anchors: dict[str, Spot]
    notes: dict[str, PrintedNote]
    starts: tuple[int, ...]
    total: int
    warnings: tuple[str, ...] = ()
    faults: dict[str, Fault] = field(default_factory=dict)
    room: int = 0
    shared: tuple[str, ...] = ()

    def lost(self, due: Iterable[NoteDue]) -> tuple[str, ...]:
        """The ids of those notes that are not whole."""
        nothing = PrintedNote((0,), -1)
        return tuple(
            one.id for one in due if self.notes.get(one.id, nothing).letters != one.letters
        )

    def misplaced(self, due: Iterable[NoteDue]) -> tuple[str, ...]:
        """The ids of those notes that don't begin on the page of their call."""
        return tuple(
            one.id
            for one in due
            if one.id in self.notes
            and (one.call not in self.anchors or self._page(one.id) != self.anchors[one.call].page)
        )

    def judged(self, due: Sequence[NoteDue]) -> Record:
        """The record of a piece: what is wrong with its notes, in place of where all of them are.

        A whole book's records are in memory when it is bound.
        """
        faults = {note: Fault("T001", self._page(note)) for note in self.misplaced(due)}
        faults |= {note: Fault("T002", self._page(note)) for note in self.lost(due)}
        return replace(self, notes={}, faults=faults)

    def _page(self, note: str) -> int:
        return self.notes[note].pages[0] if note in self.notes else 0


def joined(records: Sequence[Record]) -> Record:
    """The record of pages that follow one another, of those of their runs."""
    anchors: dict[str, Spot] = {}
    notes: dict[str, PrintedNote] = {}
    starts: list[int] = []
    pages = total = 0
    for record in records:
        for name, spot in record.anchors.items():
            anchors.setdefault(name, spot._replace(page=pages + spot.page))
        for name, note in record.notes.items():
            before = notes.get(name, PrintedNote((), 0))
            where = before.pages + tuple(pages + page for page in note.pages)
            notes[name] = PrintedNote(where, before.letters + note.letters)
        starts += [total + start for start in record.starts]
        pages, total = pages + record.pages, total + record.total
    names = tuple(name for record in records for name in record.names)
    warnings = tuple(dict.fromkeys(said for record in records for said in record.warnings))
    return Record(pages, names, anchors, notes, tuple(starts), total, warnings)


@dataclass(frozen=True, slots=True)
class Piece:
    """A typeset piece: its leaves, without folios, packed as bytes to keep; and its record."""

    record: Record
    data: bytes


@dataclass(frozen=True, slots=True)
class Stored:
    """A piece whose leaves lie in the store, under their SHA-256, until they are bound."""

    record: Record
    leaves: str


def stored(piece: Piece, kept: Store) -> Stored:
    """``piece`` with its leaves put into the store ``kept``."""
    digest = hashlib.sha256(piece.data).hexdigest()
    kept.put(digest, piece.data)
    return Stored(piece.record, digest)
