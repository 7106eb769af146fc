"""The pictures of the README and of the themes: ``python tools/pictures.py``.

Those of the README are of the book as built; for the themes it is built in each.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

from book.build import build
from book.theme.chosen import ours

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
    for theme in ours():
        _in_theme(theme.name)


def _in_theme(name: str) -> None:
    """Draw the title page, an opening and two pages of the book in the theme ``name``."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(_ROOT / "chapters", root / "chapters")
        said = (_ROOT / "book.toml").read_text("utf-8")
        said = re.sub(r"^\[book\]$", f'[book]\ntheme = "{name}"', said, count=1, flags=re.MULTILINE)
        (root / "book.toml").write_text(said, "utf-8")
        (made,) = build(root, ["pdf"]).written
        document = pypdfium2.PdfDocument(made.path)
        opening = _page(document, "had a second", after=8)
        pages = [
            _page(document, "After a work by"),
            opening,
            opening + 1,
            _page(document, "The man who answered"),
        ]
        drawn = [_drawn(document, number, 0.62) for number in pages]
        document.close()
    _side_by_side(drawn, 4).quantize(24).save(_ROOT / "docs" / f"theme-{name}.png", optimize=True)


def _page(document: pypdfium2.PdfDocument, words: str, after: int = 0) -> int:
    """The first page that has these words, behind ``after``."""
    return next(
        number
        for number in range(after + 1, len(document))
        if words in " ".join(document[number].get_textpage().get_text_bounded().split())
    )


def _drawn(document: pypdfium2.PdfDocument, number: int, scale: float) -> Image.Image:
    return document[number].render(scale=scale).to_pil().convert("RGB")


def _side_by_side(pages: list[Image.Image], most: int = 3) -> Image.Image:
    """The pages in rows of three, or as many as there may be at ``most``, on a ground."""
    across = min(most, len(pages))
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
