"""The ebook's cover: the printed one, as pixels (PDFium draws the page)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from book.cache.memo import memo
from book.render import pdf

if TYPE_CHECKING:
    from book.cache.store import Store
    from book.model import Book
    from book.theme.theme import Theme

#: A cover fills these pixels in one direction, as shops want it.
_WIDE, _HIGH = 1600, 2560
_LARGEST = 400_000  # bytes; some shops refuse slow covers, all readers wait for them


def picture(book: Book, theme: Theme, store: Store) -> bytes:
    """The PNG of the printed cover of ``book``; ``store`` keeps it and the page."""
    what, page = pdf.cover(book, theme, store)
    return memo(store, "cover.png", bytes, (what,), lambda: drawn(page()))


def drawn(page: bytes) -> bytes:
    """The first page of a PDF as a PNG, 1600 pixels wide or 2560 high, and below 400 kB."""
    import pypdfium2
    from PIL import Image

    with pypdfium2.PdfDocument(page) as document:
        width, height = document[0].get_size()
        scale = min(_WIDE / width, _HIGH / height)
        picture = document[0].render(scale=scale).to_pil().convert("RGB")
    # Where two colours meet, there are blends of them: the fewer, the smaller is the file.
    for colours in (256, 64, 16):
        out = io.BytesIO()
        less = picture.quantize(colours, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        less.save(out, "PNG", optimize=True)
        if out.tell() < _LARGEST:
            break
    return out.getvalue()
