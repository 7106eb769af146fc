"""Where lines may end in scripts without spaces: between words, as libraries know them."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest
from weasyprint.text.line_break import get_log_attrs

from book.base import wordends
from book.build import read
from book.checks.letters import without_font
from book.figures.measure import Type, chunks
from book.render.longwords import parted
from tests.conftest import Lay

END, JOINED = "\N{ZERO WIDTH SPACE}", "\N{WORD JOINER}"


@pytest.mark.parametrize(
    "words",
    [
        "មនុស្ស|ទាំងអស់|កើតមក|មាន|សេរីភាព",
        "ມະນຸດ|ທຸກຄົນ|ເກີດ|ມາ|ມີ|ກຽດສັກສີ",
        "ကျောင်းသား|ဖြစ်သည်",
    ],
    ids=["Khmer", "Lao", "Burmese"],
)
def test_lines_end_between_words(words: str) -> None:
    """What the author typed is there, with a place between words where a line may end."""
    pytest.importorskip("icu", reason="chapbook[khmer] is not installed")
    text = words.replace("|", "")
    page = parted(f'<p title="{text}">{text}, and more.</p>')
    assert page == f'<p title="{text}">{words.replace("|", END)}, and more.</p>'


@pytest.mark.parametrize(
    "text", ["<p>Plain words.</p>", "<p>มนุษย์ทั้งหลาย</p>", "<p>人人生而自由</p>"]
)
def test_other_texts_are_left(text: str) -> None:
    """Latin, and what Pango knows by itself."""
    assert parted(text) == text


@pytest.mark.parametrize(
    "phrases",
    ["町の|人々が|語った|川と|橋の|長い|物語", "河流|与|桥梁|的|漫长|故事"],
    ids=["ja", "zh"],
)
def test_titles_break_between_phrases(phrases: str) -> None:
    """In a chapter's heading, where a sign that nobody sees joins letters; and on the cover."""
    pytest.importorskip("budoux", reason="chapbook[cjk-ja] is not installed")
    title = phrases.replace("|", "")
    page = wordends.joined(f"<em>{title}</em> Post")
    places = page.removeprefix("<em>").removesuffix("</em> Post").replace(JOINED, "")
    assert places == title
    ends = [at for at, letter in enumerate(page) if letter not in JOINED]
    bare = "".join(
        letter if page[at + 1 : at + 2] != JOINED else letter + "_"
        for at, letter in enumerate(page)
        if at in ends
    )
    assert bare == "<em>" + "".join("_".join(one) for one in phrases.split("|")) + "</em> Post"
    assert chunks(title) == phrases.split("|")
    large = Type(100, 600, "Source Serif")
    starts = {phrases.replace("|", "").index(one) for one in phrases.split("|")}
    place = 0
    for line in large.balanced(title, 450):
        assert place in starts
        place += len(line)


def test_words_that_nobody_knows_are_told(
    tmp_path: Path, lay: Lay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once a file, with what to install; not where the author has parted them."""
    monkeypatch.setattr(wordends, "find_spec", lambda _: None)
    settings = '[book]\ntitle = "A"\nauthors = ["B"]\nlanguage = "en"\n'
    files = {"book.toml": settings, "chapters/1.md": "# A\n\nThe មនុស្ស.\n"}
    book, _ = read(lay(tmp_path, {**files, "chapters/2.md": f"# B\n\nThe ទាំង{END}អស់.\n"}))
    assert book is not None
    found = [one for one in without_font(book, ()) if one.code == "G005"]
    assert [str(one.place) for one in found] == ["chapters/1.md:3:5"]
    assert "chapbook[khmer]" in found[0].hint


def test_thai_words_that_pango_does_not_know_are_told_or_known_to_icu(
    tmp_path: Path, lay: Lay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Pango that was made without libthai ends lines at spaces alone, which part phrases."""
    text = "มนุษย์ทั้งหลายเกิดมา"
    monkeypatch.setattr(wordends, "divides_thai", lambda: False)
    if find_spec("icu"):
        assert wordends.with_ends(text).replace(END, "|") == "มนุษย์|ทั้ง|หลาย|เกิด|มา"
    settings = '[book]\ntitle = "A"\nauthors = ["B"]\nlanguage = "th"\n'
    book, _ = read(lay(tmp_path, {"book.toml": settings, "chapters/1.md": f"# A\n\n{text}\n"}))
    assert book is not None
    monkeypatch.setattr(wordends, "find_spec", lambda _: None)
    (found,) = [one for one in without_font(book, ()) if one.code == "G005"]
    assert str(found.place) == "chapters/1.md:3:1"
    assert "chapbook[thai]" in found.hint
    assert wordends.with_ends(text) == text
    monkeypatch.setattr(wordends, "divides_thai", lambda: True)
    assert not [one for one in without_font(book, ()) if one.code == "G005"]


def test_pango_is_asked_whether_it_knows_thai() -> None:
    """As it is by what sets the pages."""
    ends = [at for at, one in enumerate(get_log_attrs("คนไทย", "th")) if one.is_line_break]
    assert wordends.divides_thai() == (2 in ends)


def test_without_the_libraries_all_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines end as Unicode has it, and covers break anywhere."""
    monkeypatch.setattr(wordends, "find_spec", lambda _: None)
    assert wordends.with_ends("មនុស្សទាំងអស់") == "មនុស្សទាំងអស់"
    assert wordends.joined("川と橋") == "川と橋"
    assert chunks("川と橋") == ["川", "と", "橋"]
    assert wordends.known("en") == ""
