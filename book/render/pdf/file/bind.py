"""Segments become one file: fonts, structure, destinations, outline, labels, metadata.

ISO 32000-1: file structure 7.5, page labels 12.4.2, named destinations 12.3.2.3, outline
12.3.3, structure 14.7, artifacts 14.8.2.2. Each segment has a range of object numbers with room
to grow, so an edit leaves the others as they are. The same pieces always give the same bytes.
"""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from book.base.data import replace
from book.base.scripts import direction
from book.cache import store
from book.cache.memo import asked
from book.cache.store import packed, unpacked
from book.render.pdf.file import fonts as fontfile
from book.render.pdf.file import metadata, nametree, segments
from book.render.pdf.file.objects import FontUse, Leaves, PdfObject, all_uses
from book.render.pdf.file.objects import placed as under_numbers
from book.render.pdf.file.outline import outline, page_labels
from book.render.pdf.file.segments import ENTRY, Segment, SegmentWriter, Surroundings
from book.render.pdf.syntax import text_string
from book.words.digits import digits_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from book.base.fonts import FontFile
    from book.cache.store import Store
    from book.model import Book
    from book.render.pdf.file.metadata import FileIdentity
    from book.render.pdf.record import Placed, Stored

_CATALOG, _PAGES, _STRUCTURE, _DOCUMENT, _OPENING, _CLOSING = range(1, 7)
_METADATA, _INFO, _PARENTS, _DESTINATIONS = range(7, 11)
#: The first number of what the book's pages share: fonts, then pictures and colour profiles.
_SHARED = 16
_AROUND = Surroundings(_PAGES, _DOCUMENT, _OPENING, _CLOSING)
#: A folio is an artifact of pagination, which no screen reader speaks.
_A_FOLIO = b"Q\n/Artifact <</Type /Pagination>> BDC q /Folio Do Q EMC\n"
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def bind(
    book: Book,
    about: FileIdentity,
    placed: Sequence[Placed],
    folios: Sequence[Stored | None],
    fonts: Mapping[str, FontFile],
    kept: Store,
) -> BoundFile:
    """The bound file; ``folios`` match ``placed``, piece by piece.

    ``fonts`` finds a font file by its SHA-256; ``kept`` has the pieces' leaves, and keeps
    segments. Raises :class:`book.cache.store.VanishedError` if it has them no longer.
    """
    binder = _Binder(placed, folios, fonts, kept)
    bodies = binder.segments()
    front, back = SegmentWriter(1), SegmentWriter(binder.end)
    binder.put_shared(front)
    count = placed[-1].first + placed[-1].piece.record.pages
    nodes = _references(segment.pages for segment in bodies)
    front.put(_PAGES, b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, nodes))
    _put_structure(front, bodies)
    about_it = (front, back, book, about, placed, bodies, binder.intent())
    letters, inks = binder.has_all_letters(), binder.has_inks
    _put_guides(*about_it, keeps_standards=letters, keeps_colours=not inks)
    for writer in (front, back):
        segment, data = writer.finished({})
        binder.gather(segment, partial(bytes, data))
    return BoundFile(sorted(binder.gathered, key=lambda one: one.segment.first))


class Gathered(NamedTuple):
    """A segment in its place among the others, and where its bytes are to be had."""

    segment: Segment
    read: Callable[[], bytes]


