"""The printed page inside the ebook: its marks, its list, and the pointers that name it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from lxml import etree

from book import build
from book.base.identity import printed
from book.base.progress import QUIET
from book.base.xml import tree
from book.cache.store import Store
from book.model import Book, Pages
from book.render import epub
from book.render.pdf.volume import bound, set_volume
from book.theme import theme
from tests.epubs import (
    EPUB_TYPE,
    NO_FONTS,
    PIXEL,
    TOML,
    Epub,
    assembled,
    broken_links,
    made,
    pixel,
    text,
)
from tests.judges.epubcheck import assert_clean
from tests.printed import differences

ROOT = Path(__file__).parents[1]
BENCH = ROOT / os.environ.get("CHAPBOOK_BENCH", "../shared/bench") / "250"
#: The chapters of it that are set: four of fifteen.
SOME = ("01", "06", "11", "15")


@pytest.fixture(autouse=True)
def _plain_cover(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("book.render.epub.cover.picture", pixel)


def paged(book: Book, *beginnings: str, **places: int) -> Pages:
    """Pages 1, 2, … of the first chapter: the first with its title, each other at a word.

    ``places`` are further ids (dots as two underlines) with the index of their page.
    """
    chapter = book.chapters[0]
    words = "".join(map(str, tree(chapter.body).itertext()))
    letters = [sum(map(str.isalnum, words[: words.index(one)])) for one in beginnings]
    labels = tuple(str(number) for number in range(1, len(beginnings) + 2))
    starts = {chapter.slug: tuple(zip((0, *letters), labels, strict=True))}
    page_of = {name.replace("__", "."): page for name, page in places.items()}
    return Pages(labels, {chapter.slug: 0, **page_of}, starts)


def marked(folder: Path, prose: str, *beginnings: str) -> str:
    """The text of a chapter as the ebook has it, its marks as ``[2]``."""
    book = assembled(folder, {"01-one": f"# One\n\n{prose}\n"})
    found = made(book, paged(book, *beginnings))
    root = found.tree("c01-one.xhtml")
    for mark in root.iter("{*}span"):
        if mark.get("role") == "doc-pagebreak":
            mark.text = f"[{mark.get('aria-label')}]"
    return " ".join("".join(map(str, root[1].itertext())).split())


def test_a_page_is_marked_where_it_begins(tmp_path: Path) -> None:
    """Within a paragraph; the first before the chapter's title, not in it."""
    assert marked(tmp_path, "First words. Second words.", "Second") == (
        "[1]1 OneFirst words. [2]Second words."
    )


def test_a_divided_word_is_marked_before(tmp_path: Path) -> None:
    """Print may divide a word at the foot of a page; the ebook does not."""
    assert marked(tmp_path, "An im*possibil*ity here.", "possib").endswith(
        "An [2]impossibility here."
    )


@pytest.mark.parametrize(
    ("prose", "word", "expected"),
    [
        ("He said: “(Go) now”.", "Go", "He said: [2]“(Go) now”."),
        ("Peace—war, Anglo-Soviet.", "war", "Peace—[2]war, Anglo-Soviet."),
        ("Peace—war, Anglo-Soviet.", "Soviet", "Peace—war, Anglo-[2]Soviet."),
        ("Peace, *war* and so on.", "war", "Peace, [2]war and so on."),
        ("* one\n* two", "two", "one[2]two"),
        ("日本語の本", "の", "日本語[2]の本"),
        ("Don’t.", "t.", "[2]Don’t."),
    ],
)
def test_a_mark_stands_before_the_whole_word(
    tmp_path: Path, prose: str, word: str, expected: str
) -> None:
    """With the marks that open before it; a line may begin after a dash, a hyphen, a kanji."""
    assert marked(tmp_path, prose, word).endswith(expected)


def test_notes_and_calls_do_not_count(tmp_path: Path) -> None:
    """They have no letters in the manuscript's text."""
    prose = "First.[^a] Second.[^b] Third.\n\n[^a]: Note.\n[^b]: Other."
    assert "First.1 Second.2 [2]Third." in marked(tmp_path, prose, "Third")


def test_a_page_that_begins_with_a_heading_is_marked_before_it(tmp_path: Path) -> None:
    """So the mark is no part of the heading's name."""
    book = assembled(tmp_path, {"01-one": "# One\n\nText.\n\n## Two\n\nMore.\n"})
    heading = made(book, paged(book, "Two")).one("c01-one.xhtml", "//h:h2")
    mark = heading.getprevious()
    assert mark is not None
    assert (mark.get("aria-label"), mark.get(EPUB_TYPE)) == ("2", "pagebreak")
    assert text(heading) == "Two"


def test_a_page_that_begins_with_a_picture_is_marked_before_it(tmp_path: Path) -> None:
    """A picture has no letters; its id tells on which page it stands."""
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "a.png").write_bytes(PIXEL)
    prose = "# One\n\nText.\n\n![A dot](a.png){#dot}\n\nMore.\n"
    book = assembled(tmp_path, {"01-one": prose})
    found = made(book, paged(book, "More", **{"c01-one__dot": 1}))
    mark = found.one("c01-one.xhtml", "//h:span[@id='_page-2']")
    following = mark.getnext()
    assert following is not None
    assert etree.QName(following).localname in ("figure", "img")


def test_a_page_of_notes_alone_is_marked_at_the_end(tmp_path: Path) -> None:
    """Where the text has ended, before the ebook's own notes."""
    book = assembled(tmp_path, {"01-one": "# One\n\nText.[^x]\n\n[^x]: Note.\n"})
    pages = Pages(("1", "2"), {}, {"c01-one": ((0, "1"), (4, "2"))})
    mark = made(book, pages).one("c01-one.xhtml", "//h:span[@id='_page-2']")
    following = mark.getnext()
    assert following is not None
    assert following.get("class") == "notes"


