"""Paragraphs set as a whole, read back from the pages: where lines end, and how wide they are."""

from __future__ import annotations

import re
from pathlib import Path
from statistics import median

import pikepdf
import pytest

from bench.letters import Line, lines
from tests.judges import pdftext
from tests.pieces import made

#: The tokens as the built-in theme has them, and the same for line by line.
WHOLE = ":root { --breaks: paragraph; --letter-width: 2%; --letter-space: 0.5%; --hang: 1 }"
SINGLY = ":root { --breaks: line }"
TEXT = (
    "The representatives of the government considered a reconciliation indispensable, and said so; "
    "their allies, who had other plans, heard it without pleasure. “Nothing has been decided,” "
    "wrote the ambassador, “and nothing will be, as long as the war in the east goes on.” "
    "He was instructed to wait for an opportunity, which did not come. "
)
#: The edges of the measure of a piece in the tests, in points.
LEFT, RIGHT = 20 / 25.4 * 72, (148 - 18) / 25.4 * 72


def paragraphs(count: int) -> str:
    """Paragraphs of all lengths."""
    words = (TEXT * 2).split()
    return "".join(f"<p>{' '.join(words[place:])}</p>" for place in range(count))


def set_lines(tmp_path: Path, body: str, css: str = WHOLE, language: str = "en") -> list[Line]:
    """The lines of a piece, from the top."""
    return lines(made(tmp_path, body, css=css, language=language))[0]


def full(found: list[Line]) -> list[Line]:
    """Those that fill their measure."""
    return [line for line in found if line.right > RIGHT - 8 and not line.text.endswith("on.”")]


def test_lines_are_more_even_than_one_by_one(tmp_path: Path) -> None:
    """Spaces are nowhere half as wide again as they are; line by line some are twice as wide."""
    whole = [line.space for line in full(set_lines(tmp_path, paragraphs(30)))]
    singly = [line.space for line in full(set_lines(tmp_path, paragraphs(30), SINGLY))]
    assert len(whole) > 100
    assert max(whole) < 1.6 * 0.23 < max(singly)


def test_all_words_are_there_in_their_order(tmp_path: Path) -> None:
    """Though letters are wider or narrower, the text reads as it was written."""
    body = paragraphs(12)
    pages = pdftext.pages(made(tmp_path, body, css=WHOLE))
    written = re.sub("<p>|</p>", " ", body)
    assert pdftext.words("\n".join(pages)) == pdftext.words(written)


def test_edges_are_straight_and_small_signs_hang_out(tmp_path: Path) -> None:
    """A line ends at the measure to a tenth of a point; a comma or a hyphen stands beyond it."""
    found = full(set_lines(tmp_path, paragraphs(30)))
    letters = [line.right for line in found if line.text[-1] in "abcdeghimnopst"]  # f leans over
    signs = [line.right for line in found if line.text[-1] in ",-."]
    assert max(abs(end - RIGHT) for end in letters) < 0.1
    assert signs
    assert all(RIGHT + 0.5 < end < RIGHT + 2.5 for end in signs)
    quotes = [line.left for line in found if line.text.startswith("“")]
    assert all(left < LEFT - 1 for left in quotes)


def test_a_theme_may_want_none_of_it(tmp_path: Path) -> None:
    """Without leave letters are as wide as they are, nothing is between them, nothing hangs out."""
    path = made(tmp_path, paragraphs(12), css=":root { --breaks: paragraph }")
    drawn = b"".join(page.Contents.read_bytes() for page in pikepdf.open(path).pages)
    assert b" Tc" not in drawn
    assert {order.split()[0] for order in re.findall(rb"[^\n]+ Tm", drawn)} == {b"1"}
    assert all(line.right < RIGHT + 0.1 for line in lines(path)[0] if line.text[-1] not in "fr")
    path = made(tmp_path, paragraphs(12), css=WHOLE)
    drawn = b"".join(page.Contents.read_bytes() for page in pikepdf.open(path).pages)
    widths = {float(order.split()[0]) for order in re.findall(rb"[^\n]+ Tm", drawn)}
    assert min(widths) >= 0.98
    assert max(widths) <= 1.02
    assert len(widths) > 10


def test_a_paragraph_has_the_same_lines_on_one_page_and_on_two(tmp_path: Path) -> None:
    """Where a page ends has no say in where lines do."""
    body = f"<p>{TEXT * 4}</p>"
    alone = [line.text for line in set_lines(tmp_path, body)]
    for depth in (6, 9, 12):
        broken = set_lines(tmp_path, f"<div style='height: {42 - depth}em'></div>{body}")
        assert len({line.page for line in broken}) == 2
        assert [line.text for line in broken] == alone


def test_inline_elements_stay_in_their_lines(tmp_path: Path) -> None:
    """Code, links, emphasis and pictures take what they take; code is never made wider."""
    body = (
        f"<p>{TEXT}<em>Emphasis, it seems,</em> and <code style='--letter-width: 0; "
        f"--letter-space: 0'>identifier</code> <a href='https://example.org'>a link</a>—{TEXT}</p>"
    )
    found = set_lines(tmp_path, body)
    assert max(abs(line.right - RIGHT) for line in full(found)) < 2.5
    text = " ".join(line.text for line in found)
    assert "identifier" in text
    assert "a link—" in text


@pytest.mark.parametrize(
    ("language", "text"),
    [("he", "שלום לכולם "), ("ja", "東京は日本の首都である。"), ("th", "กรุงเทพมหานครเป็นเมืองหลวง")],
)
def test_other_scripts_are_left_to_pango(tmp_path: Path, language: str, text: str) -> None:
    """Their letters are all there, and no line runs over."""
    direction = "rtl" if language == "he" else "ltr"
    found = set_lines(
        tmp_path, f"<p lang='{language}' dir='{direction}'>{text * 30}</p><p>{TEXT}</p>"
    )
    assert all(line.right < RIGHT + 3 for line in found)
    assert any("ambassador" in line.text for line in found)


def test_soft_hyphens_say_where_a_word_is_divided(tmp_path: Path) -> None:
    """Such a word is divided there and nowhere else."""
    word = "internatio\u00adnalisation"
    body = "".join(f"<p>{'a' * count} {' '.join([word] * 12)}</p>" for count in range(1, 12))
    found = [line.text for line in set_lines(tmp_path, body) if line.text.endswith("-")]
    assert found
    assert all(text.endswith("internatio-") for text in found)


def test_spaces_between_spaced_letters_grow_no_more_than_others(tmp_path: Path) -> None:
    """They are wide as it is: what a line lacks is shared as if their letters stood close."""
    body = "".join(
        f"<p><span style='letter-spacing: 0.08em'>In all of it</span> {' '.join(words)}</p>"
        for words in (TEXT.split()[place:] for place in range(10))
    )
    firsts = [one for one in set_lines(tmp_path, body) if one.text.startswith("In all of it")]
    assert len(firsts) == 10
    # They differ by what stands between letters, however far the line is drawn apart.
    others = [median(one.spaces[5:]) for one in firsts]
    more = [median(one.spaces[:4]) - other for one, other in zip(firsts, others, strict=True)]
    assert max(others) > min(others) + 0.05
    assert more == pytest.approx([median(more)] * 10, abs=0.015)
