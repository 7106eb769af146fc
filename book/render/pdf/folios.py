"""Folios and running heads: set by the theme's own ``@page`` rules on otherwise empty pages.

For each page of the book there is a leaf of the same name and side, on which the headings of
that page stand invisibly, so that ``string-set`` and page counters work as in any stylesheet
(CSS GCPM 3, section 1; CSS Paged Media 3, section 4). A leaf is kept under all that it depends
on: where a chapter before it grows, most of its numbers have been set for other pages already.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from msgspec import Struct

from book.base.data import replace
from book.base.scripts import direction
from book.base.xml import escape, quoted
from book.cache import store
from book.cache.memo import asked
from book.cache.store import Store, packed, unpacked
from book.render.pdf.draft.margins import heard_levels
from book.render.pdf.file.objects import Leaves, joined
from book.render.pdf.file.segments import room
from book.render.pdf.jobs import set_all
from book.render.pdf.record import FolioJob, Piece, Stored, stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from book.base.progress import Progress
    from book.model import Book
    from book.render.pdf.record import Placed, Sheet

#: Leaves are laid upon the pages, so that what is behind a page's text is none of theirs.
_HIDDEN = """
@page { background: none !important; }
html, body { background: none !important; }
.folio-leaf, .folio-leaf * { all: unset; }
.folio-leaf { display: block; break-before: page; height: 0; overflow: hidden; font-size: 0; }
.folio-leaf > * { display: block; visibility: hidden; break-before: auto; break-after: auto; }
.folio-leaf > * { page: auto; }
body { display: block; float: none; position: static; columns: auto; break-after: auto; }
"""
_COUNT = re.compile(r"counter\(\s*pages\s*(?:,[^()]*)?\)")
_COUNTED = re.compile(r"@page[^{]*:nth\(")


class FolioKey(Struct, frozen=True):
    """What the folio of a page depends on, beside the theme.

    ``page`` is its place in its piece, from 0, where the theme asks for it; else 0 for the
    first, 1 for others on a left side, 2 for others on a right side. ``before`` are the last
    headings of each level on earlier pages of the piece, ``here`` those on the page: level and
    text, where the theme may ask for that level.
    """

    number: int
    page: int
    name: str
    before: tuple[tuple[int, str], ...]
    here: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class FolioStyle:
    """What all folios of a book depend on: style sheet, files that it names, title, language."""

    css: str
    files: tuple[tuple[str, str], ...]
    title: str
    language: str
    root: str
    spare: str = ""

    @cached_property
    def leaf_css(self) -> str:
        """The style sheet of a document that has nothing but folios."""
        return self.css + _HIDDEN

    @cached_property
    def counts(self) -> bool:
        """Whether it asks for the place of a page among others of its name."""
        return bool(_COUNTED.search(self.css))

    @cached_property
    def levels(self) -> frozenset[int]:
        """The levels of headings that it may ask for."""
        return heard_levels(self.css)

    @cached_property
    def digest(self) -> str:
        """The digest of all of it."""
        words = (self.css, repr(self.files), self.title, self.language)
        return asked("folio", *words)

    def key(self, page_key: FolioKey, sheet: Sheet) -> str:
        """The digest of all that ``page_key`` depends on, in the piece of ``sheet``."""
        return store.key(self.digest, sheet.classes, sheet.left_head, repr(page_key))


def style_of(
    book: Book, css: str, files: tuple[tuple[str, str], ...], pages: int, spare: str = ""
) -> FolioStyle:
    """What the folios of ``book`` depend on; it has so many ``pages`` (CSS Paged Media 3, 5.3).

    ``spare`` is the built-in theme alone, if the book has more.
    """
    table = book.config.book
    css, spare = (_COUNT.sub(f'"{pages}"', one) for one in (css, spare))
    spare = spare and spare + _HIDDEN
    return FolioStyle(css, files, table.title, table.language, str(book.root), spare)


def keys_of(placed: Placed, theme: FolioStyle) -> tuple[FolioKey, ...]:
    """The leaves of a placed piece, page by page."""
    record = placed.piece.record
    by_page: dict[int, list[tuple[int, str]]] = {}
    for identity, level, text in placed.sheet.headings:
        if level in theme.levels and identity in record.anchors:
            is_own = identity == placed.sheet.name
            said = placed.sheet.short if is_own and placed.sheet.short else text
            by_page.setdefault(record.anchors[identity], []).append((level, said))
    found, before = [], dict[int, str]()
    for page, name in enumerate(record.names):
        here = tuple(by_page.get(page, ()))
        place = page if theme.counts or not page else 2 - page % 2
        found.append(FolioKey(placed.number + page, place, name, tuple(before.items()), here))
        for level, text in here:
            before.pop(level, None)
            before[level] = text
    return tuple(found)


def jobs(
    every: Sequence[FolioKey], missing: Iterable[int], sheet: Sheet, theme: FolioStyle
) -> Iterator[tuple[range, FolioJob]]:
    """The jobs that set the ``missing`` of a piece's leaves, by their places, run by run."""
    wanted = sorted(missing)
    if theme.counts and wanted:
        wanted = list(range(len(every)))
    for _, run in groupby(enumerate(wanted), lambda one: one[1] - one[0]):
        places = [place for _, place in run]
        some = range(places[0], places[-1] + 1)
        yield some, _job([every[place] for place in some], some.start, sheet, theme)


