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
    shown = ("The man who asked", "The places of the story", "Every dated event")
    chosen = [0, _page(document, "Contents"), *(_page(document, words) for words in shown)]
    chosen.append(_page(document, "Timeline", after=chosen[-1]))
    _side_by_side([_drawn(document, number, 1.1) for number in chosen]).save(
        _ROOT / "docs" / "pages.png", optimize=True
    )
    opening = _page(document, "sent an instruction")
    _side_by_side([_drawn(document, opening, 1.6)]).save(
        _ROOT / "docs" / "chapter.png", optimize=True
    )


def _page(document: pypdfium2.PdfDocument, words: str, after: int = 0) -> int:
    """The first page that has these words, behind ``after``."""
    return next(
        number
        for number in range(after + 1, len(document))
        if words in " ".join(document[number].get_textpage().get_text_bounded().split())
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
