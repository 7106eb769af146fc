"""``book import`` of documents that pandoc reads; each is made by it, or stands in ``imports/``."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from book.imports import ImportFailedError, import_book
from book.imports.ledger import Ledger
from book.imports.pandoc import run as pandoc_run
from book.imports.pandoc.document import written
from book.imports.pandoc.numbered import numbered
from tests.chapters import body
from tests.manuscripts import SOURCES, chapters_of, convert, made_as, thesis, title_of, words

try:
    PANDOC = pandoc_run.pandoc()
except ImportFailedError:
    pytest.skip("there is no pandoc (pip install pypandoc-binary)", allow_module_level=True)


def rewritten(markdown: str) -> str:
    """What our writer makes of pandoc's Markdown, in one text."""
    import json

    done = subprocess.run(
        [PANDOC, "-f", "markdown-smart-citations", "-t", "json"], input=markdown.encode(),
        capture_output=True, check=True,
    )  # fmt: skip
    text = written(json.loads(done.stdout)["blocks"], Ledger(), "x", keep_comments=False)
    return re.sub("\ue0f0\\d+\ue0f1", "", text).strip()


@pytest.mark.parametrize("ending", ["docx", "odt", "epub", "html", "rst", "tex"])
def test_a_thesis_keeps_words_notes_and_pictures(ending: str, tmp_path: Path) -> None:
    """Two hundred notes (forty where the format doesn't matter), each word, every picture."""
    notes = 200 if ending == "docx" else 40
    path = made_as(thesis(notes), ending, tmp_path / "source")
    made = import_book(path, tmp_path / "book")
    text = " ".join(chapters_of(tmp_path / "book").values())
    assert made.counts.notes == notes
    assert made.counts.pictures == 10
    source = Counter(words(convert(tmp_path / "source/source.md", "-t", "plain")))
    told = set(words((tmp_path / "book/IMPORT.md").read_text("utf-8")))
    told |= set(words((tmp_path / "book/book.toml").read_text("utf-8")))
    # Pandoc counts notes and writes small capitals as large ones; 2^nd^ and H~2~O are three words.
    lost = {word for word in source - Counter(words(text)) if not re.search(r"[\d₀-₉]|ABBOT", word)}
    assert lost <= told
    assert len(re.findall(r"\*\*\d+\*\*", text)) == notes


