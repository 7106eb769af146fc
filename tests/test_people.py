"""Names that are found in the text: whose they are, what is left alone, and how they are read."""

from __future__ import annotations

import re

import pytest

from book.model import Chapter, Person, Source, Text, name_parts
from book.parse.chapter import parse

SATO = Person("Sato, Naotake")
ROOSEVELT = Person("Roosevelt, Franklin D.")


def found(text: str, language: str = "en", **people: Person) -> Chapter:
    source = Source("chapters/a.md", "a", Text.of(text), "")
    return parse(source, language, people or {"sato": SATO})


def names(text: str, language: str = "en", **people: Person) -> list[str]:
    """The names that are marked in the text and its notes, as they stand there."""
    chapter = found(text, language, **people)
    whole = chapter.heading + chapter.body + "".join(note.body for note in chapter.notes)
    return re.findall(r'data-who="[^"]*"[^>]*>([^<]*)<', whole)


class TestWhatIsFound:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("Then Sato asked.", "Sato"),
            ("Naotake Sato asked.", "Naotake Sato"),
            ("Sato Naotake asked.", "Sato Naotake"),
            ("Sato's answer", "Sato"),
            ("It was *Sato*.", "Sato"),
            ("the talk of Sato--Molotov", "Sato"),
            ("Naotake\nSato asked.", "Naotake\nSato"),
        ],
    )
    def test_a_family_by_its_name_or_the_whole(self, text: str, name: str) -> None:
        assert names(text) == [name]

    @pytest.mark.parametrize(
        "text", ["Satoshi", "a Sato-like man", "non-Sato", "SATO", "sato", "O'Sato", "Satos"]
    )
    def test_no_part_of_another_word(self, text: str) -> None:
        assert names(f"Of {text} it was said.") == []

    @pytest.mark.parametrize(
        "text",
        [
            "# On Sato\n\nx",
            "## Sato\n\nx",
            "`Sato`",
            "    Sato",
            "<https://example.org/Sato>",
            "See https://example.org/Sato now.",
            "<kbd>Sato</kbd>",
        ],
    )
    def test_not_in_code_headings_and_addresses(self, text: str) -> None:
        assert names(text) == []

    def test_what_else_someone_is_called(self) -> None:
        person = Person("Sugiyama, Hajime", also=("the Field Marshal",))
        assert names("Then the Field Marshal rose.", s=person) == ["the Field Marshal"]

    def test_what_holds_the_name_and_means_another(self) -> None:
        person = Person("Roosevelt, Franklin D.", other=("Theodore Roosevelt", "Roosevelt Island"))
        text = "Theodore Roosevelt on Roosevelt Island, and Roosevelt."
        assert names(text, r=person) == ["Roosevelt"]

    def test_initials_must_be_the_persons_own(self) -> None:
        text = "F. D. Roosevelt and D. Roosevelt, not T. Roosevelt."
        assert len(names(text, r=ROOSEVELT)) == 2

    def test_of_two_with_one_name_neither_is_meant_by_it(self) -> None:
        eleanor = Person("Roosevelt, Eleanor")
        text = "Roosevelt met Eleanor Roosevelt."
        assert names(text, r=ROOSEVELT, e=eleanor) == ["Eleanor Roosevelt"]

    def test_but_the_one_who_is_also_called_so(self) -> None:
        franklin = Person("Roosevelt, Franklin D.", also=("Roosevelt",))
        made = found("Roosevelt left.", r=franklin, e=Person("Roosevelt, Eleanor"))
        assert [one.person for one in made.mentions] == ["r"]

    def test_a_word_of_the_language_is_no_name(self) -> None:
        """The chapter writes it with a small letter, too; with a given name it is one."""
        text = "Brown was the brown bear that Gordon Brown saw."
        assert names(text, b=Person("Brown, Gordon")) == ["Gordon Brown"]

    def test_a_month_is_no_name(self) -> None:
        assert names("In May 1943 Theresa May sang.", m=Person("May, Theresa")) == ["Theresa May"]

    def test_who_is_not_to_be_found_is_not(self) -> None:
        assert names("Sato asked.", s=Person("Sato, Naotake", auto=False)) == []

    def test_and_lends_no_one_the_whole_name(self) -> None:
        eleanor = Person("Roosevelt, Eleanor", auto=False)
        assert names("Eleanor Roosevelt and Roosevelt", r=ROOSEVELT, e=eleanor) == ["Roosevelt"]

    def test_a_von_may_be_left_out(self) -> None:
        person = Person("von Ribbentrop, Joachim")
        text = "Von Ribbentrop, Ribbentrop and von Ribbentrop"
        assert names(text, r=person) == ["Von Ribbentrop", "Ribbentrop", "von Ribbentrop"]

    def test_an_apostrophe_is_one_however_it_is_written(self) -> None:
        assert names("O'Neill left.", o=Person("O'Neill, Con")) == ["O’Neill"]

    def test_german_adds_an_s(self) -> None:
        assert names("Satos Frage", "de") == ["Sato"]

    def test_french_elides(self) -> None:
        assert names("l'ambassade d'Oshima", "fr", o=Person("Oshima, Hiroshi")) == ["Oshima"]

    def test_what_has_no_spaces_needs_none(self) -> None:
        assert names("そこで佐藤尚武は佐藤と言った", "ja", s=Person("佐藤, 尚武")) == [
            "佐藤尚武",
            "佐藤",
        ]


