"""The printed book, from its drafts to bound pages; ``book.render.pdf`` says in which steps."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from book.base.codes import finding
from book.base.data import replace
from book.base.errors import BoundsError
from book.base.fonts import font_css
from book.base.pagesizes import css_size, millimetres
from book.base.paths import digest
from book.base.progress import QUIET
from book.cache.bounded import bounded
from book.cache.memo import memo
from book.cache.pool import MEMORY
from book.cache.store import Nothing, Store, packed, unpacked
from book.model import Book, Finding, Pages, Place, Product
from book.render.blame import retried
from book.render.pdf.audit import audit
from book.render.pdf.compromises import PrintedCompromise, told
from book.render.pdf.draft.margins import without_margin_boxes
from book.render.pdf.draft.pieces import COVER, Draft, Looks, drafts, names
from book.render.pdf.draft.variables import written_out
from book.render.pdf.file.bind import bind
from book.render.pdf.file.metadata import of_volume
from book.render.pdf.folios import Folios, style_of
from book.render.pdf.jobs import set_all, work
from book.render.pdf.paginate import paginate
from book.render.pdf.record import Piece, PieceJob, Placed, Sheet, Stored, stored
from book.words.digits import digits_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from book.base.fonts import FontFile
    from book.base.progress import Progress
    from book.theme.theme import Theme

#: So long a chapter may take that is set alone, to see which rule it fails of.
_SECONDS = 300
#: Page numbers settle in two rounds; a number that changes its own page's breaks may take more.
_ROUNDS = 6


class Volume(Struct, frozen=True):
    """The printed book, typeset but not bound; ``fonts`` finds font files by their SHA-256."""

    book: Book
    placed: tuple[Placed, ...]
    folios: tuple[Stored | None, ...]
    pages: Pages
    fonts: Mapping[str, FontFile]
    store: Store
    findings: tuple[Finding, ...]


#: The style sheet of print, and the built-in one alone if the book has more; the fonts of its text;
#: and the files that it names with their SHA-256.
_Look = tuple[tuple[str, str], Looks, tuple[tuple[str, str], ...]]


def set_volume(book: Book, theme: Theme, store: Store, progress: Progress) -> Volume:
    """Set the whole book; pieces that ``store`` keeps are not set again.

    Raises TypesetterError if a piece can't be set, not even in the built-in theme.
    """
    css, spare = _sheets(book, theme, store)
    files = theme.served
    look = (css, spare), Looks.of(theme), files
    placed, pages, findings = _settled(book, look, store, progress)
    if failed := next((one.sheet.name for one in placed if one.piece.record.failed), ""):
        less, found = _without_failing(book, theme, failed, pages, files)
        if less != theme:
            volume = set_volume(book, less, store, progress)
            return replace(volume, findings=(*volume.findings, *found))
    style = style_of(book, css, files, len(pages.labels), spare)
    folios = Folios(style, store, progress).of(placed)
    findings = (*audit(book, theme, placed, folios, pages.labels), *findings)
    fonts = theme.found(book.root)
    return Volume(book, placed, folios, pages, fonts, store, findings)


def _settled(
    book: Book, look: _Look, store: Store, progress: Progress
) -> tuple[tuple[Placed, ...], Pages, tuple[Finding, ...]]:
    """The pieces in their places, set until no page number changes any more."""
    css, looks, files = look
    bare = _bare(css[0], store), _bare(css[1], store)
    found: dict[str, tuple[Sheet, Stored]] = {}
    pages = Pages((), {})
    for _ in range(_ROUNDS):
        # A piece that cites no page is as it was in the round before.
        same = {name for name, (sheet, _) in found.items() if not sheet.cites_pages}
        new = drafts(book, pages, store, looks, same)
        jobs = ((draft.sheet, _job(draft, book, bare, files)) for draft in new)
        found |= _set(jobs, len(names(book)) - len(same), store, progress)
        placed, numbered = paginate((found[name] for name in names(book)), digits_of(book.config))
        if numbered == pages:
            return placed, pages, ()
        pages = numbered
    return placed, pages, (_unsettled(),)


def compromises_of(volume: Volume) -> tuple[PrintedCompromise, ...]:
    """What the pages of ``volume`` give in to, the worst page first."""
    return told(volume.book, volume.placed, volume.pages.labels)


def bound(volume: Volume) -> Product:
    """The bound PDF of ``volume``; its parts raise :class:`book.cache.store.VanishedError`."""
    book = volume.book
    parts = bind(book, of_volume(book), volume.placed, volume.folios, volume.fonts, volume.store)
    return Product("pdf", parts, len(volume.pages.labels), volume.findings)


def cover(book: Book, theme: Theme, store: Store) -> tuple[str, Callable[[], bytes]]:
    """What the cover of ``book`` depends on, and a function that gives a PDF of it alone.

    A piece that ``store`` keeps is not set again.
    """
    css, spare = _sheets(book, theme, store)
    bare = _bare(css, store), _bare(spare, store)
    others = {name for name in names(book) if name != COVER}
    looks = Looks.of(theme)
    made = drafts(book, Pages((), {}), store, looks, others)
    jobs = [(draft.sheet, _job(draft, book, bare, theme.served)) for draft in made]

    def bound_alone() -> bytes:
        sheet, piece = _set(jobs, 1, store, QUIET)[COVER]
        placed, fonts = (Placed(sheet, piece, 0, 1),), theme.found(book.root)
        return b"".join(bind(book, of_volume(book), placed, (None,), fonts, store))

    return jobs[0][1].key(), bound_alone


def style_sheet(book: Book, theme: Theme) -> str:
    """The whole style sheet of print: fonts, the page's size, the theme."""
    size = book.config.pdf.size
    width, _ = millimetres(size)
    page = f"@page {{ size: {css_size(size)} }} :root {{ --page-width: {width}mm }}"
    return f"{font_css(theme.faces)}{page}\n{theme.css('print')}"


