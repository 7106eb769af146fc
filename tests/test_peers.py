"""Lines are measured as they stand, and other typesetters are given the same text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pydyf
import pytest

from bench.lines import measured
from bench.peers import lualatex, page, typst
from bench.peers.__main__ import main
from bench.peers.manuscript import Block, Run, manuscript

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Of Helvetica: the width of "nn" and of a space, in ems.
WORD, SPACE = 2 * 0.556, 0.278
TOML = '[book]\ntitle = "One"\nauthors = ["A"]\nlanguage = "en-GB"\n'
TEXT = """# One & two

First *words*[^a] on p. 282 of it.

> Said so.

* * *

[^a]: A **note** of

    two.
"""


def made(path: Path, lines: Sequence[tuple[int, float]], *more: tuple[int, str]) -> Path:
    """A PDF with a line for each of ``lines``: so many words, with spaces of so many ems.

    There are ``more`` lines at other heights.
    """
    pdf, stream = pydyf.PDF(), pydyf.Stream()
    drawn = [(height, f"({said})") for height, said in more]
    for number, (words, space) in enumerate(lines):
        step = round(1000 * (SPACE - space))
        said = f" {step} ".join(["(nn )"] * (words - 1) + ["(nn)"])
        drawn.append((300 - 14 * number, said))
    for height, said in drawn:
        stream.begin_text()
        stream.set_font_size("F", 10)
        stream.set_text_matrix(1, 0, 0, 1, 50, height)
        stream.show_text(said)
        stream.end_text()
    pdf.add_object(stream)
    font = {"Type": "/Font", "Subtype": "/Type1", "BaseFont": "/Helvetica", "Name": "/F"}
    pdf.add_object(pydyf.Dictionary(font))
    resources = pydyf.Dictionary({"Font": pydyf.Dictionary({"F": pdf.objects[-1].reference})})
    place = {"Type": "/Page", "Parent": pdf.pages.reference, "Resources": resources}
    box = pydyf.Array([0, 0, 420, 400])
    pdf.add_page(pydyf.Dictionary({**place, "MediaBox": box, "Contents": stream.reference}))
    with path.open("wb") as file:
        pdf.write(file)
    return path


def test_spaces_are_measured_by_the_boxes_of_letters(tmp_path: Path) -> None:
    """In parts of the natural one, whatever orders make them; a short line doesn't count."""
    measure = 20 * WORD + 19 * SPACE
    lines = [(20, SPACE), (20, SPACE), (5, SPACE)]
    lines += [(words, (measure - words * WORD) / (words - 1)) for words in (19, 18, 16)]
    found = measured(made(tmp_path / "one.pdf", lines), SPACE)
    factors = [space / SPACE for _, space in lines]
    assert factors == pytest.approx([1, 1, 1, 1.28, 1.59, 2.33], abs=0.01)
    assert (found.pages, found.justified) == (1, 5)
    assert found.loosest == pytest.approx(2.33, abs=0.02)
    assert (found.over_one_and_a_half, found.over_twice) == (40, 20)
    assert found.uneven_neighbours == pytest.approx(33.33)
    assert (found.hyphens, found.off_grid) == (0, 0)


def test_a_folio_is_no_line_of_the_page(tmp_path: Path) -> None:
    """Even if it is as large as the text: the page ends in a broken word."""
    path = made(tmp_path / "one.pdf", [(20, SPACE)] * 3, (258, "nn nn-"), (30, "12"))
    found = measured(path, SPACE)
    assert (found.broken_pages, found.broken_before_a_leaf) == (1, 1)


@pytest.fixture(scope="module")
def blocks(tmp_path_factory: pytest.TempPathFactory) -> list[Block]:
    """A book's blocks."""
    book = tmp_path_factory.mktemp("book")
    (book / "chapters").mkdir()
    (book / "book.toml").write_text(TOML, "utf-8")
    (book / "chapters" / "one.md").write_text(TEXT, "utf-8")
    return manuscript(book)


def test_peers_get_the_books_words_notes_and_styles(blocks: list[Block]) -> None:
    """Without front pages, and without the ties that are our own typography."""
    assert [block.kind for block in blocks] == ["heading", "paragraph", "quotation", "pause"]
    note = ((Run("A "), Run("note", "strong"), Run(" of")), (Run("two."),))
    words = (
        Run("First ", "capitals"),
        Run("words", "emphasis"),
        Run("", "", note),
        Run(" on p. 282 of it."),
    )
    assert blocks[1].runs == words


def test_sources_say_every_sign_as_text(blocks: list[Block], tmp_path: Path) -> None:
    """What is an order in a typesetter's language is none."""
    said = [*blocks, Block("paragraph", (Run('5 % \\of #"x" {a}--b'),))]
    source = "\n".join(lualatex.said(said))
    assert "\\opening{One \\& two}" in source
    assert "\\emph{words}\\footnote{A \\textbf{note} of\\par two.} on" in source
    assert "5 \\% \\textbackslash{}of \\#\\textquotedbl{}x\\textquotedbl{} \\{a\\}-{}-b" in source
    source = "\n".join(typst.said(said))
    assert '#emph("words");#footnote[#"A ";#strong("note");#" of";#parbreak();#"two.";];' in source
    assert '#"5 % \\\\of #\\"x\\" {a}--b";' in source


def test_the_page_is_that_of_the_standard_theme() -> None:
    """So that lines are as long for all."""
    assert pytest.approx(306.25, abs=0.05) == page.MEASURE
    assert page.space() == pytest.approx(0.233)


def test_peers_that_are_not_installed_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """With a word; ours is measured."""
    monkeypatch.setattr("bench.peers.__main__._PEERS", {"Typst": (str, typst.typeset)})
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "one.md").write_text(TEXT, "utf-8")
    monkeypatch.setattr("sys.argv", ["peers", f"{tmp_path / 'texts'}=en-GB"])
    main()
    told = capfd.readouterr()
    assert "Typst is not installed" in told.err
    assert "Chapbook   to reach" in told.out
    assert "over_one_and_a_half" in told.out
