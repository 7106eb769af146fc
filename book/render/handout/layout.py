"""The handout on paper: laid out by WeasyPrint, measured, and printed as a tagged PDF."""

from __future__ import annotations

from functools import cached_property
from shutil import rmtree
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from msgspec import Struct, field

from book.base.data import names, replace
from book.base.errors import BoundsError
from book.base.fonts import font_css
from book.base.identity import made
from book.figures.measure import Type
from book.render.longwords import parted
from book.render.pdf import prepare, set_sheet
from book.theme.templates import rendered
from book.theme.viewparts import HandoutPerson, Line, Question
from book.theme.views import Handout, HandoutFlow, HandoutSheet
from book.words import words

if TYPE_CHECKING:
    from book.base.fonts import Face
    from book.cache.store import Store
    from book.model import Book, Document
    from book.theme.theme import Theme

#: CSS pixels in a millimetre.
MM = 96 / 25.4
_PAPERS = {"A4": (210.0, 297.0), "letter": (215.9, 279.4)}
#: What a title may take in points: about the width of A4 within its margins.
_TITLE = 500.0
#: The marks of the template on side one without which nothing can be measured.
_MARKS = {"page-top", "columns", "source", "one-end"}
_ENDLESS = 20_000.0


class Content(Struct, frozen=True):
    """What the template shows.

    ``left`` and ``right`` name the blocks of side two by their words; ``close`` and ``short`` are
    the classes of side one and two. ``figure`` is not empty if there is a timeline;
    ``figure_width`` is in millimetres, ``legend`` says what the editors' mark in it means, if it
    is there.
    ``height`` is that of side one's columns in CSS pixels, or 0 to let them be.
    """

    story: tuple[str, ...]
    documents: tuple[Document, ...]
    questions: tuple[Question, ...]
    where: str
    chronology: tuple[Line, ...]
    people: tuple[HandoutPerson, ...]
    left: tuple[str, ...]
    right: tuple[str, ...] = ()
    close: str = ""
    short: str = ""
    sides: tuple[str, ...] = ("one", "two")
    height: float = 0.0
    figure: Markup = field(default_factory=Markup)
    figure_width: float = 113.0
    legend: str = ""


class Room(Struct, frozen=True):
    """What is left on side one, in CSS pixels: for the timeline, and for both columns.

    ``over`` is by how much the story is too long; it is negative if it fits. ``width`` is that
    of the page inside its margins.
    """

    timeline: float
    columns: float
    over: float
    width: float


