"""The printed book: pieces typeset by WeasyPrint, folios laid over them, bound.

1. ``draft/``    the book becomes the XHTML of its pieces (``pieces``, ``marks``, ``finish``) and
   the style sheets of text and folios (``margins``, ``variables``)
2. ``jobs``      each piece that is not in the store is set in a process of a pool; ``engine/`` is
   all of WeasyPrint: ``typeset`` sets runs of pages (``runs``, ``stretches``, ``layout``), with
   their notes (``notes``), lines (``whole``, over the fitting of ``paragraphs/``; ``lines``,
   ``heads``, ``register``, ``hyphens``) and tags (``tags``, over the tree of ``structure/``), and
   ``export`` hands them over as objects
3. ``paginate``  the pieces' records give every place its page; if numbers in the text changed,
   the pieces that print them are set again, until none does
4. ``folios``    page numbers and running heads are set on pages of their own
5. ``file/``     objects become segments, and ``bind`` makes one file of these with all that
   leads through it
6. ``audit``     what is not as it should be becomes a finding

``volume`` takes these steps, and ``binding`` takes them until the gutter is that of so many pages.
This package's functions are its public face; each imports what it needs when it is called, since a
pool's processes need only some of it, and a build may need none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from book.base.progress import Progress
    from book.cache.store import Store
    from book.model import Book, Product
    from book.render.pdf.compromises import PrintedCompromise
    from book.render.pdf.volume import Volume
    from book.theme.theme import Theme


def set_volume(
    book: Book,
    theme: Theme,
    store: Store,
    progress: Progress,
    least: Callable[[int], float] = lambda _: 0.0,
    outer: float = 0.0,
) -> Volume:
    """The printed book, typeset; pieces that ``store`` keeps are not set again.

    ``least`` is the least inner margin of a book of so many pages, and ``outer`` that of the
    others, in millimetres.
    """
    from book.render.pdf import binding

    return binding.set_bound(book, theme, store, progress, least, outer)


def bound(volume: Volume) -> Product:
    """The bound PDF; its parts raise :class:`book.cache.store.VanishedError`."""
    from book.render.pdf.volume import bound

    return bound(volume)


def compromises_of(volume: Volume) -> tuple[PrintedCompromise, ...]:
    """What the pages of ``volume`` give in to, by page and place, the worst page first."""
    from book.render.pdf.volume import compromises_of

    return compromises_of(volume)


def cover(book: Book, theme: Theme, store: Store) -> tuple[str, Callable[[], bytes]]:
    """What the printed cover depends on, and a function that gives a PDF of it alone."""
    from book.render.pdf.volume import cover

    return cover(book, theme, store)


def prepare() -> None:
    """Make WeasyPrint ready in this process, as the book is set by it; it may be imported then.

    Raises :class:`book.base.errors.UnusableError` if it is not the one that we know.
    """
    from book.render.pdf.engine import prepare

    prepare()


def set_sheet(document: Any, book: Book, store: Store) -> bytes:
    """The tagged PDF of a document of ``book`` that stands by itself, its handout.

    WeasyPrint, made ready by :func:`prepare`, has laid it out.
    """
    from book.render.pdf.file.metadata import of_handout
    from book.render.pdf.single import bound_alone

    return bound_alone(document, book, of_handout(book), "handout", store)


def set_specimen(book: Book, theme: Theme, pictures: Mapping[str, str]) -> str:
    """Why ``book``, a small one, can't be used as ``theme`` sets it; empty if it can.

    ``pictures`` are addresses in place of its images. Raises whatever the typesetter raises.
    """
    from book.render.pdf import specimen

    return specimen.set_specimen(book, theme, pictures)


def remarks(sheets: Sequence[str], root: str) -> list[tuple[str, ...]]:
    """What WeasyPrint says of each of these ``sheets`` of the book in ``root`` as it reads them."""
    from book.render.pdf.engine.typeset import remarks

    return remarks(sheets, root)
