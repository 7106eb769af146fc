"""Words read, copy and search as they were typed, in scripts whose glyphs are not letters."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pypdfium2
import pytest

from book.base.typefaces import faces_of, packaged
from tests.builds import both
from tests.judges import pdftext
from tests.pieces import made

#: Families of the fonts that the tests have, and sentences of their languages.
TEXTS = {
    "hi": ("Noto Sans Devanagari", "हिन्दी किताब और विद्यार्थी की शक्ति, स्त्री, क्षत्रिय, ज्ञान।"),
    "th": ("Noto Sans Thai", "น้ำคำที่ทำกำไร ญี่ปุ่น ผู้ใหญ่ ฐานุ"),
    "ar": ("Amiri", "كتاب جديد لا إله إلا الله في المدينة"),
    "fa": ("Amiri", "تمام افراد به دنیا آزاد و برابرند"),
    "he": ("Frank Ruhl Libre", "הספר יצא בלונדון בשנה ההיא"),
}
#: With ligatures, marks behind spaces and commas, digits, and more than one line.
POINTED = {
    "he": "בְּרֵאשִׁית בָּרָא אֱלֹהִים אֵת הַשָּׁמַיִם. וְהָאָרֶץ הָיְתָה תֹהוּ וָבֹהוּ, אָמַרְתָּ לְךָ: וְחֹשֶׁךְ עַל פְּנֵי תְהוֹם, בְּ12 יָמִים",
    "ar": "قَالَ الشَّيْخُ: كَتَبَ الوَلَدُ رِسَالَةً إِلَى أَبِيهِ، لَا إِلٰهَ إِلَّا اللهُ، لِلأَبِ "
    "الأَوَّلِ وَ12 كِتَابًا قَدِيمًا، وَلَمْ يَذْكُرْ",
}


class Pointed(NamedTuple):
    """A text with marks upon its letters, and a file that has it."""

    text: str
    path: Path


def _made(tmp_path: Path, family: str, text: str, language: str, *, times: int = 1) -> Path:
    faces = faces_of(family, packaged())
    css = f'body {{ font-family: "{family}" }}'
    direction = "rtl" if language in ("ar", "fa", "he") else "ltr"
    body = f'<section dir="{direction}"><p>{" ".join([text] * times)}</p></section>'
    return made(tmp_path, body, css=css, language=language, more=faces)


def _words(text: str) -> list[str]:
    """The words of ``text``, without marks of direction, marks upon letters in canonical order."""
    kept = (one for one in text if one in "\u200c\u200d" or unicodedata.category(one) != "Cf")
    return unicodedata.normalize("NFC", "".join(kept)).split()


def _plain(text: str) -> str:
    """``text`` without its spaces and joiners, marks in their canonical order."""
    kept = (one for one in text if not one.isspace() and unicodedata.category(one) != "Cf")
    return unicodedata.normalize("NFC", "".join(kept)).replace("\ufffe", "")


@pytest.mark.parametrize("language", TEXTS)
def test_words_come_back_as_typed(tmp_path: Path, language: str) -> None:
    """Each between its spaces, in print and for who listens, in lines that are filled."""
    family, text = TEXTS[language]
    path = _made(tmp_path, family, text, language, times=4)
    words = {unicodedata.normalize("NFC", word) for word in text.split()}
    (page,) = pdftext.pages(path)
    assert words <= set(unicodedata.normalize("NFC", page).split())
    root = pdftext.struct(path)
    assert root is not None
    assert all(_plain(word) in _plain(root.text) for word in words)


@pytest.fixture(scope="module", params=["he", "ar"])
def pointed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Pointed:
    """Lines of pointed Hebrew and of vowelled Arabic, as a page of a book."""
    language = request.param
    path = _made(tmp_path_factory.mktemp(language), TEXTS[language][0], POINTED[language], language)
    return Pointed(POINTED[language], path)


def test_what_stands_upon_letters_is_read_with_them(pointed: Pointed) -> None:
    """Words with their vowels at their ends too, before commas, digits and the ends of lines."""
    (page,) = pdftext.pages(pointed.path)
    assert _words(page) == _words(pointed.text)


def test_a_pointed_word_is_found(pointed: Pointed) -> None:
    """As it is typed, by a program that compares letters."""
    with closing(pypdfium2.PdfDocument(pointed.path)) as pdf:
        text = pdf[0].get_textpage()
        for word in re.findall(
            r"[^\W\d]{2,}", pointed.text.translate(dict.fromkeys(map(ord, ".,:،")))
        ):
            assert text.search(word).get_next(), word


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler's pdftotext is not installed")
def test_another_reader_finds_the_same(pointed: Pointed) -> None:
    """But for stops, which poppler puts behind the space that follows them."""
    run = subprocess.run(
        ["pdftotext", pointed.path, "-"], capture_output=True, check=True, text=True
    )
    found, wanted = (
        re.sub(r"[^\w\s\u0591-\u05c7\u064b-\u0670]|\d", "", text)
        for text in (run.stdout, pointed.text)
    )
    assert _words(found) == _words(wanted)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler's pdftotext is not installed")
def test_a_word_in_a_line_to_the_right_is_whole(tmp_path: Path) -> None:
    """With the vowel that it ends in."""
    path = _made(tmp_path, "Amiri", "The word كَتَبَ means <i>كِتَابٌ</i>", "en")
    run = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True, text=True)
    assert "كَتَبَ" in run.stdout
    assert "كِتَابٌ" in run.stdout


def test_nothing_parts_a_line_that_runs_to_the_left(pointed: Pointed) -> None:
    """No rise, no replacement text, no step back that some take for another line's first."""
    with pikepdf.open(pointed.path) as pdf:
        orders = list(pikepdf.parse_content_stream(pdf.pages[0]))
    assert not [one for one in orders if str(one.operator) in ("Ts", "Tr", "Tz")]
    assert "ActualText" not in str([one.operands for one in orders])
    steps = [
        float(step)
        for one in orders
        if str(one.operator) == "TJ"
        for step in one.operands[0]
        if not isinstance(step, pikepdf.String)
    ]
    assert max(steps) < 260


