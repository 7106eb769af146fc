"""Words read, copy and search as they were typed, in scripts whose glyphs are not letters."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

from book.base.typefaces import faces_of, packaged
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
POINTED = "בְּרֵאשִׁית בָּרָא אֵת הַשָּׁמַיִם"


def _made(tmp_path: Path, family: str, text: str, language: str, *, times: int = 1) -> Path:
    faces = faces_of(family, packaged())
    css = f'body {{ font-family: "{family}" }}'
    direction = "rtl" if language in ("ar", "fa", "he") else "ltr"
    body = f'<section dir="{direction}"><p>{" ".join([text] * times)}</p></section>'
    return made(tmp_path, body, css=css, language=language, more=faces)


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


def test_what_stands_upon_letters_is_read_behind_them(tmp_path: Path) -> None:
    """Points of Hebrew, in their canonical order."""
    (page,) = pdftext.pages(_made(tmp_path, "Frank Ruhl Libre", POINTED, "he"))
    assert _plain(POINTED) == _plain(page)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler's pdftotext is not installed")
@pytest.mark.parametrize(("language", "text"), [("he", POINTED), ("ar", "كَتَبَ الوَلَدُ إلى أَبِيهِ")])
def test_another_reader_finds_the_same(tmp_path: Path, language: str, text: str) -> None:
    path = _made(tmp_path, TEXTS[language][0], text, language)
    run = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True, text=True)
    assert _plain(text) in _plain(run.stdout)


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
