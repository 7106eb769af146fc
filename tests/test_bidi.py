"""Lines in both directions stand as the Unicode bidirectional algorithm has them (UAX 9).

The order on the page is held against another implementation, that of the Rust crate unicode-bidi.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from bidi import get_display

from book.base.typefaces import faces_of, packaged
from book.render.pdf.draft.mixed import parted
from tests.pieces import made

#: Which way the paragraph runs, and its line: letters, numbers, brackets and signs of both kinds.
LINES = (
    ("rtl", "שלום world עולם"),
    ("rtl", "הספר The Go-Between תורגם ב-1953."),
    ("rtl", "מחיר: 1,250.50 ש״ח (כ-$340)"),
    ("rtl", "ראו עמ׳ 12–14, 27"),
    ("rtl", "(The Daily Post, 1931) אמר"),
    ("rtl", "א [b ג] d"),
    ("rtl", "תאריך 10/9/1931, שעה 12:30"),
    ("rtl", "abc, דהו, ghi."),
    ("rtl", "English first ואז עברית!"),
    ("rtl", "C++ או C# - מה עדיף?"),
    ("ltr", "He said שלום עולם to them."),
    ("ltr", "See ראשון, שני, and שלישי."),
    ("ltr", "The word (ספר) means 2 books."),
    ("ltr", "ספר 12–14 then 27 ועוד"),
    ("ltr", "On 3.5.1931 כתב 17% of it"),
    ("ltr", "שלום"),
    # And with elements between, or within, words of one direction.
    ("ltr", "He said אב <b>גד</b> הו to them."),
    ("ltr", "On <b>אב</b>, <b>גד</b> (הו) 3, so <u>רא <i>שו</i> נה</u>."),
    ("ltr", "And then ראשון <span>12–14</span>, then <i>27</i> ועוד."),
    ("rtl", "הספר <i>The</i> Go-Between <b>and</b> more תורגם."),
    ("rtl", "(<i>The Daily</i> Post, 1931) אמר"),
    ("rtl", "אב, <b>ראשון</b> The <i>Daily</i> Post 12: <b>שני</b>; C++ <i>x</i>."),
)
#: Which of a pair a glyph is, PDFium tells by what it stands for, and the other by its shape.
_BRACKETS = str.maketrans("()[]", "||!!")


def _seen(pdf: Path) -> list[str]:
    """The letters and signs of each line on the page, from the left to the right."""
    with pypdfium2.PdfDocument(pdf) as document, closing(document[0]) as page:
        text = page.get_textpage()
        found: dict[int, list[tuple[float, str]]] = {}
        for at in range(text.count_chars()):
            letter = chr(pdfium.FPDFText_GetUnicode(text, at))
            if letter.isspace() or unicodedata.category(letter)[0] not in "LNPS":
                continue
            x, y = pdfium.c_double(), pdfium.c_double()
            pdfium.FPDFText_GetCharOrigin(text, at, x, y)
            found.setdefault(round(y.value), []).append((x.value, letter))
        text.close()
    return ["".join(one for _, one in sorted(found[line])) for line in sorted(found, reverse=True)]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Sequence[str]:
    faces = faces_of("Frank Ruhl Libre", packaged())
    body = "".join(f'<p dir="{way}">{line}</p>' for way, line in LINES)
    css = 'p { font-family: "Frank Ruhl Libre", "Source Serif"; text-indent: 0; hyphens: none }'
    body = parted(body)
    return _seen(made(tmp_path_factory.mktemp("bidi"), body, css=css, more=faces))


@pytest.mark.parametrize("number", range(len(LINES)), ids=lambda one: LINES[one][1][:12])
def test_a_line_stands_as_another_implementation_has_it(seen: Sequence[str], number: int) -> None:
    way, line = LINES[number]
    other = get_display(re.sub("<[^>]*>", "", line), base_dir="R" if way == "rtl" else "L")
    assert seen[number].translate(_BRACKETS) == "".join(other.split()).translate(_BRACKETS)
