"""Booklets read back from the file: pages, their places, and what is said when none can be made."""

from __future__ import annotations

import io
import re
import shutil
import time
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner, Result

from book.cli.commands import app
from book.press.fold import faces
from book.press.impose import Booklet, Folding, impose
from book.press.pages import headings, in_order, opened, wanted
from book.press.paper import MM, paper, paper_for, thickness
from book.press.send import command

A5 = (148 * MM, 210 * MM)


def made(
    count: int, size: tuple[float, float] = A5, *, lang: str = "en", rotated: Sequence[int] = ()
) -> pikepdf.Pdf:
    """A file whose pages have their number, from 0, as text at the lower left."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    for number in range(count):
        turned = number in rotated
        box = size[::-1] if turned else size
        text = f"BT /F 12 Tf 40 40 Td (page{number}) Tj ET".encode()
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=[0, 0, *box],
            Rotate=90 if turned else 0,
            Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font)),
            Contents=pdf.make_stream(text),
        )
        pdf.pages.append(pikepdf.Page(page))
    pdf.Root.Lang = lang
    return pdf


def saved(pdf: pikepdf.Pdf, path: Path, **how: object) -> Path:
    pdf.save(path, **how)  # type: ignore[arg-type]  # a test's own choice of options
    return path


def booklet(pdf: pikepdf.Pdf, wish: Folding | None = None) -> Booklet:
    return impose(pdf, list(range(len(pdf.pages))), wish or Folding())


def places(made: Booklet) -> list[dict[int, float]]:
    """Of each face, where each page's left edge stands, in points, read from the file's text."""
    found = []
    document = pypdfium2.PdfDocument(made.data)
    for page in document:
        words = page.get_textpage()
        text = words.get_text_range()
        here: dict[int, float] = {}
        # In a Hebrew document PDFium gives the digits first.
        for part in re.finditer(r"page(\d+)|(\d+)page", text):
            at = part.start() + part.group().index("p")
            here[int(part[1] or part[2])] = words.get_charbox(at, loose=True)[0] - 40 * made.scale
        found.append(here)
    return found


@pytest.mark.parametrize(("count", "each"), [(1, 0), (4, 0), (13, 0), (30, 16), (40, 8)])
def test_pages_stand_where_the_fold_wants_them(count: int, each: int) -> None:
    """On each face of the file those that are computed, left and right of the fold."""
    result = booklet(made(count), Folding(signature=each))
    fold = result.paper.long / 2
    for face, here in zip(faces(count, each), places(result), strict=True):
        left = [page for page, x in here.items() if x < fold - 1]
        right = [page for page, x in here.items() if x >= fold - 1]
        assert left == ([] if face.left is None else [face.left])
        assert right == ([] if face.right is None else [face.right])


def test_each_leaf_is_moved_by_its_creep() -> None:
    """A page lies nearer to the fold by the thickness of each sheet around its own."""
    creep = 0.25 * MM
    result = booklet(made(32), Folding(creep=creep))
    still = booklet(made(32))
    for face, moved, stood in zip(faces(32), places(result), places(still), strict=True):
        for page, x in moved.items():
            towards = 1 if page == face.left else -1
            assert x - stood[page] == pytest.approx(towards * face.depth * creep, abs=0.02)
    assert result.shift == pytest.approx(7 * creep)


def test_a_book_that_reads_leftward_is_bound_on_the_right() -> None:
    """By its language, unless it says itself."""
    result = booklet(made(4, lang="he"))
    assert result.rightward
    outer = places(result)[0]
    assert outer[0] < result.paper.long / 2 - 1 <= outer[3]
    said = made(4, lang="he")
    said.Root.ViewerPreferences = pikepdf.Dictionary(Direction=pikepdf.Name("/L2R"))
    assert not booklet(said).rightward
    said = made(4)
    said.Root.ViewerPreferences = pikepdf.Dictionary(Direction=pikepdf.Name("/R2L"))
    assert booklet(said).rightward


@pytest.mark.parametrize(
    ("size", "name"),
    [
        (A5, "A4"),
        ((396, 612), "letter"),
        ((210 * MM, 297 * MM), "A3"),
        ((612, 792), "tabloid"),
        ((432, 648), "tabloid"),
        ((176 * MM, 250 * MM), "B4"),
        ((900, 1000), "352.8 by 635 mm"),
    ],
)
def test_the_sheet_is_made_for_two_pages_or_in_most_houses(
    size: tuple[float, float], name: str
) -> None:
    assert paper_for(*size).name == name


def test_pages_too_large_for_the_sheet_become_smaller() -> None:
    result = booklet(made(4, (432, 648)), Folding(paper=paper("a4")))
    assert result.scale == pytest.approx(595.2756 / 648, abs=1e-4)


def test_a_turned_page_stands_upright() -> None:
    """What /Rotate turns is turned in the booklet, within its half."""
    result = booklet(made(4, rotated=[1]))
    page = pypdfium2.PdfDocument(result.data)[1]
    words = page.get_textpage()
    x, y, *_ = words.get_charbox(words.get_text_range().index("page1"))
    assert x < result.paper.long / 2
    assert y > result.paper.short / 2


def test_the_same_pages_give_the_same_bytes() -> None:
    wish = Folding(marks=True, howto=True, creep=thickness(90))
    assert booklet(made(21), wish).data == booklet(made(21), wish).data


def test_nothing_of_the_day_and_of_the_screen_is_left() -> None:
    """No date, outline, tags or links; what a print dialog takes from the file is there."""
    source = made(5)
    source.docinfo["/CreationDate"] = "D:20260101000000Z"
    source.docinfo["/Title"] = "T"
    with pikepdf.open(io.BytesIO(booklet(source).data)) as pdf:
        assert set(pdf.docinfo.keys()) == {"/Title"}
        assert set(pdf.Root.keys()) == {"/Type", "/Pages", "/Lang", "/ViewerPreferences"}
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"
        assert "/ModDate" not in pdf.docinfo


def test_the_first_sheet_says_how_and_has_a_blank_back() -> None:
    """So that the booklet begins on a sheet of its own."""
    result = booklet(made(8), Folding(howto=True))
    pages = [one.get_textpage().get_text_range() for one in pypdfium2.PdfDocument(result.data)]
    assert "How to make this booklet" in pages[0]
    assert pages[1] == ""
    assert "page0" in pages[2]
    assert result.sheets == 2


def test_marks_are_on_the_outer_face_of_the_outermost_sheet() -> None:
    """Fold and staples there, the fold on each outer face, nothing within."""
    with pikepdf.open(io.BytesIO(booklet(made(8), Folding(marks=True)).data)) as pdf:
        lines = [page.Contents.read_bytes().count(b" l S 0 G") for page in pdf.pages]
    assert lines == [4, 0, 2, 0]


def test_a_thousand_pages_take_less_than_three_seconds() -> None:
    source = io.BytesIO()
    made(1000).save(source)
    begun = time.perf_counter()
    with pikepdf.open(source) as pdf:
        result = booklet(pdf, Folding(signature=16, creep=thickness(80), marks=True))
    assert time.perf_counter() - begun < 3
    assert result.sheets == 250


def with_outline(count: int, starts: Sequence[int]) -> pikepdf.Pdf:
    pdf = made(count)
    with pdf.open_outline() as outline:
        for number, start in enumerate(starts, 1):
            outline.root.append(pikepdf.OutlineItem(f"Chapter {number}", start))
    return pdf


def test_chapters_are_chosen_by_the_outline() -> None:
    known = headings(with_outline(12, [2, 5, 8]))
    assert wanted("2", known, 12) == [range(5, 8)]
    assert wanted("1,2-3", known, 12) == [range(2, 5), range(5, 8), range(8, 12)]
    assert wanted("Chapter 3", known, 12) == [range(8, 12)]
    assert in_order([range(5, 8)]) == [None, 5, 6, 7]  # A left page stays one.


def test_a_chapter_that_is_named_twice_is_there_once() -> None:
    """Where it was named first, whether as a number, in a range or by its title."""
    known = headings(with_outline(12, [2, 5, 8]))
    assert wanted("3,1-3,Chapter 2", known, 12) == [range(8, 12), range(2, 5), range(5, 8)]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["print", "booklet", *map(str, arguments)])


def test_a_file_without_an_outline_has_no_chapters(tmp_path: Path) -> None:
    """That is said, whichever are asked for."""
    source = saved(made(5), tmp_path / "a.pdf")
    said = run("--pdf", source, "--chapters", "3")
    assert said.exit_code == 1
    assert "There is no chapter `3`. The outline of the file names none." in said.output


def test_the_command_makes_a_booklet_of_some_chapters(tmp_path: Path) -> None:
    source = saved(with_outline(12, [2, 5, 8]), tmp_path / "a.pdf")
    said = run("--pdf", source, "--chapters", "2")
    assert said.exit_code == 0, said.output
    assert "a-2-booklet.pdf  1 sheet of A4, 1 signature, 3 pages, 1 blank" in said.stdout
    with pikepdf.open(tmp_path / "a-2-booklet.pdf") as pdf:
        assert len(pdf.pages) == 2


def test_the_command_builds_the_book_first(built: Path, kept: Path, tmp_path: Path) -> None:
    """Chapters have the numbers that are printed; the book's PDF is made as by a build."""
    book = shutil.copytree(built, tmp_path / "book")
    said = run("--book", book, "--chapters", "1", "--store", kept)
    assert said.exit_code == 0, said.output
    (made,) = (book / "build").glob("*-1-booklet.pdf")
    text = "".join(one.get_textpage().get_text_range() for one in pypdfium2.PdfDocument(made))
    assert "Ankara" in text


