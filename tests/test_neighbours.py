"""What stands next to known cases: in an item, in a note, on two lines, between braces."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from book.base.xml import ONLY
from book.build import check
from book.model import Source, Text
from book.read.frontmatter import FrontMatter, split
from tests.chapters import body, chapter, codes
from tests.conftest import Lay
from tests.test_assemble import made as book


def words(text: str) -> str:
    """What is printed of ``text``, without its elements."""
    return " ".join(re.sub(r"<[^>]*>", " ", body(text)).split())


@pytest.mark.parametrize(
    "text",
    [
        "The set\n{a, b, c}",
        "He said *that*{sic}",
        "- an item\n  {or two}",
        "# T\n\n## The set {a, b}",
        "Of `code`{x, y} and [he]{sic}.",
        "Of text\n{% endhighlight %}",
    ],
)
def test_words_between_braces_that_are_no_attributes_are_printed(text: str) -> None:
    braced = re.findall(r"\{[^}]*\}", text)
    assert all(one in words(text) for one in braced)


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("*x*{.a}", '<em class="a">'),
        ("*x*{: .a lang='fr' }", '<em class="a" lang="fr">'),
        ("[x]{.a, lang = fr}", '<span class="a" lang="fr">'),
        ("x\n{: .a .b}", '<p class="a b">'),
    ],
)
def test_attributes_are_read(written: str, made: str) -> None:
    found = body(written)
    assert sorted(re.findall(r'[\w-]+="[^"]*"', found)) == sorted(
        re.findall(r'[\w-]+="[^"]*"', made)
    )
    assert "{" not in found


@pytest.mark.parametrize("html", ["<div>*b*</div>", "<ol start='3'><li>b</li></ol>"])
def test_html_below_an_item_is_in_it(html: str) -> None:
    made = body(f"1. a\n\n   {html}\n\n2. c")
    assert made.count("<ol>") == 1
    assert "b" in made.partition("</ol>")[0]
    assert made.rstrip().endswith("</ol>")


def test_html_within_a_note_is_in_it() -> None:
    made = chapter("a[^n]\n\n[^n]: b\n\n    <div>*c*</div>\n\n    d\n\ne")
    assert "".join(re.findall(r"[b-e](?=<)", made.notes[0].body)) == "bcd"
    assert "<pre>" not in made.body


@pytest.mark.parametrize(
    "html",
    [
        "<center>a</center>",
        "<details><summary>S</summary>a</details>",
        "<div>*a*</div>",
        "<header>a</header> <footer>b</footer>",
        "<center>in <div>x</div> out</center>",
    ],
)
def test_what_stands_behind_an_element_on_its_line_is_outside_it(html: str) -> None:
    """And so is all that follows in the chapter."""
    made = body(f"{html} behind\n\n## Heading")
    behind = made.partition("behind")[0]
    assert "behind" in made
    assert all(behind.count(f"<{one}") == behind.count(f"</{one}") for one in ("div", "header"))
    assert made.rstrip().endswith("</h2>")


def test_bold_that_can_not_end_where_it_should_is_told() -> None:
    assert codes("It is **bold.**word.") == ["M012 1:14"]
    assert codes("It is **bold.** word, **b**c, 中**「語」**が") == []


@pytest.mark.parametrize(
    "text",
    [
        "a %%no%% b %%no\nno%% c",
        "a\n\n%%no\n\nno%%\n\nb c",
        "a b\n\n> %%\n> no\n> %%\n\nc",
        "- a\n  %%no\n  no%% b c",
    ],
)
def test_a_private_remark_may_go_over_lines(text: str) -> None:
    assert words(text) == "a b c"


def test_a_private_remark_without_an_end_is_told() -> None:
    made = chapter("a `%%` b\n\nc %%no\n\nd\n")
    assert [(one.code, one.place.line, one.place.column) for one in made.findings] == [
        ("M012", 3, 3)
    ]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("x ^[a\n\nb].", 1, "not closed"),
        ("####### Seven", 1, "seventh"),
        ("x <ftp://a.b/c>", 1, "no reader"),
        ("x[^n]\n\n[^n] : b", 3, "space stands before the colon"),
    ],
)
def test_what_is_not_read_is_told_at_its_place(text: str, line: int, says: str) -> None:
    found = [one for one in chapter(text).findings if one.code != "H001"]
    assert [(one.place.line, says in one.message) for one in found] == [(line, True)]


def test_lines_that_mdbook_hides_are_told_once() -> None:
    found = chapter("```rust\n# a\n```\n\n" * 3).findings
    assert ["2 more listings" in one.message for one in found if one.code == "M011"] == [True]


def test_a_table_that_an_item_holds_has_no_empty_row() -> None:
    assert body("- x\n\n  | a |\n  |---|\n  | b |\n\n- y").count("<tr>") == 2


def test_a_title_above_a_table_is_its_caption() -> None:
    made = body("Table: Of *bread* {#b}\n\n| a |\n|---|\n| b |")
    assert "<caption>Of <em>bread</em></caption>" in made
    assert "{#b}" not in made


def test_a_roman_number_in_brackets_begins_a_list() -> None:
    assert body("(iv) four\n(v) five").startswith('<ol start="4" type="i">')
    assert "<ol" not in body("(mix) of things")


@pytest.mark.parametrize("html", ["<center>x</center>", "<DIV ALIGN=CENTER>x</DIV>"])
def test_html_of_old_is_centred(html: str) -> None:
    assert 'class="align-center"' in body(html)


def front_of(text: str) -> tuple[FrontMatter, list[str]]:
    """The front matter of a chapter, and the codes of what is wrong with it."""
    front, found = split(Source("chapters/01.md", "01", Text.of(text), ""))
    return front, [one.code for one in found]


@pytest.mark.parametrize(
    "text",
    [
        '+++\ntitle = "A"\ndraft = true\nnumbered = false\nweight = 3\n+++\nx',
        '{\n  "title": "A", "draft": true, "numbered": false, "weight": 3\n}\nx',
        "---\ntitle: A\nDraft: True\nnumbered: no\n---\nx",
    ],
)
def test_yes_and_no_are_read_in_any_front_matter(text: str) -> None:
    front, found = front_of(text)
    assert (front.title, front.draft, front.numbered, front.text) == ("A", True, False, "x")
    assert not found


def test_kinds_are_read_in_capitals() -> None:
    front, found = front_of("---\nkind: Part\n---\nx")
    assert (front.kind, found) == ("part", [])


def test_lines_of_toml_that_is_broken_are_taken() -> None:
    front, found = front_of('+++\ntitle = "A"\nkind = "x\n+++\nx')
    assert front.title == "A"
    assert "M003" in found


def test_people_whom_nobody_knows_make_no_list() -> None:
    assert [one.kind for one in book("[x](who:nobody)").chapters] == ["chapter"]


@pytest.mark.parametrize(
    "text",
    [
        "_a_b *b* c** **bold**, d",
        "a*b*c d_e_f __init__ _g_h _(i)_ **j**k 2*3*4 \\*l\\* ***m*** **n *o* p**",
    ],
)
def test_signs_that_enclose_nothing_leave_every_letter_in_its_place(text: str) -> None:
    """Python-Markdown lost some, and doubled others."""
    assert re.findall(r"[a-z]", words(text)) == re.findall(r"[a-z]", text)


def test_a_picture_that_lies_elsewhere_in_the_book_is_named(tmp_path: Path, lay: Lay) -> None:
    """As where a vault's ``![[map.png]]`` finds it wherever it is."""
    toml = '[book]\ntitle = "A"\nauthors = ["B"]\nlanguage = "en"\n'
    files = {"book.toml": toml, "images/Map.png": "", "chapters/a.md": "# A\n\n![x](map.png)\n"}
    found = check(lay(tmp_path, files))
    assert [one.hint for one in found if one.code == "I001"] == [
        "Did you mean `../images/Map.png`?"
    ]


