"""Tables in print: columns by what stands in them, nothing off the page, heads that go on."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from book.render.pdf.paragraphs.columns import shared
from tests.judges import verapdf
from tests.volumes import Letter, Printed, one_chapter

if TYPE_CHECKING:
    from pathlib import Path

PROSE = "The bread of a town was sold by weight at prices that the council fixed. "
#: Sixteen columns of numbers, ten of words, three of long words, prose beside years, and a long
#: one with a caption; code and an address.
_NUMBERS = "| Year |" + " Num |" * 15 + "\n|" + "---|" * 16 + ("\n| 1850 |" + " 123 |" * 15) * 4
_WORDS = "| Parish |" + " Vicarage |" * 9 + "\n|" + "---|" * 10 + ("\n|" + " Archdeacon |" * 10) * 3
_LONG = (
    "| Bundesverfassungsgerichtsentscheidung | Grundstücksverkehrsgenehmigungszuständigkeit"
    " | Rindfleischetikettierungsüberwachung |\n|---|---|---|\n| 1951 | ja | nein |"
)
_MIXED = "| Year | Place | What happened |\n|---|---|---|\n" + "\n".join(
    f"| {year} | Frankfurt am Main | {PROSE * 2} |" for year in range(1850, 1854)
)
_OVERLEAF = "| No. | Name |\n|---|---|\n" + "\n".join(f"| {at} | Anna |" for at in range(60))
_CODE = (
    "| Call | Address |\n|---|---|\n| `configuration.get_environment_variable_or_default(name)` "
    "| https://www.example.org/archive/1943/september/telegrams?id=4711&part=2 |"
)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """A chapter of such tables, with a line of prose between them."""
    tables = [_NUMBERS, _WORDS, _LONG, _MIXED, _CODE, f"{_OVERLEAF}\n: Who was there"]
    text = "".join(f"Line {at} goes.\n\n{one}\n\n" for at, one in enumerate(tables))
    return Printed(one_chapter(tmp_path_factory.mktemp("t"), f"# One\n\n{text}The end.\n"))


def page_with(printed: Printed, words: str) -> int:
    """The first page on which these words stand."""
    return next(at for at, text in enumerate(printed.pages) if words in text)


def left_of(printed: Printed, page: int, word: str) -> float:
    """Where a word begins on its page."""
    letters = printed.letters[page]
    text = "".join(one.text for one in letters)
    return letters[text.index(word)].left


def test_no_letter_is_off_the_type_area(printed: Printed) -> None:
    """Whatever the table: all of it is there, between the margins."""
    measure = range(40, 390)  # A5 is 420 points wide
    for page in printed.chapters["One"]:
        letters = printed.letters[page]
        out = [one.text for one in letters if one.text.strip() and int(one.left) not in measure]
        assert not out, page
    said = "".join("".join(cell.text.split()) for cell in printed.structure.find("Table"))
    whole = said.replace("\u2010", "").replace("-", "")
    assert whole.count("123") == 60
    assert whole.count("Archdeacon") == 30
    assert "Rindfleischetikettierungsüberwachung" in whole


def test_a_table_of_many_words_stands_across_a_page_of_its_own(printed: Printed) -> None:
    """Its lines go up the leaf, which is as all others are; its text is read as ever."""
    page = page_with(printed, "Parish")
    letters = [one for one in printed.letters[page] if one.text.isalpha()]
    word = next(at for at in range(len(letters)) if spelled(letters, at, "Vicarage"))
    assert letters[word + 7].bottom > letters[word].bottom + 15
    assert letters[word + 7].left == pytest.approx(letters[word].left, abs=4)
    assert "Line 2" not in printed.pages[page]
    rows = next(one for one in printed.structure.find("Table") if "Parish" in one.text).find("TR")
    assert [len(row.children) for row in rows] == [10] * 4


def spelled(letters: list[Letter], at: int, word: str) -> bool:
    """Whether ``word`` is spelled from there on."""
    return "".join(one.text for one in letters[at : at + len(word)]) == word


def test_years_and_names_take_what_they_need_and_prose_the_rest(printed: Printed) -> None:
    """No word of a short cell is divided, and no line's end is in it."""
    page = page_with(printed, "What happened")
    year, place, prose = (left_of(printed, page, word) for word in ("Year", "Place", "What"))
    assert place - year < 40
    assert 60 < prose - place < 120
    assert "Frankfurt am Main" in printed.pages[page]