def _job(some: Sequence[FolioKey], first: int, sheet: Sheet, theme: FolioStyle) -> FolioJob:
    """The leaves that begin at the page ``first``; one goes before them if others do."""
    # A page that resets the counter no longer counts itself (CSS Paged Media 3, section 5.2).
    start = some[0].number - bool(first) - 1
    rules = f"@page :first {{ counter-reset: page {start}; counter-increment: page }}"
    title = ((0, sheet.left_head or theme.title),)
    if first:
        every = [_page(some[0].name, title + some[0].before), *map(_own, some)]
        other = "left" if direction(theme.language) == "ltr" else "right"
        rules += f" html {{ break-before: {other} }}" * (first % 2 == 0)
    else:
        every = [_page(some[0].name, title + some[0].here), *map(_own, some[1:])]
    turned = ' dir="rtl"' * (direction(theme.language) == "rtl")
    html = (
        f'<html lang="{theme.language}"{turned}><head><title>-</title><style>{rules}</style></head>'
        f'<body class="{sheet.classes}">{"".join(every)}</body></html>'
    )
    skip = int(first > 0)
    return FolioJob(html, theme.leaf_css, theme.files, theme.root, skip, theme.spare)


def _own(page_key: FolioKey) -> str:
    return _page(page_key.name, page_key.here)


def _page(name: str, headings: Iterable[tuple[int, str]]) -> str:
    style = f" style={quoted(f'page: {name}')}" if name else ""
    running = "".join(
        f"<h{level}>{escape(text)}</h{level}>"
        if level
        else f'<p class="running-book">{escape(text)}</p>'
        for level, text in headings
    )
    return f'<div class="folio-leaf"{style}>{running}</div>'


class Folios:
    """Sets the folios of a book's pieces, or finds them as they were set before."""

    def __init__(self, theme: FolioStyle, kept: Store, progress: Progress) -> None:
        self._theme, self._kept, self._progress = theme, kept, progress

    def of(self, placed: Sequence[Placed]) -> tuple[Stored | None, ...]:
        """The folios of each piece, page by page; None for one whose pages have no numbers."""
        keys = [self._keys(one) if one.number else () for one in placed]
        whole = [store.key("folios", *some) for some in keys]
        found = [self._whole(one) for one in whole]
        new = [number for number, some in enumerate(keys) if some and not found[number]]
        # Piece by piece, so that they are never all in memory: first those whose pages are there.
        waiting = {}
        for number in new:
            single = [self._kept.get(one) for one in keys[number]]
            found[number] = self._joined(single, whole[number])
            if not found[number]:
                waiting[number] = keys[number], {at for at, one in enumerate(single) if not one}
        self._set_missing(waiting, placed)
        for number, (some, _) in waiting.items():
            found[number] = self._joined([self._kept.take(one) for one in some], whole[number])
        return tuple(found)

    def _joined(self, single: Sequence[bytes | None], name: str) -> Stored | None:
        """The folios of a piece as one, kept under ``name``; None if some pages' are missing."""
        there = [one for one in single if one]
        if len(there) < len(single):
            return None
        found = stored(_together(there), self._kept)
        self._kept.put(name, packed(found))
        return found

    def _whole(self, name: str) -> Stored | None:
        """The folios of a piece, if they and their leaves are kept under ``name``."""
        found = unpacked(self._kept.get(name), Stored)
        return found if found and self._kept.has(found.leaves) else None

    def _keys(self, placed: Placed) -> tuple[str, ...]:
        sheet = placed.sheet
        return tuple(self._theme.key(page_key, sheet) for page_key in keys_of(placed, self._theme))

    def _set_missing(
        self, keys: Mapping[int, tuple[Sequence[str], set[int]]], placed: Sequence[Placed]
    ) -> None:
        """Set what is missing: ``keys`` has all of a piece, by its number, and which are not."""
        waiting: dict[tuple[str, ...], FolioJob] = {}
        for number, (some, missing) in keys.items():
            piece = placed[number]
            every = keys_of(piece, self._theme)
            for run, job in jobs(every, missing, piece.sheet, self._theme):
                waiting[tuple(some[place] for place in run)] = job
        count, done = sum(map(len, waiting)), 0

        def finished(names: tuple[str, ...], pieces: tuple[Piece, ...]) -> None:
            for name, piece in zip(names, pieces, strict=True):
                self._kept.put(name, packed(piece))
            nonlocal done
            done += len(names)
            self._progress.step("folios", done, count)

        longest_first = sorted(waiting.items(), key=lambda one: -len(one[0]))
        set_all(longest_first, self._kept, finished)


def _together(single: Sequence[bytes]) -> Piece:
    """Folios of one page each as one piece; only what binding needs of its record is true."""
    pieces = [piece for one in single if (piece := unpacked(one, Piece))]
    every = [one for piece in pieces if (one := unpacked(piece.data, Leaves))]
    whole = joined(every)
    failed = next((piece.record.failed for piece in pieces if piece.record.failed), "")
    record = replace(pieces[0].record, room=room(whole), shared=tuple(whole.shared), failed=failed)
    record = replace(record, lacks_letters=whole.lacks_letters)
    return Piece(record, packed(whole))
