"""Markdown's signs in titles that stand alone: emphasis where it can be set, else the words."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from book.build import build
from book.parse.titles import emphasised, marked, plain
from tests.judges import pdftext


@pytest.mark.parametrize(
    ("typed", "words", "xhtml"),
    [
        ("The *Iliad*, read", "The Iliad, read", "The <em>Iliad</em>, read"),
        ("M*A*S*H & snake_case_name", "M*A*S*H & snake_case_name", "M*A*S*H &amp; snake_case_name"),
        ("R&amp;D `a*b` &mdash; 2 * 3 * 4", "R&D a*b — 2 * 3 * 4", "R&amp;D a*b — 2 * 3 * 4"),
        (r"\*Not\* so", "*Not* so", "*Not* so"),
        ("**A _b_** <em>d</em><br>e", "A b d e", "<strong>A </strong><em>b</em> <em>d</em> e"),
        ("AT&T and [so](x.md) on", "AT&T and so on", "AT&amp;T and so on"),
    ],
)  # fmt: skip
def test_signs_are_read_and_words_stay(typed: str, words: str, xhtml: str) -> None:
    assert plain(typed) == words
    assert emphasised(*marked(typed)) == xhtml


def test_a_title_is_as_meant_everywhere(tmp_path: Path) -> None:
    """Plain in metadata and running text, emphasised on the title page and above its chapter."""
    (tmp_path / "chapters").mkdir()
    (tmp_path / "book.toml").write_text(
        '[book]\ntitle = "The *Iliad* &amp; us"\nauthors = ["A B"]\nlanguage = "en"\n'
    )
    chapter = "---\ntitle: Of *Troy*\n---\n\nSo says {{ book.title }}.\n"
    (tmp_path / "chapters/01.md").write_text(chapter)
    made = build(tmp_path, ["pdf", "epub"], cache=False)
    assert not made.findings
    pdf, epub = (one.path for one in made.written)
    text = " ".join(" ".join(pdftext.pages(pdf)).split())
    assert "*" not in text
    assert "So says The Iliad & us." in text
    with zipfile.ZipFile(epub) as archive:
        read = {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
    whole = " ".join(text for name, text in read.items() if name.endswith(("html", "opf")))
    assert ">The Iliad &amp; us</dc:title>" in whole
    assert "The <em>Iliad</em> &amp; us</h1>" in whole
    assert "Of <em>Troy</em></span></h1>" in whole
    assert "*" not in "".join(text for name, text in read.items() if name.endswith(("svg", "html")))
