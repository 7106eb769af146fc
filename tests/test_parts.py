"""Parts, numbers and order: what a book of several folders is in all its outputs."""

from __future__ import annotations

import runpy
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from book.assemble import assemble
from book.build import build, read
from book.model import BookTable, Config, Kind, NumberingTable, Source, Text
from book.parse.chapter import parse
from book.words import words
from book.words.numbers import counted
from tests.judges.epubcheck import assert_clean

Lay = Callable[..., Path]
FOLDER = Path(__file__).parents[1]
TOML = '[book]\ntitle = "T"\nauthors = ["A"]\nlanguage = "en"\n'


def numbers(*texts: str, **table: str) -> list[str | None]:
    """What numbers the chapters of these texts have."""
    sources = [
        Source(f"chapters/{at}.md", f"c{at}", Text.of(text), "") for at, text in enumerate(texts)
    ]
    config = Config(BookTable("T", ("A",), "en"), numbering=NumberingTable(**table))  # type: ignore[arg-type]
    book = assemble(Path(), config, [parse(one, "en") for one in sources])
    return [book.numbers.get(one.slug) for one in sources]


def test_chapters_count_through_parts() -> None:
    part = "---\nkind: part\n---\n\n# The war"
    assert numbers(part, "# A", part, "# B") == ["Part I", "1", "Part II", "2"]


@pytest.mark.parametrize(
    ("style", "wanted"),
    [("roman", "II"), ("words", "Chapter Two"), ("none", None), ("arabic", "2")],
)
def test_numbers_are_of_the_kind_that_is_asked_for(style: str, wanted: str | None) -> None:
    assert numbers("# A", "# B", chapters=style)[1] == wanted


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("en-GB", "Chapter Twenty-one"),
        ("de", "Kapitel einundzwanzig"),
        ("fr-CA", "Chapitre vingt-et-un"),
        ("ru", "Глава двадцать первая"),
        ("hu", "Huszonegyedik fejezet"),
        ("ar", "الفصل الحادي والعشرون"),
        ("ja", "第二十一章"),
        ("zh-TW", "第二十一章"),
        ("la", "Caput 21"),
    ],
)
def test_chapters_are_counted_in_the_words_of_the_language(language: str, wanted: str) -> None:
    """In the form that follows its word for a chapter."""
    assert counted(words(language).chapter_number, 21, language) == wanted


def test_numbers_in_words_are_those_of_cldr() -> None:
    """All 99 of each language, and none twice; made anew they are the same."""
    rows = (FOLDER / "book/words/numbers.txt").read_text("utf-8").splitlines()[1:]
    assert len(rows) == 30
    assert all(len(set(row.split("|")[1:])) == 99 for row in rows), rows
    pytest.importorskip("icu", reason="chapbook[khmer] is not installed")
    assert runpy.run_path(str(FOLDER / "tools/numberwords.py"))["table"]().splitlines()[1:] == rows


def test_a_chapter_may_have_no_number() -> None:
    assert numbers("# A {.unnumbered}", "# B", "---\nnumbered: false\n---\n# C", "# D") == [
        *(None, "1", None, "2"),
    ]


def test_titles_that_bring_numbers_get_no_others() -> None:
    assert numbers("# Chapter 12: A", "# Chapter XIII. B", "# C") == [None, None, None]
    assert numbers("# 1984", "# A", "# B") == ["1", "2", "3"]
    assert numbers("# 第一章 开端", "# 第12章 はじめに", "# 제1장 시작") == [None] * 3


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("CHAPTER THE FOURTEENTH", "en"),
        ("Chapter the Twenty-First: The end", "en"),
        ("The Second Chapter", "en"),
        ("Einundzwanzigstes Kapitel", "de"),
        ("Chapitre premier", "fr"),
        ("Capítulo primero", "es"),
        ("Capitolo terzo", "it"),
    ],
)
def test_a_number_in_words_is_one(title: str, language: str) -> None:
    """Such as old novels have; "The First World War" has none."""
    texts = (f"# {title}", "# The First World War", "# Chapters of a life")
    sources = [
        Source(f"chapters/{at}.md", f"c{at}", Text.of(text), "") for at, text in enumerate(texts)
    ]
    config = Config(BookTable("T", ("A",), language))
    made = assemble(Path(), config, [parse(one, language) for one in sources])
    assert [made.numbers.get(one.slug) for one in made.chapters] == [None, "2", "3"]


