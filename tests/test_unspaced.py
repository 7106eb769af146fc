"""Lines of scripts without spaces are even."""

from __future__ import annotations

from ctypes.util import find_library
from pathlib import Path
from xml.etree import ElementTree as ET

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from weasyprint.text.line_break import get_log_attrs

from book.base.data import replace
from book.base.fonts import Face
from book.base.scripts import bringer, script_of
from book.base.typefaces import faces_of, packaged
from book.figures import cover_svg
from book.figures.measure import Type
from book.render.longwords import parted
from book.theme.lettering import Lettering
from tests.chronicles import SVG, chronicle
from tests.judges import pdftext
from tests.pieces import PROSE, made

#: Sentences, and their words.
THAI_WORDS = [
    "มนุษย์|ทั้งหลาย|เกิด|มา|มี|อิสระ|และ|เสมอภาค|กัน|ใน|เกียรติศักดิ์|และ|สิทธิ",
    "ต่าง|มี|เหตุผล|และ|มโนธรรม",
    "และ|ควร|ปฏิบัติ|ต่อ|กัน|ด้วย|เจตนารมณ์|แห่ง|ภราดรภาพ",
    "แม่น้ำ|ไหล|ผ่าน|กลาง|เมือง|และ|ชาว|บ้าน|นั่ง|คุย|กัน|ที่|ริม|ฝั่ง",
]
THAI = ["".join(one.split("|")) for one in THAI_WORDS]


def test_lines_of_japanese_end_where_the_measure_does(tmp_path: Path) -> None:
    """All but the last, with and without Latin words; letters give alike."""
    faces = faces_of("Noto Sans JP", packaged())
    if not faces:
        pytest.skip("chapbook[cjk-ja] is not installed")
    text = (
        "川は町の真ん中を流れ、岸辺には年老いた商人たちが腰をおろした。The Postはそう書いた。" * 4
    )
    css = 'body { font-family: "Noto Sans JP" }'
    path = made(tmp_path, f"<p>{text}</p>", css=css, language="ja", more=faces)
    with pypdfium2.PdfDocument(path) as pdf:
        page = pdf[0].get_textpage()
        boxes = [page.get_charbox(at) for at in range(page.count_chars())]
    ends: dict[int, float] = {}
    for _, bottom, right, _ in boxes:
        if right:
            ends[round(bottom / 14)] = max(right, ends.get(round(bottom / 14), 0))
    lines = [ends[line] for line in sorted(ends, reverse=True)]
    assert len(lines) > 3
    assert max(lines[:-1]) - min(lines[:-1]) < 6  # A stop takes less than its square.


def test_lines_of_thai_end_where_the_measure_does(tmp_path: Path) -> None:
    """What little is left goes between letters; spaces, which part phrases, make no holes."""
    faces = faces_of("Noto Sans Thai", packaged())
    css = 'body { font-family: "Noto Sans Thai" }'
    text = f"<p>{' '.join(THAI * 4)}</p>"
    path = made(tmp_path, text, css=css, language="th", more=faces)
    ends: dict[int, float] = {}
    with pypdfium2.PdfDocument(path) as pdf:
        for one in pdf[0].get_objects([pdfium.FPDF_PAGEOBJ_TEXT]):
            base = round(one.get_matrix().f)
            ends[base] = max(ends.get(base, 0), one.get_bounds()[2])
    lines = [ends[base] for base in sorted(ends, reverse=True)][:-1]
    assert len(lines) > 5
    assert max(lines) - min(lines) < 4


def test_lines_of_thai_end_with_words() -> None:
    """Pango asks libthai, which knows the words of the language."""
    if not find_library("thai"):
        pytest.skip("libthai is not there, so Pango knows no Thai words")
    for words in THAI_WORDS:
        parts = words.split("|")
        starts = {sum(map(len, parts[:at])) for at in range(len(parts) + 1)}
        found = get_log_attrs("".join(parts), "th")
        breaks = {at for at, one in enumerate(found) if one.is_line_break}
        assert len(breaks) > len(parts) / 2
        assert breaks <= starts, words


