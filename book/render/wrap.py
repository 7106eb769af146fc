"""The cover as one sheet: back, spine and front, as it is folded around the book.

The front is the book's cover, its ground goes around. The back has the description, the price and
the bar code; the spine is lettered from the head to the foot (ISO 6357).
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from lxml import etree
from markupsafe import Markup

from book import figures
from book.base.identity import isbn13, made
from book.base.paths import digest
from book.base.scripts import direction
from book.base.text import paragraphs
from book.figures.barcode import HEIGHT, WIDTH, ean13
from book.render.html import cover_image
from book.render.pdf import prepare, set_sheet
from book.theme.templates import environment

if TYPE_CHECKING:
    from book.cache.store import Store
    from book.model import Book
    from book.theme.theme import Theme

_MM = 96 / 25.4
#: A spine narrower than this has no words, in millimetres.
_NARROW = 5.0
#: The bar code is so far from the spine and from the foot.
_ASIDE = 6.35
#: How thick the axis of the drawn cover is, in its own units, 1600 to the width.
_AXIS = 3.0
#: The words on the back, in points; and how far they stay off the axis.
_SIZES, _OFF = (11.5, 10.5, 9.5, 8.5, 7.5), 8.0


@dataclass(frozen=True, slots=True)
class Panels:
    """The measures of the sheet in millimetres: of a panel, of the spine, of what is cut off."""

    width: float
    height: float
    spine: float
    bleed: float


@dataclass(frozen=True, slots=True)
class Wrapped:
    """The sheet as a PDF, and by how many millimetres the words on the back are too long."""

    data: bytes
    over: float


def wrap(book: Book, theme: Theme, panels: Panels, store: Store, *, lettered: bool) -> Wrapped:
    """The cover of ``book`` as one sheet of ``panels``; words are on its spine if ``lettered``."""
    prepare()
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from book.base.fonts import font_css
    from book.render.fetch import BOOK_URL, BookFetcher

    own = [(one, digest(book.root, one)) for one in (book.config.book.cover,) if one]
    fonts, fetcher = FontConfiguration(), BookFetcher(book.root, (*theme.served, *own))
    values = _values(book, panels, lettered=lettered)
    tokens = theme.css("handout").partition("@page")[0]
    sheet = (files("book") / "theme" / "styles" / "wrap.css").read_text("utf-8")
    size = (
        f"@page {{ size: {2 * panels.width + panels.spine}mm {panels.height}mm; margin: 0;"
        f" bleed: {panels.bleed}mm; background: {values['ground']} }}"
    )
    given: Any = {"base_url": BOOK_URL, "url_fetcher": fetcher, "font_config": fonts}
    css = CSS(string=font_css(theme.faces) + tokens + sheet + size, **given)
    del given["font_config"]

    def laid(points: float) -> tuple[Any, float, float]:
        """The sheet, where the words end on it, and by how much they are too long."""
        text = environment().get_template("wrap.html").render(values, points=points)
        html = HTML(string=text, **given)
        made = html.render(stylesheets=[css], font_config=fonts, output_intent="srgb")
        at = {name: float(place[1]) / _MM for name, place in made.pages[0].anchors.items()}
        return made, at["back-end"], at["back-end"] - at["back-room"]

    for points in _SIZES:
        document, end, over = laid(points)
        if over <= 0:
            break
    if values["axis"] and end > values["axis"] - _OFF:
        values["axis"] = 0  # It would go through the words.
        document, end, over = laid(points)
    return Wrapped(set_sheet(document, book, store), max(over, 0.0))


def _values(book: Book, panels: Panels, *, lettered: bool) -> dict[str, Any]:
    table = book.config.book
    wide, high = panels.width + panels.bleed, panels.height + 2 * panels.bleed
    if table.cover:
        front = cover_image(book, table.cover, f"width: {wide}mm; height: {high}mm")
    else:
        front = figures.cover_svg(book, width=wide, height=high, unit="mm")
    ground, ink, axis = _colours(front)
    isbn = isbn13(book.config.pdf.isbn)
    turned = direction(table.language) == "rtl"  # The front is then at the left of the spine.
    beyond = panels.width + panels.spine
    back = beyond if turned else 0.0
    aside = _ASIDE if turned else panels.width - _ASIDE - WIDTH
    return {
        "book": table,
        "authors": table.by,
        "date": made(book).isoformat().replace("+00:00", "Z"),
        "front": Markup(front),
        "ground": ground,
        "ink": ink,
        "axis": max((axis - _AXIS / 2) / 1600 * wide - panels.bleed, 0.0),
        "axis_high": _AXIS / 1600 * wide,
        "panels": panels,
        "described": paragraphs(table.description),
        "price": book.config.press.price,
        "code": Markup(ean13(isbn, book.config.pdf.isbn)) if isbn else "",
        "code_size": (WIDTH, HEIGHT),
        "aside": _ASIDE,
        "turned": turned,
        "front_x": -panels.bleed if turned else beyond,
        "back_x": back,
        "code_x": back + aside,
        "price_x": back + (15 + WIDTH if turned else 15),
        "room": panels.height - _ASIDE - (HEIGHT if isbn else 8) - 6,
        "lettered": lettered and panels.spine >= _NARROW,
        "spine_size": min(panels.spine * 0.5 / 25.4 * 72, 14.0),
    }


def _colours(front: str) -> tuple[str, str, float]:
    """The ground of a drawn cover, the colour of its lines, and the height of its axis in it."""
    root = etree.fromstring(front.encode())
    ground = next(root.iter("{*}rect"), None)
    axis = next(root.iter("{*}line"), None)
    if ground is None or axis is None:
        return "#ffffff", "#000000", 0.0
    return ground.get("fill", "#fff"), axis.get("stroke", "#000"), float(axis.get("y1", "0"))