@pytest.mark.parametrize("style", ["roman", "none"])
def test_chapters_are_counted_without_parts(clean_book: Path, style: str) -> None:
    """However their numbers are printed: a part before them is none."""
    part = clean_book / "chapters" / "00-begin.md"
    part.write_text("---\nkind: part\n---\n\n# The Beginning\n", "utf-8")
    with (clean_book / "book.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[numbering]\nchapters = "{style}"\n')
    said = run("--book", clean_book, "--chapters", "1")
    assert said.exit_code == 0, said.output
    (made,) = (clean_book / "build").glob("*-1-booklet.pdf")
    text = "".join(one.get_textpage().get_text_range() for one in pypdfium2.PdfDocument(made))
    assert "Ankara" in text
    assert "The Beginning" not in text.split("Ankara")[0]
    said = run("--book", clean_book, "--chapters", "9")
    assert "Its chapters are 1 “Ankara”, 2 “Moscow”." in said.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--chapters", "9"], "There is no chapter `9`. Its chapters are 1 “Chapter 1”"),
        (["--chapters", "3-1"], "`3-1` runs backwards. Write 1-3."),
        (["--chapters", ","], "--chapters names none"),
        (["--paper", "vellum"], "There is no paper `vellum`. Known are A5"),
        (["--creep", "thick"], "`thick` is no length"),
        (["--creep", "9mm"], "into the fold"),
        (["--gsm", "0"], "No paper weighs 0 g/m²"),
        (["--signature", "18"], "each sheet has four. Take 16."),
        (["--gsm", "80", "--creep", "0"], "give one"),
        (["--dry-run"], "name a printer"),
        (["--copies", "30"], "--copies is for --printer NAME"),
        (["--printer", ""], "--printer names none"),
    ],
)
def test_what_cannot_be_laid_is_refused_in_words(
    tmp_path: Path, arguments: list[str], words: str
) -> None:
    source = saved(with_outline(24, [2, 5, 8]), tmp_path / "a.pdf")
    said = run("--pdf", source, *arguments)
    assert said.exit_code in {1, 2}
    assert words in said.output
    assert "fault is chapbook's" not in said.output
    assert [one.name for one in tmp_path.iterdir()] == ["a.pdf"]