def test_words_of_elements_that_are_left_out_stay_apart() -> None:
    assert words("- a <details><summary>b</summary>c</details>d") == "a b c d"


@pytest.mark.parametrize("text", ["*x*{.only pdf}", "a\n\nx\n{: .only pdf}", "## x {.only pdf}"])
def test_marks_may_be_for_one_output_only(text: str) -> None:
    assert ONLY + "pdf" in body(f"# T\n\n{text}")


def test_a_draft_that_says_neither_yes_nor_no_is_told() -> None:
    for key, value in (("draft", "flase"), ("numbered", "ja")):
        made = chapter(f"---\n{key}: {value}\n---\n# A\n\nb")
        assert [(one.code, one.place.line) for one in made.findings] == [("M004", 2)]


@pytest.mark.parametrize(
    "title", ["# A {- .x}", "# A {.x -}", "# A {- #b}", "A {-}\n====", "# A {- k=v}"]
)
def test_a_dash_among_attributes_takes_the_number_away(title: str) -> None:
    made = chapter(f"{title}\n\nb")
    assert (made.title, made.numbered) == ("A", False)


def test_other_words_between_braces_stay() -> None:
    assert chapter("# A {- b}\n\nc").title == "A {- b}"


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("de", "So 's ist. Hans' Haus."),
        ("nl", "Op 't plein, de jongens' huis."),
        ("nl", "'s Morgens en 't huis of Hans' huis"),
        ("en", "In 'Nam the boys' war, and 'phone."),
        ("en", "'Fraid so of the girls' talk"),
    ],
)
def test_what_is_left_out_has_an_apostrophe(language: str, typed: str) -> None:
    """Beside a genitive that could end a quotation, too."""
    assert typed.replace("'", "\u2019") in body(typed, language).replace("\u00a0", " ")


@pytest.mark.parametrize("held", ["> ```\n> open", "- ```\n  open"])
def test_a_fence_ends_with_what_holds_it(held: str) -> None:
    """It is told at its own line, and those that follow are sound."""
    text = f"{held}\n\nAfter.\n\n```\n%%kept%%\n```\n\nMore."
    assert codes(text) == ["M012 1:1"]
    made = body(text)
    assert "<code>%%kept%%\n</code>" in made
    assert "<p>After.</p>" in made
