"""The first book as an ebook, whole: what stands in its chapters stands in the EPUB."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from book.model import Book
from book.parse import parse
from book.store import Store
from book.theme import load
from tests.epubs import Epub, broken_links, text
from tests.judges.epubcheck import assert_clean

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def book() -> Book:
    from book import config, manuscript
    from book.assemble import assemble

    settings, _ = config.load(ROOT)
    sources, _ = manuscript.read(ROOT)
    assert settings is not None
    return assemble(ROOT, settings, [parse(one, settings.book.language) for one in sources])


@pytest.fixture(scope="module")
def found(book: Book) -> Epub:
    from book.render import epub

    return Epub(epub.render(book, load(ROOT)[0], None, Store(ROOT / "build/.store")).data)


@pytest.mark.slow
def test_epubcheck_has_nothing_to_say(found: Epub, tmp_path: Path) -> None:
    """No error and no warning."""
    path = tmp_path / "book.epub"
    path.write_bytes(found.data)
    assert_clean(path)


def test_every_note_is_there_once(book: Book, found: Epub) -> None:
    """In the file of its chapter, with its number."""
    for chapter in book.chapters:
        asides = found.all(f"{chapter.slug}.xhtml", "//h:aside[@role='doc-footnote']")
        numbers = sorted(text(aside).split(".")[0] for aside in asides)
        called = [book.note_numbers[note.id] for note in chapter.notes if note.calls]
        assert numbers == sorted(called), chapter.path


def test_every_date_and_name_is_there(book: Book, found: Epub) -> None:
    """As many as the chapters mark, each a link."""
    for chapter in book.chapters:
        file = f"{chapter.slug}.xhtml"
        assert len(found.all(file, "//h:a[@class='when']")) == len(chapter.events)
        assert len(found.all(file, "//h:a[@class='who']")) == len(chapter.mentions)


def test_the_chronology_and_the_people_are_drawn_up(book: Book, found: Epub) -> None:
    """Every entry has its line and pointers; the timeline stands beside them."""
    chronology = found.all("c10-chronology.xhtml", "//h:dl[@class='chronology']/h:dd")
    people = found.all("c11-people.xhtml", "//h:dl[@class='people']/h:dt")
    assert (len(chronology), len(people)) == (len(book.chronology), len(book.people))
    assert found.one("c10-chronology.xhtml", "//h:figure[@class='timeline']") is not None
    item = found.one("content.opf", "//opf:item[@href='c10-chronology.xhtml']")
    assert item.get("properties") == "svg"


def test_no_link_is_broken(found: Epub) -> None:
    """Between all files of the package."""
    assert broken_links(found) == []


def test_the_cover_has_the_size_that_shops_ask_for(found: Epub) -> None:
    """1600 by 2560 pixels."""
    with Image.open(io.BytesIO(found.files["images/cover.png"])) as cover:
        assert cover.size == (1600, 2560)
