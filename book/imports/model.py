"""What a reader makes of a source, before it is a book: chapters, metadata, and what was lost."""

from __future__ import annotations

from msgspec import Struct, field


class ImportFailedError(Exception):
    """There is no book to be made of this source; the text says why, and what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class Metadata(Struct, frozen=True):
    """What the source says of the book: texts as they will stand in ``book.toml``.

    ``date`` is ISO 8601, as exact as the source has it; ``cover`` is a picture's path within the
    source. All may be empty.
    """

    title: str = ""
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    contributors: tuple[tuple[str, str], ...] = ()
    language: str = ""
    date: str = ""
    publisher: str = ""
    rights: str = ""
    description: str = ""
    subjects: tuple[str, ...] = ()
    identifier: str = ""
    cover: str = ""


class ImportDraft(Struct, frozen=True):
    """A chapter, or a part's page, in our Markdown but for its links and pictures.

    ``source`` is the file it comes from, as a path within the source with ``/``; links and
    pictures of ``text`` are as they would be there. ``aliases`` are further files whose text was
    taken into this chapter, each with the anchor where it begins.
    """

    title: str
    text: str
    source: str
    kind: str = ""
    language: str = ""
    summary: str = ""
    aliases: tuple[tuple[str, str], ...] = ()
    authors: tuple[str, ...] = ()
    date: str = ""


class Manuscript(Struct, frozen=True):
    """What a reader gives: the chapters in their order, and what the source says of the book."""

    metadata: Metadata
    chapters: tuple[ImportDraft, ...]


class Loss(Struct, frozen=True):
    """Something that could not be carried over as it was.

    ``message`` says what; ``source`` is ``path`` or ``path:line`` in the source, ``place`` the
    same in the book that was made. Either may be empty.
    """

    message: str
    source: str = ""
    place: str = ""


class Counts(Struct, frozen=True):
    """What a book holds, counted in its Markdown."""

    chapters: int = 0
    words: int = 0
    notes: int = 0
    pictures: int = 0


class Imported(Struct, frozen=True):
    """A book as files: their contents by path within its folder, and what there is to say."""

    kind: str
    files: dict[str, bytes]
    counts: Counts
    losses: tuple[Loss, ...] = field(default=())
