"""Dates in words: what an editor would print, in every language."""

from __future__ import annotations

import pytest
from babel.dates import get_month_names
from hypothesis import given
from hypothesis import strategies as st

from book.dates import HistoricalDate, parse
from book.dates.cldr import calendar
from book.words import LANGUAGES
from tests.test_dates import dates, points

ENGLISH = {
    "1943-09-10": "10 September 1943",
    "1943-08": "August 1943",
    "1943": "1943",
    "1943~": "about 1943",
    "1943?": "perhaps 1943",
    "1943-08%": "perhaps about August 1943",
    "194X": "the 1940s",
    "19XX": "the 1900s",
    "190X": "1900–1909",
    "00XX": "1 BC – AD 99",
    "-004X": "50–41 BC",
    "1943-08-XX": "August 1943",
    "1943-XX-XX": "1943",
    "1943-21": "spring 1943",
    "-0043": "44 BC",
    "0000": "1 BC",
    "-0043-03-15": "15 March 44 BC",
    "-0043-23": "autumn 44 BC",
    "0079-08-24": "24 August AD 79",
    "0800-12-25": "25 December 800",
    "Y170000002": "170,000,002",
    "Y-170000002": "170,000,003 BC",
    "1943-08/1943-09": "August–September 1943",
    "1943-09-10/1943-09-12": "10–12 September 1943",
    "1943-09-10/1943-10-03": "10 September – 3 October 1943",
    "1943-12-30/1944-01-02": "30 December 1943 – 2 January 1944",
    "1943-08/1943-09-10": "August 1943 – 10 September 1943",
    "1943/1944": "1943–1944",
    "1943/1943": "1943",
    "-0043/-0042": "44–43 BC",
    "-0043/0117": "44 BC – AD 117",
    "1943~/1944": "about 1943 – 1944",
    "1943/..": "from 1943",
    "../1943-08": "until August 1943",
    "1943/": "1943–?",
    "/1943-09-10": "? – 10 September 1943",
    "1943~/..": "about 1943 –",
}


