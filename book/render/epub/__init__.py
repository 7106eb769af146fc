"""The ebook: an EPUB 3.3 package (W3C Recommendation) that EPUBCheck has nothing to say of.

The steps: read the images, dress each chapter, list the contents, choose the fonts, state what
the book is and for whom it can be read, and pack. Nothing is read but the book's images and our
own fonts; nothing depends on the day, the machine or the language of its user.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from book import figures
from book.model import Product
from book.render.epub import access, documents, fonts, metadata
from book.render.epub.dress import Links
from book.render.epub.images import pictures
from book.render.epub.navigation import navigation
from book.render.epub.package import Identity, packed
from book.render.epub.parts import COVER_IMAGE, STYLES, Part
from book.render.epub.styles import stylesheet

if TYPE_CHECKING:
    from book.model import Book, Pages
    from book.theme import Theme


def render(book: Book, theme: Theme, pages: Pages | None) -> Product:
    """The EPUB of ``book`` in the looks of ``theme``; the file's name is for the caller to give.

    ``pages`` are those of the printed book of the same build: pointers name them if they are
    there. Raises OSError or ValueError if an image can't be had (see :mod:`.images`).
    """
    found = pictures(book)
    contents = navigation(book)
    identifier = metadata.identifier(book)
    links = Links.of(book, pages, found)
    spine = [
        documents.cover_part(book),
        documents.title_part(book),
        documents.imprint_part(book, identifier),
        documents.nav_part(book, contents),
        *(documents.chapter_part(chapter, links) for chapter in book.chapters),
    ]
    images = {picture.part.name: picture.part for picture in found.values()}
    parts = [
        *spine,
        documents.ncx_part(book, contents, identifier),
        *_looks(book, theme, spine),
        Part(COVER_IMAGE, "image/png", figures.cover_png(book), ("cover-image",)),
        *images.values(),
    ]
    statements = [
        *metadata.statements(book),
        *access.statements(access.facts(book, found, spine)),
    ]
    identity = Identity(identifier, metadata.modified(book), book.config.book.language)
    data = packed(parts, statements, contents.landmarks, identity)
    return Product("epub", "", data)


def _looks(book: Book, theme: Theme, spine: list[Part]) -> list[Part]:
    """The stylesheet and the fonts that it needs."""
    css = stylesheet(theme.css("epub"), "")
    chosen: tuple[Part, ...] = ()
    if book.config.epub.fonts == "embed":
        chosen = fonts.font_parts((part.data.decode() for part in spine), css)
    whole = stylesheet(theme.css("epub"), fonts.face_css(chosen))
    return [Part(STYLES, "text/css", whole.encode()), *chosen]