#: Article 1 of the Universal Declaration of Human Rights.
BORN_FREE = {
    "km": "មនុស្សទាំងអស់កើតមកមានសេរីភាព និងភាពស្មើៗគ្នាក្នុងសិទ្ធិ និងសេចក្ដីថ្លៃថ្នូរ។ "
    "មនុស្សគ្រប់រូបសុទ្ធតែមានវិចារណញ្ញាណ និងសតិសម្បជញ្ញៈ ហើយត្រូវប្រព្រឹត្តចំពោះគ្នាទៅវិញទៅមកក្នុងស្មារតីរាប់អានគ្នាជាបងប្អូន។ ",
    "lo": "ມະນຸດທຸກຄົນເກີດມາມີກຽດສັກສີ, ສິດທິ, ເສລີພາບ ແລະ ຄວາມສະເໝີພາບເທົ່າທຽມກັນ. "
    "ທຸກໆຄົນມີເຫດຜົນ ແລະ ຄວາມຄິດຄວາມເຫັນ ແລະ ສົມຄວນປະພຶດຕໍ່ກັນໃນທາງພີ່ນ້ອງ. ",
    "my": "လူတိုင်းသည် တူညီလွတ်လပ်သော ဂုဏ်သိက္ခာဖြင့် လည်းကောင်း၊ တူညီလွတ်လပ်သော အခွင့်အရေးများဖြင့် လည်းကောင်း၊ "
    "မွေးဖွားလာသူများ ဖြစ်သည်။ ထိုသူတို့၌ ပိုင်းခြား ဝေဖန်တတ်သော ဉာဏ်နှင့် ကျင့်ဝတ်သိတတ်သော စိတ်တို့ရှိကြ၍ "
    "ထိုသူတို့သည် အချင်းချင်း မေတ္တာထား၍ ဆက်ဆံကျင့်သုံးသင့်၏။ ",
}


