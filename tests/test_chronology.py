"""The order of the chronology within a year or a month, and whose entries are marked."""

from __future__ import annotations

import pytest

from book.model import Book
from book.render import lists
from tests.chapters import codes
from tests.test_assemble import made

FALL = "[2 February](when:1943-02-02 'Stalingrad falls')"
START = "[January](when:1943-01 'A meeting')"
END = "[May](when:1943-05-01 'An order')"


def order(*texts: str) -> list[str]:
    return [entry.sentence for entry in made(*texts).chronology]


class TestWithinADate:
    def test_a_month_follows_the_day_that_was_told_before_it(self) -> None:
        """Congratulations on a victory do not stand before the victory."""
        text = f"{FALL} So in [February](when:1943-02 'Praise') it was."
        assert order(text) == ["Stalingrad falls", "Praise"]

    def test_a_year_follows_the_nearest_of_its_dates_before_it_in_the_text(self) -> None:
        """Not the latest that was told at any time: a book may open on its end."""
        text = f"{END} {START} {FALL} [1943](when:1943 'Tokyo sets out')"
        assert order(text) == ["A meeting", "Stalingrad falls", "Tokyo sets out", "An order"]

    def test_it_follows_through_chapters(self) -> None:
        assert order(FALL, "[Later](when:1943-02 'Praise')") == ["Stalingrad falls", "Praise"]

    def test_but_not_an_opening_scene_from_which_the_text_goes_back(self) -> None:
        """What a preface or a first chapter tells ahead has not been before what follows it."""
        assert order(END, f"[1943](when:1943 'A year') {FALL}") == [
            "A year",
            "Stalingrad falls",
            "An order",
        ]

    def test_what_is_told_first_stays_first(self) -> None:
        assert order(f"[1943](when:1943 'A year') {FALL}") == ["A year", "Stalingrad falls"]

    def test_what_lies_outside_is_not_followed(self) -> None:
        text = f"[1944](when:1944-05 'Later') {START} [1942](when:1942 'Before')"
        assert order(text) == ["Before", "A meeting", "Later"]

    def test_a_year_follows_a_month_that_follows_a_day(self) -> None:
        text = f"{FALL} [February](when:1943-02 'Praise') [1943](when:1943 'Plans') {END}"
        assert order(text) == ["Stalingrad falls", "Praise", "Plans", "An order"]

    def test_all_of_a_day_comes_before_what_follows_it(self) -> None:
        """So a date that recurs is said once."""
        text = f"{FALL} [February](when:1943-02 'Praise') [2](when:1943-02-02 'Guns rest')"
        assert order(text) == ["Stalingrad falls", "Guns rest", "Praise"]

    def test_a_note_counts_where_it_is_called(self) -> None:
        """Its date was read before what follows the call."""
        text = f"x[^1] [1943](when:1943 'Plans')\n\n[^1]: {FALL}\n"
        assert order(text) == ["Stalingrad falls", "Plans"]


class TestSaid:
    def test_a_mark_may_say_what_it_follows(self) -> None:
        text = f"[1943](when:1943,after:1943-02-02 'Plans') {FALL} {END} {START}"
        assert order(text) == ["A meeting", "Stalingrad falls", "Plans", "An order"]

    def test_after_a_month_is_after_all_of_it(self) -> None:
        text = f"[1943](when:1943,after:1943-02 'Plans') {FALL} {END}"
        assert order(text) == ["Stalingrad falls", "Plans", "An order"]

    def test_an_earlier_date_puts_it_first(self) -> None:
        """Against what the text tells before."""
        text = f"{FALL} [1943](when:1943,after:1942 'Plans')"
        assert order(text) == ["Plans", "Stalingrad falls"]

    def test_the_date_itself_is_as_written(self) -> None:
        (entry,) = made("[x](when:1943,after:1943-02-02 'Plans')").chronology
        assert (entry.edtf, entry.words) == ("1943", "1943")

    @pytest.mark.parametrize(
        ("written", "code"),
        [
            ("1943,after:1944", "D002"),
            ("1943,after:", "D001"),
            ("1943,after:soon", "D001"),
            ("1943,before:1944", "D001"),
        ],
    )
    def test_what_can_not_be_is_a_finding(self, written: str, code: str) -> None:
        assert codes(f"# T\n\nAn [x](when:{written} 'S')") == [f"{code} 3:4"]


class TestTheEditors:
    def book(self, text: str) -> Book:
        return made(f"# A\n\n{text}")

    def test_what_only_their_notes_tell_is_theirs(self) -> None:
        book = self.book(f"{START}[^ed-1]\n\n[^ed-1]: {FALL}\n")
        assert [one.series for one in book.chronology] == ["source", "editor"]

    def test_what_the_text_tells_too_is_not(self) -> None:
        book = self.book(f"{FALL}[^ed-1]\n\n[^ed-1]: {FALL}\n")
        assert [one.series for one in book.chronology] == ["source"]

    def test_other_notes_are_the_texts(self) -> None:
        (entry,) = self.book(f"x[^1]\n\n[^1]: {FALL}\n").chronology
        assert entry.series == "source"

    def test_a_chapter_that_they_sign_is_theirs(self) -> None:
        book = made(f"---\nsigned: editors\n---\n\n# A\n\n{FALL}", f"# B\n\n{START}")
        assert [one.series for one in book.chronology] == ["source", "editor"]

    def test_nobody_else_can_sign(self) -> None:
        assert codes("---\nsigned: me\n---\n\n# A\n") == ["M004 2:9"]

    def test_the_list_marks_them_and_says_how(self) -> None:
        shown = lists.chronology(self.book(f"{START}[^ed-1]\n\n[^ed-1]: {FALL}\n"))
        assert "A meeting <span" in shown
        assert 'Stalingrad falls <span class="by-editors">[Ed.]</span> <span' in shown
        assert shown.endswith('<p class="legend">[Ed.]: added by the editors.</p>')

    def test_without_any_nothing_is_said(self) -> None:
        assert "Ed." not in lists.chronology(self.book(START))