def test_a_thesis_from_word_is_parted_and_marked(tmp_path: Path) -> None:
    """Chapters at the headings, small capitals, links across files, title and author."""
    import_book(made_as(thesis(40), "docx", tmp_path / "source"), tmp_path / "book")
    chapters = chapters_of(tmp_path / "book")
    assert len(chapters) == 10
    first = chapters["01-chapter-about-road-1.md"]
    assert title_of(first) == "Chapter about road 1"
    assert "[Abbot]{.smallcaps}" in first
    assert "2^nd^ toll of H~2~O" in first
    assert "snake_case and 2\\*3\\*4" in first
    assert "(02-chapter-about-road-2.md)" in first
    assert ": Tolls of What was paid 1" in first
    toml = (tmp_path / "book/book.toml").read_text("utf-8")
    assert 'title = "The Toll Roads of Hall"\nauthors = ["Lena Krall"]\nlanguage = "en-GB"' in toml


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ("accept", "The new road is long."),
        ("reject", "The old road is long."),
        ("all", "The <ins>new</ins><del>old</del> road is <!-- Jo: Is it? -->long."),
    ],
)
def test_tracked_changes_are_as_the_writer_asks(changes: str, text: str, tmp_path: Path) -> None:
    """Comments are remarks with ``all``; else they stand in the list."""
    when = 'author="Jo" date="2020-01-01T00:00:00Z"'
    source = (
        f"# Road\n\nThe [new]{{.insertion {when}}}[old]{{.deletion {when}}} road is "
        f'[Is it?]{{.comment-start id="1" {when}}}long[]{{.comment-end id="1"}}.\n'
    )
    import_book(made_as(source, "docx", tmp_path / "source"), tmp_path / "book", changes)
    assert text in chapters_of(tmp_path / "book")["01-road.md"]
    told = "Is it?" in (tmp_path / "book/IMPORT.md").read_text("utf-8")
    assert told is (changes != "all")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("*a*b and a*b*", "*a*b and a*b*"),
        ("un*\u201cquoted\u201d*ly", "un<em>\u201cquoted\u201d</em>ly"),
        (
            r"\*not\* \_em\_ \[link\](x) \`c\` \<b\> 5 \$",
            r"\*not\* \_em\_ \[link\](x) \`c\` \<b> 5 \$",
        ),
        (r"1\. no list", r"1\. no list"),
        (r"\# no heading", r"\# no heading"),
        (r"\- no item", r"\- no item"),
        ("`` a`b ``", "``a`b``"),
        ("    code\n\n    ```\n", "````\ncode\n\n```\n````"),
        ("3. c\n4. d\n", "3.  c\n4.  d"),
        ("- a\n\n  b\n", "-   a\n\n    b"),
        ("- a\n\n<!-- -->\n\n- b\n", "-   a\n\n<!-- -->\n\n-   b"),
        ("| one\n|    two\n", "| one\n|    two"),
        ("a\\\nb", "a\\\nb"),
        ("$a_b$ and $x$", "$a_b$ and $x$"),
        ("$a\\text{ or }b$ 5\\$", "$a\\text{ or }b$ 5\\$"),
        ("$total cost$", "${total cost}$"),
        ("$$\na % b\n+ c\n$$", "$$a + c$$"),
        ("T\n: d\n", "T\n:   d"),
        ("a^[note *x*]", "a[^1]\n\n[^1]: note *x*"),
        ("[a b](<c d.html>)", "[a b](c%20d.html)"),
        ("x@y and @fig-a", "x@y and \\@fig-a"),
        ("== a %% b", "\\== a \\%% b"),
    ],
)
def test_what_is_written_reads_as_it_was(source: str, expected: str) -> None:
    """Marks where the source has them, and only there."""
    assert rewritten(source) == expected


def test_notes_that_are_only_links_become_notes(tmp_path: Path) -> None:
    """A web page's; its picture on the network is listed, not fetched, its script left out."""
    made = import_book(SOURCES / "web/memoir.html", tmp_path / "book")
    chapters = chapters_of(tmp_path / "book")
    assert list(chapters) == ["01-kindheit.md", "02-krieg.md"]
    assert made.counts.notes == 2
    assert "Es war *kalt*.[^1] Siehe [unten](02-krieg.md)." in chapters["01-kindheit.md"]
    assert "[^2]: Ganz." in chapters["02-krieg.md"]
    assert "Anmerkungen" not in chapters["02-krieg.md"]
    assert "[Bund]{.smallcaps}" in chapters["02-krieg.md"]
    assert 'colspan="2">Jahre' in chapters["02-krieg.md"]
    said = [loss.message for loss in made.losses]
    assert any("https://example.org/far.png" in each for each in said)
    assert any("steal()" in each for each in said)


def test_latex_is_read_with_what_it_takes_in(tmp_path: Path) -> None:
    """Parts, chapters, a picture by its stem, own commands; unknown ones keep their words."""
    made = import_book(SOURCES / "latex", tmp_path / "book")
    chapters = chapters_of(tmp_path / "book")
    assert list(chapters) == ["01-inland.md", "02-salt.md", "03-sea.md"]
    assert "kind: part" in chapters["01-inland.md"]
    assert "[Hall]{.smallcaps}" in chapters["02-salt.md"]
    assert '![The road](images/road.svg "The road"){width=50%}' in chapters["02-salt.md"]
    assert "Kept words" in chapters["03-sea.md"]
    assert "\n$$e^{i\\pi} = -1$$\n" in chapters["03-sea.md"]
    said = " ".join(loss.message for loss in made.losses)
    assert "\\stranger" in said
    assert "\\index{sea}" in said
    assert "marek99" in said


