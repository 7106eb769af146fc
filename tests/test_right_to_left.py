"""Books that are read from right to left."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from lxml import etree

from book.build import build
from book.model import Result
from book.theme.theme import load
from tests.conftest import Lay

SETTINGS = '[book]\ntitle = "ספר הגשרים"\nauthors = ["לוי, דנה"]\nlanguage = "he"\n'
TEXT = """\
# הגשר הראשון

השורה ראשונה **שנייה** שלישית.[^a]

הספר *The Go-Between* תורגם.

- אבן

| שנה | מקום |
|---|---|
| 1931 | העיר |

<p lang="en">An English line.</p>

[^a]: ראו שם.
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Result:
    book = tmp_path_factory.mktemp("hebrew")
    (book / "chapters").mkdir()
    (book / "book.toml").write_text(SETTINGS, "utf-8")
    (book / "chapters/01.md").write_text(TEXT, "utf-8")
    (book / "chapters/02.md").write_text("# השני\n\n" + "מילים רבות כאן. " * 600, "utf-8")
    result = build(book, ["pdf", "epub"], cache=False)
    assert not result.findings
    return result


def _boxes(pdf: Path, page: int, wanted: str) -> tuple[float, float]:
    """The left and right edge of a word on a page."""
    with pypdfium2.PdfDocument(pdf) as opened:
        text = opened[page].get_textpage()
        whole = text.get_text_range()
        start = whole.index(wanted)
        boxes = [text.get_charbox(at) for at in range(start, start + len(wanted))]
    return min(box[0] for box in boxes), max(box[2] for box in boxes)


def _page(pdf: Path, wanted: str) -> int:
    with pypdfium2.PdfDocument(pdf) as opened:
        texts = [page.get_textpage().get_text_range() for page in opened]
    return max(number for number, text in enumerate(texts) if wanted in text)


class TestPrint:
    def test_words_follow_each_other_to_the_left(self, made: Result) -> None:
        """Bold ones among plain ones, too; the line begins at the right."""
        pdf = made.written[0].path
        page = _page(pdf, "שלישית")
        first, second, third = (_boxes(pdf, page, word) for word in ("ראשונה", "שנייה", "שלישית"))
        assert first[0] > second[1] > second[0] > third[1]

    def test_latin_within_reads_to_the_right(self, made: Result) -> None:
        pdf = made.written[0].path
        page = _page(pdf, "Between")
        book, name, word = (_boxes(pdf, page, one) for one in ("הספר", "Between", "תורגם"))
        assert book[0] > name[1] > name[0] > word[1]

    def test_an_indent_is_at_the_right(self, made: Result) -> None:
        """The second paragraph begins farther in than the first."""
        pdf = made.written[0].path
        page = _page(pdf, "תורגם")
        assert _boxes(pdf, page, "השורה")[1] - _boxes(pdf, page, "הספר")[1] > 8

    def test_columns_of_a_table_begin_at_the_right(self, made: Result) -> None:
        pdf = made.written[0].path
        page = _page(pdf, "1931")
        assert _boxes(pdf, page, "1931")[0] > _boxes(pdf, page, "העיר")[1]

    def test_odd_pages_are_left_ones(self, made: Result) -> None:
        """Their folio is outside, at the left; that of even pages at the right."""
        sides: dict[str, str] = {}
        with pypdfium2.PdfDocument(made.written[0].path) as opened:
            for number in range(len(opened)):
                page, label = opened[number], opened.get_page_label(number)
                width, height = page.get_size()
                text = page.get_textpage()
                outer = {
                    "left": text.get_text_bounded(0, height * 0.9, width * 0.25, height),
                    "right": text.get_text_bounded(width * 0.75, height * 0.9, width, height),
                }
                there = [side for side, said in outer.items() if label in said.split()]
                sides.update((label, side) for side in there)
        assert {"left", "right"} == set(sides.values())
        assert {int(label) % 2 == (side == "left") for label, side in sides.items()} == {True}

    def test_a_theme_with_heads_in_the_middle_has_them_there_alone(self, tmp_path: Path) -> None:
        """One head a page, title and chapter by turns, and one folio, openings included."""
        (tmp_path / "chapters").mkdir()
        (tmp_path / "book.toml").write_text(f'{SETTINGS}theme = "octavo"\n', "utf-8")
        (tmp_path / "chapters/01.md").write_text("# השני\n\n" + "מילים רבות כאן. " * 300, "utf-8")
        pdf = build(tmp_path, ["pdf"]).written[0].path
        first = _page(pdf, "השני") - 2
        with pypdfium2.PdfDocument(pdf) as opened:
            pages = [page.get_textpage().get_text_range().split("\r\n") for page in opened]
        own = [[line for line in page if "מילים" not in line] for page in pages[first:]]
        assert own == [["1", "השני", "1"], ["ספר הגשרים", "2"], ["השני", "3"]]

    def test_the_file_says_so(self, made: Result) -> None:
        """ISO 32000-1, 12.2: the binding is at the right."""
        with pikepdf.open(made.written[0].path) as pdf:
            assert pdf.Root.ViewerPreferences.Direction == "/R2L"