def test_a_line_that_ends_in_a_mark_says_so(pointed: Pointed) -> None:
    """By U+200F, so that nobody takes the mark for one of another line."""
    (page,) = pdftext.pages(pointed.path)
    ends = [line.strip(" \u200f")[-1:] for line in page.splitlines()]
    marked = [line for line, end in zip(page.splitlines(), ends, strict=True) if _is_mark(end)]
    assert marked or "א" in pointed.text
    assert all("\u200f" in line[-3:] for line in marked)


def _is_mark(letter: str) -> bool:
    return bool(letter) and unicodedata.combining(letter) > 0


def test_a_line_end_takes_its_space_from_its_own_font(tmp_path: Path) -> None:
    """A line that ends in another face than it begins with has no stray letter there."""
    family, thai = TEXTS["th"]
    css = f'body {{ font-family: "{family}", "Source Serif"; text-align: left; width: 40mm }}'
    path = made(
        tmp_path,
        f"<p>{thai.split()[1]} patch set and more of it</p>" * 3,
        css=css,
        more=faces_of(family, packaged()),
    )
    root = pdftext.struct(path)
    assert root is not None
    assert root.text.replace("\n", "").count("patch set and more of it") == 3


def test_greek_in_small_capitals_keeps_its_accents(tmp_path: Path) -> None:
    """There a letter has one glyph, with an accent or without."""
    said = "Ο λόγος του ανθρώπου και ὁ λόγος"
    settings = '[book]\ntitle = "Α"\nauthors = ["B, C"]\nlanguage = "el"\n'
    pdf, _ = both(tmp_path, settings, f"# Α\n\n{said}.\n")
    with pypdfium2.PdfDocument(pdf) as document:
        found = document[len(document) - 1].get_textpage().get_text_range()
    assert said in " ".join(found.split())
