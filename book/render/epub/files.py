"""Which files the ebook's text is laid out in, and in which of them everything stands.

A chapter is one file; one that is too large for old readers is parted where its sections begin,
as deep as it must be, else between blocks. Notes stand in the file that calls them, at the
chapter's end, or at the book's (``epub.notes``). All of it is decided before any
mark is spelled, so that every link is right from the start.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from lxml import etree
from msgspec import Struct

from book.base.xml import inner, tree
from book.model import Kind
from book.render import lists
from book.render.epub.pagemarks import marks_in
from book.render.epub.parts import NOTES, chapter_file, numbered
from book.theme.templates import Dress, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from book.model import Book, Chapter, Note
    from book.render.epub.pagemarks import Marker

#: The most bytes that a file should have; the page marks and the file's frame come on top.
LIMIT = 290_000
#: How many bytes each mark adds to the file when it is spelt out, and the frame of a note.
_GROWTH = {b" data-note=": 80, b" data-when=": 110, b" data-who=": 90, b" data-to=": 20}
_FRAME = 420

_CALLED = re.compile(r'data-note="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')


class File(Struct, frozen=True):
    """One file: a part of a chapter, still symbolic, with the notes that stand at its end.

    ``number`` counts the chapter's files from 1; ``opening`` are the pages that begin with the
    chapter's title, ``pages`` those in ``content``, which is XHTML. ``chapter`` is None for the
    notes at the book's end.
    """

    name: str
    number: int
    chapter: Chapter | None
    content: str
    opening: tuple[str, ...]
    pages: tuple[str, ...]
    notes: tuple[Note, ...]


class Plan(Struct, frozen=True):
    """All files in the order of reading, and the file of each id that its chapter's first lacks."""

    files: tuple[File, ...]
    file_of: Mapping[str, str]

    def pages(self) -> Iterator[tuple[str, str]]:
        """The printed pages in order: label and file."""
        for file in self.files:
            yield from ((label, file.name) for label in (*file.opening, *file.pages))


@dataclass(slots=True)
class _Planner:
    book: Book
    mode: Literal["popup", "chapter-end", "book-end"]
    dress: Dress
    file_of: dict[str, str] = field(default_factory=dict)
    kept: list[Note] = field(default_factory=list)

    def chapter(self, chapter: Chapter, marker: Marker | None) -> Iterator[File]:
        fragments = (chapter.body, *listed(chapter, self.book, self.dress))
        roots = [tree(text) for text in fragments]
        opening: tuple[str, ...] = ()
        if marker:
            opening = marker.opening(chapter.slug)
            marker.mark(roots, chapter.slug)
        parts = list(self._parts(chapter, roots, sum(map(len, fragments))))
        for number, (content, notes) in enumerate(self._with_notes(chapter, parts), 1):
            yield self._file((chapter, number), content, opening if number == 1 else (), notes)

    def _with_notes(
        self, chapter: Chapter, parts: Sequence[etree._Element]
    ) -> Iterator[tuple[etree._Element, tuple[Note, ...]]]:
        """Each part with the notes that stand at its end; they may need parts of their own."""
        called: dict[str, Note] = {}
        fresh = [
            self._called("" if number else chapter.heading, part, called)
            for number, part in enumerate(parts)
        ]
        if self.mode == "popup":
            yield from zip(parts, fresh, strict=True)
            return
        notes = _in_order(called.values())
        if self.mode == "book-end":
            self.kept += notes
            notes = ()
        last = len(etree.tostring(parts[-1])) + sum(map(_note_size, notes))
        yield from ((part, ()) for part in parts[:-1])
        yield parts[-1], notes if last < LIMIT else ()
        if last >= LIMIT:
            yield from ((etree.Element("div"), bundle) for bundle in _bundles(notes))

    def _file(
        self,
        part: tuple[Chapter | None, int],
        content: etree._Element,
        opening: tuple[str, ...],
        notes: tuple[Note, ...],
    ) -> File:
        chapter, number = part
        name = numbered(chapter_file(chapter.slug) if chapter else NOTES, number)
        if number > 1 or chapter is None:
            self.file_of |= {str(one.get("id")): name for one in content.iter() if one.get("id")}
            for note in notes:
                self.file_of[note.id] = name
                self.file_of |= {unescape(found): name for found in _ID.findall(note.body)}
        pages = tuple(marks_in(content))
        return File(name, number, chapter, inner(content), opening, pages, notes)

    def _parts(
        self, chapter: Chapter, roots: Sequence[etree._Element], letters: int
    ) -> Iterator[etree._Element]:
        """The chapter's text in as many parts as it needs, each below one ``div``."""
        whole = roots[0]
        for root in roots[1:]:
            _pour(root, whole)
        # Twice, since a letter may be two bytes, and a mark grows when it is spelled.
        if 2 * letters + sum(map(_note_size, chapter.notes)) < LIMIT:
            yield whole
            return
        sizes = self._sizes(whole)
        groups = list(_groups(list(whole), sizes, 2))
        part, size = etree.Element("div"), 0
        part.text = whole.text
        for group in groups:
            more = sum(sizes[block] for block in group)
            if size and size + more > LIMIT:
                yield part
                part, size = etree.Element("div"), 0
            part.extend(group)
            size += more
        yield part

    def _sizes(self, whole: etree._Element) -> dict[etree._Element, int]:
        """About how many bytes each block will have; a note counts for the block that calls it."""
        seen: set[str] = set()
        sizes = {}
        for block in whole:
            text = etree.tostring(block, encoding="utf-8")
            called = [unescape(one) for one in _CALLED.findall(text.decode())]
            size = len(text) + sum(more * text.count(mark) for mark, more in _GROWTH.items())
            if self.mode == "popup":
                size += sum(map(_note_size, self._closure(called, seen)))
            sizes[block] = size
        return sizes

    def _called(
        self, heading: str, content: etree._Element, called: dict[str, Note]
    ) -> tuple[Note, ...]:
        """The notes that are called here first, the author's before the editor's."""
        ids = [unescape(one) for one in _CALLED.findall(heading)]
        ids += [str(call.get("data-note")) for call in content.iter("a") if call.get("data-note")]
        seen = set(called)
        fresh = list(self._closure(ids, seen))
        called |= {note.id: note for note in fresh}
        return _in_order(fresh)

    def _closure(self, ids: Iterable[str], seen: set[str]) -> Iterator[Note]:
        """The notes ``ids`` that are not ``seen`` yet, and those that they call in turn."""
        waiting = list(ids)
        while waiting:
            later: list[str] = []
            for identity in waiting:
                if identity not in seen:
                    seen.add(identity)
                    note = self.book.note(identity)
                    later += [unescape(one) for one in _CALLED.findall(note.body)]
                    yield note
            waiting = later

    def notes(self) -> Iterator[File]:
        """The notes at the book's end, in as many files as they need."""
        for number, notes in enumerate(_bundles(self.kept), 1):
            yield self._file((None, number), etree.Element("div"), (), notes)


