"""The cover as one sheet, made for books that strain it: bound on the right, with long words."""

from __future__ import annotations

import pypdfium2
import pytest

from book.base.data import replace
from book.base.scripts import direction
from book.build import read
from book.cache.store import Scratch
from book.model import Book
from book.render.wrap import Panels, Wrapped, wrap
from book.theme import theme

PANELS = Panels(148, 210, 12, 3)
POINTS = 72 / 25.4
KEPT = Scratch()
AUTHOR = "A Family Name of More Than Usual Length"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    root = tmp_path_factory.mktemp("wrap")
    (root / "chapters").mkdir()
    (root / "chapters" / "01.md").write_text("# One\n\nText.\n")
    head = 'title = "Abcde"\nauthors = ["Ada Example"]\nlanguage = "en"'
    (root / "book.toml").write_text(f'[book]\n{head}\n[pdf]\nisbn = "978-3-16-148410-0"\n')
    found, _ = read(root)
    assert found
    return found


def wrapped(book: Book, panels: Panels = PANELS, **table: object) -> Wrapped:
    said = replace(book.config.book, **table)  # type: ignore[arg-type] # any field
    book = replace(book, config=replace(book.config, book=said))
    return wrap(book, theme.load(book.root)[0], panels, KEPT, lettered=True)


def letters(made: Wrapped) -> list[tuple[str, float, float]]:
    """Each letter with its middle, in millimetres from the left and above the foot, as cut."""
    found = []
    with pypdfium2.PdfDocument(made.data) as document:
        assert len(document) == 1
        page = document[0].get_textpage()
        left, low, *_ = document[0].get_trimbox()
        for at, letter in enumerate(page.get_text_range()):
            x0, y0, x1, y1 = page.get_charbox(at)
            middle = ((x0 + x1) / 2 - left) / POINTS, ((y0 + y1) / 2 - low) / POINTS
            found.append((letter, *middle))
    return found


def on_the_spine(made: Wrapped) -> list[tuple[str, float, float]]:
    return [one for one in letters(made) if one[0].strip() and 148 < one[1] < 160]


@pytest.mark.parametrize(("language", "title"), [("en", "Qrstu"), ("he", "אבגד")])
def test_the_spine_is_read_from_its_head_down(book: Book, language: str, title: str) -> None:
    """ISO 6357: so that it can be read where the book lies on its back, in either direction."""
    spine = {one: up for one, _, up in on_the_spine(wrapped(book, language=language, title=title))}
    heights = [spine[one] for one in title]
    assert heights == sorted(heights, reverse=True)
    assert heights[0] > 190
    assert direction(language) == ("rtl" if language == "he" else "ltr")


def test_a_long_title_is_smaller_then_alone_then_cut(book: Book) -> None:
    """And keeps off both ends of the spine."""
    for words, authors, cut in ((6, True, False), (32, False, False), (60, False, True)):
        made = wrapped(book, title=" ".join(["Zyx"] * words), authors=(AUTHOR,))
        spine = on_the_spine(made)
        assert made.cut == cut
        assert ("m" in {one for one, *_ in spine}) == authors
        assert all(11 < up < 199 for _, _, up in spine)


def test_too_long_a_description_is_cut_at_its_end_and_counted(book: Book) -> None:
    """As many of 2,000 words as the back takes, above the bar code, in the smallest size."""
    made = wrapped(book, description="\n\n".join([" ".join(["wqv"] * 400)] * 5))
    back = [up for one, x, up in letters(made) if one == "q" and x < 148]
    assert len(back) == 2000 - made.gone
    assert 300 < len(back) < 1500
    assert 36 < min(back) < 50
    assert not wrapped(book, description="wqv " * 60).gone


def test_there_need_be_no_spine(book: Book) -> None:
    """Of a book of one leaf: the front stands beside the back."""
    made = wrapped(book, Panels(148, 210, 0.1, 3))
    assert not on_the_spine(replace(made))