class TestWords:
    @pytest.mark.parametrize(("edtf", "expected"), ENGLISH.items())
    def test_english_as_an_editor_has_it(self, edtf: str, expected: str) -> None:
        """British English, day first."""
        assert parse(edtf).words("en-GB") == expected

    @pytest.mark.parametrize(
        ("edtf", "expected"),
        [
            ("1943-09-10", "September 10, 1943"),
            ("0079-08-24", "August 24, AD 79"),
            ("1943-09-10/1943-09-12", "September 10–12, 1943"),
            ("1943-09-10/1943-10-03", "September 10 – October 3, 1943"),
        ],
    )
    def test_american_english(self, edtf: str, expected: str) -> None:
        """Month first."""
        assert parse(edtf).words("en-US") == expected

    @pytest.mark.parametrize(
        ("language", "day", "month", "ides"),
        [
            ("el", "10 Σεπτεμβρίου 1943", "Σεπτέμβριος 1943", "15 Μαρτίου 44 π.Χ."),
            (
                "ru",
                "10 сентября 1943\u202fг.",
                "сентябрь 1943\u202fг.",
                "15 марта 44\u202fг. до н. э.",
            ),
            ("pl", "10 września 1943", "wrzesień 1943", "15 marca 44 p.n.e."),
            ("fr", "10 septembre 1943", "septembre 1943", "15 mars 44 av. J.-C."),
            ("de", "10. September 1943", "September 1943", "15. März 44 v. Chr."),
            (
                "es",
                "10 de septiembre de 1943",
                "septiembre de 1943",
                "15 de marzo de 44 a. C.",
            ),
            ("la", "10 Septembris 1943", "September 1943", "15 Martii 44 a.C.n."),
            ("ja", "1943年9月10日", "1943年9月", "紀元前44年3月15日"),
            ("hu", "1943. szeptember 10.", "1943. szeptember", "i. e. 44. március 15."),
        ],
    )
    def test_months_and_eras_are_in_the_languages_own_form(
        self, language: str, day: str, month: str, ides: str
    ) -> None:
        """Genitive beside a day, nominative alone; the era where the language puts it."""
        said = [parse(edtf).words(language) for edtf in ("1943-09-10", "1943-09", "-0043-03-15")]
        assert said == [day, month, ides]

    @pytest.mark.parametrize(
        ("edtf", "language", "expected"),
        [
            ("1943-08/..", "fr", "à partir d’août 1943"),
            ("../1943-09-08", "it", "fino all’8 settembre 1943"),
            ("1943-08/..", "el", "από τον Αύγουστο 1943"),
            ("1943-09-02/..", "ru", "со 2 сентября 1943\u202fг."),
            ("1943-08~", "ru", "около августа 1943\u202fг."),
            ("194X/..", "de", "ab den 1940er Jahren"),
            ("../1943-22", "fr", "jusqu’à l’été 1943"),
        ],
    )
    def test_prepositions_govern_what_follows(
        self, edtf: str, language: str, expected: str
    ) -> None:
        """Cases, articles and elisions are the language's."""
        assert parse(edtf).words(language) == expected

    @pytest.mark.parametrize(
        ("language", "expected"),
        [("fr", "1er septembre 1943"), ("it", "1º settembre 1943"), ("el", "1η Σεπτεμβρίου 1943")],
    )
    def test_the_first_of_a_month(self, language: str, expected: str) -> None:
        """Where only the first is an ordinal."""
        assert parse("1943-09-01").words(language) == expected

    @pytest.mark.parametrize(
        ("edtf", "expected"),
        [
            ("1943-09-10", "10 Sept 1943"),
            ("1943-08", "Aug 1943"),
            ("1943-08~", "c. Aug 1943"),
            ("1943?", "1943?"),
            ("1943%", "c. 1943?"),
            ("194X", "1940s"),
            ("-0043", "44 BC"),
            ("1943/..", "1943–"),
            ("../1943", "–1943"),
            ("1943-09-10/1943-10-03", "10 Sept – 3 Oct 1943"),
        ],
    )
    def test_short(self, edtf: str, expected: str) -> None:
        """For a timeline, where every letter costs."""
        assert parse(edtf).short("en-GB") == expected

    @pytest.mark.parametrize(
        ("tag", "like"),
        [("el-XX", "el"), ("en-GB-oxendict", "en-GB"), ("qqq", "en"), ("", "en"), ("?!", "en")],
    )
    def test_unknown_tags_fall_back(self, tag: str, like: str) -> None:
        """To the language, then to English."""
        date = parse("1943-09-10")
        assert date.words(tag) == date.words(like)

    def test_a_language_without_words_keeps_its_dates(self) -> None:
        """Czech has no words in the house, but CLDR has its months."""
        assert parse("1943-09-10").words("cs") == "10. září 1943"

    @given(dates(), st.sampled_from([*LANGUAGES, "en-GB", "ja", "hu", "uk", "ar", "eu"]))
    def test_every_date_has_words_in_every_language(
        self, date: HistoricalDate, language: str
    ) -> None:
        """Both forms are one line without marks of a template left in them."""
        for text in (date.words(language), date.short(language)):
            assert text.strip() == text
            assert text
            assert not set(text) & set("{}'\n")

    @given(points(), st.sampled_from(LANGUAGES))
    def test_doubt_is_always_heard(self, edtf: str, language: str) -> None:
        """A qualified date never reads like a certain one."""
        bare = edtf.rstrip("?~%")
        said = {parse(bare + mark).words(language) for mark in ("", "?", "~", "%")}
        assert len(said) == 4

    def test_one_language_does_not_colour_another(self) -> None:
        """Babel's shared tables would give Ukrainian the months of Polish (issue 1234)."""
        calendar.cache_clear()
        parse("1943-09").short("pl")
        assert parse("1943-09").short("uk") == "вер. 1943\u202fр."

    def test_babel_led_astray_does_not_matter(self) -> None:
        """Whoever else asks Babel for months, ours are the language's own."""
        for locale in ("he", "hu"):
            get_month_names("abbreviated", "stand-alone", locale)
            get_month_names("wide", "stand-alone", locale)
        calendar.cache_clear()
        said = [parse("1943-09").words(language) for language in ("bs", "fur", "el")]
        said += [parse("1943-09").short(language) for language in ("uk", "hr")]
        assert said == [
            "septembar 1943.",
            "Setembar dal 1943",
            "Σεπτέμβριος 1943",
            "вер. 1943\u202fр.",
            "ruj 1943.",
        ]

    def test_the_environment_is_not_asked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Same words on every machine."""
        calendar.cache_clear()
        for variable in ("LANGUAGE", "LC_ALL", "LC_TIME", "LANG"):
            monkeypatch.setenv(variable, "ja_JP.UTF-8")
        assert parse("1943-09-10").words("xx") == "September 10, 1943"
