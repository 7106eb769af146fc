"""How fine the pictures of a file are at the size at which it prints them."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pikepdf

#: Dots to the inch; what is a hair below is no matter.
_FINE, _ENOUGH = 300, 297


def coarse(pdf: pikepdf.Pdf) -> Iterator[tuple[int, tuple[int, int], float]]:
    """The pictures of less than 300 dots to the inch: page from 0, size in dots, dots to the inch.

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
                if 0 < dots < _ENOUGH:
                    yield at, (said.width, said.height), dots


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