def test_restructured_text_is_read_with_what_it_includes(tmp_path: Path) -> None:
    made = import_book(SOURCES / "rst", tmp_path / "book")
    text = " ".join(chapters_of(tmp_path / "book").values())
    assert "Honey *keeps*." in text
    assert made.counts.notes == 1
    assert 'authors = ["Pia Lang"]' in (tmp_path / "book/book.toml").read_text("utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "\\begin{document}\n\\input{../secret}\\include{SECRET}x\\includegraphics{SECRET}\\end{document}",
        "x\n\n.. include:: ../secret.tex\n\n.. image:: SECRET\n",
        '<p>x<img src="../secret.tex"><img src="SECRET"><iframe src="SECRET"></iframe></p>',
    ],
)
def test_documents_read_nothing_outside(text: str, tmp_path: Path) -> None:
    """Not by includes, not by pictures, neither by pandoc nor by us."""
    (tmp_path / "secret.tex").write_text("hidden words")
    ending = ".tex" if text[0] == "\\" else ".html" if text[0] == "<" else ".rst"
    source = tmp_path / f"source/a{ending}"
    source.parent.mkdir()
    source.write_text(text.replace("SECRET", str(tmp_path / "secret.tex")))
    made = import_book(source, tmp_path / "book")
    assert b"hidden" not in b"".join(made.files.values())
    assert made.losses


def test_small_capitals_of_opendocument_are_kept(tmp_path: Path) -> None:
    """Pandoc reads none in ODT; they are marked before it does."""
    path = made_as("# A\n\nThe [Abbot]{.smallcaps} and *the* [Second One]{.smallcaps}.\n",
                   "odt", tmp_path / "source")  # fmt: skip
    import_book(path, tmp_path / "book")
    text = chapters_of(tmp_path / "book")["01-a.md"]
    assert "The [Abbot]{.smallcaps} and *the* [Second One]{.smallcaps}." in text


@pytest.mark.parametrize("name", ["work.docx", "work.odt", "work.epub"])
def test_what_is_no_document_is_refused_with_words(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"PK\x03\x04 this is nothing")
    with pytest.raises(ImportFailedError, match="Pandoc can't read this file"):
        import_book(tmp_path / name, tmp_path / "book")
    assert not (tmp_path / "book").exists()


@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_lists_count_as_they_did(ending: str, tmp_path: Path) -> None:
    """By letters and in Roman, from where they began; what has no such mark is told in words."""
    lists = (
        "a. one\nb. two", "i) one\nii) two", "(C) one\n(D) two", "I.  one\nII.  two",
        "(iv) one\n(v) two", "c. one\nd. two", "3. one\n4. two", "IV. four\nV.  five",
    )  # fmt: skip
    text = "# T\n\n" + "".join(f"{one}\n\nText *between*.\n\n" for one in lists)
    source = made_as(text, ending, tmp_path / "source")
    done = import_book(source, tmp_path / "book")
    (chapter,) = chapters_of(tmp_path / "book").values()
    assert re.findall("<ol[^>]*>", body(chapter)) == [
        '<ol type="a">', '<ol type="i">', '<ol start="3" type="A">', '<ol type="I">',
        '<ol start="4" type="i">', '<ol start="3" type="a">', '<ol start="3">', '<ol start="4">',
    ]  # fmt: skip
    told = [one.message for one in done.losses if "list" in one.message]
    assert told == ["The Roman numbers of a list that begins with number 4; it has figures here."]


def test_a_list_by_letters_within_another_stays_there() -> None:
    """And one behind a place that links lead to begins with its mark."""
    assert rewritten("1. x\n\n    a. y\n    b. z\n") == "1.  x\n\n    a.  y\n    b.  z"
    assert rewritten("[to](#k)\n\n::: {#k}\na) y\n:::\n").endswith("\n\na)  y")


@pytest.mark.parametrize(("kind", "start", "count"), [("LowerAlpha", 9, 1), ("UpperAlpha", 1, 27)])
def test_letters_that_would_be_misread_are_figures(kind: str, start: int, count: int) -> None:
    """A list that begins with "i" counts in Roman; behind "z" there is no letter."""
    marks, lost = numbered(start, count, kind, "Period")
    assert marks[0] == f"{start}."
    assert f"begins with number {start}" in lost
