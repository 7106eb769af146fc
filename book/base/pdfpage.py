"""The first page of a PDF as a picture: a cover of the author's own may come as one.

Print could take its lines and letters as they are, but with them whatever the file holds that an
archive (ISO 19005) or a press refuses: so it gets a picture as well. What draws is PDFium, which
strangers' files may crash; who calls this sees to it that the process is bounded.
"""

from __future__ import annotations

import ctypes
import io
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from book.base.errors import PictureError
from book.base.pictures import is_picture

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2

#: So many pixels has the longer side: 300 to the inch on A4 with its bleed.
_LONG = 3600
_SAVE = "Save it again as PDF, or as PNG, JPEG or SVG."


class DrawnPage(Struct, frozen=True):
    """A page as pixels: the bytes of a file, and its media type.

    ``fonts`` are the names of those that the PDF doesn't bring along.
    """

    data: bytes
    media: str
    fonts: tuple[str, ...] = ()


def is_pdf(data: bytes) -> bool:
    """Whether ``data`` looks like a PDF; before its head may be some bytes of something else."""
    return b"%PDF-" in data[:1024] and not is_picture(data)


def drawn(data: bytes) -> DrawnPage:
    """The first page of the PDF ``data``, as it would be trimmed; raises PictureError.

    As PNG or JPEG, whichever is shorter: flat colours and letters, or a photograph.
    """
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(data) as document:
            page = document[0]
            fonts = tuple(dict.fromkeys(_missing(page)))
            page.set_cropbox(*page.get_trimbox())
            width, height = page.get_size()
            if not (width >= 1 and height >= 1):
                raise PictureError("has a page without any size.", _SAVE)
            bitmap = page.render(scale=_LONG / max(width, height))
            image = bitmap.to_pil().convert("RGB")
    except pypdfium2.PdfiumError as problem:
        if "password" in str(problem).casefold():
            raise PictureError("is locked by a password.", "Save it without one.") from None
        raise PictureError("is damaged, or is no PDF.", _SAVE) from None
    except (IndexError, OverflowError, ValueError):
        raise PictureError("has no page that can be drawn.", _SAVE) from None
    flat, photo = io.BytesIO(), io.BytesIO()
    image.save(flat, "PNG")
    image.save(photo, "JPEG", quality=92)
    if flat.tell() <= photo.tell():
        return DrawnPage(flat.getvalue(), "image/png", fonts)
    return DrawnPage(photo.getvalue(), "image/jpeg", fonts)


def _missing(page: pypdfium2.PdfPage) -> Iterator[str]:
    """The names of typefaces on ``page`` that are not in its file."""
    from pypdfium2 import raw

    for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=6):
        font = raw.FPDFTextObj_GetFont(one.raw)
        if font and not raw.FPDFFont_GetIsEmbedded(font):
            yield _name(font)


def _name(font: Any) -> str:
    from pypdfium2 import raw

    length = raw.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFFont_GetBaseFontName(font, buffer, length)
    return buffer.value.decode("utf-8", "replace")
