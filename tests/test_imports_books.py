"""From a source to the finished book with one command; and what ``docs/import.md`` says."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from book.build import build
from book.cli.commands import app
from book.imports import ImportFailedError, import_book
from book.imports.detect import kind_of
from book.imports.pandoc import run as pandoc_run
from book.imports.source import Shelf
from tests.judges import epubcheck, pdftext, verapdf
from tests.manuscripts import SOURCES, made_as, thesis

DOCS = Path(__file__).parents[1] / "docs" / "import.md"

try:
    pandoc_run.pandoc()
    HAS_PANDOC = True
except ImportFailedError:
    HAS_PANDOC = False
needs_pandoc = pytest.mark.skipif(not HAS_PANDOC, reason="there is no pandoc")


@pytest.mark.slow
@needs_pandoc
def test_a_thesis_of_two_hundred_notes_becomes_a_book(tmp_path: Path) -> None:
    """From Word to print and ebook without an edit: no finding but of its pictures, every note."""
    import_book(made_as(thesis(200), "docx", tmp_path / "source"), tmp_path / "book")
    result = build(tmp_path / "book", ["pdf", "epub"], cache=False)
    # T020: its pictures are small; Word does not say how large they are meant to be.
    assert [each for each in result.findings if each.code != "T020"] == []
    pdf, epub = (one.path for one in result.written)
    epubcheck.assert_clean(epub)
    verapdf.assert_compliant(pdf, "ua1", "3a")
    printed = " ".join(" ".join(pdftext.pages(pdf)).split())
    with zipfile.ZipFile(epub) as archive:
        pages = [archive.read(name).decode() for name in archive.namelist() if "html" in name]
    notes = re.findall(r'epub:type="footnote"', " ".join(pages))
    assert len(notes) == 200
    assert all(f"Roll {number}, fol." in printed for number in range(1, 201))


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["mdbook", "quarto", "obsidian", "jekyll", "gitbook", "leanpub", "hugo"]
)
def test_a_book_of_each_kind_can_be_built(name: str, tmp_path: Path) -> None:
    """With no edit, print and ebook come out that have all chapters, notes and pictures."""
    made = import_book(SOURCES / name, tmp_path / "book")
    result = build(tmp_path / "book", ["pdf", "epub"], cache=False)
    pdf, epub = (one.path for one in result.written)
    epubcheck.assert_clean(epub)
    verapdf.assert_compliant(pdf, "ua1", "3a")
    with zipfile.ZipFile(epub) as archive:
        names = archive.namelist()
        pages = " ".join(archive.read(one).decode() for one in names if one.endswith(".xhtml"))
    assert sum("/0" in one or re.search(r"/c0\d", one) is not None for one in names) >= (
        made.counts.chapters
    )
    assert len(re.findall(r'epub:type="footnote"', pages)) >= made.counts.notes
    shown = set(re.findall(r'<img[^>]* src="images/([^"]+)"', pages))
    assert len(shown - {"cover.svg", "cover.png", "cover.jpg"}) >= made.counts.pictures
    printed = set(re.findall(r"[^\W\d_]{4,}", " ".join(pdftext.pages(pdf))))
    read = set(re.findall(r"[^\W\d_]{4,}", re.sub(r"<[^>]+>|\xad", " ", pages)))
    assert len(read - printed) < 0.25 * len(read)  # Words are divided, and heads are capitals.


def _examples() -> list[str]:
    shells = re.findall(r"^```sh\n(.*?)^```$", DOCS.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return [
        line for shell in shells for line in shell.splitlines() if line.startswith("book import")
    ]


@needs_pandoc
def test_the_examples_of_the_page_do_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each `book import …` of ``docs/import.md``, beside the files that it names."""
    monkeypatch.chdir(tmp_path)
    made_as("# One\n\nWords.\n", "docx", tmp_path / "made").rename("thesis.docx")
    (tmp_path / "work.docx").write_bytes((tmp_path / "thesis.docx").read_bytes())
    (tmp_path / "guide").symlink_to(SOURCES / "mdbook")
    assert len(_examples()) >= 3
    for number, example in enumerate(_examples()):
        words = example.split()[1:]
        words[2] = f"{words[2]}-{number}"
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 0, done.output
        assert (tmp_path / words[2] / "book.toml").is_file()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("mdbook", "mdBook"), ("quarto", "Quarto"), ("gitbook", "GitBook"), ("leanpub", "Leanpub"),
        ("obsidian", "Obsidian"), ("jekyll", "Jekyll"), ("hugo", "Hugo"), ("folder", "a folder"),
        ("long.md", "Markdown"), ("web/memoir.html", "HTML"),
    ],
)  # fmt: skip
def test_a_source_is_known_by_what_only_its_tool_has(name: str, kind: str, tmp_path: Path) -> None:
    assert kind_of(Shelf(SOURCES / name), tmp_path, "accept").name == kind


def test_a_book_of_ours_is_no_source(tmp_path: Path) -> None:
    (tmp_path / "one/chapters").mkdir(parents=True)
    (tmp_path / "one/book.toml").write_text('[book]\ntitle = "T"\n')
    with pytest.raises(ImportFailedError, match="a book of Chapbook already"):
        import_book(tmp_path / "one", tmp_path / "two")


@pytest.mark.parametrize("name", ["a.xyz", "empty"])
def test_what_is_no_text_is_refused_with_words(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if "." in name:
        path.write_text("x")
    else:
        path.mkdir()
    with pytest.raises(ImportFailedError) as refused:
        import_book(path, tmp_path / "book")
    assert refused.value.hint