def test_files_that_hold_no_pages_to_print_are_refused_in_words(tmp_path: Path) -> None:
    """No PDF, an empty one, one with a password, one that may not be printed."""
    (tmp_path / "text.pdf").write_text("not a PDF")
    saved(pikepdf.new(), tmp_path / "empty.pdf")
    secret = pikepdf.Encryption(user="u", owner="o")
    saved(made(4), tmp_path / "secret.pdf", encryption=secret)
    nothing = pikepdf.Permissions(print_lowres=False, print_highres=False)
    kept = pikepdf.Encryption(user="", owner="o", allow=nothing)
    saved(made(4), tmp_path / "kept.pdf", encryption=kept)
    for name, words in (
        ("text", "is no PDF, or is damaged"),
        ("empty", "has no pages"),
        ("secret", "opens with a password only"),
        ("kept", "may not be printed"),
    ):
        said = run("--pdf", tmp_path / f"{name}.pdf")
        assert said.exit_code == 1
        assert words in said.output


def test_an_encrypted_file_that_may_be_printed_is_laid_and_is_open(tmp_path: Path) -> None:
    source = saved(made(4), tmp_path / "a.pdf", encryption=pikepdf.Encryption(user="", owner="o"))
    with opened(source) as pdf, pikepdf.open(io.BytesIO(booklet(pdf).data)) as laid:
        assert not laid.is_encrypted


def test_dry_run_shows_the_command_and_needs_no_cups(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    source = saved(made(4), tmp_path / "a.pdf")
    said = run("--pdf", source, "--printer", "hall", "--copies", "30", "--dry-run")
    assert said.exit_code == 0, said.output
    assert "lp -d hall -n 30 -o sides=two-sided-short-edge -o media=iso_a4_210x297mm" in said.stdout
    assert "Nobody can say whether there is a printer `hall`" in said.output
    said = run("--pdf", source, "--printer", "hall")
    assert said.exit_code == 1
    assert "There is no CUPS here" in said.output


def test_a_printers_name_is_never_an_option() -> None:
    """Nor is the name of the file."""
    made = command(Path("-x.pdf"), "-h", paper("A4"))
    assert made[:3] == ["lp", "-d", "-h"]
    assert made[-2:] == ["--", "-x.pdf"]
