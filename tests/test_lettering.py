"""One face a word: in print, in the ebook, on the cover."""

from __future__ import annotations

import ctypes
import re
import zipfile
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from book.base.fonts import faces
from book.base.typefaces import faces_of, packaged
from book.build import build
from book.figures.measure import Type
from book.theme.lettering import Lettering, _phrases
from tests.builds import both
from tests.conftest import Lay

TEXT = """# Ῥαψῳδία

μῆνιν ἄειδε θεὰ Πηληϊάδεω Ἀχιλῆος, ἣ μυρί’ Ἀχαιοῖς ἄλγε’ ἔθηκε.

Η λέξη «ᾠδή» γράφεται σήμερα χωρίς υπογεγραμμένη και με έναν μόνο τόνο.
"""
SERIF = tuple(one for one in faces() if one.family != "IBM Plex Mono" and one.style == "normal")


@pytest.fixture(scope="module")
def greek(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A book of Homer and of our days, as PDF and as EPUB."""
    settings = '[book]\ntitle = "Ἰλιάς"\nauthors = ["Ὅμηρος"]\nlanguage = "el"\n'
    return both(tmp_path_factory.mktemp("greek"), settings, TEXT)


def _by_font(pdf: Path, page: int) -> list[tuple[str, set[str]]]:
    """The words of a page, and the families that their letters are in."""
    name, flags = ctypes.create_string_buffer(200), ctypes.c_int()
    words: list[tuple[str, set[str]]] = [("", set())]
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[page].get_textpage()
        for at in range(text.count_chars()):
            letter = chr(pdfium.FPDFText_GetUnicode(text, at))
            if not letter.isalpha():
                words.append(("", set()))
                continue
            pdfium.FPDFText_GetFontInfo(text, at, name, 200, ctypes.byref(flags))
            word, fonts = words[-1]
            family = "-".join(name.value.decode().split("+")[-1].split("-")[:2])
            words[-1] = word + letter, fonts | {family}
    return [(word, fonts) for word, fonts in words if word]


def test_a_word_on_a_page_is_in_one_face(greek: tuple[Path, Path]) -> None:
    """Homer's line is all in that which has it; of today's only the one word that needs it."""
    with pypdfium2.PdfDocument(greek[0]) as document:
        words = _by_font(greek[0], len(document) - 1)
    assert {word for word, _ in words} >= {"ἔθηκε", "υπογεγραμμένη"}
    assert all(len(fonts) == 1 for _, fonts in words), words
    family = dict(words)
    assert family["Ἀχαιοῖς"] == family["ἔθηκε"] == family["ᾠδή"] == {"Source-Sans"}
    assert family["λέξη"] == family["υπογεγραμμένη"] == {"Source-Serif"}


def test_a_word_in_the_ebook_is_in_one_face(greek: tuple[Path, Path]) -> None:
    """It says which; the sheet names the family, and heads keep theirs."""
    with zipfile.ZipFile(greek[1]) as package:
        names = [name for name in package.namelist() if name.endswith("1.xhtml")]
        chapter = package.read(next(name for name in names if "cover" not in name)).decode()
        sheet = package.read("EPUB/0-book.css").decode()
    assert re.search(r'<span class="cb-face-(\d)">ᾠδή</span>', chapter)
    number = re.findall(r'class="cb-face-(\d)"', chapter)[0]
    assert f'.cb-face-{number} {{ font-family: "Source Sans"' in sheet
    assert f"h1 .cb-face-{number}" in sheet


def test_signs_over_and_under_letters_stay_with_them() -> None:
    """Vowels of Arabic and of India, and at the end of a word too."""
    for words in ("بِسْمِ اللَّهِ", "लिपि", "हिन्दी की", "மொழி"):
        lacking = frozenset(one for one in words if one.isalpha())
        found = [f"a {words} b"[start:end] for start, end, _ in _phrases(f"a {words} b", lacking)]
        assert found == [words]


@pytest.mark.parametrize(
    "page",
    [
        "<p>Plain words &amp; more.</p>",
        "<head><title>ᾠδή</title></head><p>x</p>",
        "<pre>ᾠδή</pre>",
        '<p title="ᾠδή">x</p>',
        '<p><span class="cb-face-1">ᾠδή</span></p>',
    ],
)
def test_what_needs_no_other_face_stays(page: str) -> None:
    """What is in ours, in code, in no text, or done already."""
    assert Lettering(SERIF, apart="ᾠ").page(page) == page


def test_a_title_is_lettered_in_one_face() -> None:
    """The first of the text that has all of its letters; it is measured in that."""
    large = Type(100, 600, "Source Serif")
    assert large.of("Iliad", SERIF).family == "Source Serif"
    assert large.of("Ὅμηρος", SERIF).family == "Source Sans"
    thai = [*SERIF, *faces_of("Noto Sans Thai", packaged())]
    found = large.of("หนังสือ", thai)
    assert found.family == "Noto Sans Thai"
    assert 200 < found.width("หนังสือ") < 400  # Marks above and below take no room.


def test_a_chosen_face_is_on_the_cover(tmp_path: Path, lay: Lay) -> None:
    """Of print and of the ebook, which is a picture of the same."""
    settings = '[book]\ntitle = "A"\nauthors = ["B"]\n[fonts]\nserif = "Amiri"\nsans = "Amiri"\n'
    book = lay(tmp_path, {"book.toml": settings, "chapters/1.md": "# One\n\nText.\n"})
    (pdf,) = (one.path for one in build(book, ["pdf"]).written)
    words = dict(_by_font(pdf, 0))
    assert {name.partition("-")[0] for fonts in words.values() for name in fonts} == {"Amiri"}
