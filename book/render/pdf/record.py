"""What is known of a piece beside its text and its bytes: before it is set, and after."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Literal, NamedTuple

from msgspec import Struct

from book.cache.memo import asked
from book.cache.store import Store
from book.model import Text

#: How a link within the book is written until binding: this, and the id that it leads to.
LINK = "dest:"
#: The classes of what print adds to the manuscript's own words.
PRINT_ONLY = frozenset({"note-call", "note-number", "page-ref", "locators"})


def letters(texts: Iterable[str]) -> int:
    """How many letters and digits ``texts`` have; hyphens and spaces come and go at line ends."""
    return sum(char.isalnum() for text in texts for char in text)


class Sheet(Struct, frozen=True):
    """What a piece is called and how its pages are numbered.

    ``headings`` are the ids and plain texts of its headings with their levels, for running
    heads and the outline; the first is the piece's own. A piece that ``cites_pages`` prints
    page numbers of other places, and has to be made again when they change. ``left_head`` is
    what stands at the head of its left pages; the book's title if it is empty. ``short`` is what
    running heads say for the piece's own heading, if not all of it.
    """

    name: str
    numbering: Literal["none", "roman", "arabic"]
    classes: str
    headings: tuple[tuple[str, int, str], ...]
    cites_pages: bool = False
    left_head: str = ""
    short: str = ""


class NoteDue(Struct, frozen=True):
    """A note that has to stand on the page of its first call, with all its letters and digits."""

    id: str
    call: str
    letters: int


class PieceJob(Struct, frozen=True):
    """One piece to typeset: everything that its pages depend on.

    ``text`` is XHTML, ``css`` the theme without margin boxes; ``files`` are those that the theme
    may name and ``images`` those of the text, by address and SHA-256; no others are read. ``root``
    is where to read them; it does not count for the piece's key. ``notes`` are the notes that have
    to stand in it. ``spare`` is the built-in theme alone, if the book has more; where ``css``
    fails, for ``reason``, it is set in that.
    """

    name: str
    text: Text
    css: str
    files: tuple[tuple[str, str], ...]
    root: str
    notes: tuple[NoteDue, ...] = ()
    images: tuple[tuple[str, str], ...] = ()
    spare: str = ""
    reason: str = ""

    def key(self) -> str:
        """The digest of the job and of the libraries that set it."""
        files = repr(self.files + self.images)
        return asked("piece", self.html, self.css, files, repr(self.notes))

    @property
    def html(self) -> str:
        """The text, to be set."""
        return str(self.text)


class FolioJob(Struct, frozen=True):
    """Folios to set, one a page; ``html``, ``css``, ``files`` and ``root`` as in PieceJob.

    The first ``skip`` pages are only there for what goes on from them. ``spare`` and ``reason``
    as in PieceJob.
    """

    html: str
    css: str
    files: tuple[tuple[str, str], ...]
    root: str
    skip: int
    spare: str = ""
    reason: str = ""
    name: str = "folios"


class Unset(NamedTuple):
    """A block of text that can't be set: how it begins, and what the typesetter says."""

    text: str
    words: str


class Fault(NamedTuple):
    """What is wrong with a note, as the code of a finding; and on which page, from 0, it begins."""

    code: Literal["T001", "T002"]
    page: int


#: What a compositor gives in to, and in what it is counted.
Kind = Literal[
    "outside",  # runs out of the type area, in points
    "broken table",  # words of a table are broken at any letter; its type, in points
    "small formula",  # is wider than the lines, and drawn smaller; its letters, in points
    "coarse picture",  # has so few dots to the inch
    "short last page",  # a chapter's last, of so many lines
    "hyphen before a leaf is turned",  # so many
    "short foot",  # so many lines are missing
    "divided table",  # its words are divided; its type, in points
    "turned table",  # stands across the page; its type, in points
    "small table",  # its type, in points
    "divided last word",  # of so many letters in the last line
    "loose line",  # its spaces are so many times as wide as they should be
    "split note",  # over so many pages
    "hyphen at a page's foot",  # so many
]


class Compromise(NamedTuple):
    """Where a page is not as it should be, though it can be read: which page of a piece, from 0.

    ``amount`` is counted as its kind says; ``words`` are those that stand there, or the address of
    a picture.
    """

    kind: Kind
    page: int
    amount: float
    words: str


class Record(Struct, frozen=True):
    """What a whole book has in memory of each piece; pages are counted from 0.

    ``names`` are the CSS page names of its pages (CSS Paged Media 3, section 7). ``anchors``
    gives the page of every id that can be referred to, ``faults`` what is wrong with its notes,
    by id. ``starts`` tells for each page how many letters and digits of the manuscript's text
    (see :func:`letters`) stand before it. ``warnings`` are what the typesetter said. ``room`` is
    how many object numbers its segment has room for, ``shared`` the digests of its shared streams.
    ``compromises`` are where its pages are not as they should be. ``failed`` tells why it is not
    set in the book's own theme, if it isn't, and ``unset`` what stands as a box in it. Where it
    ``lacks_letters``, no font has some.
    """

    pages: int
    names: tuple[str, ...]
    anchors: dict[str, int]
    faults: dict[str, Fault]
    starts: tuple[int, ...]
    warnings: tuple[str, ...] = ()
    compromises: tuple[Compromise, ...] = ()
    room: int = 0
    shared: tuple[str, ...] = ()
    failed: str = ""
    unset: tuple[Unset, ...] = ()
    lacks_letters: bool = False


class Piece(Struct, frozen=True):
    """A typeset piece: its leaves, without folios, packed as bytes to keep; and its record."""

    record: Record
    data: bytes


class Stored(Struct, frozen=True):
    """A piece whose leaves lie in the store, under their SHA-256, until they are bound."""

    record: Record
    leaves: str


class Placed(Struct, frozen=True):
    """A piece in its place.

    ``first`` is the index of its first page in the volume, from 0; ``number`` is what is
    printed there as a number, from 1, or 0 where no numbers are printed.
    """

    sheet: Sheet
    piece: Stored
    first: int
    number: int


def stored(piece: Piece, kept: Store) -> Stored:
    """``piece`` with its leaves put into the store ``kept``."""
    digest = hashlib.sha256(piece.data).hexdigest()
    kept.put(digest, piece.data)
    return Stored(piece.record, digest)
