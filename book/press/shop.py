"""The two files that a print shop or a service takes: the pages, and the cover as one sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING

from book.base.codes import finding
from book.base.identity import isbn13, made
from book.base.pagesizes import millimetres
from book.base.paths import content, is_inside
from book.model import Place, Product
from book.press import x4
from book.press.colour import Press, tokens
from book.press.errors import PressError
from book.press.paper import BULK, MM, OFFICE, length
from book.press.pictures import coarse
from book.press.services import SERVICES, Service, page_thickness, refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from book.cache.store import Store
    from book.model import Book, Finding, PressWish
    from book.render.pdf.volume import Volume
    from book.theme.theme import Theme

#: What most shops want over the edge, in millimetres.
_BLEED = 3.0
_HERE = Place("book.toml")
#: Sets the book with so much bleed (in millimetres) and at least such inner margins.
Setter = Callable[[float, Callable[[int], float]], "Volume"]


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for, with all that follows from it; lengths are in millimetres."""

    service: Service | None
    press: Press
    bleed: float
    cover_bleed: float
    page: float
    size: tuple[float, float]

    @property
    def marks(self) -> bool:
        """Whether it is marked where to cut; all services refuse such files."""
        return self.service is None

    def spine(self, pages: int) -> float:
        """How wide the spine of a book of so many pages is."""
        return pages * self.page

    def least_inner(self, pages: int) -> float:
        """The least inner margin of a book of so many pages."""
        return self.service.least_inner(pages) if self.service else 0.0


def ordered(book: Book, theme: Theme, wish: PressWish) -> Order:
    """What ``[press]`` and the ``wish`` before it ask for; raises PressError if that can't be."""
    table = book.config.press
    name = wish.service or table.service
    service = SERVICES[name] if name else None
    own = length(table.bleed) / MM if table.bleed else None
    whole = service.bleed if service else _BLEED
    page = length(table.leaf) / MM / 2 if table.leaf else page_thickness(service, table.paper)
    if page is None and service:
        raise PressError(
            f"How thick the paper of {service.name} is, no source says. Its calculator tells the "
            "spine's width: divide it by the number of leaves, and write that as `leaf` in [press]."
        )
    profile = wish.profile or _profile(book)
    return Order(
        service,
        Press(profile, tokens(theme.css("print"))),
        own if own is not None else 0.0 if service else _BLEED,
        own if own is not None else whole,
        OFFICE * BULK / 1000 / 2 if page is None else page,
        millimetres(book.config.pdf.page_size),
    )


def _profile(book: Book) -> bytes:
    name = book.config.press.profile
    if not name:
        raise PressError(
            "No press is named. Say for which inks and paper to convert: an ICC profile, as "
            "`--icc FILE` or as `profile` in [press]. docs/print.md says where free ones are."
        )
    data = content(book.root, name) if is_inside(book.root / name, book.root) else None
    if data is None:
        raise PressError(f"There is no profile {name} in the book's folder.")
    return data


def interior(book: Book, order: Order, setter: Setter) -> Product:
    """The pages without the cover, as PDF/X-4; raises PressError."""
    import pikepdf

    from book.render import pdf as printed

    volume = setter(order.bleed, order.least_inner)
    with pikepdf.open(BytesIO(printed.bound(volume).data)) as pdf:
        first = _first(volume)
        found = tuple(_coarse(book, volume, pdf))
        del pdf.pages[:first]
        _fill_up(pdf, order)
        count = len(pdf.pages)
        shape = x4.Edges(
            order.bleed * MM,
            order.marks,
            outside=bool(order.service and order.service.name in _OUTSIDE),
            rightward=printed_rightward(pdf),
        )
        data = x4.finish(pdf, order.press, order.bleed * MM, shape, _about(book))
    findings = (*volume.findings, *found, *_objections(order, count))
    return Product("interior", (x4.checked(data),), count, findings)


#: They want no bleed at the spine.
_OUTSIDE = {"Amazon KDP", "IngramSpark"}