def test_the_pages_are_listed_in_both_contents(tmp_path: Path) -> None:
    """The navigation document's page list and the NCX lead to the marks; front pages first."""
    book = assembled(tmp_path, {"01-one": "# One\n\nFirst. Second.\n"})
    one = paged(book, "Second")
    pages = Pages(("i", "iii", *one.labels), {"half-title": 0, "title-page": 1}, one.starts)
    found = made(book, pages)
    lines = found.all("0-contents.xhtml", "//h:nav[@role='doc-pagelist']//h:a")
    assert [text(line) for line in lines] == ["i", "iii", "1", "2"]
    assert [line.get("href") for line in lines][1:3] == [
        "0-title-page.xhtml#_page-iii",
        "c01-one.xhtml#_page-1",
    ]
    targets = found.all("0-contents.ncx", "//ncx:pageTarget/ncx:content")
    assert [target.get("src") for target in targets] == [line.get("href") for line in lines]
    for line in lines:
        file, _, identity = (line.get("href") or "").partition("#")
        found.one(file, f"//h:span[@id='{identity}']")


def test_the_package_says_whose_pages_they_are(tmp_path: Path) -> None:
    """EPUB Accessibility 1.1: markers, navigation, and the source of the numbers."""
    book = assembled(tmp_path, {"01-one": "# One\n\nFirst. Second.\n"})
    found = made(book, paged(book, "Second"))
    assert found.meta("pageBreakSource") == [printed(book)]
    features = found.meta("schema:accessibilityFeature")
    assert {"pageBreakMarkers", "pageNavigation"} <= set(features)


def test_without_pages_nothing_is_claimed(tmp_path: Path) -> None:
    """No mark, no list, no word of it in the package."""
    found = made(assembled(tmp_path, {"01-one": "# One\n\nText.\n"}))
    assert not found.all("0-contents.xhtml", "//h:nav[@epub:type='page-list']")
    assert found.meta("pageBreakSource") == []
    assert not found.all("c01-one.xhtml", "//*[@role='doc-pagebreak']")


def test_the_source_is_the_isbn_of_the_printed_book(tmp_path: Path) -> None:
    """If it has one; the ebook has its own."""
    isbns = 'fonts = "none"\nisbn = "9783161484100"\n[pdf]\nisbn = "978-1-86197-876-9"\n'
    book = assembled(tmp_path, {"01-one": "# One\n\nA. B.\n"}, f"{TOML}[epub]\n{isbns}")
    found = made(book, paged(book, "B"))
    assert found.meta("pageBreakSource") == ["urn:isbn:9781861978769"]
    assert text(found.one("content.opf", "//dc:identifier")) == "urn:isbn:9783161484100"


def test_a_reference_names_the_printed_page(tmp_path: Path) -> None:
    """The number is part of the link to the place; one to a note has the note's number."""
    prose = (
        "# One\n\n[See there](#there), [that](#note:x).[^x]\n\n## There {#there}\n\n[^x]: Note.\n"
    )
    book = assembled(tmp_path, {"01-one": prose})
    places = {"c01-one__there": 1, "c01-one__n__x": 0}
    found = made(book, paged(book, "There", **places))
    there, that = found.all("c01-one.xhtml", "//h:p/h:a[h:span[@class='page']]")
    assert (text(there), there.get("href")) == ("See there (p.\u00a02)", "#c01-one.there")
    assert text(that) == "that n.\u00a01 (p.\u00a01)"


def test_no_pdf_is_set_if_no_page_is_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``epub.page-list = false``."""

    def refuse(*args: object) -> None:
        raise AssertionError("a PDF was set")

    monkeypatch.setattr("book.render.pdf.volume.set_volume", refuse)
    assembled(tmp_path, {"01-one": "# One\n\nText.\n"}, f"{TOML}{NO_FONTS}page-list = false\n")
    result = build.build(tmp_path, ["epub"])
    assert [one.name for one in result.written] == ["epub"]


@pytest.mark.slow
def test_each_mark_stands_before_the_first_words_of_its_page(tmp_path: Path) -> None:
    """In a book of eighty pages, as pypdfium2 reads its PDF; and EPUBCheck has nothing to say."""
    book, _ = build.read(_bench(tmp_path))
    assert book is not None
    looks, store = theme.load(book.root)[0], Store(tmp_path / ".store")
    volume = set_volume(book, looks, store, QUIET)
    (tmp_path / "book.pdf").write_bytes(bound(volume).data)
    found = Epub(epub.render(book, looks, volume.pages, store).data)
    assert differences(found, tmp_path / "book.pdf") == []
    assert broken_links(found) == []
    (tmp_path / "book.epub").write_bytes(found.data)
    assert_clean(tmp_path / "book.epub")


def _bench(folder: Path) -> Path:
    if not BENCH.is_dir():
        pytest.skip(f"{BENCH} is not here")
    root = folder / "bench"
    root.mkdir()
    (root / "chapters").mkdir()
    for path in BENCH.rglob("*"):
        if path.is_file() and (path.suffix != ".md" or path.name.startswith(SOME)):
            target = root / "chapters" / path.relative_to(BENCH)
            target.parent.mkdir(exist_ok=True, parents=True)
            target.write_bytes(path.read_bytes())
    (root / "book.toml").write_text(TOML, "utf-8")
    return root
