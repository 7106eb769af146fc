"""Dates that are refused: why, and what the author is told to write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from book.dates import DateError, parse


def refused(edtf: str) -> DateError:
    with pytest.raises(DateError) as caught:
        parse(edtf)
    return caught.value


class TestRefusing:
    def test_a_day_that_does_not_exist(self) -> None:
        """The message says why, the hint what to write."""
        error = refused("1943-06-31")
        assert (error.code, error.message, error.hint) == (
            "D002",
            "1943-06-31 does not exist: June has 30 days",
            "write 1943-06-30, or 1943-06 for the month",
        )

    def test_february_is_named_with_its_year(self) -> None:
        """February's length depends on the year."""
        assert refused("1943-02-29").message.endswith("February 1943 has 28 days")

    def test_years_written_like_a_month(self) -> None:
        """1943-44 means two years."""
        assert refused("1943-44").hint == "write 1943/1944 for the years from 1943 to 1944"

    def test_a_month_that_does_not_exist(self) -> None:
        """There is no month 13."""
        error = refused("1943-13")
        assert (error.kind, error.message) == (
            "impossible",
            "1943-13 does not exist: there is no month 13",
        )

    def test_day_and_month_in_the_wrong_order(self) -> None:
        """1943-25-12 is Christmas."""
        assert refused("1943-25-12").hint == "write 1943-12-25 (year, month, day)"

    def test_a_season_has_no_days(self) -> None:
        """Level 1, Seasons: alone after the year."""
        assert "season" in refused("1943-23-15").message

    @pytest.mark.parametrize("edtf", ["1944/1943", "1943-09-10/1943-09-09", "1943/-0043"])
    def test_an_interval_that_ends_before_it_begins(self, edtf: str) -> None:
        """It is a date that can't be."""
        assert refused(edtf).code == "D002"

    @pytest.mark.parametrize("edtf", ["/", "../..", "/..", "../"])
    def test_an_interval_without_any_date(self, edtf: str) -> None:
        """It says nothing and has no place in an order."""
        assert "neither a start nor an end" in refused(edtf).message

    @pytest.mark.parametrize(
        "edtf", ["1XXX", "1943-XX-10", "194X-08", "{1943,1944}", "?1943", "1943-29", "Y17E7"]
    )
    def test_level_2_is_refused(self, edtf: str) -> None:
        """Only what can be ordered and worded is read."""
        assert refused(edtf)

    def test_no_year_zero_with_a_minus(self) -> None:
        """-0000 is no year; 1 BC is 0000."""
        assert refused("-0000").hint == "write 0000 (1 BC)"

    def test_an_endless_year_is_refused_quickly_and_shortly(self) -> None:
        """Neither the time nor the message grows with it."""
        assert len(refused("Y" + "1" * 100_000).message) < 80

    def test_other_scripts_digits_are_no_digits(self) -> None:
        """EDTF is ASCII."""
        assert refused("١٩٤٣").kind == "unreadable"


class TestHints:
    @pytest.mark.parametrize(
        ("typed", "hint"),
        [
            ("1943-9-10", "1943-09-10"),
            ("10.9.1943", "1943-09-10"),
            ("1943/09/10", "1943-09-10"),
            ("1943-09-10T10:00", "1943-09-10 (a chronology has no clock times)"),
            ("19430910", "1943-09-10"),
            ("c. 1943", "1943~"),
            ("perhaps 1943", "1943?"),
            ("perhaps c. 1943", "1943%"),
            ("1943?~", "1943%"),
            ("[1943]", "1943?"),
            ("September 1943", "1943-09"),
            ("Sept. 10, 1943", "1943-09-10"),
            ("10th September 1943", "1943-09-10"),
            ("10–12 September 1943", "1943-09-10/1943-09-12"),
            ("August 10-12, 1943", "1943-08-10/1943-08-12"),
            ("10 September to 3 October 1943", "1943-09-10/1943-10-03"),
            ("spring 1943", "1943-21"),
            ("44 BC", "-0043"),
            ("c. 44 B.C.", "-0043~"),
            ("AD 79", "0079"),
            ("-44", "-0044 (45 BC)"),
            ("943", "0943"),
            ("12345", "Y12345"),
            ("Y1943", "1943"),
            ("the 1940s", "194X"),
            ("194x", "194X"),
            ("19th century", "18XX"),
            ("1943-08-", "1943-08, or 1943-08/.."),
            ("1943–08–10", "1943-08-10"),
            ("1943–1944", "1943/1944"),
            ("1943/44", "1943/1944"),
            ("1943-08/09", "1943-08/1943-09"),
            (" 1943", "1943"),
            ("before 1943", "../1943"),
            ("since August 1943", "1943-08/.."),
            ("unknown/1943", "/1943"),
            ("31.6.1943", "1943-06-30, or 1943-06 for the month"),
        ],
    )
    def test_what_authors_really_type(self, typed: str, hint: str) -> None:
        """The hint is the date to write."""
        error = refused(typed)
        assert (error.code, error.hint) == ("D001", f"write {hint}")

    def test_an_order_that_can_be_read_twice_gives_both(self) -> None:
        """10/9 is September in London and October in New York."""
        assert refused("10/9/1943").hint == (
            "write 1943-09-10 if the day comes first, or 1943-10-09 if the month comes first"
        )

    def test_early_and_late_belong_in_the_sentence(self) -> None:
        """EDTF has no word for them."""
        assert refused("mid-August 1943").hint.startswith("write 1943-08 (EDTF has no early")

    def test_what_cannot_be_guessed_gets_examples(self) -> None:
        """Nobody is left without a way on."""
        assert refused("once upon a time").hint.startswith("write a date like 1943-09-10")

    @given(st.text(max_size=60))
    def test_any_text_is_read_or_explained(self, text: str) -> None:
        """Prose gives a DateError with a message and a hint, nothing else."""
        try:
            said = parse(text).edtf
        except DateError as error:
            said = text if error.message and error.hint.startswith("write ") else ""
        assert said == text

    @given(st.text("0123456789-/.~?%XY BCAD cs", max_size=24))
    def test_a_single_guess_can_be_read(self, text: str) -> None:
        """What a hint says to write alone is a date."""
        try:
            parse(text)
        except DateError as error:
            words = error.hint.removeprefix("write ").split()
            if len(words) == 1:
                assert parse(words[0])
