"""The words that outputs print by themselves, and lists of pages."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from book.base.data import names
from book.dates import parse
from book.words import LANGUAGES, Phrase, Words, page_list, roman, words

TEMPLATES = (
    *("page", "pages", "note", "see", "in_book", "by", "circa", "set_in", "made_with"),
    *("edited_by", "translated_by", "illustrated_by", "introduced_by", "based_on"),
)
PHRASES = ("plain", "brief", "about", "perhaps", "perhaps_about", "since", "until")


def texts(found: Words) -> dict[str, str]:
    named = {name: getattr(found, name) for name in names(Words)}
    return {name: value for name, value in named.items() if isinstance(value, str)}


class TestLanguages:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_word_is_there(self, language: str) -> None:
        """No language leaves a word empty or with spaces around it."""
        assert all(text and text.strip() == text for text in texts(words(language)).values())

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_templates_take_one_thing(self, language: str) -> None:
        """And words that are no templates take nothing."""
        for name, text in texts(words(language)).items():
            if name != "timeline_alt":
                assert text.count("{") == (name in TEMPLATES), name

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_timelines_description_takes_its_parts(self, language: str) -> None:
        """How many events, from when to when, in every language."""
        said = words(language).timeline_alt.format(count=7, first="1943", last="1944")
        assert re.findall(r"\d+", said) == ["7", "1943", "1944"]

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("name", PHRASES)
    def test_phrases_say_every_precision(self, language: str, name: str) -> None:
        """Each form takes the date; none is left without it."""
        phrase: Phrase = getattr(words(language), name)
        forms = (phrase.day, phrase.month, phrase.year, phrase.decade, *phrase.seasons)
        assert all("1900" in form.format(1900, last=1909) for form in forms)
        century = phrase.century.format(1900, ordinal=20, roman="XX", last=1999)
        assert re.search("1900|20|XX", century)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_quotation_marks_come_in_pairs(self, language: str) -> None:
        """Outer and inner marks differ, so that a quotation within one can be told."""
        quotes = words(language).quotes
        assert quotes.open != quotes.inner_open
        assert quotes.close != quotes.inner_close


class TestChoosing:
    def test_a_region_takes_its_language(self) -> None:
        """de-AT reads as de."""
        assert words("de-AT") == words("de")

    @pytest.mark.parametrize("tag", ["tlh", "", "x-klingon", "../en"])
    def test_unknown_languages_read_english(self, tag: str) -> None:
        """And no tag can name a module of its own."""
        assert words(tag) == words("en")

    def test_swiss_german_has_guillemets(self) -> None:
        """Quotation marks follow the region."""
        assert words("de-CH").quotes.open == "«"

    def test_french_guillemets_hold_narrow_spaces(self) -> None:
        """U+202F, which does not break."""
        quotes = words("fr").quotes
        assert (quotes.open, quotes.close) == ("«\u202f", "\u202f»")

    def test_a_language_without_words_keeps_its_quotes(self) -> None:
        """Slovak reads English words between Slovak marks."""
        slovak = words("sk")
        assert (slovak.contents, slovak.quotes.open) == (words("en").contents, "„")

    def test_chinese_is_written_in_two_ways(self) -> None:
        """By the script that the tag names, or its country has."""
        tags = ("zh", "zh-Hans-SG", "zh-Hant", "zh-TW")
        assert [words(tag).contents for tag in tags] == ["目录", "目录", "目錄", "目錄"]

    def test_a_book_has_its_own(self) -> None:
        """And what it doesn't say is the house's."""
        own = words("ja", (("chapter", "話"), ("list-of-pages", "頁")))
        assert (own.list_of_pages, own.contents) == ("頁", "目次")
        assert own.chapter_number.format(3) == "話 3"
        assert words("ja").chapter_number.format(3) == "第3章"

    def test_dates_are_said_in_each_language(self) -> None:
        """As CLDR writes them, behind the words for what is uncertain."""
        said = {
            "cs": "asi 10. září 1943",
            "ja": "1943年9月10日頃",
            "he": "בערך 10 בספטמבר 1943",
            "hi": "लगभग 10 सितंबर 1943",
            "tr": "10 Eylül 1943 dolayları",
        }
        assert {tag: parse("1943-09-10~").words(tag) for tag in said} == said


class TestPageList:
    @pytest.mark.parametrize(
        ("labels", "expected"),
        [
            ([], ""),
            (["12"], "12"),
            (["12", "13", "14"], "12–14"),
            (["12", "14", "15", "16", "xii"], "12, 14–16, xii"),
            (["ix", "x", "xi"], "ix–xi"),
            (["xii", "1", "2"], "xii, 1–2"),
            (["12", "12", "13"], "12–13"),
            (["", "12", "", "12"], "12"),
            (["A-3", "A-4"], "A-3, A-4"),
            (["iiii", "v"], "iiii, v"),
            (["ix", "X"], "ix, X"),
            (["9", "8"], "9, 8"),
        ],
    )
    def test_runs_collapse(self, labels: list[str], expected: str) -> None:
        """What counts on by one becomes a range; the rest stands as it is."""
        assert page_list(labels) == expected

    @given(st.sets(st.integers(1, 300)), st.booleans())
    def test_no_page_is_lost_or_added(self, pages: set[int], in_roman: bool) -> None:
        """Read back, the list holds the pages it was given."""
        label = {n: roman(n).lower() if in_roman else str(n) for n in range(1, 301)}
        number = {text: n for n, text in label.items()}
        read: list[int] = []
        for part in filter(None, page_list(label[n] for n in sorted(pages)).split(", ")):
            first, _, last = part.partition("–")
            read += range(number[first], number[last or first] + 1)
        assert read == sorted(pages)

    @given(st.lists(st.text(max_size=6)))
    def test_any_label_is_taken(self, labels: list[str]) -> None:
        """Labels are the book's; none is an error."""
        assert isinstance(page_list(labels), str)


class TestRoman:
    def test_years(self) -> None:
        """As on a title page."""
        assert [roman(n) for n in (4, 9, 1944)] == ["IV", "IX", "MCMXLIV"]