class TestEbook:
    def test_says_which_way_its_pages_turn(self, made: Result) -> None:
        package = zipfile.ZipFile(made.written[1].path)
        spine = etree.fromstring(package.read("EPUB/content.opf")).find(".//{*}spine")
        assert spine is not None
        assert spine.get("page-progression-direction") == "rtl"

    def test_says_which_way_each_text_is_written(self, made: Result) -> None:
        """The document's, and a phrase's in another language."""
        package = zipfile.ZipFile(made.written[1].path)
        pages = [name for name in package.namelist() if name.endswith(".xhtml")]
        assert pages
        roots = [etree.fromstring(package.read(name)) for name in pages]
        assert {root.get("dir") for root in roots} == {"rtl"}
        (english,) = [one for root in roots for one in root.iterfind(".//{*}p[@lang='en']")]
        assert english.get("dir") == "ltr"

    def test_the_number_of_a_note_is_no_part_of_the_text_before_it(self, made: Result) -> None:
        """“12–14.” and the number behind it would be one decimal, from left to right."""
        package = zipfile.ZipFile(made.written[1].path)
        pages = [package.read(one) for one in package.namelist() if one.endswith(".xhtml")]
        calls = [one for page in pages for one in etree.fromstring(page).iterfind(".//{*}a[@role]")]
        ways = {one.get("role"): one.get("dir") for one in calls}
        assert ways["doc-noteref"] == "auto"


def test_a_phrase_in_a_book_from_left_to_right(tmp_path: Path, lay: Lay) -> None:
    """It says its own way; the book says nothing of it."""
    settings = SETTINGS.replace('"he"', '"en"')
    text = '# One\n\nHe said <span lang="he">שלום עולם</span> to all.\n'
    result = build(lay(tmp_path, {"book.toml": settings, "chapters/01.md": text}), ["epub"])
    package = zipfile.ZipFile(result.written[0].path)
    opf = package.read("EPUB/content.opf").decode()
    pages = [package.read(one).decode() for one in package.namelist() if one.endswith(".xhtml")]
    assert "page-progression-direction" not in opf
    assert any('dir="rtl"' in page and "שלום" in page for page in pages)


@pytest.mark.parametrize("theme", ["standard", "plain", "octavo"])
def test_no_sheet_of_ours_sets_a_text_ragged_at_the_wrong_side(theme: str, tmp_path: Path) -> None:
    """What is at the left in print is so by the paper, or has a rule for the right, too."""
    css = load(tmp_path, theme)[0].with_base("rtl").css("print")
    left = re.findall(r"([^{}]+)\{[^{}]*(?:text-align|float): left", css)
    found = {one.split("*/")[-1].strip() for one in left}
    turned = {one for one in found if f'[dir="rtl"] {one} {{' in css}
    assert found - turned <= {"figure.beside", "@top-left", "@top-right"}
