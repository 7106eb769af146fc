"""Sizes of pages by the names that printers give them, and margins that their binding asks for."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from book import build
from book.base.pagesizes import css_size, is_size, millimetres
from book.render.pdf.binding import gutter


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("A4", (210, 297)),
        ("A5", (148, 210)),
        ("B5", (176, 250)),
        ("letter", (215.9, 279.4)),
        ("half letter", (139.7, 215.9)),
        ("half-letter", (139.7, 215.9)),
        ("6x9in", (152.4, 228.6)),
        ("6 × 9 in", (152.4, 228.6)),
        ("5.5x8.5in", (139.7, 215.9)),
        ("120mm 190mm", (120, 190)),
    ],
)
def test_sizes_have_their_printers_names(name: str, size: tuple[float, float]) -> None:
    assert is_size(name)
    assert millimetres(name) == pytest.approx(size)
    assert millimetres(css_size(name)) == pytest.approx(size)


@pytest.mark.parametrize("name", ["6x9", "x9in", "0x9in", "quarto", "A5 A5"])
def test_what_is_no_size_is_none(name: str) -> None:
    assert not is_size(name)


def test_a_gutter_grows_with_the_pages() -> None:
    """Within what reads well; a spiral's holes take their own from the first page on."""
    for binding in ("perfect", "saddle", "spiral"):
        widths = [gutter(binding, pages) for pages in range(1, 1500)]
        assert widths == sorted(widths)
        assert widths[-1] <= 12
    assert (gutter("perfect", 90), gutter("perfect", 290), gutter("perfect", 2000)) == (1, 3, 8)
    assert gutter("saddle", 32) == 0
    assert gutter("spiral", 24) == 9
    assert gutter("none", 900) == 0


def _left_edges(path: Path) -> tuple[float, float]:
    """Where text begins on right and ends on left pages, from the spine, in millimetres."""
    inner, outer = [], []
    with pypdfium2.PdfDocument(path.read_bytes()) as document:
        for number, page in enumerate(document):
            words = page.get_textpage()
            boxes = [words.get_charbox(at) for at in range(0, words.count_chars(), 7)]
            if number % 2 == 0 and number > 1 and boxes:
                inner.append(min(box[0] for box in boxes))
                outer.append(page.get_width() - max(box[2] for box in boxes))
    return min(inner) / 72 * 25.4, min(outer) / 72 * 25.4


def test_a_spirals_holes_are_kept_free(clean_book: Path) -> None:
    """The inner margin has nine millimetres more, the outer is as it was."""
    (plain,) = build.build(clean_book, ["pdf"], clean_book / "plain").written
    toml = clean_book / "book.toml"
    said = toml.read_text("utf-8")
    assert "[pdf]" not in said
    toml.write_text(f'{said}\n[pdf]\npage-size = "A5"\nbinding = "spiral"\n', "utf-8")
    (spiral,) = build.build(clean_book, ["pdf"], clean_book / "spiral").written
    before, after = _left_edges(plain.path), _left_edges(spiral.path)
    assert after[0] - before[0] == pytest.approx(9, abs=0.6)
    assert after[1] == pytest.approx(before[1], abs=3)
    with pikepdf.open(io.BytesIO(spiral.path.read_bytes())) as pdf:
        assert float(pdf.pages[0].mediabox[2]) == pytest.approx(148 / 25.4 * 72, abs=0.1)
