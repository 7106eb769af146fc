"""What a print shop or a service would send back, or print otherwise than meant: T020 and T021.

What ``book.toml`` alone tells is said by every build and check of a book that names a service; what
hangs on its pages is said where they are made for the press.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from book.base.codes import finding
from book.base.identity import isbn13
from book.base.pagesizes import millimetres
from book.base.paths import content, is_inside
from book.model import Place
from book.press.colour import is_profile
from book.press.errors import PressError
from book.press.flat import transparent
from book.press.paper import MM, length
from book.press.pictures import shown, which
from book.press.reach import Margins, reaching
from book.press.services import SERVICES, page_thickness, refused, unknown_size
from book.read.settings import places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pikepdf

    from book.model import Book, Chapter, Finding, PressWish
    from book.press.pictures import PrintedPicture
    from book.press.services import Service
    from book.render.pdf.volume import Volume

_HAIR = 0.1
_DIVIDE = (
    "Divide the spine that its calculator tells by the number of leaves, and write that as `leaf`."
)
_FINER = "A press wants 300 to the inch: use a larger one, or print it smaller (`width`)."


def judged(book: Book, wish: PressWish) -> Iterator[Finding]:
    """T021: what is wrong with ``[press]`` and the ``wish`` before it, without a page of the book.

    Nothing is said of a book that is for no service and no press.
    """
    table, place = book.config.press, places(book.root)
    if not (table.service or table.profile or wish.service or wish.profile):
        return
    service = SERVICES.get(wish.service or table.service)
    if table.profile and not wish.profile and not _is_usable(book, table.profile):
        message = f"{table.profile} is no ICC profile of cyan, magenta, yellow and black."
        hint = "Ask the shop which it wants; docs/print.md says where free ones are."
        yield finding("T021", place(("press", "profile")), message, hint)
    for key, problem in _unfit(book, service):
        yield finding("T021", place(("press", key)), problem, "docs/print.md says what each takes.")
    if service:
        if book.config.pdf.binding in {"saddle", "spiral"}:
            message = f"What is known here of {service.name} is for books that are glued."
            hint = 'Write `binding = "perfect"`, or make the cover by the service\'s own template.'
            yield finding("T021", place(("pdf", "binding")), message, hint)
        size = millimetres(book.config.pdf.size)
        for one in unknown_size(service, size):
            hint = "Take another `page-size`, or another service."
            yield finding("T021", place(("pdf", "page-size")), f"{one}.", hint)
    if not isbn13(book.config.pdf.isbn):
        hint = "Write `isbn` in [pdf]; a service that gives you one puts its bar code there."
        message = "Without an ISBN the cover has no bar code."
        yield finding("T021", place(("press",)), message, hint)


def _is_usable(book: Book, name: str) -> bool:
    data = content(book.root, name) if is_inside(book.root / name, book.root) else None
    return data is not None and is_profile(data)


def _unfit(book: Book, service: Service | None) -> Iterator[tuple[str, str]]:
    """The keys of ``[press]`` whose values can't be used, and why."""
    table = book.config.press
    for key, text in (("leaf", table.leaf), ("bleed", table.bleed)):
        try:
            found = length(text) / MM if text else 0.0
        except PressError as problem:
            yield key, str(problem)
            continue
        other = service and key == "bleed" and found and abs(found - service.bleed) > _HAIR
        if service and other:
            message = f"{service.name} takes a bleed of {service.bleed:.4g} mm, not of {found:.4g}."
            yield key, message
    try:
        thick = page_thickness(service, table.paper)
    except PressError as problem:
        yield "paper", str(problem)
    else:
        if service and thick is None and not table.leaf:
            message = f"How thick the paper of {service.name} is, no source says."
            yield "leaf", f"{message} {_DIVIDE}"


def of_count(service: Service | None, pages: int) -> Iterator[Finding]:
    """T021: the service binds no book of so many ``pages``."""
    for one in refused(service, pages) if service else ():
        hint = "Another service, or another book; see docs/print.md."
        yield finding("T021", Place("book.toml"), f"{one}.", hint)


