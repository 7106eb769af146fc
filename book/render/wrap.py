"""The cover as one sheet: back, spine and front, as it is folded around the book.

The front is the book's cover, its ground goes around. The back has the description, the price and
the bar code; the spine is lettered from the head to the foot (ISO 6357), so that it can be read
when the book lies on its back: of a book bound on the right the letters' feet are at the back, too.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

from lxml import etree
from markupsafe import Markup
from msgspec import Struct

from book import figures
from book.base.data import replace
from book.base.fonts import font_css
from book.base.identity import isbn13, made
from book.base.paths import digest
from book.base.scripts import direction
from book.base.text import paragraphs
from book.figures.barcode import HEIGHT, WIDTH, ean13
from book.render.html import cover_image
from book.render.pdf import prepare, set_sheet
from book.theme.templates import environment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from book.cache.store import Store
    from book.model import Book
    from book.theme.lettering import Lettering
    from book.theme.theme import Theme

_MM = 96 / 25.4
#: A spine narrower than this has no words, in millimetres.
_NARROW = 5.0
#: The bar code is so far from the spine and from the foot.
_ASIDE = 6.35
#: How thick the axis of the drawn cover is, in its own units, 1600 to the width.
_AXIS = 3.0
#: What stays free at the ends of the spine, in millimetres; the least points of words on it, and
#: how much smaller than their own size they may be.
_ENDS, _LEAST, _SMALLER = 12.0, 6.5, 0.6
#: The words on the back, in points; and how far they stay off the axis.
_SIZES, _OFF = (11.5, 10.5, 9.5, 8.5, 7.5), 8.0


class Panels(Struct, frozen=True):
    """The measures of the sheet in millimetres: of a panel, of the spine, of what is cut off."""

    width: float
    height: float
    spine: float
    bleed: float


class Wrapped(Struct, frozen=True):
    """The sheet as a PDF, and how many words of the description were left out, at its end.

    ``cut`` says that the title is too long for the spine, too.
    """

    data: bytes
    gone: int = 0
    cut: bool = False


class Spine(Struct, frozen=True):
    """How the spine is lettered: the points, and whether with the authors; or the title ``cut``."""

    size: float
    authors: bool = True
    cut: bool = False


def wrap(
    book: Book, theme: Theme, panels: Panels, store: Store, *, lettered: bool, coded: bool = False
) -> Wrapped:
    """The cover of ``book`` as one sheet of ``panels``; words are on its spine if ``lettered``.

    It is ``coded`` by a service where the book has no ISBN of its own: room is left for that.
    """
    prepare()
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from book.render.fetch import BOOK_URL, BookFetcher

    own = [(one, digest(book.root, one)) for one in (book.config.book.cover,) if one]
    fonts, fetcher = FontConfiguration(), BookFetcher(book.root, theme.served, own)
    values = _values(book, theme.lettering, panels, lettered=lettered, coded=coded)
    tokens = theme.css("handout").partition("@page")[0]
    sheet = (files("book") / "theme" / "styles" / "wrap.css").read_text("utf-8")
    size = (
        f"@page {{ size: {2 * panels.width + panels.spine}mm {panels.height}mm; margin: 0;"
        f" bleed: {panels.bleed}mm; background: {values['ground']} }}"
    )
    given: Any = {"base_url": BOOK_URL, "url_fetcher": fetcher, "font_config": fonts}
    css = CSS(string=font_css(theme.faces) + tokens + sheet + size, **given)
    del given["font_config"]

    def laid(points: float) -> tuple[Any, dict[str, float]]:
        """The sheet, and how far below its head its places are, in millimetres."""
        text = environment().get_template("wrap.html").render(values, points=points)
        html = HTML(string=text, **given)
        made = html.render(stylesheets=[css], font_config=fonts, output_intent="srgb")
        ends = {name: place[1] / _MM for name, place in made.pages[0].anchors.items()}
        return made, {"back-end": 4 * panels.height, **ends}  # There is no end below the sheet.

    document, gone = _settled(values, laid, panels.height)
    return Wrapped(set_sheet(document, book, store), gone, values["spine"].cut)


def _settled(
    values: dict[str, Any], laid: Callable[[float], tuple[Any, dict[str, float]]], height: float
) -> tuple[Any, int]:
    """The sheet with words that fit: smaller, then fewer; how many of the back's were left out.

    ``values`` are changed until they do.
    """
    size = _SIZES[0]
    document, at = laid(size)
    if "title-end" in at:
        fitted = _fitted(values["spine"], at["title-end"], at["spine-end"], height)
        if fitted != values["spine"]:
            values["spine"] = fitted
            document, at = laid(size)
    for smaller in _SIZES[1:]:
        if at["back-end"] > at["back-room"]:
            size = smaller
            document, at = laid(size)
    whole = values["described"]
    low, high = 0, _count(whole) * (at["back-end"] > at["back-room"])
    while high - low > 1:  # So many words fit, so many do not.
        values["described"] = _shortened(whole, (low + high) // 2)
        document, at = laid(size)
        fits = at["back-end"] <= at["back-room"]
        low, high = ((low + high) // 2, high) if fits else (low, (low + high) // 2)
    if high:
        values["described"] = _shortened(whole, low)
        document, at = laid(size)
    if values["axis"] and at["back-end"] > values["axis"] - _OFF:
        values["axis"] = 0  # It would go through the words.
        document, at = laid(size)
    return document, _count(whole) - low if high else 0


def _count(texts: Sequence[str]) -> int:
    return sum(len(one.split()) for one in texts)


def _shortened(texts: Sequence[str], count: int) -> list[str]:
    """The first ``count`` words of ``texts``, with an ellipsis."""
    kept: list[str] = []
    for text in texts:
        words = text.split()[:count]
        count -= len(words)
        if words:
            kept.append(" ".join(words))
    return [*kept[:-1], kept[-1].rstrip(" .,;:…") + " …"] if kept else []


def _fitted(spine: Spine, title: float, whole: float, height: float) -> Spine:
    """``spine`` with words as large as it has room for; they end so far from its head now.

    They may be smaller; else the authors go, and at last the title's end.
    """
    least = max(_LEAST, min(spine.size * _SMALLER, 9.0))
    for end, authors in ((whole, True), (title, False)):
        size = spine.size * min(1.0, (height - 2 * _ENDS) / (end - _ENDS))
        if size >= least:
            return replace(spine, size=round(size, 2), authors=authors)
    return Spine(round(min(spine.size, least), 2), authors=False, cut=True)


def _values(
    book: Book, lettering: Lettering, panels: Panels, *, lettered: bool, coded: bool
) -> dict[str, Any]:
    table = book.config.book
    wide, high = panels.width + panels.bleed, panels.height + 2 * panels.bleed
    if table.cover:
        front = cover_image(book, table.cover, f"width: {wide}mm; height: {high}mm")
    else:
        front = figures.cover_svg(book, lettering, width=wide, height=high, unit="mm")
    ground, ink, axis = _colours(front)
    isbn = isbn13(book.config.pdf.isbn)
    turned = direction(table.language) == "rtl"  # The front is then at the left of the spine.
    beyond = panels.width + panels.spine
    back = beyond if turned else 0.0
    aside = _ASIDE if turned else panels.width - _ASIDE - WIDTH
    lettered = lettered and panels.spine >= _NARROW
    foot = HEIGHT if isbn or coded else 8
    line = max((axis - _AXIS / 2) / 1600 * wide - panels.bleed, 0.0)
    return {
        "book": table,
        "authors": table.by,
        "date": made(book).isoformat().replace("+00:00", "Z"),
        "front": Markup(front),
        "ground": ground,
        "ink": ink,
        "axis": line if line < panels.height - _ASIDE - foot - _OFF else 0,
        "axis_high": _AXIS / 1600 * wide,
        "axis_wide": panels.bleed + panels.width + (0 if lettered else panels.spine),
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
        "room": panels.height - _ASIDE - foot - 6,
        "lettered": lettered,
        "spine": Spine(_spine_size(panels.spine)),
        "spine_room": panels.height - 2 * _ENDS,
    }


def _spine_size(spine: float) -> float:
    """The points of the words on a ``spine`` of so many millimetres.

    Half of a thin one, three eighths of a thick one, and no larger than a title on its page.
    """
    points = spine / 25.4 * 72
    return round(min(max(points * 0.38, min(points * 0.5, 9.0)), 26.0), 2)


def _colours(front: str) -> tuple[str, str, float]:
    """The ground of a drawn cover, the colour of its lines, and the height of its axis in it."""
    root = etree.fromstring(front.encode())
    ground = next(root.iter("{*}rect"), None)
    axis = next(root.iter("{*}line"), None)
    if ground is None or axis is None:
        return "#ffffff", "#000000", 0.0
    return ground.get("fill", "#fff"), axis.get("stroke", "#000"), float(axis.get("y1", "0"))