@pytest.fixture(scope="module")
def born_free(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of each language, in two measures."""
    faces: list[Face] = []
    css, body = "p { text-indent: 0 }", ""
    for language, text in BORN_FREE.items():
        known = bringer(script_of(language), language)
        found = faces_of(known.families[0], packaged()) if known else ()
        if not found:
            pytest.skip(f"no face for {language} is installed")
        faces += found
        css += f':lang({language}) {{ font-family: "{found[0].family}" }}'
        set_twice = f"<p>{text * 3}</p><p style='margin-right: 31mm'>{text * 2}</p>"
        body += f'<section lang="{language}" style="break-after: page">{set_twice}</section>'
    return made(tmp_path_factory.mktemp("sea"), parted(body), css=css, more=faces)


def test_lines_of_khmer_lao_and_burmese_end_within_the_measure(born_free: Path) -> None:
    """No syllable falls asunder: a mark without its letter would stand on a dotted circle."""
    with pypdfium2.PdfDocument(born_free) as pdf:
        for page in list(pdf)[: len(BORN_FREE)]:
            found = list(page.get_objects([pdfium.FPDF_PAGEOBJ_TEXT]))
            edge = (148 - 18) * 72 / 25.4
            assert len(found) > 8
            assert max(one.get_bounds()[2] for one in found) < edge + 0.5
            assert "\u25cc" not in page.get_textpage().get_text_range()


def test_pages_of_khmer_lao_and_burmese_read_as_they_were_typed(born_free: Path) -> None:
    root = pdftext.struct(born_free)
    assert root is not None
    read = "".join(root.text.split()).replace("\u200b", "")
    for language, text in BORN_FREE.items():
        assert read.count("".join(text.split())) == 5, language


@pytest.mark.parametrize("language", BORN_FREE)
def test_their_titles_break_between_words_and_do_not_touch(language: str) -> None:
    """On the cover, where letters are largest, and reach highest and lowest."""
    known = bringer(script_of(language), language)
    faces = faces_of(known.families[0], packaged()) if known else ()
    if not faces:
        pytest.skip(f"no face for {language} is installed")
    title = {"km": "ស្ពាន|ទន្លេ", "lo": "ຂົວ|ຂ້າມ|ແມ່|ນ້ຳ", "my": "မြစ်|ကူး|တံတား"}[language]
    book = chronicle(title=title.replace("|", ""))
    own = replace(book.config.book, language=language)
    book = replace(book, config=replace(book.config, book=own))
    root = ET.fromstring(cover_svg(book, Lettering(text=faces, heads=faces)))
    size = max(float(one.get("font-size", 0)) for one in root.iter(f"{SVG}text"))
    lines = [one for one in root.iter(f"{SVG}text") if float(one.get("font-size", 0)) == size]
    ends = {"".join(title.split("|")[:at]) for at in range(title.count("|") + 2)}
    assert len(lines) == 2
    assert (lines[0].text or "") in ends
    type_ = Type(size, 600).of(title, faces)
    below, above = type_.ink(lines[0].text or "")[1], type_.ink(lines[1].text or "")[0]
    assert float(lines[1].get("y", 0)) - float(lines[0].get("y", 0)) > (below + above) * size


def test_nothing_stands_between_letters_of_devanagari(tmp_path: Path) -> None:
    """They hang from one line, which spacing would tear; spaces alone make lines even."""
    faces = faces_of("Noto Sans Devanagari", packaged())
    css = 'body { font-family: "Noto Sans Devanagari"; --breaks: paragraph; --letter-space: 2% }'
    text = "नदी शहर के बीच से बहती थी और उसके किनारे बूढ़े व्यापारी बैठकर बातें किया करते थे। " * 4
    path = made(tmp_path, f"<p>{text}</p>", css=css, language="hi", more=faces)
    (tmp_path / "latin").mkdir()
    latin = made(
        tmp_path / "latin",
        f"<p>{PROSE * 4}</p>",
        css="body { --breaks: paragraph; --letter-space: 2% }",
    )
    assert _spacings(latin)
    assert not _spacings(path)


def _spacings(pdf: Path) -> list[str]:
    """What is set between letters on the first page (ISO 32000-1, 9.3.2)."""
    with pikepdf.open(pdf) as opened:
        orders = pikepdf.parse_content_stream(opened.pages[0])
        found = [one.operands[0] for one in orders if str(one.operator) == "Tc"]
        return [str(one) for one in found if float(str(one))]


@pytest.mark.parametrize(
    ("language", "family", "text"),
    [
        ("th", "Noto Sans Thai", "ส่งแพตช์ด้วย patch set แล้วรอ B และ "),
        ("ar", "Amiri", "وكتبت صحيفة الشكل The Daily Post عن الماء والسماء "),
    ],
)
def test_a_lines_end_shows_nothing(tmp_path: Path, language: str, family: str, text: str) -> None:
    """A space at it is told in the face of its line, and draws no letter of another."""
    faces = faces_of(family, packaged())
    css = f'body {{ font-family: "{family}", "Source Serif" }}'
    way = "rtl" if language == "ar" else "ltr"
    body = f'<p dir="{way}">{text * 12}</p>'
    path = made(tmp_path, body, css=css, language=language, more=faces)
    with pypdfium2.PdfDocument(path) as pdf:
        page = pdf[0].get_textpage()
        read = page.get_text_range()
        spaces = [
            page.get_charbox(at)
            for at in range(page.count_chars())
            if pdfium.FPDFText_GetUnicode(page, at) == 32
            and not pdfium.FPDFText_IsGenerated(page, at)
        ]
    assert len(spaces) > 5
    assert all(top - bottom < 0.5 for _, bottom, _, top in spaces)
    latin = [one for one in read if one.isascii() and one.isalpha()]
    assert sorted(latin) == sorted(one for one in text * 12 if one.isascii() and one.isalpha())
