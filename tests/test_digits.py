"""Digits as the language has them: folios, chapters, notes, references, in both outputs."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pikepdf
import pytest
from babel import Locale, localedata

from book.build import build, read
from book.render import imprint
from book.words import page_list
from book.words.digits import OTHERS, SYSTEMS, in_digits, system_of
from tests.conftest import Lay
from tests.judges import pdftext

SETTINGS = '[book]\ntitle = "T"\nauthors = ["A"]\nlanguage = "{}"\n'
TEXT = "# One\n\nText.[^a] See [there](#there).\n\n## There {#there}\n\nWords.\n\n[^a]: A note.\n"
COUNTING = {
    "en": "latn",
    "fa": "arabext",
    "ar": "latn",
    "ar-EG": "arab",
    "hi": "latn",
    "mr": "deva",
    "bn-IN": "beng",
    "my": "mymr",
    "ff-Adlm": "latn",
    "ar-XX": "latn",
}


@pytest.mark.parametrize(("language", "system"), COUNTING.items())
def test_a_book_counts_as_its_language_does(language: str, system: str) -> None:
    assert system_of(language) == system
    assert system_of(language, "thai") == "thai"


def test_no_language_that_counts_otherwise_is_missed() -> None:
    """All of CLDR's."""
    found = [Locale.parse(one) for one in localedata.locale_identifiers() if one != "root"]
    assert {one.language for one in found if one.default_numbering_system != "latn"} == OTHERS


@pytest.mark.parametrize("system", SYSTEMS)
def test_runs_of_pages_are_drawn_together_in_all_digits(system: str) -> None:
    labels = [in_digits(str(number), system) for number in (9, 10, 11, 14)]
    assert page_list(labels) == in_digits("9–11, 14", system)
    assert [int(one) for one in labels] == [9, 10, 11, 14]


def test_all_that_the_book_counts_is_in_its_digits(lay: Lay, tmp_path: Path) -> None:
    """What PDF's readers show as the page's number, too; the front matter has Roman numbers."""
    more = '[numbering]\nheadings = true\ndigits = "deva"\n'
    fonts = '[fonts]\nserif = "Noto Sans Devanagari"\n'
    files = {"book.toml": SETTINGS.format("hi") + more + fonts, "chapters/1.md": TEXT}
    result = build(lay(tmp_path, files), ["pdf", "epub"], cache=False)
    pdf, epub = (one.path for one in result.written)
    last = pdftext.pages(pdf)[-1]
    assert "१" in last
    assert "1" not in last
    with pikepdf.open(pdf) as opened:
        labels = [str(one) for one in opened.Root.PageLabels.Nums[1::2]]
        assert any("१" in str(one.get("/P", "")) for one in opened.Root.PageLabels.Nums[1::2]), (
            labels
        )
    with zipfile.ZipFile(epub) as package:
        pages = "".join(package.read(one).decode() for one in package.namelist() if "xhtml" in one)
    assert 'aria-label="१"' in pages or ">१</a>" in pages
    assert "१.१" in pages


def test_what_is_typed_stays(lay: Lay, tmp_path: Path) -> None:
    text = "# One\n\nIn 1931.[^a]\n\n[^a]: No. 12.\n"
    files = {"book.toml": SETTINGS.format("fa"), "chapters/1.md": text}
    book, _ = read(lay(tmp_path, files))
    assert book is not None
    (chapter,) = book.chapters
    assert "1931" in chapter.body
    assert list(book.note_numbers.values()) == ["۱"]
    assert list(book.numbers.values()) == ["۱"]


def test_the_date_of_the_edition_is_in_the_books_digits(lay: Lay, tmp_path: Path) -> None:
    dated = SETTINGS.format("fa") + "date = 2026-11-28\n"
    made, _ = read(lay(tmp_path, {"book.toml": dated, "chapters/1.md": TEXT}))
    assert made
    assert any("۲۸ نوامبر ۲۰۲۶" in line for line in imprint.lines(made, ()))
