"""What the volume is made of: the HTML of each piece, and the order in which they are bound.

A piece is the cover, the front pages (half-title, title page, imprint, contents) or one
chapter. Each begins on a right-hand page, so no piece's layout depends on its neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from markupsafe import Markup

from book.model import Book, Chapter, Kind, Pages
from book.names import shown
from book.render import lists
from book.render.html import environment, without_calls
from book.render.pdf.dress import PrintDress
from book.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The slug of the front pages.
FRONT, COVER = "front-pages", "cover"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A piece before it is set: its XHTML, and how its pages are numbered.

    ``headings`` are the ids and plain texts of its headings with their levels, for running
    heads and the outline; the first is the piece's own.
    """

    name: str
    numbering: Literal["none", "roman", "arabic"]
    classes: str
    html: str
    headings: tuple[tuple[str, int, str], ...]
    images: tuple[str, ...] = ()


def sheets(book: Book, pages: Pages) -> Iterator[Sheet]:
    """All pieces in the order of binding; ``pages`` are the page numbers as known so far."""
    yield _cover(book)
    yield _front(book, pages)
    dress = PrintDress(book, pages)
    for chapter in book.chapters:
        yield _chapter(chapter, book, dress)


def _cover(book: Book) -> Sheet:
    from book.figures import cover_svg

    svg = Markup(cover_svg(book))  # noqa: S704 # our own drawing, escaped where it was made
    html = _render("print-cover.html", book, svg=svg)
    title = words(book.config.book.language).cover
    return Sheet(COVER, "none", "cover", html, ((COVER, 1, title),))


def _front(book: Book, pages: Pages) -> Sheet:
    table = book.config.book
    said = words(table.language)
    contents = [
        {
            "slug": chapter.slug,
            "matter": chapter.kind.matter,
            "number": book.numbers.get(chapter.slug, ""),
            "heading": _markup(without_calls(chapter.heading)),
            "page": pages.label(chapter.slug),
        }
        for chapter in book.chapters
    ]
    html = _render(
        "print-front.html",
        book,
        words=said,
        authors=", ".join(shown(author) for author in table.authors),
        imprint=_imprint(book),
        contents=contents,
    )
    return Sheet(FRONT, "roman", "front", html, (("contents", 1, said.contents),))


def _imprint(book: Book) -> list[str]:
    """The lines of the imprint: what ``book.toml`` says of rights, source and edition."""
    table = book.config.book
    edition = ", ".join(part for part in (table.publisher, _year(book)) if part)
    lines = [table.description, table.source, table.rights, edition, table.identifier]
    return [line for line in lines if line]


def _year(book: Book) -> str:
    date = book.config.book.date
    return str(date.year) if date else ""


def _chapter(chapter: Chapter, book: Book, dress: PrintDress) -> Sheet:
    extra = {
        Kind.CHRONOLOGY: lambda: _timeline(book) + lists.chronology(book),
        Kind.PEOPLE: lambda: lists.people(book),
    }.get(chapter.kind, str)()
    html = _render(
        "print-chapter.html",
        book,
        title=chapter.title,
        slug=chapter.slug,
        matter=chapter.kind.matter,
        kind=chapter.kind.value,
        number=book.numbers.get(chapter.slug),
        heading=_markup(dress.fragment(chapter.heading)),
        body=_markup(dress.fragment(chapter.body)),
        extra=_markup(dress.fragment(extra)),
        language=chapter.language,
    )
    numbering: Literal["roman", "arabic"] = (
        "roman" if chapter.kind.matter == "front" else "arabic"
    )
    headings = [(chapter.slug, 1, chapter.title)]
    headings += [(one.id, one.level, one.text) for one in chapter.headings]
    classes = f"{chapter.kind.matter} {chapter.kind}"
    images = tuple(image.src for image in chapter.images)
    return Sheet(chapter.slug, numbering, classes, html, tuple(headings), images)


def _timeline(book: Book) -> str:
    from book.figures import timeline

    return f'<figure class="timeline">{timeline(book, width=300)}</figure>'


def _markup(xhtml: str) -> Markup:
    return Markup(xhtml)  # noqa: S704 # a chapter's XHTML, cleaned when it was parsed


def _render(template: str, book: Book, **context: Any) -> str:
    table = book.config.book
    context = {"book": table, "language": table.language, **context}
    return environment().get_template(template).render(context)
