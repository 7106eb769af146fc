"""Whole books in other scripts: from their folder to print and ebook without an edit."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from book.base.scripts import bringer, script_of
from book.base.typefaces import faces_of, packaged
from book.build import build
from tests.conftest import Lay
from tests.judges import epubcheck, pdftext, verapdf
from tests.pieces import made
from tests.scriptbooks import BOOKS, ScriptBook

#: A sentence in each of many languages; those whose script no installed font has are left out.
SENTENCES = {
    "en": "All human beings are born free.",
    "ru": "Все люди рождаются свободными.",
    "el": "Ὅλοι οἱ ἄνθρωποι γεννιοῦνται ἐλεύθεροι.",
    "vi": "Tất cả mọi người sinh ra đều được tự do.",
    "he": "כל בני האדם נולדו בְּנֵי חוֹרִין.",
    "ar": "يُولَدُ جَمِيعُ النَّاسِ أَحْرَارًا، لا إله إلا الله.",
    "fa": "تمام افراد بشر آزاد به دنیا می‌آیند.",
    "ur": "تمام انسان آزاد پیدا ہوئے ہیں۔",
    "hi": "सभी मनुष्य जन्म से स्वतन्त्र हैं; शक्ति, स्त्री, क्षत्रिय।",
    "mr": "सर्व मानवी व्यक्ती जन्मतःच स्वतंत्र आहेत, दर्या, वर्ष.",
    "bn": "সমস্ত মানুষ স্বাধীনভাবে জন্মগ্রহণ করে।",
    "ta": "மனிதர் சுதந்திரமாகவே பிறக்கின்றனர், ஸ்ரீ.",
    "te": "మానవులు స్వతంత్రులు, క్షేత్రం.",
    "th": "มนุษย์ทั้งหลายเกิดมามีอิสระ น้ำคำที่ทำกำไร",
    "lo": "ມະນຸດທຸກຄົນເກີດມາມີກຽດສັກສີ ນ້ຳ",
    "km": "មនុស្សទាំងអស់កើតមកមានសេរីភាព។",
    "my": "လူတိုင်းသည် လွတ်လပ်သော ကျောင်းသား ဖြစ်သည်။",
    "am": "የሰው ልጅ ሁሉ ሲወለድ ነጻ ነው።",
    "ja": "すべての人間は自由である。",
    "zh": "人人生而自由，在尊严上平等。",
    "ko": "모든 인간은 태어날 때부터 자유롭다.",
}


def _plain(text: str) -> str:
    """Letters and digits of ``text``, with their marks, in canonical order."""
    folded = unicodedata.normalize("NFC", text)
    return "".join(one for one in folded if unicodedata.category(one)[0] in "LMN")


@pytest.mark.slow
def test_a_page_of_every_script_keeps_both_standards(tmp_path: Path) -> None:
    """PDF/UA-1 and PDF/A-3a, and all that runs to the right reads as it was typed."""
    faces, body, css = [], [], []
    for language, sentence in SENTENCES.items():
        script = script_of(language)
        known = bringer(script, language) if script else None
        names = known.families if known else ("Source Serif",)
        found = next(filter(None, (faces_of(name, packaged()) for name in names)), ())
        if script and not found:
            continue
        faces += [face for face in found if face not in faces]
        family = found[0].family if found else names[0]
        css.append(f':lang({language}) {{ font-family: "{family}" }}')
        way = "rtl" if script in ("Hebrew", "Arabic") else "ltr"
        body.append(f'<p lang="{language}" dir="{way}">{sentence}</p>')
    pages = "".join(f'<section style="break-after: page">{one}</section>' for one in body)
    path = made(tmp_path, pages, css="\n".join(css), more=faces)
    verapdf.assert_compliant(path, "ua1", "3a")
    root = pdftext.struct(path)
    assert root is not None
    read = _plain(root.text)
    assert len(body) >= 10
    for one in body:
        if 'dir="ltr"' in one:
            assert _plain(re.sub("<[^>]*>", "", one)) in read, one


@pytest.mark.slow
@pytest.mark.parametrize("book", BOOKS, ids=lambda book: str(book.language))
def test_a_book_of_another_script(tmp_path: Path, lay: Lay, book: ScriptBook) -> None:
    """No finding, all notes, pictures and words in both; three judges are silent."""
    if book.language == "ja" and not faces_of("Noto Sans JP", packaged()):
        pytest.skip("chapbook[cjk-ja] is not installed")
    result = build(lay(tmp_path, book.files()), ["pdf", "epub"], cache=False)
    assert not result.findings
    pdf, epub = (one.path for one in result.written)
    verapdf.assert_compliant(pdf, "ua1", "3a")
    epubcheck.assert_clean(epub)
    root = pdftext.struct(pdf)
    assert root is not None
    assert len(root.find("Note")) == book.notes
    figures = [one for one in root.find("Figure") if one.attributes.get("Alt") == book.caption]
    assert len(figures) == len(book.titles)
    with zipfile.ZipFile(epub) as package:
        names = [name for name in package.namelist() if name.endswith(".xhtml")]
        trees = [etree.fromstring(package.read(name)) for name in names]
    called = [one for tree in trees for one in tree.iterfind(".//{*}a[@role='doc-noteref']")]
    assert len(called) == book.notes
    ebook = _plain("".join("".join(tree.itertext()) for tree in trees))
    printed = _plain(root.text)
    for word in _words(book):
        times = 4 * len(book.titles)
        assert ebook.count(_plain(word)) >= times, word
        if book.language in ("hi", "ja"):
            assert printed.count(_plain(word)) >= times, word


def _words(book: ScriptBook) -> list[str]:
    """Words of the text that stand in it once, without what is markup."""
    whole = " ".join(book.paragraphs)
    bare = re.sub(r"<rt>.*?</rt>|<[^>]*>", " ", whole)
    plain = re.sub(r"\[\^n\]|\]\(when:[^)]*\)|[*\[\]\"“”]", "", bare)
    found = Counter(re.findall(r"[^\s\d.,;:!?()。、「」।،–]+", plain))
    return [word for word, count in found.items() if count == 1 and len(word) > 2]