def _without_failing(
    book: Book, theme: Theme, name: str, pages: Pages, files: tuple[tuple[str, str], ...]
) -> tuple[Theme, tuple[Finding, ...]]:
    """``theme`` without the rules that make the typesetter fail at the piece of that ``name``."""
    kept = Nothing(book.root)
    made = drafts(book, pages, kept, Looks.of(theme))
    draft = next(one for one in made if one.sheet.name == name)

    def attempt(some: Theme) -> str:
        css = _bare(_css(book, some, kept), kept)
        try:
            bounded(partial(work, _job(draft, book, (css, ""), files), kept), _SECONDS, MEMORY)
        except BoundsError as problem:
            return str(problem)
        return ""

    return retried(theme, attempt, "tokens", "print")


def _sheets(book: Book, theme: Theme, store: Store) -> tuple[str, str]:
    """The style sheet of print, and the built-in one alone if the book has more."""
    plain = theme.without({rule.place for rule in theme.rules("tokens", "print")})
    return _css(book, theme, store), "" if plain == theme else _css(book, plain, store)


def _css(book: Book, theme: Theme, store: Store) -> str:
    css = style_sheet(book, theme)
    return memo(store, "css", str, (css,), lambda: written_out(css))


def _bare(css: str, store: Store) -> str:
    return memo(store, "bare css", str, (css,), lambda: without_margin_boxes(css))


def _job(
    draft: Draft, book: Book, css: tuple[str, str], files: tuple[tuple[str, str], ...]
) -> PieceJob:
    images = tuple((src, digest(book.root, src)) for src in draft.images)
    name, root = draft.sheet.name, str(book.root.absolute())
    return PieceJob(name, draft.text, css[0], files, root, draft.notes, images, css[1])


def _set(
    jobs: Iterable[tuple[Sheet, PieceJob]], count: int, store: Store, progress: Progress
) -> dict[str, tuple[Sheet, Stored]]:
    """The pieces of ``jobs`` by their names, from the store or newly set; so many they are."""
    found: dict[str, tuple[Sheet, Stored]] = {}
    open_sheets: dict[str, Sheet] = {}

    def missing() -> Iterator[tuple[str, PieceJob]]:
        for sheet, job in jobs:
            name = job.key()
            piece = unpacked(store.get(name), Stored)
            if piece and store.has(piece.leaves):
                found[sheet.name] = sheet, piece
            else:
                open_sheets[name] = sheet
                yield name, job

    def finished(name: str, pieces: tuple[Piece, ...]) -> None:
        sheet, piece = open_sheets[name], stored(pieces[0], store)
        store.put(name, packed(piece))
        found[sheet.name] = sheet, piece
        progress.step("pages", len(found), count)

    set_all(missing(), store, finished)
    return found


def _unsettled() -> Finding:
    return finding(
        "T003",
        Place("book.toml"),
        f"Page numbers in the text had not settled after {_ROUNDS} rounds.",
        "A number in print may be off by one; change a line near a page's end.",
    )