class _Binder:
    """Gives out object numbers, and makes segments or finds them as they were made before."""

    def __init__(
        self,
        placed: Sequence[Placed],
        folios: Sequence[Stored | None],
        fonts: Mapping[str, FontFile],
        kept: Store,
    ) -> None:
        self.gathered: list[Gathered] = []
        self._uses: dict[str, FontUse] = {}
        self._placed, self._folios, self._fonts, self._kept = placed, folios, fonts, kept
        self._pieces = [*(one.piece for one in placed), *(one for one in folios if one)]
        #: The numbers of the book's fonts, used or not, and of what its pages share.
        self._numbers = {
            digest: _SHARED + place * fontfile.OBJECTS for place, digest in enumerate(sorted(fonts))
        }
        free = _SHARED + len(fonts) * fontfile.OBJECTS
        for digest in sorted({one for piece in self._pieces for one in piece.record.shared}):
            self._numbers[digest] = free
            free += 1
        self._shared_key = repr(sorted(self._numbers.items()))
        #: Each piece's first number, that of its folios, and the first one after all.
        self._firsts: list[tuple[int, int]] = []
        self.end = segments.rounded(free)
        for one, folio in zip(placed, folios, strict=True):
            after = self.end + one.piece.record.room
            self._firsts.append((self.end, after))
            self.end = after + (folio.record.room if folio else 0)

    #: Whether a picture is one of inks, which no intent of ours says how to show
    #: (ISO 19005-3, 6.2.4.3); it is known when what is shared has been put.
    has_inks = False

    def has_all_letters(self) -> bool:
        """Whether no letter is an empty box (ISO 19005-3, 6.2.11.8; ISO 14289-1, 7.21.8)."""
        return not any(piece.record.lacks_letters for piece in self._pieces)

    def segments(self) -> list[Segment]:
        """The segments of all pieces, which are gathered with those of their folios."""
        bodies = []
        for number, (one, folio) in enumerate(zip(self._placed, self._folios, strict=True)):
            blank = bool(one.piece.record.pages % 2) and number + 1 < len(self._placed)
            bodies.append(self._body(number, with_blank=blank))
            if folio is not None:
                self._laid_over(number, folio)
        return bodies

    def _body(self, number: int, *, with_blank: bool) -> Segment:
        piece, (first, after) = self._placed[number].piece, self._firsts[number]
        folios = None if self._folios[number] is None else after

        def make() -> tuple[Segment, bytes]:
            leaves = self._leaves(piece)
            around = (_AROUND, self._numbers, folios)
            return segments.body(leaves, first, *around, with_blank=with_blank)

        return self._keep(piece, f"{first} {folios} {with_blank}", make)

    def _laid_over(self, number: int, folio: Stored) -> None:
        first = self._firsts[number][1]
        self._keep(
            folio,
            f"{first}",
            lambda: segments.folios(self._leaves(folio), first, self._numbers),
        )

    def _keep(
        self, piece: Stored, question: str, make: Callable[[], tuple[Segment, bytes]]
    ) -> Segment:
        name = asked("segment", piece.leaves, question, self._shared_key)
        inside = store.key("inside", name)
        found = unpacked(self._kept.get(name), Segment)
        if found is None or not self._kept.has(inside):
            found, data = make()
            self._kept.put(inside, data)
            self._kept.put(name, packed(found))
        return self.gather(found, partial(self._kept.take, inside))

    def gather(self, segment: Segment, read: Callable[[], bytes]) -> Segment:
        """Put ``segment`` among those of the file, and what it draws from fonts to what all do."""
        self._uses = all_uses((self._uses, segment.fonts))
        segment = replace(segment, fonts={})
        self.gathered.append(Gathered(segment, read))
        return segment

    def _leaves(self, piece: Stored) -> Leaves:
        leaves = unpacked(self._kept.take(piece.leaves), Leaves)
        if leaves is None:  # a store's entry is checked as a whole, so this is ours
            raise ValueError("a piece without leaves")
        return leaves

    def put_shared(self, writer: SegmentWriter) -> None:
        """Put the fonts that are drawn from, the pictures, and what is drawn around a page."""
        for digest, use in self._uses.items():
            first, path = self._numbers[digest], self._fonts[digest]
            for place, thing in enumerate(fontfile.objects(use, digest, first, path)):
                writer.put(first + place, thing)
        missing = {digest for piece in self._pieces for digest in piece.record.shared}
        for piece in self._pieces:
            if not missing.isdisjoint(piece.record.shared):
                for digest, thing in self._leaves(piece).shared.items():
                    self.has_inks |= b"/DeviceCMYK" in thing.value
                    entries = under_numbers(thing.value, 0, self._numbers)
                    writer.put(self._numbers[digest], PdfObject(entries, thing.stream))
                    missing.discard(digest)
        writer.put(_OPENING, PdfObject(b"<</Length 2>>", b"q\n"))
        writer.put(_CLOSING, PdfObject(b"<</Length %d>>" % len(_A_FOLIO), _A_FOLIO))

    def intent(self) -> bytes:
        """How colours are meant (ISO 19005-3, 6.2.3)."""
        return under_numbers(self._leaves(self._pieces[0]).intent, 0, self._numbers)