def plan(book: Book, marker: Marker | None, dress: Dress = plain) -> Plan:
    """The files of ``book``, with page marks if there is a ``marker``.

    ``dress`` makes the lists of a view (:func:`book.theme.templates.rendered`).
    """
    planner = _Planner(book, book.config.epub.notes, dress)
    files = [file for chapter in book.chapters for file in planner.chapter(chapter, marker)]
    at = next(
        (
            index
            for index, file in enumerate(files)
            if file.chapter and file.chapter.kind in _AFTER_NOTES
        ),
        len(files),
    )
    files[at:at] = planner.notes()
    return Plan(tuple(files), planner.file_of)


#: What stands behind the notes at a book's end.
_AFTER_NOTES = frozenset({Kind.GLOSSARY, Kind.BIBLIOGRAPHY, Kind.COLOPHON})


def listed(chapter: Chapter, book: Book, dress: Dress = plain) -> tuple[str, ...]:
    """The list that is drawn up for ``chapter``, if it is of such a kind."""
    match chapter.kind:
        case Kind.CHRONOLOGY:
            return (lists.chronology(book, dress),)
        case Kind.PEOPLE:
            return (lists.people(book, dress),)
        case _:
            return ()


def _in_order(notes: Iterable[Note]) -> tuple[Note, ...]:
    """The author's notes before the editor's."""
    return tuple(sorted(notes, key=lambda note: note.series == "editor"))


def _note_size(note: Note) -> int:
    """About how many bytes ``note`` has in the ebook."""
    return len(note.body.encode()) + _FRAME


def _bundles(notes: Iterable[Note]) -> Iterator[tuple[Note, ...]]:
    """``notes`` in files' worth."""
    bundle: list[Note] = []
    size = 0
    for note in notes:
        size += _note_size(note)
        if bundle and size > LIMIT:
            yield tuple(bundle)
            bundle, size = [], _note_size(note)
        bundle.append(note)
    if bundle:
        yield tuple(bundle)


def _pour(source: etree._Element, target: etree._Element) -> None:
    """Append what stands in ``source``."""
    if source.text:
        if len(target):
            target[-1].tail = (target[-1].tail or "") + source.text
        else:
            target.text = (target.text or "") + source.text
    target.extend(list(source))


def _groups(
    blocks: Sequence[etree._Element], sizes: Mapping[etree._Element, int], level: int
) -> Iterator[list[etree._Element]]:
    """``blocks`` in groups that stay together: sections of ``level``, smaller where they must."""
    if level > 6:
        group: list[etree._Element] = []
        for block in blocks:
            group.append(block)
            if not re.fullmatch("h[1-6]|span", str(block.tag)):  # a heading, or a page mark
                yield group
                group = []
        if group:
            yield group
        return
    starts = [index for index, block in enumerate(blocks) if block.tag == f"h{level}"]
    # The mark of a page that begins with the section stands before its heading.
    starts = [at - (at > 0 and blocks[at - 1].tag == "span") for at in starts]
    bounds = [0, *(start for start in starts if start), len(blocks)]
    for start, end in pairwise(bounds):
        group = list(blocks[start:end])
        if sum(sizes[block] for block in group) > LIMIT:
            yield from _groups(group, sizes, level + 1)
        elif group:
            yield group
