"""A document that stands by itself, such as the handout: bound as a book is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from book.base.fonts import faces
from book.render.pdf.engine.export import gathered
from book.render.pdf.engine.survey import surveyed
from book.render.pdf.engine.typeset import piece_of
from book.render.pdf.file.bind import bind
from book.render.pdf.record import Placed, Sheet, stored

if TYPE_CHECKING:
    from book.cache.store import Store
    from book.model import Book
    from book.render.pdf.file.metadata import FileIdentity


def bound_alone(document: Any, book: Book, about: FileIdentity, name: str, store: Store) -> bytes:
    """The tagged PDF of ``document``, which WeasyPrint has laid out; see :mod:`book.render.pdf`."""
    fonts = {face.digest: face.file for face in faces()}
    piece = stored(piece_of(surveyed(document), gathered(document, fonts)), store)
    placed = Placed(Sheet(name, "arabic", "", ()), piece, 0, 1)
    return b"".join(bind(book, about, (placed,), (None,), fonts, store))