def test_code_and_addresses_break_at_their_signs(printed: Printed) -> None:
    """No hyphen is put in."""
    text = "".join(printed.pages[page_with(printed, "Call")].split())
    assert "configuration.get_environment_variable_or_default(name)" in text.replace("\u200b", "")
    assert "telegrams?id=4711&part=2" in text


def test_heads_say_where_a_table_goes_on(printed: Printed) -> None:
    """In the book's language, with its caption; a listener hears its heads once."""
    first = page_with(printed, "Who was there")
    assert "(continued)" not in printed.pages[first]
    assert "Who was there (continued)" in printed.pages[first + 1]
    assert "No." in printed.pages[first + 1]
    table = next(one for one in printed.structure.find("Table") if "Anna" in one.text)
    assert "continued" not in table.text
    assert [head.text.strip() for head in table.find("TH")] == ["No.", "Name"]


def test_a_table_that_goes_on_ends_where_text_does(printed: Printed) -> None:
    """Its last row stands on the foot of the type area, as near as its lines can to those of text.

    What is left is less than a row takes, and is shared by all rows: none is far from the next.
    """
    pages = [
        page
        for page in printed.chapters["One"][:-1]
        if "Anna" in printed.pages[page] and "(continued)" in printed.pages[page + 1]
    ]
    assert pages
    foot = min(
        one.bottom
        for page in printed.chapters["One"][1:]
        for one in printed.letters[page]
        if one.text.isalpha()
    )
    for page in pages:
        rows = sorted({one.bottom for one in printed.letters[page] if one.text == "A"})
        steps = [high - low for low, high in pairwise(rows) if high - low > 1]
        assert max(steps) - min(steps) < 1
        assert rows[0] - foot < 2.5


def test_the_pages_are_as_accessible_as_others(printed: Printed) -> None:
    """By veraPDF, for PDF/UA-1 and PDF/A-3a; turned pages too."""
    verapdf.assert_compliant(printed.path, "ua1", "3a")


_COLUMNS = st.lists(st.tuples(st.floats(5, 80), st.floats(0, 400)), min_size=2, max_size=7)


@settings(max_examples=40, deadline=None)
@given(_COLUMNS, st.floats(0.05, 0.95))
def test_columns_take_all_the_room_and_no_word_is_cut(
    columns: list[tuple[float, float]], part: float
) -> None:
    """Their widths add up, and none is below its least."""
    least = [low for low, _ in columns]
    most = [low + more for low, more in columns]
    room = sum(least) + (sum(most) - sum(least)) * part
    rows = [most, [one / 2 for one in most]]
    widths = shared(least, most, rows, room)
    assert sum(widths) == pytest.approx(room)
    assert all(width >= low * 0.999 for width, low in zip(widths, least, strict=True))


def test_of_two_columns_of_prose_the_longer_gets_more() -> None:
    """So that both end on about the same line."""
    short, long = shared([30, 30], [400, 1600], [[400, 1600]] * 5, 300)
    assert max(400 / short, 1600 / long) < 7.5


def test_rows_too_high_to_stay_together_keep_their_heads_and_caption(tmp_path: Path) -> None:
    """Two rows of which only one fits on a page, and one that is higher than a page."""
    row = f"| First {PROSE * 12}| Last {PROSE * 12}|\n"
    high = f"| First {PROSE * 70}| Last {PROSE * 20}|\n"
    text = "".join(
        f"{PROSE * 5}\n\n| Left | Right |\n|---|---|\n{one}{row}\n: Of {name}\n\n"
        for name, one in (("two", row), ("high", high))
    )
    printed = Printed(one_chapter(tmp_path, f"# One\n\n{text}"))
    pages = [printed.pages[at] for at in printed.chapters["One"]]
    begun = [page for page in pages if "First" in page]
    assert len(begun) == 4
    assert all("Left" in page and "Right" in page for page in begun)
    assert all(page.count("Of ") == 1 for page in pages if "Left" in page)
    assert all(("Left" in page) == ("Of " in page) for page in pages)
