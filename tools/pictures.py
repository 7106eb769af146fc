"""The pictures of the README, from the book as built: ``python tools/pictures.py``."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PIL import Image

_ROOT = Path(__file__).parent.parent
_BOOK = _ROOT / "build" / "the-go-between.pdf"
_GROUND, _GAP = (221, 218, 212), 24


def main() -> None:
    """Draw the overview and the chapter's opening; the book has to be built before."""
    document = pypdfium2.PdfDocument(_BOOK)
    labels = [document.get_page_label(number) for number in range(len(document))]
    chosen = [0, labels.index("v"), labels.index("1"), labels.index("2")]
    chosen += [labels.index("23"), labels.index("26")]
    _side_by_side([_drawn(document, number, 1.1) for number in chosen]).save(
        _ROOT / "docs" / "pages.png", optimize=True
    )
    opening = next(
        number
        for number in range(len(document))
        if "sent its Moscow" in document[number].get_textpage().get_text_bounded()
    )
    _side_by_side([_drawn(document, opening, 1.6)]).save(
        _ROOT / "docs" / "chapter.png", optimize=True
    )


def _drawn(document: pypdfium2.PdfDocument, number: int, scale: float) -> Image.Image:
    return document[number].render(scale=scale).to_pil().convert("RGB")


def _side_by_side(pages: list[Image.Image]) -> Image.Image:
    """The pages in rows of three, on a ground."""
    across = min(3, len(pages))
    down = -(-len(pages) // across)
    width, height = pages[0].size
    size = across * (width + _GAP) + _GAP, down * (height + _GAP) + _GAP
    sheet = Image.new("RGB", size, _GROUND)
    for position, page in enumerate(pages):
        row, column = divmod(position, across)
        sheet.paste(page, (_GAP + column * (width + _GAP), _GAP + row * (height + _GAP)))
    return sheet.quantize(128)


if __name__ == "__main__":
    main()