def of_pictures(
    book: Book, volume: Volume, pdf: pikepdf.Pdf, first: int, *, flat: bool
) -> Iterator[Finding]:
    """T020 for each picture of too few dots; T021 for what is transparent and may not be.

    The pages of ``pdf`` are those of ``volume`` from ``first`` on.
    """
    seen = set[tuple[Place, tuple[int, int]]]()
    for name, some in groupby(shown(pdf), key=lambda one: _piece(volume, one.page + first)):
        for one, file, place in _placed(book, book.by_slug.get(name), list(some)):
            if one.coarse and (place, one.size) not in seen:
                seen.add((place, one.size))
                on = f"on page {_label(volume, one.page + first)}"
                yield finding("T020", place, _too_coarse(file, one, on), _FINER)
    for page in transparent(pdf) if flat else ():
        message = f"Something on page {_label(volume, page + first)} is transparent."
        hint = "This service wants nothing transparent: save the picture on white, or change"
        chapter = book.by_slug.get(_piece(volume, page + first))
        place = Place(chapter.path if chapter else "book.toml")
        yield finding("T021", place, message, f"{hint} the style.")


def of_cover(book: Book, pdf: pikepdf.Pdf) -> Iterator[Finding]:
    """T020 for a cover of the author's own with too few dots."""
    place = places(book.root)(("book", "cover"))
    for one in shown(pdf):
        if one.coarse and book.config.book.cover:
            message = _too_coarse(book.config.book.cover, one, "on the cover")
            yield finding("T020", place, message, _FINER)


def _placed(
    book: Book, chapter: Chapter | None, some: Sequence[PrintedPicture]
) -> Iterator[tuple[PrintedPicture, str, Place]]:
    """Each picture of a piece with the name of its file and its place, as far as they are known."""
    images = chapter.images if chapter else ()
    for one, image in zip(some, which(book.root, images, some), strict=True):
        where = Place(chapter.path if chapter else "book.toml")
        yield one, image.src if image else "", image.place if image else where


def _too_coarse(file: str, one: PrintedPicture, on: str) -> str:
    size = f"{one.size[0]} by {one.size[1]} dots"
    what = f"{file}, of {size}," if file else f"A picture of {size}"
    return f"{what} is printed with {one.dots:.0f} to the inch, {on}."


def of_margins(
    book: Book, volume: Volume, pdf: pikepdf.Pdf, first: int, service: Service, margins: Margins
) -> Iterator[Finding]:
    """T021 for each chapter that prints nearer to an edge than ``service`` takes, or to it.

    The pages of ``pdf`` are those of ``volume`` from ``first`` on.
    """
    found = reaching(pdf, margins)
    for name, some in groupby(found, key=lambda one: _piece(volume, one.page + first)):
        chapter = book.by_slug.get(name)
        place = Place(chapter.path if chapter else "book.toml")
        near = list(some)
        beyond = [one.page for one in near if not one.apart]
        if beyond and not margins.bleed:
            pages = _listed(volume, [page + first for page in beyond])
            message = f"On {pages} something goes to the edge, but the pages have no bleed."
            hint = f'Write `bleed = "{service.bleed:.4g}mm"` in [press], or keep it off the edge.'
            yield finding("T021", place, message, hint)
        near = [one for one in near if one.apart]
        if near:
            worst = min(near, key=lambda one: one.apart)
            pages = _listed(volume, [one.page + first for one in near])
            message = f"On {pages} something is printed {worst.apart:g} mm from an edge."
            hint = (
                f"{service.name} wants {margins.outer:.4g} mm to be free, and {margins.inner:.4g} "
                "at the spine: make it narrower, or change `--inner` and `--outer`."
            )
            yield finding("T021", place, message, hint)


def _piece(volume: Volume, page: int) -> str:
    return next(one.sheet.name for one in reversed(volume.placed) if one.first <= page)


def _label(volume: Volume, page: int) -> str:
    """What is printed on a page as its number, or its place in the file."""
    labels = volume.pages.labels
    return (labels[page] if page < len(labels) else "") or str(page + 1)


def _listed(volume: Volume, pages: Iterable[int]) -> str:
    """At most three pages, and how many there are besides."""
    labels = [_label(volume, page) for page in dict.fromkeys(pages)]
    more = f" and {len(labels) - 3} more" if len(labels) > 3 else ""
    return f"page{'s' * (len(labels) > 1)} {', '.join(labels[:3])}{more}"
