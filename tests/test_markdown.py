"""Markdown as people write it: each mark of a manuscript, and what the book has of it."""

from __future__ import annotations

import time

import pytest

from tests.chapters import body, chapter, codes


class TestLists:
    @pytest.mark.parametrize(
        ("text", "made"),
        [
            ("a. one\nb. two", '<ol type="a"><li>one</li><li>two</li></ol>'),
            ("(i) one\n(ii) two", '<ol type="i"><li>one</li><li>two</li></ol>'),
            ("A.  one\nB.  two", '<ol type="A"><li>one</li><li>two</li></ol>'),
            ("(3) one\n(4) two", '<ol start="3"><li>one</li><li>two</li></ol>'),
            ("#. one\n#. two", "<ol><li>one</li><li>two</li></ol>"),
            ("h) one\ni) two", '<ol start="8" type="a"><li>one</li><li>two</li></ol>'),
            ("1. x\n   a. y", '<ol><li>x<ol type="a"><li>y</li></ol></li></ol>'),
        ],
    )
    def test_items_may_have_letters(self, text: str, made: str) -> None:
        assert body(text).replace("\n", "") == made

    @pytest.mark.parametrize(
        "text",
        ["B. Russell said so.", "A. Smith came.", "Text\na. of it", "vi. is no word", "d. x"],
    )
    def test_initials_begin_no_list(self, text: str) -> None:
        assert body(text).replace("\u00a0", " ") == f"<p>{text}</p>"

    def test_numbers_are_kept_as_written(self) -> None:
        """A list that goes on behind a paragraph, and a year, are no first item."""
        made = body("1. one\n\nText.\n\n3. three\n\nMore.\n\n1986. A great year for wine.")
        assert '<ol start="3"><li>three</li></ol>' in made
        assert '<ol start="1986"><li>A great year for wine.</li></ol>' in made

    @pytest.mark.parametrize("indent", ["  ", "   ", "    "])
    def test_an_item_goes_on_below_its_text(self, indent: str) -> None:
        made = body(f"- One.\n\n{indent}More.\n\n- Two.")
        assert (
            made.replace("\n", "")
            == "<ul><li><p>One.</p><p>More.</p></li><li><p>Two.</p></li></ul>"
        )

    @pytest.mark.parametrize("indent", ["   ", "    "])
    def test_lists_stand_in_items(self, indent: str) -> None:
        made = body(f"1. One\n{indent}- x\n{indent}- y\n2. Two")
        made = made.replace("\n", "")
        assert made == "<ol><li>One<ul><li>x</li><li>y</li></ul></li><li>Two</li></ol>"

    def test_a_list_may_stand_below_a_paragraph(self) -> None:
        assert (
            body("We need:\n- bread\n- wine")
            == "<p>We need:</p>\n<ul><li>bread</li><li>wine</li></ul>"
        )

    def test_a_number_in_a_paragraph_begins_no_list(self) -> None:
        assert "<ol" not in body("It was built in\n1986. A great year.")

    def test_another_sign_begins_another_list(self) -> None:
        assert body("- one\n* two").count("<ul>") == 2
        assert body("1. one\n- two") == "<ol><li>one</li></ol>\n<ul><li>two</li></ul>"

    def test_code_stands_in_an_item_however_it_is_indented(self) -> None:
        for indent in ("   ", "    "):
            made = body(f"1. One\n \n{indent}```\n{indent}x = 1\n{indent}```\n2. Two")
            assert made.count("<ol>") == 1
            assert "<pre><code>x = 1\n</code></pre>" in made


class TestBlocks:
    def test_a_table_may_stand_below_a_paragraph(self) -> None:
        made = body("Prices:\n| a | b |\n|---|---|\n| 1 | 2 |")
        assert made.startswith("<p>Prices:</p>\n<table>")

    def test_a_line_with_a_colon_below_a_table_is_its_caption(self) -> None:
        for line in (": Prices of *bread*", "\nTable: Prices of *bread*"):
            made = body(f'| a | b |\n|---|---|\n| 1 | 2 |\n{line} {{#prices widths="30 70"}}')
            assert "<caption>Prices of <em>bread</em></caption>" in made
            assert '<col class="width-30"/><col class="width-70"/>' in made
            assert '<table id="S.prices">' in made
            assert "<dl" not in made

    def test_cells_too_many_are_kept_and_told(self) -> None:
        text = "| a | b |\n|---|---|\n| 1 | 2 | 3 |"
        assert "<td>2 | 3</td>" in body(text)
        assert codes(text) == ["M010 3:1"]

    def test_a_heading_may_take_two_lines_and_end_in_hashes(self) -> None:
        assert body("Text\n\nTwo\nlines\n---").endswith('<h2 id="S.two-lines">Two\nlines</h2>')
        assert ">Closed</h2>" in body("Text\n\n ## Closed ##  ")

    def test_verse_keeps_lines_indents_and_stanzas(self) -> None:
        for text in (
            "| Roses\n|   are *red*\n|\n| Violets",
            "```verse\nRoses\n  are *red*\n\nViolets\n```",
        ):
            made = body(text)
            assert made.count("<p>") == 2
            assert '<span class="line">Roses</span>' in made
            assert "\u00a0are <em>red</em></span>" in made

    def test_divisions_hold_markdown(self) -> None:
        made = body("::: {.box #here}\n*x*\n\n- a\n\n::: inner\ny\n:::\n:::\n\nAfter.")
        assert made.startswith('<div class="box" id="S.here">')
        assert "<li>a</li>" in made
        assert '<div class="inner">\n<p>y</p>\n</div>' in made
        assert made.endswith("</div>\n<p>After.</p>")

    @pytest.mark.parametrize("mark", ["\\newpage", "\\clearpage", "<!-- pagebreak -->"])
    def test_a_page_ends(self, mark: str) -> None:
        assert '<div class="pagebreak"/>' in body(f"One.\n\n{mark}\n\nTwo.")

    def test_boxes_have_a_name_in_the_language(self) -> None:
        made = body("> [!WARNING]\n> Text", "de")
        assert '<p class="alert-title">Warnung</p>\n<p>Text</p>' in made
        assert '<p class="alert-title">Mine</p>' in body("> [!note] Mine\n> Text")
        assert "alert-tip" in body('::: {.callout-tip title="Do"}\nText\n:::')

    def test_two_quotations_are_two(self) -> None:
        assert body("> a\n\n> b").count("<blockquote>") == 2


