"""The book's images, as EPUB 3.3 takes them (section 3.2, core media types).

One that is larger than a screen can show is scaled down (``epub.image-max``, in pixels).

What an image is, its first bytes tell, not its name. SVG comes from strangers: what runs or
fetches is left out of it.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import re
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct

from book.base import pictures as base
from book.base.paths import content, is_inside
from book.cache.memo import memo
from book.render.epub.parts import Part

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from book.cache.store import Store
    from book.model import Book


class EpubPicture(Struct, frozen=True):
    """An image in the package, and whether it moves."""

    part: Part
    moves: bool


def pictures(book: Book, store: Store) -> Mapping[str, EpubPicture]:
    """Every image of the book by its ``src``; equal bytes become one file.

    Raises OSError if an image can't be read, and ValueError if it leads out of the book's folder
    or is none that an EPUB may hold; the book's checks (I001, I002, I004) have said so before.
    """
    bound = book.config.epub.image_max
    sources = {image.src for chapter in book.chapters for image in chapter.images}
    first: dict[str, EpubPicture] = {}
    found: dict[str, EpubPicture] = {}
    for src in sorted(sources):
        data, media, extension = _read(book.root, src, bound, store)
        digest = hashlib.sha256(data).hexdigest()
        if digest not in first:
            stem = re.sub(r"[^a-z0-9]+", "-", PurePosixPath(src).stem.lower()).strip("-")[:40]
            name = f"images/{stem or 'image'}-{digest[:8]}.{extension}"
            # Each is read again when it is packed, so that no two are in memory at a time.
            later = partial(_again, book.root, src, bound, store)
            part = Part(name, media, b"", later=later)
            first[digest] = EpubPicture(part, _moves(data, extension))
        found[src] = first[digest]
    return found


def _again(root: Path, src: str, bound: int, store: Store) -> bytes:
    return _read(root, src, bound, store)[0]


def _read(root: Path, src: str, bound: int, store: Store) -> tuple[bytes, str, str]:
    """What an image is in the ebook: its bytes, their media type, the ending of its name."""
    if not is_inside(root / src, root):
        raise ValueError(f"the image {src} lies outside the book's folder")
    data = content(root, src)
    if data is None:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), src)
    found = base.picture(data, seen=True)
    data, media, extension = found.data, found.media, found.extension
    is_still = extension != "svg" and not _moves(data, extension)
    if is_still and max(_size(data)) > bound:
        digest = hashlib.sha256(data).hexdigest()
        parts = digest, str(bound)
        data = memo(store, "epub image", bytes, parts, partial(_scaled, data, bound))
    return data, media, extension


def _moves(data: bytes, extension: str) -> bool:
    """Whether an image is animated: more than one frame, or CSS animation within SVG."""
    match extension:
        case "gif":
            return data.count(b"\x21\xf9\x04") > 1
        case "webp":
            return b"ANIM" in data[:64]
        case "svg":
            return b"@keyframes" in data
        case _:
            return False


def _size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels; nothing for what Pillow can't read."""
    from PIL import Image, UnidentifiedImageError

    try:
        with base.our_way(), Image.open(io.BytesIO(data)) as image:
            return image.size
    except UnidentifiedImageError:
        return 0, 0


def _scaled(data: bytes, bound: int) -> bytes:
    """``data`` as an image of the same type whose longer side has ``bound`` pixels."""
    from PIL import Image, ImageOps

    out = io.BytesIO()
    with base.our_way(), Image.open(io.BytesIO(data)) as image:
        kind, profile = image.format, image.info.get("icc_profile")
        upright = ImageOps.exif_transpose(image)
        palette = upright.mode == "P"
        if palette:
            upright = upright.convert("RGBA" if "transparency" in upright.info else "RGB")
        upright.thumbnail((bound, bound), Image.Resampling.LANCZOS)
        if palette and upright.mode == "RGB":
            upright = upright.quantize(256)
        # Enough for a photograph; a PNG has no quality, and takes the rest.
        upright.save(out, kind, quality=85, optimize=True, icc_profile=profile)
    return out.getvalue()
