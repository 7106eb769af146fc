"""Links, labels and what comes before them: addresses with brackets and spaces, titles, tags."""

from __future__ import annotations

import pytest

from tests.chapters import body, chapter, codes


@pytest.mark.parametrize(
    ("text", "href", "title"),
    [
        ("[a](https://a.org/x_(y))", "https://a.org/x_(y)", ""),
        ("[a](<https://a.org/a b>)", "https://a.org/a%20b", ""),
        ("[a](https://a.org (said))", "https://a.org", "said"),
        ("[a](https://a.org 'said')", "https://a.org", "said"),
        ('[a](https://a.org "he "said" so")', "https://a.org", "he “said” so"),
        ("[a](https://a.org “said”)", "https://a.org", "said"),
    ],
)
def test_addresses_and_titles(text: str, href: str, title: str) -> None:
    made = body(text)
    assert f'href="{href}"' in made
    assert (f'title="{title}"' in made) == bool(title)


def test_a_date_may_have_its_sentence_in_curly_quotes() -> None:
    """As an editor that sets them while one types leaves it."""
    (event,) = chapter("[1176](when:1176 “The piers are laid”).").events
    assert (event.edtf, event.sentence) == ("1176", "The piers are laid")


def test_words_in_brackets_behind_brackets_are_no_address() -> None:
    assert body("An [aside](which is none) here.") == "<p>An [aside](which is none) here.</p>"
    assert codes("[x](07-moscow.md) and [y](my own file.md)") == []


def test_labels_hold_signs_and_code() -> None:
    text = "[one\\]], [`two`], [three][a\\\\]\n\n"
    text += "[one\\]]: https://a.org/1\n[`two`]: https://a.org/2\n[a\\\\]: https://a.org/3\n"
    made = body(text)
    assert [f"a.org/{number}" in made for number in (1, 2, 3)] == [True] * 3
    assert "<code>two</code></a>" in made


def test_the_inner_of_two_links_is_the_link() -> None:
    made = body(
        "[see [this][r] first][r] and [[that]]\n\n[r]: https://a.org\n[that]: https://b.org"
    )
    assert '[see <a href="https://a.org">this</a> first]' in made
    assert '[<a href="https://b.org">that</a>]' in made


def test_what_begins_first_is_read_first() -> None:
    assert body('<b title="`">`</b>') == '<p><b title="`">`</b></p>'
    assert body("`<b>`") == "<p><code>&lt;b&gt;</code></p>"
    assert body('[a <b title="](x)">c</b>') == '<p>[a <b title="](x)">c</b></p>'


def test_tags_in_captions_and_sentences_are_read() -> None:
    made = chapter('[1901](when:1901 "The <i>Mary</i> sinks")')
    assert made.events[0].sentence == "The <i>Mary</i> sinks"
    assert "<figcaption>The <i>Mary</i></figcaption>" in body('![a](a.png "The <i>Mary</i>")')


def test_a_rule_may_follow_code_at_once() -> None:
    assert body("```\ncode\n```\n---\nText.").startswith("<pre><code>code\n</code></pre>\n<hr/>")


def test_a_reference_to_no_character_stands_as_typed() -> None:
    assert body("\\&amp; &#99999999;") == "<p>&amp;amp; &amp;#99999999;</p>"


def test_the_language_of_code_may_be_any_word() -> None:
    assert 'class="language-c++17"' in body("```c++17\nx\n```")
    assert 'class="language-html+erb"' in body("```html+erb\nx\n```")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("He fled [then](when:1611).[^f] [](b.md#p) shows the price; the end.", "He fled then."),
        ("He fled. [](b.md#p) shows [then](when:1611) the price.", "… shows then the price."),
        ("[](b.md#p) shows it. He fled [then](when:1611).", "He fled then."),
        ("[](#p) said it [then](when:1611). He fled.", "… said it then."),
        ("He fled [then](when:1611), cf. [](b.md#p). The end.", "He fled then, cf. …."),
        ("He fled [then](when:1611), see [](b.md) and <https://a.org>.",
         "He fled then, see … and https://a.org."),
    ],
)  # fmt: skip
def test_a_link_without_words_begins_a_sentence(text: str, told: str) -> None:
    """What it will say is not known yet, and an address is no words for a chronology."""
    (event,) = chapter(f"{text}\n\n[^f]: Note.").events
    assert event.sentence == told
