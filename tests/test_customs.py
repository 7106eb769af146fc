"""What languages want of their spaces and signs, in sentences as people write them."""

from __future__ import annotations

import pytest

from book.base.xml import inner, tree
from book.model import BookTable, Config, Source, Text, display_name
from book.parse.chapter import parse
from book.parse.typeset import typeset
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
        ("cs", "A tak O. K. nebylo.", "A~tak O.~K. nebylo."),
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


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("en", "p.~282, pp.~3–7, vol.~XII, No.~7, fig.~3, c.~1943, §~5, €~5, §~12~ff."),
        ("en", "J.~R.~R.~Tolkien, J.-P.~Sartre, the U.S.~Army, e.~g.~i.~e. so"),
        ("en", "In vain. V.~Hammer says so to Charles V. He"),
        ("en", "10~September 1943, September~10, the 10th~May, 10~Sept. and May 1943"),
        ("en", "10~km, 5~%, 20~°C, 12~W, 44~BC, at 5~p.m."),
        ("de", "S.~5~f., Nr.~7, Bd.~II, Abb.~3, z.~B. und i.~d.~R., a.~a.~O., 44~v.~Chr."),
        ("de", "am 10.~September um 8~Uhr 10~000~m"),
        ("fr", "p.~5, n°~7, t.~II, 1er~mai, 10~septembre, 10~000~F, J.-P.~Sartre"),
        ("es", "p.~5, n.º~7, 10~de septiembre, 44~a.~C."),
        ("it", "p.~5, n.~7, 10~settembre, 44~a.C."),
        ("nl", "blz.~5, nr~7, 10~september, 44~v.Chr."),
        ("pl", "s.~5, nr~7, rys.~3, 10~września 1943~r."),
        ("pt", "p.~5, n.º~7, 10~de setembro, 20~km"),
        ("ru", "с.~5, №~7, 10~сентября 1943~г., А.~С.~Пушкин, 10~км"),
        ("sv", "s.~5, nr~7, bd~2, t.~ex. den 10~september"),
        ("cs", "s.~5, č.~7, 10.~září, 10~km"),
    ],
)
def test_what_belongs_together_stays_on_a_line(language: str, wanted: str) -> None:
    """A number and what it counts, initials, days, "z. B.": wherever the source's line ends."""
    for space in (" ", "\n"):
        assert educate(wanted.replace("~", space), language) == _hard(wanted)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "He is p. He had 3 men. In 1943 a man saw V Day in 1943 V. Then ten."),
        ("en", "He and I. Then Charles V. He. The years 1943 200 page 10. March on"),
        ("en", "stop. 5 men, soap. 3 more, in May 1943, 3 maybe, 10 kmx, 12 in 1943"),
        ("de", "Im Jahr 1943 ist. Der Rest. 12 mal, im September 1943"),
        ("fr", "En 1943 l'armée et 1944 s'en va".replace("'", "’")),
        ("es", "En 1943 ha sido, 3 mi casa"),
        ("it", "Nel 1943 ha avuto 3 mi pare"),
    ],
)
def test_what_only_looks_so_is_left(language: str, text: str) -> None:
    assert educate(text, language) == text


def test_code_addresses_and_lines_of_verse_part_where_they_do() -> None:
    root = tree("<p><code>p. 5</code> http://a.b/p. 5<br/>p.<br/>5 <em>p.</em> <b>6</b></p>")
    educate_tree(root, "en")
    assert inner(root).count("\u00a0") == 1
    assert "<em>p.</em>\u00a0<b>6</b>" in inner(root)


def test_names_of_the_title_page_keep_their_spaces() -> None:
    """A catalogue looks for an author as it is typed; the text's initials hold together."""
    book = BookTable("T", ("J. R. R. Tolkien",), "en", subtitle="By J. R. R. Tolkien")
    made = typeset(Config(book)).book
    assert made.authors == ("J. R. R. Tolkien",)
    assert made.subtitle == _hard("By J.~R.~R.~Tolkien")


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