class HandoutLayout:
    """WeasyPrint, made ready for one handout; ``template`` made the page that it sets, or set."""

    def __init__(self, book: Book, theme: Theme, store: Store) -> None:
        prepare()
        from weasyprint.text.fonts import FontConfiguration

        from book.render.fetch import BookFetcher

        self.template = ""
        self._book, self._store, self._theme = book, store, theme
        self._fonts = FontConfiguration()
        self._fetcher = BookFetcher(book.root, theme.served)
        self._width, self._height = _PAPERS[book.config.handout.paper]

    @property
    def heads(self) -> tuple[Face, ...]:
        """The faces of its heads, in which its timeline is lettered."""
        return self._theme.lettering.heads

    def close(self) -> None:
        """Remove the fonts that WeasyPrint has written out, which it may leave behind."""
        if self._fonts._folder is not None:
            rmtree(self._fonts._folder, ignore_errors=True)

    def room(self, content: Content) -> Room:
        """What side one leaves on paper without end, against what there is."""
        at = self._places(content, "one")
        end = at["page-bottom"][1]
        foot = at["one-end"][1] - at["source"][1]
        text = at["story-end"][1] if content.story else at["columns"][1]
        return Room(
            timeline=end - foot - at["figure"][1] - 1 if content.figure else 0.0,
            columns=end - foot - at["columns"][1] - 1,
            over=text + foot - end,
            width=at["page-bottom"][0] - at["page-top"][0],
        )

    def over_two(self, content: Content) -> float:
        """By how many CSS pixels the longer column of side two is too long."""
        at = self._places(content, "two")
        ends = [at[name][1] for name in ("left-end", "right-end") if name in at]
        return max(ends, default=0.0) - at["page-bottom"][1]

    def _places(self, content: Content, side: str) -> dict[str, tuple[float, float]]:
        """Where the marks of the template stand; ``page-bottom`` as on real paper."""
        page = self._document(replace(content, sides=(side,)), _ENDLESS).pages[0]
        at = {name: (float(place[0]), float(place[1])) for name, place in page.anchors.items()}
        if "page-bottom" not in at or (side == "one" and not at.keys() >= _MARKS):
            raise BoundsError("its blocks don't stay on their sides of the paper")
        x, y = at["page-bottom"]
        at["page-bottom"] = (x, y - (_ENDLESS - self._height) * MM)
        return at

    def print(self, content: Content) -> tuple[bytes, int]:
        """The PDF and its number of pages."""
        document = self._document(content, self._height)
        return set_sheet(document, self._book, self._store), len(document.pages)

    def flow(
        self, content: Content, css: str, kind: str, blocks: tuple[str, ...]
    ) -> tuple[bytes, int]:
        """``content`` on as many pages as it takes, by the template that flows; and how many.

        ``css`` comes over the theme's; ``kind`` and ``blocks`` are those of the template.
        """
        html = self._page(HandoutFlow, content, kind=kind, blocks=blocks)
        document = self._laid(html, self._height, css)
        return set_sheet(document, self._book, self._store), len(document.pages)

    def _document(self, content: Content, height: float) -> Any:
        return self._laid(self._page(Handout, content), height)

    def _laid(self, text: str, height: float, css: str = "") -> Any:
        from weasyprint import HTML

        from book.render.fetch import BOOK_URL

        sheets = [self._sheet, self._css(f"{css}@page {{ size: {self._width}mm {height}mm }}")]
        text = parted(self._theme.lettering.page(text), 80)
        html = HTML(string=text, base_url=BOOK_URL, url_fetcher=self._fetcher)
        return html.render(stylesheets=sheets, font_config=self._fonts, output_intent="srgb")

    @cached_property
    def _sheet(self) -> Any:
        return self._css(font_css(self._theme.faces) + self._theme.css("handout"))

    def _css(self, css: str) -> Any:
        from weasyprint import CSS

        from book.render.fetch import BOOK_URL

        base = BOOK_URL + "styles/"
        return CSS(string=css, base_url=base, url_fetcher=self._fetcher, font_config=self._fonts)

    def _page(self, view: type[HandoutSheet], content: Content, **values: Any) -> str:
        self.template = view.template
        config = self._book.config
        if "one" not in content.sides:
            content = replace(content, figure=Markup())
        known = set(names(view)) & set(names(content))
        shown: dict[str, Any] = {name: getattr(content, name) for name in known}
        page = view(
            book=config.book,
            language=config.book.language,
            words=words(config.book.language, config.book.words),
            authors=config.book.by,
            date=made(self._book).isoformat().replace("+00:00", "Z"),
            size=_title_size(config.book.title),
            in_book=_in_book(config.book.language),
            paged=any(line.pages for line in content.chronology),
            **shown,
            **values,
        )
        return rendered(self._theme.templates, page, self._store)


def _title_size(title: str) -> float:
    """The title on one line as large as fits, up to 40 points; a long one takes two of 26."""
    fitting = _TITLE / Type(1, 600, "Source Serif").width(title or " ")
    return round(min(fitting * 0.99, 40.0), 1) if fitting > 26 else 26.0


def _in_book(language: str) -> str:
    """The head of a column of page numbers: whose they are."""
    said = words(language).in_book.format("").rstrip(" ,:")
    return said[:1].upper() + said[1:]