class TestRawHtml:
    def test_markdown_stands_in_blocks(self) -> None:
        made = body('<div class="q">\n## Heading\n\n*x*[^a]\n</div>\n\n[^a]: Note.')
        assert '<h2 id="S.heading">Heading</h2>' in made
        assert "<em>x</em><a data-note" in made

    def test_cells_hold_words_and_calls(self) -> None:
        made = body("<table>\n  <tr><td>*x*[^a]</td></tr>\n</table>\n\n[^a]: Note.")
        assert "<td><em>x</em><a data-note" in made.replace("\n", "")

    def test_details_are_divisions(self) -> None:
        made = body("<details>\n<summary>More</summary>\n\n*x*\n\n</details>")
        assert '<div class="details">' in made
        assert "<em>x</em>" in made
        assert codes("<details>\n<summary>More</summary>\n\n*x*\n\n</details>") == []

    def test_a_picture_in_a_figure_is_one_of_the_book(self) -> None:
        made = chapter("<figure>\n![Pic](x.png)\n<figcaption>*C*</figcaption>\n</figure>")
        assert [one.src for one in made.images] == ["chapters/x.png"]
        assert made.body.count("<figure") == 1

    def test_a_writers_class_is_none_of_ours(self) -> None:
        assert 'class="my-note"' in body('<div class="note">x</div>')
        assert 'class="my-cover wine"' in body("Text\n{: .cover .wine }")

    def test_words_in_angle_brackets_are_printed(self) -> None:
        assert body("<AP통신> says") == "<p>&lt;AP통신&gt; says</p>"
        assert ">www.example.com/page</a>" in body("See <www.example.com/page>.")


class TestSpans:
    @pytest.mark.parametrize(
        ("text", "made"),
        [
            ("~~gone~~", "<del>gone</del>"),
            ("H~2~O", "H<sub>2</sub>O"),
            ("x^2^", "x<sup>2</sup>"),
            ("==m==", "<mark>m</mark>"),
            ("[Small]{.smallcaps}", '<span class="smallcaps">Small</span>'),
            ("[u]{.underline}", "<u>u</u>"),
            ("[mot]{lang=fr}", '<span lang="fr">mot</span>'),
            ("~1943 and ~1944", "~1943 and ~1944"),
            ("$5 and $10", "$5 and $10"),
            ("2^10 and 3^4", "2^10 and 3^4"),
        ],
    )
    def test_marks_and_what_is_none(self, text: str, made: str) -> None:
        assert body(text) == f"<p>{made}</p>"

    def test_a_note_stands_in_its_line(self) -> None:
        made = chapter("Text^[an *inline* note, see [x](https://a.org)] here.")
        (note,) = made.notes
        assert note.body.startswith("<p>an <em>inline</em> note, see <a href=")
        assert (note.place.line, note.place.column) == (1, 6)
        assert note.calls

    def test_addresses_are_links_to_their_end(self) -> None:
        made = body("See https://example.org/a_b_c. (Or www.foo.org/x)")
        assert '<a href="https://example.org/a_b_c">https://example.org/a_b_c</a>.' in made
        assert '<a href="http://www.foo.org/x">www.foo.org/x</a>)' in made

    def test_abbreviations_say_what_they_stand_for(self) -> None:
        made = body("The HTML of XHTML.\n\n*[HTML]: Hypertext")
        assert made == '<p>The <abbr title="Hypertext">HTML</abbr> of XHTML.</p>'

    def test_private_comments_are_never_published(self) -> None:
        made = body(
            "One %%secret%% two.\n\n%%\nmore secrets\n\nand more\n%%\n\n<!-- a\n\nb -->\n\n`%%x%%`"
        )
        assert "secret" not in made
        assert "b --" not in made
        assert "<code>%%x%%</code>" in made

    def test_pictures_have_their_size(self) -> None:
        assert 'class="width-50"' in body("![A map](map.png){width=50%}")
        assert 'class="width-25"' in body('Text <img src="a.png" alt="x" width="100">')

    def test_notes_side_by_side_are_parted(self) -> None:
        made = body("A claim.[^a][^b]\n\n[^a]: A.\n[^b]: B.")
        assert "</a><sup>,</sup><a data-note" in made


