"""What an image file really holds, whatever its name says, and what outputs are given of it.

PNG, JPEG, GIF, WebP and SVG are what print and EPUB 3.3 (section 3.2) take; TIFF, BMP and AVIF are
made into one of these. One function for print, ebook and checks, so that they judge alike.
"""

from __future__ import annotations

import io
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from book.base.errors import PictureError
from book.base.svg import is_svg, plain_svg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

#: So many pixels a picture may have: a poster of five square metres, at 360 an inch.
MOST_PIXELS = 500_000_000
#: Print takes no more: a double page of A3 at 400 an inch. What is larger is made smaller.
PRINTED_PIXELS = 60_000_000

_SAVE = "Save it again as PNG, JPEG, GIF, WebP or SVG."
_MEDIA = {
    "PNG": ("image/png", "png"),
    "JPEG": ("image/jpeg", "jpg"),
    "MPO": ("image/jpeg", "jpg"),  # a JPEG that has others behind it, as cameras write them
    "GIF": ("image/gif", "gif"),
    "WEBP": ("image/webp", "webp"),
}
#: What is read; an MPO comes as a JPEG.
_READ = ("PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP", "AVIF")
#: What both print and reading systems can show.
_MODES = frozenset({"1", "L", "LA", "P", "RGB", "RGBA", "CMYK"})
_SIGNATURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM", b"II*\0", b"MM\0*")
_OTHERS = (
    (b"%PDF", "a PDF"),
    (b"%!PS", "PostScript"),
    (b"\xc5\xd0\xd3\xc6", "PostScript"),
    (b"8BPS", "a Photoshop file"),
    (b"gimp xcf", "a file of GIMP"),
    (b"\xd7\xcd\xc6\x9a", "a WMF"),
    (b"\x01\x00\x00\x00", "an EMF"),
    (b"\x00\x00\x01\x00", "an icon"),
)


class Picture(Struct, frozen=True):
    """A picture as outputs may show it: bytes, media type and the ending of a file's name.

    ``held`` are parts of an SVG that no book may hold, in words; they have been left out.
    """

    data: bytes
    media: str
    extension: str
    held: tuple[str, ...] = ()


def picture(data: bytes, *, seen: bool = False) -> Picture:
    """The picture in the file ``data``; raises PictureError if there is none that can be shown.

    One that was ``seen`` to be whole, by a check, is not unpacked to see it again.
    """
    if is_svg(data):
        plain = plain_svg(data)
        return Picture(plain.data, "image/svg+xml", "svg", plain.held)
    from PIL import Image

    with our_way():
        try:
            with Image.open(io.BytesIO(data), formats=_READ) as image:
                _see_size(image)
                if not seen:
                    _see_whole(image, data)
                return _served(image, data)
        except PictureError:
            raise
        # Pillow's readers raise whatever the bytes lead them to.
        except Exception:  # noqa: BLE001
            raise _no_picture(data) from None


def is_picture(data: bytes) -> bool:
    """Whether ``data`` looks like a picture of any kind, and not like a font or a profile."""
    return is_svg(data) or data.startswith(_SIGNATURES) or data[4:8] == b"ftyp"


def printed(data: bytes, *, seen: bool = False) -> Picture:
    """The picture for print: no larger than a press can use; raises PictureError as above."""
    found = picture(data, seen=seen)
    if found.extension == "svg":
        return found
    from PIL import Image

    with our_way(), Image.open(io.BytesIO(found.data)) as image:
        pixels = image.width * image.height
        if pixels <= PRINTED_PIXELS:
            return found
        share = (PRINTED_PIXELS / pixels) ** 0.5
        size = round(image.width * share), round(image.height * share)
        image.draft(image.mode, size)
        smaller = image.convert("RGBA") if image.mode == "P" else image
        smaller.thumbnail(size, Image.Resampling.LANCZOS)
        return _saved(smaller, "JPEG" if found.extension == "jpg" else "PNG")


@contextmanager
def our_way() -> Iterator[None]:
    """Pillow as it is meant here, whatever others in this process have set.

    Its own limit is not ours (:func:`_see_size` has one in words), and WeasyPrint lets it take
    what ends too early for whole.
    """
    from PIL import Image, ImageFile

    before = Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES
    Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES = None, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES = before


def _see_size(image: Image) -> None:
    pixels = image.width * image.height
    if pixels > MOST_PIXELS:
        millions = MOST_PIXELS // 1_000_000
        message = f"is too large: it has more than {millions} million pixels."
        raise PictureError(message, "Make it smaller.")
    if not pixels:
        raise PictureError("has no pixels.", _SAVE)


def _see_whole(image: Image, data: bytes) -> None:
    """See that all of it is there; Pillow raises OSError if it ends too early."""
    if image.format in ("JPEG", "MPO"):
        # An eighth of the pixels is unpacked in an eighth of the time, and tells as much.
        image.draft(image.mode, (image.width // 8 or 1, image.height // 8 or 1))
        image.load()
        return
    from PIL.Image import open as opened

    with opened(io.BytesIO(data)) as other:
        other.verify()  # a PNG's checksums
    image.load()  # However large it is: who makes it smaller will have to.


def _served(image: Image, data: bytes) -> Picture:
    kind = str(image.format)
    if kind in _MEDIA and image.mode in _MODES:
        return Picture(data, *_MEDIA[kind])
    from PIL.Image import open as opened

    with opened(io.BytesIO(data)) as whole:
        return _saved(_plain(whole), "JPEG" if whole.mode == "CMYK" else "PNG")


def _plain(image: Any) -> Any:
    """``image`` in a mode that both print and screens know; 16 bits of grey become 8."""
    if image.mode in _MODES:
        return image
    if image.mode.startswith("I"):
        grey = image.convert("I")
        _, most = grey.getextrema()
        return (grey.point(lambda value: value * (1 / 256)) if most > 255 else grey).convert("L")
    if image.mode == "F":
        return image.convert("L")
    return image.convert("RGBA" if "A" in image.mode.upper() else "RGB")


def _saved(image: Any, kind: str) -> Picture:
    out = io.BytesIO()
    image.save(out, kind, quality=92, optimize=True, icc_profile=image.info.get("icc_profile"))
    return Picture(out.getvalue(), *_MEDIA[kind])


def _no_picture(data: bytes) -> PictureError:
    for signature, name in _OTHERS:
        if data.startswith(signature):
            return PictureError(f"is {name}, which a book can't show.", _SAVE)
    if data[4:8] == b"ftyp":
        return PictureError("is a HEIC picture or a film, which a book can't show.", _SAVE)
    return PictureError("is damaged, or is no image.", _SAVE)
