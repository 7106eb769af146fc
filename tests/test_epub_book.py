"""The first book as an ebook, whole: what stands in its chapters stands in the EPUB."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image

from book import build
from book.base.data import replace
from book.base.progress import QUIET
from book.cache.store import Store
from book.model import Book, Kind
from book.render import epub
from book.render.pdf.volume import Volume, bound, set_volume
from book.theme.theme import Theme
from tests.epubs import Epub, broken_links, text
from tests.firstbook import ROOT, store_in
from tests.judges.epubcheck import assert_clean
from tests.node import ace, foliate
from tests.printed import differences


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(store_in(tmp_path_factory.getbasetemp()))


@pytest.fixture(scope="module")
def book(store: Store) -> Book:
    found, findings = build.read(ROOT, store)
    assert found is not None, findings
    return found


@pytest.fixture(scope="module")
def look(book: Book, store: Store) -> Theme:
    return build.looks(ROOT, book, store)[0]


@pytest.fixture(scope="module")
def volume(book: Book, look: Theme, store: Store) -> Volume:
    return set_volume(book, look, store, QUIET)


@pytest.fixture(scope="module")
def found(book: Book, look: Theme, volume: Volume, store: Store) -> Epub:
    return Epub(epub.render(book, look, volume.pages, store).data)


def test_each_mark_stands_before_the_first_words_of_its_page(
    book: Book, found: Epub, volume: Volume, tmp_path: Path
) -> None:
    """As pypdfium2 reads them in the PDF; and every page of a chapter is listed."""
    path = tmp_path / "book.pdf"
    path.write_bytes(bound(volume).data)
    assert differences(found, path) == []
    listed = found.all("0-contents.xhtml", "//h:nav[@role='doc-pagelist']//h:a")
    starts = (volume.pages.starts[chapter.slug] for chapter in book.chapters)
    assert {label for one in starts for _, label in one} <= {text(line) for line in listed}


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
    """Each date that is marked is a link, and whoever is named in a chapter has one at least."""
    for chapter in book.chapters:
        file = f"{chapter.slug}.xhtml"
        assert len(found.all(file, "//h:a[@class='when']")) == len(chapter.events)
        links = found.all(file, "//h:a[@class='who']")
        named = {mention.person for mention in chapter.mentions}
        assert {str(link.get("href")).rpartition(".")[2] for link in links} == named, file


def test_the_chronology_and_the_people_are_drawn_up(book: Book, found: Epub) -> None:
    """Every entry has its line and pointers; the timeline stands beside them."""
    chronology = found.all("c13-chronology.xhtml", "//h:dl[@class='chronology']/h:dd")
    people = found.all("c14-people.xhtml", "//h:dl[@class='people']/h:dt")
    assert (len(chronology), len(people)) == (len(book.chronology), len(book.people))
    assert found.one("c13-chronology.xhtml", "//h:figure[@class='timeline']") is not None
    item = found.one("content.opf", "//opf:item[@href='c13-chronology.xhtml']")
    assert item.get("properties") == "svg"


def test_no_link_is_broken(found: Epub) -> None:
    """Between all files of the package."""
    assert broken_links(found) == []


def test_the_cover_has_the_size_that_shops_ask_for(found: Epub) -> None:
    """1600 pixels wide, in the shape of the printed page."""
    with Image.open(io.BytesIO(found.files["images/cover.png"])) as cover:
        assert cover.size == (1600, 2271)


@pytest.mark.slow
def test_black_drawings_have_a_light_ground(found: Epub) -> None:
    """On a dark page they would be gone, and readers don't say that a page is dark."""
    css = next(data.decode() for name, data in found.files.items() if name.endswith(".css"))
    assert re.search(r"(?:^|\})\s*img\s*\{[^}]*background-color:\s*#fff", css, re.MULTILINE)


def test_a_reader_can_read_it(book: Book, found: Epub, tmp_path: Path) -> None:
    """foliate-js opens it at its text, turns its pages, knows its places, pops up its notes."""
    call = found.all("c09-answer.xhtml", "//h:a[@role='doc-noteref']")[0]
    task = foliate.Task(found.data, [("EPUB/c09-answer.xhtml", str(call.get("id")))], "2")
    (seen,) = foliate.read([task], tmp_path)
    assert (seen["title"], seen["start"]) == ("The Go-Between", book.chapters[1].title)
    headings = sum(len(chapter.headings) for chapter in book.chapters)
    timeline = 1  # It has a line of its own.
    assert seen["contents"] == len(book.chapters) + headings + timeline
    assert seen["landmarks"] == len(
        found.all("0-contents.xhtml", "//h:nav[@epub:type='landmarks']//h:a")
    )
    assert seen["pages"] == len(
        found.all("0-contents.xhtml", "//h:nav[@epub:type='page-list']//h:a")
    )
    assert seen["label"] == "2"
    assert sorted(set(seen["fractions"])) == seen["fractions"]
    (note,) = seen["notes"]
    aside = found.one("c09-answer.xhtml", f"//*[@id='{str(call.get('href')).partition('#')[2]}']")
    assert note["text"].split() == text(aside).split()
    assert (note["type"], note["hidden"]) == ("footnote", True)


@pytest.mark.slow
def test_ace_has_nothing_to_say(
    book: Book, look: Theme, volume: Volume, store: Store, tmp_path: Path
) -> None:
    """No violation of any severity (of two chapters and all that are of other kinds, for time)."""
    others = [one for one in book.chapters if one.kind is not Kind.CHAPTER]
    first, second, *_ = (one for one in book.chapters if one.kind is Kind.CHAPTER)
    few = replace(book, chapters=tuple(sorted([first, second, *others], key=book.chapters.index)))
    path = tmp_path / "few.epub"
    path.write_bytes(epub.render(few, look, volume.pages, store).data)
    assert ace.violations(path, tmp_path) == []
