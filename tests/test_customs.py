"""What languages want of their spaces and signs, in sentences as people write them."""

from __future__ import annotations

import pytest

from book.base.xml import inner, tree
from book.model import Source, Text, display_name
from book.parse.chapter import parse
from book.parse.typography import educate, educate_tree


def _hard(text: str) -> str:
    """``text`` with no-break spaces for tildes, narrow ones for underscores."""
    return text.replace("~", "\u00a0").replace("_", "\u202f")


@pytest.mark.parametrize(
    ("language", "typed", "wanted"),
    [
        ("fr", "« Quoi ? » dit-il ; puis : rien !", "«_Quoi_?_» dit-il_; puis~: rien_!"),
        ("fr", "«Quoi?» dit-il; puis: rien!", "«_Quoi_?_» dit-il_; puis~: rien_!"),
        ("fr", "Hein ?! À 10:30, http://a.b?c=d!", "Hein_?! À 10:30, http://a.b?c=d!"),
        ("fr-CA", "« Quoi! » dit-il; rien", "«_Quoi!_» dit-il; rien"),
        ("cs", "Šel k lesu a v noci s bratrem.", "Šel k~lesu a~v~noci s~bratrem."),
        ("cs", "A tak O. K. nebylo.", "A~tak O. K. nebylo."),
        ("pl", "Był w domu i z nim\no świcie.", "Był w~domu i~z~nim\no~świcie."),
        ("ru", "Он и я в доме у реки.", "Он и~я~в~доме у~реки."),
        ("uk", "Він і вона в хаті.", "Він і~вона в~хаті."),
        ("en", "I saw a man; he said: no!", "I saw a man; he said: no!"),
        ("ja", "これは\n文章です。\nそう。", "これは文章です。そう。"),
        ("zh", '他说："你好。"然后走了。', "他说：“你好。”然后走了。"),
        ("ja", '彼は"はい"と言った。', "彼は「はい」と言った。"),
        ("ko", "그는 \n집에 갔다.", "그는 \n집에 갔다."),
        ("th", "ภาษา\nไทย", "ภาษาไทย"),
        ("en", "The word\n漢字\nstands.", "The word\n漢字\nstands."),
        ("el", '"Ναι", είπε.', "«Ναι», είπε."),
        ("es", '"¿Sí?", dijo.', "«¿Sí?», dijo."),
        ("de", '"Ja", sagte er.', "„Ja“, sagte er."),
    ],
)
def test_a_sentence(language: str, typed: str, wanted: str) -> None:
    assert educate(typed, language) == _hard(wanted)


def test_signs_are_judged_across_elements() -> None:
    """A space belongs to what stands around it, whatever is emphasized; code and breaks stay."""
    root = tree("<p>Šel k <em>lesu a</em> v noci.<br/>A <code>a b</code> ! 日<br/>本</p>")
    educate_tree(root, "cs")
    text = inner(root)
    assert _hard("k~<em>lesu a</em>~v~noci") in text
    assert "<code>a b</code>" in text
    assert text.count("<br/>") + text.count("<br></br>") == 2


def test_a_phrase_has_the_customs_of_its_block() -> None:
    root = tree('<p>Really ? <q>x</q></p><p lang="fr">Vraiment ?</p>')
    educate_tree(root, "en")
    assert "Really ?" in inner(root)
    assert _hard("Vraiment_?") in inner(root)


def test_names_of_the_east_begin_with_the_family() -> None:
    assert display_name("夏目, 漱石") == "夏目漱石"
    assert display_name("김, 철수") == "김철수"
    assert display_name("Sato, Naotake") == "Naotake Sato"


@pytest.mark.parametrize(
    ("text", "bold"),
    [
        ("หนังสือ**ใหม่**นำมา", "ใหม่"),
        ("किताब**नई**है", "नई"),
        ("नदी **की** है", "की"),
        ("שָׁלוֹ **שָׁ**לום", "שָׁ"),
        ("cafe\u0301**e\u0301**a", "e\u0301"),
    ],
)
def test_emphasis_ends_behind_signs_over_letters(text: str, bold: str) -> None:
    """They are no punctuation, so that emphasis within a word closes where it should."""
    source = Source("01.md", "01", Text.of(f"# One\n\n{text}\n"), "")
    assert f"<strong>{bold}</strong>" in str(parse(source, "en").body)
