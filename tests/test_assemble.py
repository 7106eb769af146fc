"""What the book as a whole knows: order, numbers, targets, chronology, people."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.assemble import assemble, letters
from book.model import Book, BookTable, Config, Person, Source, Text
from book.parse.chapter import parse

PEOPLE = {
    "sato": Person("Sato, Naotake", "ambassador"),
    "ozturk": Person("Öztürk, A."),
    "molotov": Person("Molotov"),
    "a b": Person("Zeno"),
}


def made(*texts: str, language: str = "en") -> Book:
    """A book of these chapters: ``a``, ``b``, ``c`` and so on."""
    chapters = [
        parse(Source(f"chapters/{name}.md", name, Text.of(text), ""), language)
        for name, text in zip("abcdefg", texts, strict=False)
    ]
    config = Config(BookTable("T", ("A",), language), people=PEOPLE)
    return assemble(Path(), config, chapters)


def kind(name: str, rest: str = "x") -> str:
    return f"---\nkind: {name}\n---\n\n# {name}\n\n{rest}\n"


def chronology(*texts: str) -> list[tuple[str, str, list[str]]]:
    return [
        (entry.words, entry.sentence, [event.id for event in entry.told])
        for entry in made(*texts).chronology
    ]


class TestOrder:
    def test_front_matter_comes_first_and_back_matter_last(self) -> None:
        book = made(kind("appendix"), kind("chapter"), kind("preface"), kind("prologue"))
        assert [one.slug for one in book.chapters] == ["c", "b", "d", "a"]

    def test_only_chapters_are_numbered(self) -> None:
        book = made(kind("preface"), kind("prologue"), kind("chapter"), kind("chapter"))
        assert book.numbers == {"c": "1", "d": "2"}

    def test_lists_are_drawn_up_where_marks_ask_for_them(self) -> None:
        book = made("# A\n\n[May](when:1943-05) [Sato](who:sato)", kind("colophon"))
        assert [one.slug for one in book.chapters] == ["a", "list-chronology", "list-people", "b"]
        assert [one.title for one in book.chapters[1:3]] == ["Chronology", "People"]

    def test_nothing_is_drawn_up_without_marks(self) -> None:
        assert [one.slug for one in made("# A\n\nx").chapters] == ["a"]

    def test_a_list_of_the_authors_own_is_taken(self) -> None:
        book = made("# A\n\n[May](when:1943-05)", kind("chronology"))
        assert [one.slug for one in book.chapters] == ["a", "b"]
        assert book.chronology[0].id == "b.entry1"


class TestNotes:
    def test_each_series_counts_by_itself_in_each_chapter(self) -> None:
        text = "# A\n\nx[^1][^ed-1][^2]\n\n[^1]: a\n[^ed-1]: b\n[^2]: c\n[^3]: never\n"
        numbers = made(text, text).note_numbers
        assert list(numbers.values()) == ["1", "a", "2"] * 2

    @pytest.mark.parametrize(("count", "text"), [(1, "a"), (26, "z"), (27, "aa"), (703, "aaa")])
    def test_the_editors_are_counted_in_letters(self, count: int, text: str) -> None:
        assert letters(count) == text


class TestPlaces:
    def test_all_that_can_be_led_to_is_named(self) -> None:
        book = made(
            "# A {#top}\n\n## H {#h}\n\n<p id='p'>words</p>\n\nx[^1] [May](when:1943-05 'S') "
            "[Sato](who:sato)\n\n[^1]: n\n"
        )
        assert {"a", "a.top", "a.h", "a.p", "a.n.1", "a.n.1.call1"} <= {*book.places()}
        assert {"a.when.1", "list-people", "list-people.sato"} <= {*book.places()}

    def test_each_is_in_the_chapter_that_is_its_home(self) -> None:
        book = made("# A\n\n[May](when:1943-05 'S')", "# B\n\nx[^1]\n\n[^1]: n\n")
        homes = {name: book.home(name).slug for name in book.places()}
        assert (homes["a"], homes["a.when.1"], homes["b.n.1"]) == ("a", "a", "b")

    def test_a_note_that_is_never_called_is_none(self) -> None:
        assert "a.n.1" not in {*made("# A\n\n[^1]: n\n").places()}

    def test_a_note_is_found_by_its_id(self) -> None:
        book = made("# A\n\nx[^1]\n\n[^1]: one\n", "# B\n\nx[^1]\n\n[^1]: two\n")
        assert book.note("b.n.1").body == "<p>two</p>"


class TestChronology:
    def test_entries_are_in_the_order_of_their_dates(self) -> None:
        found = chronology("[a](when:1943 'A') [b](when:1943-05 'B') [c](when:-0043 'C')")
        assert [sentence for _, sentence, _ in found] == ["C", "A", "B"]

    def test_the_same_date_and_sentence_is_one_entry(self) -> None:
        found = chronology("[x](when:1943 'A')", "[y](when:1943 'A')")
        assert found == [("1943", "A", ["a.when.1", "b.when.1"])]

    def test_sentences_that_differ_are_entries_in_the_order_of_the_text(self) -> None:
        found = chronology("[x](when:1943 'B') [y](when:1943 'A')")
        assert [sentence for _, sentence, _ in found] == ["B", "A"]

    def test_a_mark_without_a_sentence_joins_the_first_entry_of_its_date(self) -> None:
        found = chronology("In [x](when:1943).", "[y](when:1943 'B') [z](when:1943 'C')")
        assert [(sentence, told) for _, sentence, told in found] == [
            ("B", ["a.when.1", "b.when.1"]),
            ("C", ["b.when.2"]),
        ]

    def test_marks_without_sentences_are_one_entry_in_the_words_of_the_first(self) -> None:
        found = chronology("It was in [1943](when:1943). So [it](when:1943) was.")
        assert found == [("1943", "It was in 1943.", ["a.when.1", "a.when.2"])]

    def test_about_and_perhaps_are_dates_of_their_own(self) -> None:
        assert len(chronology("[x](when:1943) [y](when:1943~) [z](when:1943?)")) == 3


class TestPeople:
    def test_those_who_are_named_stand_in_the_order_of_the_alphabet(self) -> None:
        book = made("[m](who:molotov) [s](who:sato) [o](who:ozturk) [s](who:sato)")
        assert [one.person.name for one in book.people] == [
            "Molotov",
            "Öztürk, A.",
            "Sato, Naotake",
        ]
        assert [len(one.mentions) for one in book.people] == [1, 1, 2]

    def test_a_key_need_not_be_a_name_that_xml_knows(self) -> None:
        assert made("[z](<who:a b>)").people[0].id == "list-people.a_20_b"

    def test_an_entry_never_takes_the_id_of_a_heading(self) -> None:
        book = made("[s](who:sato)", kind("people", "## Sato"))
        assert book.chapters[1].headings[0].id == "b.sato"
        assert book.people[0].id == "b.sato-"


def test_findings_of_all_steps_are_kept() -> None:
    assert [one.code for one in made("a[^x]", "b[^y]").findings] == ["N001", "N001"]
