"""Typewriter signs become a typesetter's, and nothing else changes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from book.parse.typography import educate
from tests.chapters import body, chapter


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('"Never," he said.', "“Never,” he said."),
        ("\"He said 'go.'\"", "“He said ‘go.’”"),
        ("\"'Go,' he said, 'now!'\"", "“‘Go,’ he said, ‘now!’”"),
        ('said—"Well"—and ("x")', "said—“Well”—and (“x”)"),
        ('"I—" "You—"', "“I—” “You—”"),
        ('he said:"Go"', "he said:“Go”"),
        ('"...and so"', "“…and so”"),
        ('the end, at last."', "the end, at last.”"),
        ("in '44, the '30s", "in ’44, the ’30s"),
        ("the '68ers and the students' revolt", "the ’68ers and the students’ revolt"),
        ("'round the dogs' home", "’round the dogs’ home"),
        ("'Round the corner,' he said", "‘Round the corner,’ he said"),
        ("'44 was cold,' he said", "‘44 was cold,’ he said"),
        ("'tis rock 'n' roll", "’tis rock ’n’ roll"),
        ("the dogs' tails", "the dogs’ tails"),
        ("'the dogs' tails wag,' he said", "‘the dogs’ tails wag,’ he said"),
        ("O'Brien's", "O’Brien’s"),
        ('5\'10" tall, a 12" gun', '5\'10" tall, a 12" gun'),
        ("1943--44 --- or so...", "1943–44 — or so…"),
        ("---- <-- --> ....", "---- <-- --> ...."),
        ('see http://a.b/c--d and "www.x.y/z--q"', "see http://a.b/c--d and “www.x.y/z--q”"),
        ("“typed” ‘signs’", "“typed” ‘signs’"),
        ("\" ' ", "\" ' "),
    ],
)
def test_english(typed: str, printed: str) -> None:
    assert educate(typed, "en") == printed


@pytest.mark.parametrize(
    ("language", "typed", "printed"),
    [
        ("fr", "l'art d'\"or\"", "l’art d’«\u202for\u202f»"),
        ("de", "\"Ich sage 'nein', Hans' Auto\"", "„Ich sage ‚nein‘, Hans’ Auto“"),
        ("el", '"απ\' την αρχή"', "«απ’ την αρχή»"),
        ("it", 'un po\' di "vino"', "un po’ di «vino»"),
    ],
)
def test_other_languages(language: str, typed: str, printed: str) -> None:
    assert educate(typed, language) == printed


def test_marks_are_judged_across_elements_and_calls() -> None:
    made = body('"*Never*,"[^1] she said. ("**Go**")\n\n[^1]: x')
    assert made.startswith("<p>“<em>Never</em>,”<a")
    assert made.endswith("(“<strong>Go</strong>”)</p>")


def test_each_block_is_a_run_of_its_own() -> None:
    """A quotation that goes on has an opening mark at each paragraph, and one closing mark."""
    assert body('"One\n\n"Two"') == "<p>“One</p>\n<p>“Two”</p>"


def test_code_is_left_alone_but_counts_as_a_word() -> None:
    assert body('"`a -- "b"`\'s"') == '<p>“<code>a -- "b"</code>’s”</p>'


def test_a_block_in_another_language_has_its_marks() -> None:
    made = body('<blockquote lang="de"><p>"Ja"</p></blockquote>\n\n"Yes"')
    assert "„Ja“" in made
    assert "“Yes”" in made


def test_a_break_parts_words() -> None:
    assert body('"a"<br>"b"') == "<p>“a”<br/>“b”</p>"


def test_words_in_attributes_are_set_too() -> None:
    assert 'alt="“A” – b"' in body('x !["A" -- b](c.png)')
    assert 'title="it’s"' in body('<abbr title="it\'s">x</abbr>')


def test_no_break_spaces_stay() -> None:
    made = chapter("# 22\u00a0May «\u202fa\u202f»\n\nx\u00a0y")
    assert made.title == "22\u00a0May «\u202fa\u202f»"
    assert "x\u00a0y" in made.body


PROSE = st.text(alphabet="ab S4.,-—( )\"'’“”…\u00a0", max_size=40)
BOUNDED = settings(max_examples=300, derandomize=True, deadline=None)


@BOUNDED
@given(PROSE, st.sampled_from(["en", "fr", "de", "el"]))
def test_letters_digits_and_spaces_never_change(text: str, language: str) -> None:
    def kept(words: str) -> str:
        plain = re.sub("[ \u00a0]+", " ", words)
        return "".join(char for char in plain if char.isalnum() or char == " ")

    assert kept(educate(text, language)) == kept(text)


@BOUNDED
@given(
    st.lists(st.sampled_from(["word", "dogs", "1944", "-- and", "so..."]), min_size=1), st.data()
)
def test_what_was_set_once_is_not_set_again(words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 1))
    quoted = [*words[:start], '"' + " 'a' ".join(words[start:]) + '"']
    once = educate(" ".join(quoted), "en")
    assert educate(once, "en") == once


WORDS = st.lists(st.sampled_from(["a", "dogs", "it's", "1944", "Go!"]), min_size=1, max_size=4)
NESTED = st.recursive(
    WORDS.map(" ".join), lambda inner: st.lists(inner, min_size=1, max_size=3).map(" ".join)
)


@BOUNDED
@given(st.lists(st.tuples(NESTED, NESTED), min_size=1, max_size=4))
def test_what_is_balanced_stays_balanced(parts: list[tuple[str, str]]) -> None:
    text = educate(" ".join(f'{before} "{quoted}"' for before, quoted in parts), "en")
    assert text.count("“") == text.count("”") == len(parts)
    assert '"' not in text
