"""The ebook: an EPUB 3.3 package (W3C Recommendation) that EPUBCheck has nothing to say of.

The steps: read the images, plan the files, mark in them where printed pages begin, spell the marks
of each, list the contents, choose the fonts, state what the book is and for whom it can be read,
and pack. Nothing is read but the book's images and our own fonts; nothing depends on the day, the
machine or the language of its user.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from book.base import identity
from book.model import Product
from book.render.epub import access, cover, documents, files, fonts, metadata
from book.render.epub.documents import Desk, front_marks, marks_markup
from book.render.epub.formulas import as_mathml
from book.render.epub.images import pictures
from book.render.epub.marks import EpubLinks
from book.render.epub.navigation import navigation
from book.render.epub.package import Identity, packed
from book.render.epub.pagemarks import Marker
from book.render.epub.parts import COVER_IMAGE, IMPRINT, NAV, STYLES, TITLE_PAGE, Part
from book.render.epub.styles import stylesheet
from book.theme.templates import rendered

if TYPE_CHECKING:
    from book.base.fonts import Face
    from book.cache.store import Store
    from book.model import Book, Pages
    from book.theme.theme import Theme


def render(book: Book, theme: Theme, pages: Pages | None, store: Store) -> Product:
    """The EPUB of ``book`` in the looks of ``theme``; the file's name is for the caller to give.

    ``pages`` are those of the printed book of the same build: they are marked and listed, and
    references name them. ``store`` keeps what is dear to make, as the cover, which is that of the
    printed book. Raises OSError or ValueError if an image can't be had (see :mod:`.images`), and
    TemplateError.
    """
    found = pictures(book, store)
    marker = Marker(pages) if pages else None
    dress = theme.lettering.over(partial(rendered, theme.templates, store=store))
    plan = files.plan(book, marker, dress)
    fronts = front_marks(marker)
    contents = navigation(book, plan, fronts)
    links = EpubLinks.of(book, pages, found, plan.file_of, as_mathml(book, store))
    desk = Desk(links, marker, dress, theme.lettering.heads)
    marks = {file: marks_markup(desk, labels) for file, labels in fronts.items()}
    spine = [
        documents.cover_part(book, dress),
        documents.title_part(book, marks.get(TITLE_PAGE, ""), dress),
        documents.imprint_part(book, marks.get(IMPRINT, ""), _families(book, theme), dress),
        documents.nav_part(book, contents, marks.get(NAV, ""), dress),
        *(documents.file_part(file, desk) for file in plan.files),
    ]
    picture = Part(COVER_IMAGE, "image/png", cover.picture(book, theme, store), ("cover-image",))
    images = {picture.part.name: picture.part for picture in found.values()}
    parts = [
        *spine,
        documents.ncx_part(book, contents, identity.ebook(book)),
        *_looks(theme, _fonts(book, theme, spine)),
        picture,
        *images.values(),
    ]
    paged = bool(contents.pages)
    statements = [
        *metadata.statements(book, paged=paged),
        *access.statements(access.facts(book, found, spine, paged=paged)),
    ]
    which = Identity(identity.ebook(book), identity.made(book), book.config.book.language)
    return Product("epub", packed(parts, statements, contents.landmarks, which))


def _families(book: Book, theme: Theme) -> tuple[str, ...]:
    """The families that the ebook brings along."""
    return theme.families("epub") if book.config.epub.fonts == "embed" else ()


def _fonts(book: Book, theme: Theme, spine: list[Part]) -> tuple[Part, ...]:
    """The fonts that the stylesheet needs."""
    if book.config.epub.fonts != "embed":
        return ()
    css = stylesheet(theme.css("epub"), "")
    return fonts.font_parts((part.data.decode() for part in spine), css, _own(theme))


def _looks(theme: Theme, chosen: tuple[Part, ...]) -> list[Part]:
    """The stylesheet, and the fonts that are ``chosen`` for it."""
    css = stylesheet(theme.css("epub"), fonts.face_css(chosen, _own(theme)))
    return [Part(STYLES, "text/css", css.encode()), *chosen]


def _own(theme: Theme) -> tuple[Face, ...]:
    """The faces beside those of the house, each once."""
    return tuple(dict.fromkeys((*theme.faces, *theme.told)))