class TestMarks:
    def test_the_first_of_a_chapter_is_a_link_and_all_count(self) -> None:
        made = found("Sato came. Sato went.\n\nSato stayed.[^1]\n\n[^1]: Sato's.\n")
        assert made.body.count("<a data-who") == 1
        assert made.body.count("<span data-who") == 2
        assert [one.person for one in made.mentions] == ["sato"] * 4
        assert len({one.id for one in made.mentions}) == 4

    def test_a_mark_of_the_authors_is_the_first_too(self) -> None:
        made = found("[He](who:sato) came. Sato went.")
        assert [one.id for one in made.mentions] == ["a.who.1", "a.who.2"]
        assert "<span data-who" in made.body

    def test_marks_are_listed_in_the_order_of_the_text(self) -> None:
        made = found("Sato came. [He](who:sato) went.")
        assert [one.id for one in made.mentions] == ["a.who.2", "a.who.1"]

    @pytest.mark.parametrize("text", ["> Sato came.", "<q>Sato came.</q>", "[Sato](#x)"])
    def test_in_quotations_and_links_it_is_no_link(self, text: str) -> None:
        made = found(f"{text}\n\n<i id='x'>y</i>")
        assert len(made.mentions) == 1
        assert "<a data-who" not in made.body

    def test_no_word_is_changed(self) -> None:
        text = 'Sato\'s *Naotake Sato* (Sato), "Sato".\n'
        plain = parse(Source("chapters/a.md", "a", Text.of(text), ""), "en")
        assert re.sub("<[^>]*>", "", found(text).body) == re.sub("<[^>]*>", "", plain.body)

    def test_an_authors_own_id_is_not_taken(self) -> None:
        made = found("<i id='who.1'>x</i> Sato")
        assert made.mentions[0].id == "a.who.2"

    def test_a_note_that_is_never_called_names_nobody(self) -> None:
        assert found("x\n\n[^1]: Sato\n").mentions == ()


class TestParts:
    @pytest.mark.parametrize(
        ("written", "shown"),
        [
            ("Sato, Naotake", "Naotake Sato"),
            ("Stalin", "Stalin"),
            ("Smith, John, Jr.", "John Smith, Jr."),
            ("Smith, Jr., John", "John Smith, Jr."),
            ("Smith, John, III", "John Smith III"),
            ("John Smith, Jr.", "John Smith, Jr."),
        ],
    )
    def test_a_name_is_read_as_it_is_spoken(self, written: str, shown: str) -> None:
        assert name_parts(written).display_name == shown

    def test_and_filed_by_its_family(self) -> None:
        assert name_parts("Smith, Jr., John").filed == "Smith, John, Jr."
