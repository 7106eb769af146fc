"""Numbers of formulas, by chapter; links and formulas that say them."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from book.base.equations import numbering, referred, with_tags
from book.build import build
from book.imports import import_book
from book.model import Book
from tests.judges import epubcheck, pdftext, verapdf
from tests.test_assemble import made

_ROWS = r"""$$
\begin{align}
a &= b \label{a} \\
c &= d \notag \\
e &= f \label{b} \tag{X}
\end{align}
$$
"""
_SET = r"\begin{align} a &= b \tag{1.1} \\ c &= d \notag \\ e &= f \tag{X} \end{align}"


def said(book: Book, at: int = 0) -> str:
    """The text of a chapter, each formula as its TeX between bars."""
    root = etree.fromstring(f"<div>{book.chapters[at].body}</div>")
    for one in root.iter("span"):
        if "data-tex" in one.attrib:
            one.text = f"|{one.get('data-tex')}|"
    return " ".join(" ".join("".join(map(str, one.itertext())) for one in root).split())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("$$x$$ {#eq-x}\n\n[](#eq-x)", "|x|(1.1) (1.1)"),
        ("See [](#x), [](b.md#y).\n\n$$\nx \\label{x}\n$$", "See (1.1), (2.1). |x|(1.1)"),
        ("$$x$$\n\n$$y$$ {#y} on\n\n$$z$$ {#z}", "|x| |y|(1.1) on |z|(1.2)"),
        ("$$x \\tag{*}$$\n\n$$y \\label{a}\\tag*{A}$$ [](#a)", "|x|(*) |y|A A"),
        ("$$x \\tag{$\\ast$}$$", "|x|(*)"),
        ("$$x$$ {#q}\n\n$$z = \\eqref{q} + \\ref{y}$$",
         "|x|(1.1) |z = \\text{(1.1)} + \\text{2.1}|"),
        ("A note.[^a]\n\n$$x$$ {#x}\n\n[^a]: $$y$$ {#in} and [](#x)", "A note. |x|(1.1)"),
        (_ROWS + "\n[](#a) [](#b)", f"|{_SET}| (1.1) (X)"),
    ],
)  # fmt: skip
def test_what_is_named_has_a_number(text: str, wanted: str) -> None:
    """By its chapter; what isn't has none, but for its own. Rows have theirs in the formula."""
    book = made(f"# One\n\n{text}\n", "# Two\n\n$$y$$ {#y}\n")
    assert said(book) == wanted
    assert not [one for one in book.findings if one.code != "A003"]


def test_a_number_that_nothing_has_is_told() -> None:
    """L002 at the formula that names it; in it stands a question mark."""
    book = made("# One\n\nText.\n\n$$a = \\eqref{no}$$\n")
    assert [(one.code, str(one.place)) for one in book.findings] == [("L002", "chapters/a.md:5:1")]
    assert "(?)" in said(book)


def test_pieces_of_tex() -> None:
    """Labels and numbers are taken out where one number stands at the margin."""
    assert numbering(r"x \label{a}", "b").names == ("b", "a")
    assert numbering(r"\begin{split} x \\ y \end{split} \label{a}").tex.endswith(r"\end{split}")
    assert with_tags(r"a \nonumber \label{x} \\ b", {"x": "7"}) == r"a \tag{7} \\ b"
    assert referred(r"\eqref{x} \ref{y}", {"x": "1"}) == r"\text{(1)} \text{?}"


_TEXTS = {
    "quarto/_quarto.yml": "lang: en\nbook: {title: T, author: A, chapters: [a.qmd, b.qmd]}\n",
    "quarto/a.qmd": "# One\n\n$$\nx = y\n$$ {#eq-one}\n\nWide and narrow.\n",
    "quarto/b.qmd": "# Two\n\nBy @eq-one, and \\eqref{own}:\n\n$$z \\label{own}$$\n",
}


def test_they_come_along_and_stand_at_the_margin(tmp_path: Path) -> None:
    """From Quarto to print, whose numbers end where the lines do, and the ebook."""
    for name, text in _TEXTS.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    import_book(tmp_path / "quarto", tmp_path / "book")
    result = build(tmp_path / "book", ["pdf", "epub"], cache=False)
    assert not result.findings
    pdf, epub = (one.path for one in result.written)
    text = " ".join(" ".join(pdftext.pages(pdf)).split())
    assert re.search(r"By \(1\.1\) \(p\. 1\), and \(2\.1\) \(p\. 3\):", text)
    verapdf.assert_compliant(pdf, "ua1")
    epubcheck.assert_clean(epub)
    with zipfile.ZipFile(epub) as archive:
        page = archive.read("EPUB/c02-two.xhtml").decode()
    assert re.search(r'</math><span class="cb-equation" id="c02-two.own">\(2\.1\)</span></p>', page)
