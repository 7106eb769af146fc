"""What is kept of a typeset piece beside its bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from book import store
from book.fingerprint import fingerprint
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

    ``html`` is XHTML, ``css`` the theme without margin boxes; ``files`` are the images and
    fonts that they name, by address and SHA-256. ``root`` is where to read them; it does not
    count for the piece's key. ``notes`` are the notes that have to stand in it.
    """

    name: str
    html: str
    css: str
    files: tuple[tuple[str, str], ...]
    root: str
    notes: tuple[NoteDue, ...] = ()

    def key(self) -> str:
        """The digest of the job and of the libraries that set it."""
        return store.key(self.html, self.css, repr(self.files), repr(self.notes), fingerprint())


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


@dataclass(frozen=True, slots=True)
class Record:
    """Where things stand in a piece; pages are counted from 0.

    ``names`` are the CSS page names of its pages (CSS Paged Media 3, section 7). ``positions``
    are the anchors' left and top in points from the page's lower left corner.
    ``anchors`` gives the page of every id. ``notes`` gives for each note id the pages that it
    stands on, the first being where it begins, and the number of its characters that were set.
    ``starts`` tells for each page how many letters and digits of the manuscript's text (see
    :func:`letters`) stand before it, ``total`` how many there are. ``warnings`` are
    what the typesetter said. ``room`` is how many object numbers its quire has room for,
    ``shared`` the digests of its shared streams.
    """

    pages: int
    names: tuple[str, ...]
    anchors: dict[str, int]
    positions: dict[str, tuple[float, float]]
    notes: dict[str, tuple[int, ...]]
    letters: dict[str, int]
    starts: tuple[int, ...]
    total: int
    warnings: tuple[str, ...] = ()
    room: int = 0
    shared: tuple[str, ...] = ()

    def lost(self, notes: Iterable[NoteDue]) -> tuple[str, ...]:
        """The ids of those of ``notes`` that are not whole."""
        return tuple(note.id for note in notes if self.letters.get(note.id) != note.letters)

    def misplaced(self, notes: Iterable[NoteDue]) -> tuple[str, ...]:
        """The ids of those of ``notes`` that don't begin on the page of their call."""
        return tuple(
            note.id
            for note in notes
            if note.id in self.notes and self.notes[note.id][0] != self.anchors.get(note.call)
        )


def joined(records: Sequence[Record]) -> Record:
    """The record of pages that follow one another, of those of their runs."""
    anchors: dict[str, int] = {}
    positions: dict[str, tuple[float, float]] = {}
    notes: dict[str, tuple[int, ...]] = {}
    found: dict[str, int] = {}
    starts: list[int] = []
    pages = total = 0
    for record in records:
        for name, page in record.anchors.items():
            if name not in anchors:
                anchors[name], positions[name] = pages + page, record.positions[name]
        for note, where in record.notes.items():
            notes[note] = notes.get(note, ()) + tuple(pages + page for page in where)
            found[note] = found.get(note, 0) + record.letters[note]
        starts += [total + start for start in record.starts]
        pages, total = pages + record.pages, total + record.total
    names = tuple(name for record in records for name in record.names)
    warnings = tuple(dict.fromkeys(said for record in records for said in record.warnings))
    return Record(pages, names, anchors, positions, notes, found, tuple(starts), total, warnings)


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