class TestSlips:
    def test_a_note_goes_on_by_two_spaces(self) -> None:
        assert chapter("X[^a]\n\n[^a]: One.\n\n  Two.\n\nText.").notes[0].body.count("<p>") == 2

    def test_a_missing_colon_is_told_once(self) -> None:
        text = "A claim.[^b]\n\n[^b] Roll of 1297."
        assert codes(text) == ["N004 3:1"]
        assert chapter(text).notes[0].body == "<p>Roll of 1297.</p>"

    def test_a_label_in_other_letters_is_found(self) -> None:
        assert codes("A[^X].\n\n[^x]: B.") == ["N004 1:2"]

    def test_a_heading_may_have_a_space_that_does_not_break(self) -> None:
        assert chapter("#\u00a0Title\n\nText").title == "Title"

    def test_a_break_in_a_title_is_a_space_in_the_contents(self) -> None:
        assert chapter("# Line one<br>line two").title == "Line one line two"

    @pytest.mark.parametrize("mark", [".unnumbered", "-"])
    def test_a_title_may_go_without_number(self, mark: str) -> None:
        made = chapter(f"# Preface {{{mark}}}")
        assert (made.title, made.numbered) == ("Preface", False)


class TestOtherTools:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("As [@smith, p. 3] says", "Pandoc's citation"),
            ("See @fig-x", "Quarto's cross reference"),
            ("See [[link|text]]", "a wiki's link"),
            ("![[a note]]", "a note that Obsidian takes in"),
            ("{{< video x >}}", "a shortcode"),
            ("{{#include x.md}}", "mdBook's include"),
            ("A word\\index{word}", "a command of LaTeX"),
            ("{% include x %}", "a tag of Jekyll"),
            (r"As \(x_2\) says", "a formula of LaTeX"),
            (r"\[\alpha\]", "a formula of LaTeX"),
        ],
    )
    def test_each_is_told_at_its_place_and_printed(self, text: str, name: str) -> None:
        (found,) = chapter(text).findings
        assert found.code == "M011"
        assert name in found.message
        assert found.place.line == 1

    def test_in_code_nothing_is_told(self) -> None:
        assert codes(r"`\(x_1\)`, \(sic\) \[a\_b\] x_2 \\(a^2\)") == []
        assert codes("`[@smith]` and\n\n```\n[[x]] \\index{a}\n```") == []

    @pytest.mark.parametrize(
        ("text", "place"),
        [
            ("A **strong that\n\nends", "1:3"),
            ("Text\n\n```\ncode", "3:1"),
            ("Some `code that\n\nnever ends", "1:6"),
            ("A call[^a of a note", "1:7"),
            ("A [link](https://a.org/x\n\nopen", "1:8"),
        ],
    )
    def test_what_is_never_closed_is_told(self, text: str, place: str) -> None:
        assert codes(text) == [f"M012 {place}"]

    def test_code_may_go_over_lines(self) -> None:
        assert codes("A `code\nspan`, and `` ` `` too.") == []

    def test_raw_text_for_other_tools_is_told(self) -> None:
        assert codes("```{=latex}\n\\vspace{1cm}\n```") == ["M011 1:1"]

    def test_pictures_with_captions_are_figures_without_empty_lines_between(self) -> None:
        made = body('![a](m.png "One")\n![b](n.png "Two")')
        assert made.count("<figure") == 2
        assert "<figcaption>Two</figcaption>" in made

    def test_a_label_that_is_nowhere_is_told(self) -> None:
        assert codes("See [there][nowhere].") == ["L005 1:5"]
        assert codes("See [there][id].\n\n[id]: https://a.org") == []


#: What a long chapter may be nothing but.
_SIGNS = [
    *("~~x ", "^[ ", "%% ", "$x_ ", "==x ", "[x]{ ", "**x ", "www. ", "[^a] x\n", "[^a]: x\n"),
    *("- a\n\n\n", "x\n- ", "1. a\n", "> [!x]\n", "> a\n\n", "| x\n", "a | b\n", "***\n"),
    *("::: {.a}\n", "::: {.a}\n:::\n", "<div x>\n", "*[A]: b\n", "\\newpage\n", "    x\n\n"),
]


@pytest.mark.slow
@pytest.mark.parametrize("sign", _SIGNS)
def test_time_grows_with_the_text_alone(sign: str) -> None:
    """Four times as much takes no ten times as long."""
    few, many = (min(_seconds(sign * count) for _ in range(2)) for count in (800, 3200))
    assert many < 10 * few + 0.05


def _seconds(text: str) -> float:
    begun = time.process_time()
    chapter(text)
    return time.process_time() - begun
