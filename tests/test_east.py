"""Chinese and Japanese: dots at emphasized letters, a grid of whole letters, each its own face."""

from __future__ import annotations

import ctypes
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from book.assemble import assemble
from book.base.typefaces import faces_of, packaged
from book.model import BookTable, Config, Pages, Source, Text
from book.parse.chapter import parse
from book.render.html import spelled
from book.render.pdf.draft.marks import PrintMarks
from tests.builds import both

if not faces_of("Noto Sans JP", packaged()):
    pytest.skip("chapbook[cjk-ja] is not installed", allow_module_level=True)

SETTINGS = '[book]\ntitle = "川と橋"\nauthors = ["夏目, 漱石"]\nlanguage = "ja"\n'
JAPANESE = (
    "# 川\n\n川は*強い*。[門]{lang=zh}The Postは*Strong*と。\n\n"
    + "岸辺には年老いた商人たちが腰をおろした。" * 12
    + "\n"
)
CHINESE = "---\nlanguage: zh\n---\n\n# 河\n\n骨直*良心*。[海]{lang=ja}角\n"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A Japanese book with a Chinese chapter, as PDF and as EPUB."""
    return both(tmp_path_factory.mktemp("east"), SETTINGS, JAPANESE, CHINESE)


def _page(pdf: Path, wanted: str) -> int:
    """The last page that has this text."""
    with pypdfium2.PdfDocument(pdf) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    return max(number for number, text in enumerate(texts) if wanted in text)


def _letters(pdf: Path, number: int) -> list[tuple[str, tuple[float, float, float, float], str]]:
    """The letters of a page with their boxes (left, bottom, right, top) and their fonts."""
    name, flags, found = ctypes.create_string_buffer(200), ctypes.c_int(), []
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[number].get_textpage()
        for at in range(text.count_chars()):
            pdfium.FPDFText_GetFontInfo(text, at, name, 200, ctypes.byref(flags))
            letter = chr(pdfium.FPDFText_GetUnicode(text, at))
            found.append((letter, text.get_charbox(at, loose=True), name.value.decode()))
    return found


def _dots(pdf: Path, number: int) -> Iterator[tuple[float, float]]:
    """Where the dots of a page are: what is drawn and is as high as it is wide, and small."""
    with pypdfium2.PdfDocument(pdf) as document:
        for one in document[number].get_objects([pdfium.FPDF_PAGEOBJ_PATH]):
            left, bottom, right, top = one.get_bounds()
            if right - left < 4 and top - bottom < 4:
                yield (left + right) / 2, (bottom + top) / 2


@pytest.mark.parametrize(("text", "dotted", "over"), [("強い", "強い", 1), ("良心", "良心", -1)])
def test_emphasis_is_a_dot_at_each_letter(
    book: tuple[Path, Path], text: str, dotted: str, over: int
) -> None:
    """Above them in Japanese, below in Chinese; none at Latin letters, and no letter itself."""
    number = _page(book[0], text)
    letters = [one for one in _letters(book[0], number) if one[0] in dotted]
    dots = list(_dots(book[0], number))
    assert len(dots) == len(dotted)
    for x, y in dots:
        (box,) = [box for _, box, _ in letters if box[0] < x < box[2]][:1]
        assert abs((box[0] + box[2]) / 2 - x) < 1
        assert (y - (box[1] + box[3]) / 2) * over > 0


def test_lines_are_whole_letters_wide(book: tuple[Path, Path]) -> None:
    """Full lines of nothing but letters stand in columns, flush on both sides."""
    number = _page(book[0], "腰をおろした")
    rows: dict[int, list[tuple[str, float, float]]] = {}
    for letter, (left, bottom, right, _), _ in _letters(book[0], number):
        if right > left:
            rows.setdefault(round(bottom / 5), []).append((letter, left, right))
    full = [row for row in rows.values() if len(row) > 25]
    assert len(full) > 5
    wide = [right - left for row in full for letter, left, right in row if letter not in "、。"]
    size = sorted(wide)[len(wide) // 2]
    for row in full[1:-1]:
        count = (row[-1][1] - row[0][1]) / size + 1
        assert abs(count - round(count)) < 0.06, row


def test_each_language_has_its_own_face(book: tuple[Path, Path]) -> None:
    """The same characters are drawn otherwise in Chinese than in Japanese, in both outputs."""
    fonts = {one[0]: one[2] for one in _letters(book[0], _page(book[0], "骨直"))}
    assert "Noto-Sans-SC" in fonts["骨"]
    assert "Noto-Sans-SC" in fonts["角"]
    assert "Noto-Sans-JP" in fonts["海"]
    fonts = {one[0]: one[2] for one in _letters(book[0], _page(book[0], "腰を"))}
    assert "Noto-Sans-JP" in fonts["腰"]
    assert "Noto-Sans-SC" in fonts["門"]
    with zipfile.ZipFile(book[1]) as package:
        sheet = package.read("EPUB/0-book.css").decode()
        chapters = "".join(
            package.read(name).decode() for name in package.namelist() if name.endswith(".xhtml")
        )
    assert re.search(r'\[lang\|="zh"\] body[^{]*\{ font-family: "Noto Sans SC"', sheet)
    assert '<em class="cb-dotted">強い</em>' in chapters
    assert "<em>Strong</em>" in chapters
    assert "text-emphasis: filled dot" in sheet


@pytest.mark.parametrize("before", ["。", "।", "語", "—", ".", "word", "”"])
def test_a_note_call_begins_no_line(before: str) -> None:
    """Where a line could end before it, a sign that nobody sees holds it."""
    text = f"Text {before}[^1]\n\n[^1]: Note.\n"
    config = Config(BookTable("T", ("A",), "en"))
    parsed = parse(Source("chapters/a.md", "a", Text.of(f"# A\n\n{text}"), ""), "en")
    made = assemble(Path(), config, [parsed])
    root = spelled(made.chapters[0].body, made, PrintMarks(made, Pages((), {})))
    (call,) = root.iterfind(".//a[@id='a.n.1.call1']")
    lead = "".join(map(str, call.xpath("preceding::text()")))
    assert lead.endswith("\N{WORD JOINER}") == (before in "。।語—")