def _put_guides(  # noqa: PLR0913, PLR0917 # it is all that a catalog leads to
    front: SegmentWriter,
    back: SegmentWriter,
    book: Book,
    about: FileIdentity,
    placed: Sequence[Placed],
    bodies: Sequence[Segment],
    intent: bytes,
    *,
    keeps_standards: bool,
    keeps_colours: bool,
) -> None:
    """Put what leads a reader: destinations, outline, labels, metadata; and the catalog."""
    front.put(_DESTINATIONS, nametree.root(one for segment in bodies for one in segment.places))
    stream = metadata.xmp(book, about, keeps_standards=keeps_standards, keeps_colours=keeps_colours)
    front.put(_METADATA, stream)
    front.put(_INFO, metadata.info(book, about))
    way = b"/Direction/R2L" * (direction(book.config.book.language) == "rtl")
    entries = [
        b"/Type/Catalog/Pages %d 0 R/StructTreeRoot %d 0 R" % (_PAGES, _STRUCTURE),
        b"/Metadata %d 0 R/Names<</Dests %d 0 R>>" % (_METADATA, _DESTINATIONS),
        b"/PageLabels%s/OutputIntents%s" % (page_labels(placed, digits_of(book.config)), intent),
        b"/Lang%s/MarkInfo<</Marked true>>" % text_string(book.config.book.language),
        b"/ViewerPreferences<</DisplayDocTitle true%s>>" % way,
    ]
    if number := outline(back, placed):
        entries.append(b"/Outlines %d 0 R/PageMode/UseOutlines" % number)
    front.put(_CATALOG, b"<<%s>>" % b"".join(entries))


def _put_structure(front: SegmentWriter, bodies: Sequence[Segment]) -> None:
    """One structure tree: every piece's elements under one Document (14.7.2)."""
    tops = _references(top for segment in bodies for top in segment.tops)
    front.put(_DOCUMENT, b"<</S/Document/P %d 0 R/K[%s]>>" % (_STRUCTURE, tops))
    parents = [segment.parents for segment in bodies if segment.parents]
    nodes = _references(node for node, _, _ in parents)
    front.put(_PARENTS, b"<</Kids[%s]>>" % nodes)
    ids = [one for segment in bodies for one in segment.ids]
    entries = b"/Type/StructTreeRoot/K[%d 0 R]/ParentTree %d 0 R" % (_DOCUMENT, _PARENTS)
    entries += b"/ParentTreeNextKey %d" % (parents[-1][2] + 1)
    entries += b"/IDTree%s" % nametree.root(ids) if ids else b""
    front.put(_STRUCTURE, b"<<%s>>" % entries)


def _references(numbers: Iterable[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)


class BoundFile:
    """The file of all that was gathered; its segments are read one by one, as they are written."""

    def __init__(self, gathered: Sequence[Gathered]) -> None:
        self._gathered = gathered

    def __iter__(self) -> Iterator[bytes]:
        """The bytes of the file, with its cross reference stream (7.5.8) at the end."""
        yield _HEADER
        size, whole = len(_HEADER), hashlib.sha256(_HEADER)
        index, table = [b"0 1"], segments.Stream()
        table.write(ENTRY.pack(0, 0, 0xFFFF))
        for segment, read in self._gathered:
            data = read()
            yield data
            index.append(b"%d %d" % (segment.first, segment.end - segment.first))
            table.write(segment.table_at(size))
            whole.update(data)
            size += len(data)
        number = max(segment.end for segment, _ in self._gathered)
        index.append(b"%d 1" % number)
        table.write(ENTRY.pack(1, size, 0))
        digest = whole.hexdigest()[:32].encode()
        widths = b" ".join(b"%d" % width for width in (1, 4, 2))
        entries = b"/Type/XRef/Size %d/W[%s]/Index[%s]/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]" % (
            number + 1, widths, b" ".join(index), _CATALOG, _INFO, digest, digest,
        )  # fmt: skip
        yield segments.standing(number, table.thing(entries))
        yield b"startxref\n%d\n%%%%EOF\n" % size