def test_headings_are_numbered_if_asked_for() -> None:
    source = Source("chapters/a.md", "a", Text.of("# A\n\n## B\n\n### C\n\n## D"), "")
    config = Config(BookTable("T", ("A",), "en"), numbering=NumberingTable(headings=True))
    (made,) = assemble(Path(), config, [parse(source, "en")]).chapters
    assert [one.text for one in made.headings] == ["1.1 B", "1.1.1 C", "1.2 D"]


class TestFiles:
    def test_numbers_are_numbers_and_folders_are_parts(self, tmp_path: Path, lay: Lay) -> None:
        files = ["10-end.md", "2-war/10.md", "2-war/9.MARKDOWN", "1.MD", "README.md"]
        root = lay(tmp_path, {f"chapters/{name}": f"# T{name}\n\nText.\n" for name in files})
        book, found = read(lay(root, {"book.toml": TOML}))
        assert book is not None
        titles = [one.title for one in book.chapters]
        assert titles == ["T1.MD", "War", "T2-war/9.MARKDOWN", "T2-war/10.md", "T10-end.md"]
        assert book.chapters[1].kind is Kind.PART
        assert [(str(one.place), one.code) for one in found] == [("chapters/README.md", "M013")]

    def test_the_order_may_be_written_down(self, tmp_path: Path, lay: Lay) -> None:
        toml = f'chapters = ["b.md", "a", "nowhere.md"]\n{TOML}'
        names = {f"chapters/{name}.md": f"# {name}\n\nText.\n" for name in "abc"}
        book, found = read(lay(tmp_path, {**names, "book.toml": toml}))
        assert book is not None
        assert [one.title for one in book.chapters] == ["b", "a"]
        assert [one.code for one in found] == ["B004", "M013"]

    def test_drafts_are_left_out_and_told(self, tmp_path: Path, lay: Lay) -> None:
        files = {"chapters/a.md": "# A\n\nText.", "chapters/b.md": "---\ndraft: true\n---\n# B"}
        book, found = read(lay(tmp_path, {**files, "book.toml": TOML}))
        assert book is not None
        assert [one.title for one in book.chapters] == ["A"]
        assert [one.code for one in found] == ["M013"]


def test_a_chapter_says_what_the_book_says(tmp_path: Path, lay: Lay) -> None:
    """Its words, without signs; in code it is code; what is unknown is told."""
    text = "# A\n\n{{ book.title }} by {{book.authors}}, `{{ book.title }}`, {{ book.nothing }}"
    files = {"chapters/a.md": text, "book.toml": TOML.replace('"T"', '"The *T*"')}
    book, found = read(lay(tmp_path, files))
    assert book is not None
    body = book.chapters[0].body
    assert body == "<p>The T by A, <code>{{ book.title }}</code>, {{ book.nothing }}</p>"
    assert [one.code for one in found] == ["M011"]


def test_a_title_has_githubs_anchor(tmp_path: Path, lay: Lay) -> None:
    files = {
        "chapters/a.md": "# The First Day\n\nText.",
        "chapters/b.md": "# B\n\n[x](a.md#the-first-day)",
    }
    book, found = read(lay(tmp_path, {**files, "book.toml": TOML}))
    assert book is not None
    assert [one.target for one in book.chapters[1].references] == ["a"]
    assert 'data-to="a"' in book.chapters[1].body
    assert found == ()


@pytest.mark.slow
def test_an_ebook_of_all_that_may_be_written_is_clean(tmp_path: Path, lay: Lay) -> None:
    """EPUBCheck is silent; chapters stand below their part."""
    everything = Path(__file__).with_name("written.md").read_text("utf-8")
    files = {"book.toml": TOML + "[epub]\npage-list = false\n", "chapters/1-war/1.md": everything}
    build(lay(tmp_path, files), ["epub"], cache=False)
    made = tmp_path / "build" / "t.epub"
    assert_clean(made)
    with zipfile.ZipFile(made) as book:
        nav = book.read("EPUB/0-contents.xhtml").decode()
    assert nav.count("<ol>") >= 3
