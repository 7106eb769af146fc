"""The two files that a print shop or a service takes: the pages, and the cover as one sheet."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING

from msgspec import Struct

from book import __version__
from book.base.codes import finding
from book.base.identity import made
from book.base.pagesizes import millimetres
from book.base.paths import content, is_inside
from book.model import Product
from book.press import judge, x4
from book.press.colour import Press, tokens
from book.press.errors import PressError
from book.press.impose import reads_rightward
from book.press.paper import BULK, MM, OFFICE, length
from book.press.reach import Margins
from book.press.services import SERVICES, Service, page_thickness
from book.read.settings import places
from book.render import pdf as printed
from book.render.wrap import Panels, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pikepdf

    from book.cache.store import Store
    from book.model import Book, Finding, PressWish
    from book.render.pdf.volume import Volume
    from book.render.wrap import Wrapped
    from book.theme.theme import Theme

#: What most shops want over the edge, in millimetres.
_BLEED = 3.0
#: Sets the book with so much bleed (in millimetres), and at least such margins: inner ones by the
#: count of pages, and the others.
Setter = Callable[[float, Callable[[int], float], float], "Volume"]


class Order(Struct, frozen=True):
    """What is asked for, with all that follows from it; lengths are in millimetres.

    The count of pages is a multiple of ``fold``.
    """

    service: Service | None
    press: Press
    bleed: float
    cover_bleed: float
    page: float
    glue: float
    size: tuple[float, float]
    fold: int = 2

    @property
    def marks(self) -> bool:
        """Whether it is marked where to cut; all services refuse such files."""
        return self.service is None

    def spine(self, pages: int) -> float:
        """How wide the spine of a book of so many pages is."""
        return pages * self.page + self.glue

    def least_inner(self, pages: int) -> float:
        """The least inner margin of a book of so many pages."""
        return self.service.least_inner(pages) if self.service else 0.0

    @property
    def least_outer(self) -> float:
        """The least of the other margins."""
        return self.service.outer if self.service else 0.0


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
    binding = "perfect" if service else book.config.pdf.binding
    if binding in {"saddle", "spiral"}:
        page = 0.0  # Sheets that are folded, or held by wire, have no spine.
    return Order(
        service,
        Press(profile, tokens(theme.css("print"))),
        own if own is not None else 0.0 if service else _BLEED,
        own if own is not None and not service else whole,
        OFFICE * BULK / 1000 / 2 if page is None else page,
        service.glue if service and not table.leaf else 0.0,
        millimetres(book.config.pdf.page_size),
        4 if binding == "saddle" else 2,
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

    volume = setter(order.bleed, order.least_inner, order.least_outer)
    service, first = order.service, _first(volume)
    # A press asks for finer pictures; they are looked at below.
    found = [one for one in volume.findings if one.code != "T020"]
    with pikepdf.open(BytesIO(printed.bound(volume).data)) as pdf:
        del pdf.pages[:first]
        _fill_up(pdf, order)
        count, rightward = len(pdf.pages), reads_rightward(pdf)
        found += judge.of_count(service, count)
        if service:
            free = Margins(order.least_inner(count), service.outer, order.bleed, rightward)
            found += judge.of_margins(book, volume, pdf, first, service, free)
        outside = bool(service and service.outside)
        shape = x4.Edges(order.bleed * MM, order.marks, outside, rightward)
        data = x4.finish(pdf, order.press, order.bleed * MM, shape, _about(book))
    flat = bool(service and service.flat)
    with pikepdf.open(BytesIO(data)) as pdf:
        found += judge.of_pictures(book, volume, pdf, first, flat=flat)
    return Product("interior", (x4.checked(data),), count, tuple(found))


def pages_of(volume: Volume, order: Order) -> int:
    """How many pages the interior of ``volume`` has."""
    count = len(volume.pages.labels) - _first(volume)
    blank = bool(order.service and order.service.blank)
    return ceil((count + blank) / order.fold) * order.fold


def _first(volume: Volume) -> int:
    """The first page behind the cover, which is a file of its own."""
    return volume.placed[1].first if len(volume.placed) > 1 else 0


def _fill_up(pdf: pikepdf.Pdf, order: Order) -> None:
    """Add blank pages, as leaves or folded sheets need them; an empty last one if asked for."""
    import pikepdf

    box = [float(one) for one in pdf.pages[-1].mediabox]
    add = int(bool(order.service and order.service.blank))
    add += -(len(pdf.pages) + add) % order.fold
    for _ in range(add):
        page = pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=box)
        pdf.pages.append(pikepdf.Page(page))


def cover(book: Book, theme: Theme, order: Order, volume: Volume, store: Store) -> Product:
    """The cover as one sheet, as PDF/X-4; raises PressError."""
    import pikepdf

    pages = pages_of(volume, order)
    panels = Panels(*order.size, round(order.spine(pages), 3), order.cover_bleed)
    lettered = order.service is None or pages >= order.service.lettered
    coded = bool(order.service and order.service.coded)
    made = wrap(book, theme, panels, store, lettered=lettered, coded=coded)
    with pikepdf.open(BytesIO(made.data)) as pdf:
        shape = x4.Edges(order.cover_bleed * MM, order.marks)
        bleed = order.cover_bleed * MM
        data = x4.finish(pdf, order.press, bleed, shape, _about(book))
    with pikepdf.open(BytesIO(data)) as pdf:
        found = (*_too_long(book, made), *judge.of_cover(book, pdf))
    return Product("cover", (x4.checked(data),), 1, found)


def _too_long(book: Book, made: Wrapped) -> Iterator[Finding]:
    """T021 for words that have no room on the cover."""
    place = places(book.root)
    if made.gone:
        message = f"The description is too long for the back: its last {made.gone} words are cut."
        hint = "Shorten `description` in [book]."
        yield finding("T021", place(("book", "description")), message, hint)
    if made.cut:
        message = "The title is too long for the spine, and is cut off there."
        hint = "Put a part of it into `subtitle`, which is on the front only."
        yield finding("T021", place(("book", "title")), message, hint)


def _about(book: Book) -> x4.About:
    table = book.config.book
    title = f"{table.title}: {table.subtitle}" if table.subtitle else table.title
    moment = made(book).isoformat().replace("+00:00", "Z")
    return x4.About(title, f"Chapbook {__version__}", moment)
