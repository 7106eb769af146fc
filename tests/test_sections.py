"""How deep the printed contents list, and what stands at the heads of a book in one file."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from book.build import read
from book.model import Book, Pages
from book.render.pdf.draft.front import front_html
from book.render.pdf.draft.webaddresses import with_breaks
from book.theme.theme import load
from book.theme.typefaces import dressed
from tests.conftest import Lay

NOVEL = "# A novel\n\n" + "".join(
    f"## {name}\n\nText.\n\n### The same {name}\n\nText.\n\n" for name in ("One", "Two", "3", "4")
)


def _book(lay: Lay, root: Path, chapters: int, more: str = "") -> Book:
    toml = f'[book]\ntitle = "T"\nauthors = ["A"]\nlanguage = "en"\n{more}'
    files = {f"chapters/{one}.md": NOVEL for one in range(chapters)}
    book, _ = read(lay(root, {"book.toml": toml, **files}))
    assert book is not None
    return book


def _lines(book: Book) -> list[tuple[str, str]]:
    """The class and the title of each line of the contents."""
    root = etree.fromstring(front_html(book, Pages((), {}), ()))
    return [
        (line.get("class", ""), line.findtext(".//span[@class='entry-title']") or "")
        for line in root.iterfind(".//li")
    ]


def test_a_novel_in_one_file_has_its_headings_in_the_contents(lay: Lay, tmp_path: Path) -> None:
    book = _book(lay, tmp_path, 1)
    titles = [title for _, title in _lines(book)]
    assert titles == ["A novel", "One", "Two", "3", "4"]
    sheet = dressed(load(tmp_path)[0], book)[0].css("print")
    assert "h2 { string-set: chapter content(); }" in sheet


def test_a_book_of_chapters_lists_them_alone(lay: Lay, tmp_path: Path) -> None:
    book = _book(lay, tmp_path, 3)
    assert [title for _, title in _lines(book)] == ["A novel"] * 3
    assert "h2 { string-set" not in dressed(load(tmp_path)[0], book)[0].css("print")


@pytest.mark.parametrize(("depth", "kinds"), [(1, 1), (2, 5), (3, 9)])
def test_the_contents_are_as_deep_as_asked(
    lay: Lay, tmp_path: Path, depth: int, kinds: int
) -> None:
    lines = _lines(_book(lay, tmp_path, 3, f"[toc]\ndepth = {depth}\n"))
    assert len(lines) == 3 * kinds
    assert ("in-body subsection", "The same One") in lines or depth < 3


def test_no_line_ends_behind_the_hyphen_of_an_address() -> None:
    """It would be taken for one that the book put in; a line may end before it."""
    root = etree.fromstring("<p>See https://example.org/the-roll of well-known men.</p>")
    with_breaks(root)
    assert "".join(root.itertext()) == (
        "See https://example\u200b.org/\u200bthe\u200b-\u2060roll of well-known men."
    )
