"""Chapters by their own authors: below the title, in contents and in the ebook's metadata."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from book.build import read
from book.model import Book, Pages
from book.render.pdf.draft.front import _lines, front_html
from tests.conftest import Lay
from tests.epubs import NO_FONTS, Epub, made, pixel

TOML = """[book]
title = "Letters"
authors = []
language = "en"
contributors = [{ name = "Editor, Ada", role = "edt" }]
"""
ONE = "---\nauthor: Krall, Lena; Ito Jun\n---\n# One\n\nText.\n"


@pytest.fixture
def book(tmp_path: Path, lay: Lay) -> Book:
    files = {
        "book.toml": TOML + NO_FONTS,
        "chapters/1.md": ONE,
        "chapters/2.md": "# Two\n\nText.\n",
    }
    found, findings = read(lay(tmp_path, files))
    assert found is not None
    assert findings == ()
    return found


def test_names_are_in_reading_order(book: Book) -> None:
    assert book.chapters[0].authors == ("Lena Krall", "Ito Jun")
    assert [book.signed(one) for one in book.chapters] == ["Lena Krall, Ito Jun", ""]


def test_the_contents_name_them(book: Book) -> None:
    lines = [line for one in book.chapters for line in _lines(one, book, Pages((), {}))]
    assert [line.by for line in lines] == ["Lena Krall, Ito Jun", ""]


def test_the_printed_front_is_well_formed(book: Book) -> None:
    """Its template is read as XML."""
    html = etree.fromstring(front_html(book, Pages((), {}), ()))
    (by,) = (one.text for one in html.iter("span") if one.get("class") == "entry-by")
    assert by == "Lena Krall, Ito Jun"


def test_the_ebook_names_them(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("book.render.epub.cover.picture", pixel)
    found: Epub = made(book)
    assert '<p class="chapter-by">Lena Krall, Ito Jun</p>' in found.files["c1.xhtml"].decode()
    assert "One (Lena Krall, Ito Jun)" in _text(found, "contents.xhtml")
    package = _text(found, ".opf")
    assert package.count(">aut</meta>") == 2
    assert ">Ito Jun</dc:contributor>" in package


def _text(found: Epub, part: str) -> str:
    return next(data.decode() for name, data in found.files.items() if part in name)


def test_a_chapter_by_the_books_own_author_is_unsigned(tmp_path: Path, lay: Lay) -> None:
    toml = '[book]\ntitle = "T"\nauthors = ["Krall, Lena"]\nlanguage = "en"\n'
    lay(tmp_path, {"book.toml": toml, "chapters/1.md": "---\nauthor: Lena Krall\n---\n# A\n\nx\n"})
    found, _ = read(tmp_path)
    assert found is not None
    assert found.signed(found.chapters[0]) == ""
