"""How fine the pictures of a file are at the size at which it prints them, and which they are."""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from book.base.paths import content, is_inside

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import pikepdf

    from book.model import Image

#: Dots to the inch; what is a hair below is no matter.
_FINE, _ENOUGH = 300, 297


class PrintedPicture(NamedTuple):
    """A picture on a page (from 0): its size in dots, and how many are printed to the inch."""

    page: int
    size: tuple[int, int]
    dots: float

    @property
    def coarse(self) -> bool:
        """Whether a press wants more."""
        return 0 < self.dots < _ENOUGH


def shown(pdf: pikepdf.Pdf) -> Iterator[PrintedPicture]:
    """The pictures of ``pdf``, page by page, in the order in which they are drawn.

    What is drawn in other ways than as a picture has no dots.
    """
    import pypdfium2

    some = [at for at, page in enumerate(pdf.pages) if _has_pictures(page.obj)]
    if not some:
        return
    with BytesIO() as file:
        pdf.save(file)
        data = file.getvalue()
    with pypdfium2.PdfDocument(data) as document:
        for at in some:
            page = document[at]
            kinds = [pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
            for thing in page.get_objects(filter=kinds, max_depth=6):
                said = thing.get_metadata()
                dots = min(said.horizontal_dpi, said.vertical_dpi)
                yield PrintedPicture(at, (said.width, said.height), dots)


def which(
    root: Path, images: Sequence[Image], found: Sequence[PrintedPicture]
) -> list[Image | None]:
    """Which of ``images``, those of a chapter in the book in ``root``, each of ``found`` is.

    Of several that are equally large it is the next in the text; None if none is.
    """
    sizes = [_size(root, image.src) for image in images]
    before: Counter[tuple[int, int]] = Counter()
    named: list[Image | None] = []
    for one in found:
        alike = [
            image for image, size in zip(images, sizes, strict=True) if size in _turned(one.size)
        ]
        place = min(before[one.size], len(alike) - 1)
        before[one.size] += 1
        named.append(alike[place] if alike else None)
    return named


def _turned(size: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    """``size``, and that of a photograph which says that it was taken upright."""
    return size, size[::-1]


def _size(root: Path, name: str) -> tuple[int, int] | None:
    """The size in dots of the picture ``name``; None of what has none, or can't be read."""
    from PIL import Image, UnidentifiedImageError

    try:
        data = content(root, name) if is_inside(root / name, root) else None
        with Image.open(BytesIO(data or b"")) as opened:
            return opened.size
    except (OSError, UnidentifiedImageError, ValueError, Image.DecompressionBombError):
        return None


def _has_pictures(page: object) -> bool:
    """Whether the resources of a page, or of a form on it, hold a picture."""
    import pikepdf

    todo, seen = [page], set[tuple[int, int]]()
    while todo:
        thing = todo.pop()
        if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            continue
        if thing.get("/Subtype") == "/Image":
            return True
        resources = thing.get("/Resources")
        if thing.objgen not in seen and resources is not None and "/XObject" in resources:
            seen.add(thing.objgen)
            todo += list(resources.XObject.values())
    return False