def printed_rightward(pdf: object) -> bool:
    """Whether the book is bound on the right."""
    import pikepdf

    from book.press.impose import reads_rightward

    return isinstance(pdf, pikepdf.Pdf) and reads_rightward(pdf)


def pages_of(volume: Volume, order: Order) -> int:
    """How many pages the interior of ``volume`` has."""
    count = len(volume.pages.labels) - _first(volume)
    blank = bool(order.service and order.service.blank)
    return ceil((count + blank) / 2) * 2


def _first(volume: Volume) -> int:
    """The first page behind the cover, which is a file of its own."""
    return volume.placed[1].first if len(volume.placed) > 1 else 0


def _fill_up(pdf: object, order: Order) -> None:
    """Add blank pages, so that the book ends on a left page; an empty one if that is asked for."""
    import pikepdf

    if not isinstance(pdf, pikepdf.Pdf):
        return
    box = [float(one) for one in pdf.pages[-1].mediabox]
    add = int(bool(order.service and order.service.blank))
    add += (len(pdf.pages) + add) % 2
    for _ in range(add):
        page = pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=box)
        pdf.pages.append(pikepdf.Page(page))


def cover(book: Book, theme: Theme, order: Order, volume: Volume, store: Store) -> Product:
    """The cover as one sheet, as PDF/X-4; raises PressError."""
    import pikepdf

    from book.render.wrap import Panels, wrap

    pages = pages_of(volume, order)
    panels = Panels(*order.size, round(order.spine(pages), 3), order.cover_bleed)
    lettered = order.service is None or pages >= order.service.lettered
    made = wrap(book, theme, panels, store, lettered=lettered)
    with pikepdf.open(BytesIO(made.data)) as pdf:
        shape = x4.Edges(order.cover_bleed * MM, order.marks)
        bleed = order.cover_bleed * MM
        data = x4.finish(pdf, order.press, bleed, shape, _about(book))
    return Product("cover", (x4.checked(data),), 1, tuple(_of_cover(book, made.over)))


def _of_cover(book: Book, over: float) -> Iterator[Finding]:
    if over > 0:
        message = f"The description is {over:.0f} mm too long for the back of the cover."
        yield finding("T021", _HERE, message, "Shorten `description` in [book].")
    if not isbn13(book.config.pdf.isbn):
        hint = "Write `isbn` in [pdf]; a service that gives you one puts its bar code there."
        yield finding("T021", _HERE, "Without an ISBN the cover has no bar code.", hint)


def _objections(order: Order, pages: int) -> Iterator[Finding]:
    if order.service:
        hint = "Another `page-size` in [pdf], another service, or another book; see docs/print.md."
        for one in refused(order.service, order.size, pages):
            yield finding("T021", _HERE, f"{one}.", hint)


def _coarse(book: Book, volume: Volume, pdf: object) -> Iterator[Finding]:
    """T020 for each picture that has too few dots, at its place in the chapter if it is found."""
    import pikepdf

    if not isinstance(pdf, pikepdf.Pdf):
        return
    seen: set[tuple[str, tuple[int, int]]] = set()
    for page, size, dots in coarse(pdf):
        piece = next(one for one in reversed(volume.placed) if one.first <= page)
        chapter = book.by_slug.get(piece.sheet.name)
        if (piece.sheet.name, size) in seen:
            continue
        seen.add((piece.sheet.name, size))
        place = next((one.place for one in chapter.images), _HERE) if chapter else _HERE
        label = volume.pages.labels[page] or str(page + 1)
        message = (
            f"A picture of {size[0]} by {size[1]} dots is printed with {dots:.0f} to the inch, "
            f"on page {label}."
        )
        hint = "A press wants 300 to the inch: use a larger one, or print it smaller (`width`)."
        yield finding("T020", place, message, hint)


def _about(book: Book) -> x4.About:
    from book import __version__

    table = book.config.book
    title = f"{table.title}: {table.subtitle}" if table.subtitle else table.title
    moment = made(book).isoformat().replace("+00:00", "Z")
    return x4.About(title, f"Chapbook {__version__}", moment)
