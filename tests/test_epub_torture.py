"""The book that is hard on everything (``tests/torture.py``), and what judges say of it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Literal

import pytest
from lxml import etree
from PIL import Image

from book import build
from book.base.data import replace
from book.cache.store import Store
from book.model import Book
from book.render import epub
from book.theme import theme
from tests import torture
from tests.epubs import Epub, broken_links, pixel, text
from tests.judges.epubcheck import assert_clean
from tests.node import ace, foliate

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    found, findings = build.read(torture.lay(tmp_path_factory.mktemp("torture") / "book"))
    assert found is not None, findings
    return found


def rendered(
    book: Book, notes: Literal["popup", "chapter-end", "book-end"] = "popup", fonts: bool = False
) -> Epub:
    table = replace(book.config.epub, notes=notes, fonts="embed" if fonts else "none")
    book = replace(book, config=replace(book.config, epub=table))
    looks = theme.load(book.root)[0]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("book.render.epub.cover.picture", pixel)
        return Epub(epub.render(book, looks, None, Store(book.root / ".store")).data)


@pytest.fixture(scope="module")
def found(book: Book) -> Epub:
    return rendered(book, fonts=True)


@pytest.mark.slow
@pytest.mark.parametrize("notes", ["popup", "chapter-end", "book-end"])
def test_epubcheck_has_nothing_to_say(
    book: Book, tmp_path: Path, notes: Literal["popup", "chapter-end", "book-end"]
) -> None:
    """Of every construct, wherever the notes stand; and no link is broken."""
    made = rendered(book, notes)
    path = tmp_path / "book.epub"
    path.write_bytes(made.data)
    assert_clean(path)
    assert broken_links(made) == []


def test_no_file_is_too_large_for_old_readers(found: Epub) -> None:
    """A chapter of a megabyte is parted, at most at 300 kB, and no more than it must be."""
    sizes = {name: len(found.files[name]) for name in found.documents()}
    assert max(sizes.values()) <= 300_000
    parts = [name for name in sizes if name.endswith("c03-large.xhtml")]
    assert parts == _parts(found)
    assert 4 <= len(parts) <= 7


def _parts(found: Epub) -> list[str]:
    """The files of the large chapter in their order."""
    count = sum(name.endswith("c03-large.xhtml") for name in found.files)
    return ["c03-large.xhtml", *(f"{number}-c03-large.xhtml" for number in range(2, count + 1))]


def test_a_chapter_is_parted_where_its_sections_begin(found: Epub) -> None:
    """All but the section that is itself too large; no part ends with a heading."""
    parts = _parts(found)
    firsts = [found.all(name, "//h:body/h:section/*[2]")[0] for name in parts[1:]]
    names = [etree.QName(first).localname for first in firsts]
    assert names == sorted(names)  # by a section first; then within the one that is too large
    for name in parts:
        last = found.all(name, "//h:body/h:section/*[not(@class='notes')]")[-1]
        assert etree.QName(last).localname == "p"


def test_the_contents_lead_into_the_parts(found: Epub) -> None:
    """To the file in which the section stands."""
    lines = found.all("0-contents.xhtml", "//h:nav[@id='toc']//h:a")
    (part,) = (line.get("href") for line in lines if text(line) == "Part 7")
    file, _, identity = str(part).partition("#")
    assert file != "c03-large.xhtml"
    assert text(found.one(file, f"//h:h2[@id='{identity}']")) == "Part 7"


def test_a_note_stands_in_the_part_that_calls_it_first(found: Epub) -> None:
    """Another part that calls it has a note of its own, whose way back leads there."""
    notes = found.all("c03-large.xhtml", "//h:aside")
    assert text(notes[0]).startswith("1. Of part 1.")
    ways = notes[0].findall(".//*[@role='doc-backlink']")
    assert [str(way.get("href"))[0] for way in ways] == ["#"]
    again = found.all(_parts(found)[-1], "//h:aside")[-1]
    assert text(again).endswith("Of part 1.")
    (way,) = again.findall(".//*[@role='doc-backlink']")
    assert str(way.get("href")).startswith("#")


def test_a_large_picture_is_scaled_and_a_small_one_is_not(book: Book, found: Epub) -> None:
    """The longer side has ``epub.image-max`` pixels at most; the type stays."""
    (large,) = (data for name, data in found.files.items() if name.startswith("images/b-"))
    with Image.open(io.BytesIO(large)) as image:
        assert (image.format, image.size) == ("JPEG", (2560, 1280))
    (small,) = (data for name, data in found.files.items() if name.startswith("images/d-"))
    assert small == (book.root / "chapters" / "d.webp").read_bytes()


def test_every_type_of_picture_is_declared(found: Epub) -> None:
    """As the core media types of EPUB 3.3."""
    media = {item.get("media-type") for item in found.all("content.opf", "//opf:item")}
    images = {"image/png", "image/jpeg", "image/webp", "image/gif", "image/svg+xml"}
    assert images <= media


@pytest.mark.slow
def test_a_reader_can_read_it(found: Epub, tmp_path: Path) -> None:
    """foliate-js opens it, turns pages, and shows the long note whole in its pop-up."""
    calls = found.all("c02-many.xhtml", "//h:a[@role='doc-noteref']")
    wanted = [("EPUB/c02-many.xhtml", str(calls[index].get("id"))) for index in (0, 1)]
    (seen,) = foliate.read([foliate.Task(found.data, wanted, "")], tmp_path)
    long, again = seen["notes"]
    assert long["text"].split() == ["1.", *torture.LONG.split()]
    assert again["text"].startswith("2. Again.")
    assert sorted(seen["fractions"]) == seen["fractions"]
    assert len(set(seen["fractions"])) == len(seen["fractions"])


@pytest.mark.slow
def test_ace_has_nothing_to_say_of_everything(found: Epub, book: Book, tmp_path: Path) -> None:
    """Of every construct (the large chapters, which add no other, are left out for time)."""
    chapters = tuple(one for one in book.chapters if one.slug not in ("c02-many", "c03-large"))
    few = replace(book, chapters=chapters)
    path = tmp_path / "few.epub"
    path.write_bytes(rendered(few).data)
    assert ace.violations(path, tmp_path) == []
