"""The tutorial and the how-to pages are true: each of their commands says what they show."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.followed import follow

DOCS = Path(__file__).parents[1] / "docs"
#: What a page finds in the folder where it begins.
THERE = {
    "from-mdbook": {
        "guide/book.toml": '[book]\ntitle = "A guide"\nauthors = ["Ada Example"]\n'
        'language = "en"\n',
        "guide/src/SUMMARY.md": "# Summary\n\n- [Introduction](intro.md)\n"
        "- [First steps](first.md)\n  - [More](more.md)\n- [In the end](end.md)\n",
        "guide/src/intro.md": "# Introduction\n\nWhat this guide is for.\n",
        "guide/src/first.md": "# First steps\n\nTake [one](more.md), then another.\n",
        "guide/src/more.md": "# More\n\nThe second is easier.\n",
        "guide/src/end.md": "# In the end\n\nAll is well.\n",
    },
    "from-pandoc": {
        "work.md": "---\ntitle: The work\nauthor: Ada Example\nlang: en\nbibliography: refs.bib\n"
        "---\n\n# The question\n\nHe asked.[^a]\n\n[^a]: Once.\n\n# The answer\n\n"
        "As shown [@koshkin2005, p. 3].\n",
        "refs.bib": "@book{koshkin2005,\n  author = {Koshkin, Anatoly},\n  title = {The Pact},\n"
        "  publisher = {Example Press},\n  year = {2005}\n}\n",
    },
    "own-look": {},
    "second-language": {},
}


def test_the_tutorial_can_be_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From its first command to its last, with the files that it has one write."""
    monkeypatch.chdir(tmp_path)
    follow((DOCS / "tutorial.md").read_text("utf-8"), monkeypatch)
    assert Path("build/the-bridge-booklet.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("name", THERE)
def test_a_page_can_be_followed(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the manuscript that it begins with, if it does."""
    monkeypatch.chdir(tmp_path)
    for path, text in THERE[name].items():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(text, "utf-8")
    follow((DOCS / "how-to" / f"{name}.md").read_text("utf-8"), monkeypatch)


def test_the_page_for_word_can_be_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a document that pandoc makes."""
    pypandoc = pytest.importorskip("pypandoc", reason="the document is made with pandoc")
    monkeypatch.chdir(tmp_path)
    text = "---\ntitle: The thesis\nauthor: Ada Example\nlang: en\n---\n\n# The question\n\n"
    text += "He asked.[^a]\n\n[^a]: Once.\n\n# The answer\n\nIt was no.\n"
    pypandoc.convert_text(text, "docx", format="markdown", outputfile="thesis.docx")
    follow((DOCS / "how-to" / "from-word.md").read_text("utf-8"), monkeypatch)
