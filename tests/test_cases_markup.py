"""Manuscripts as people write them: what is read as meant, and what is told and not silent.

Cases of public books, in our own words; each stands for its kind.
"""

from __future__ import annotations

import pytest

from tests.chapters import body, chapter, codes


def _told(text: str) -> list[str]:
    return [f"{one.code} {one.place.line}: {one.message}" for one in chapter(text).findings]


class TestOfOtherTools:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("Well done :tada:", "a short name of an emoji"),
            ('!!! note "Title"\n    Text', "a box of MkDocs"),
            ("??? tip\n    Text", "a box of MkDocs"),
            ("{{% notice note %}}", "a shortcode"),
            ("W> Beware of it", "Leanpub's box"),
            ("due:: [[2020]] or\nstatus:: done", "a field"),
            ("- [/] half of it", "a task's mark"),
            ("It was {--never--} so", "CriticMarkup"),
            ("import Tabs from '@theme/Tabs';", "a line of MDX"),
            ("So \\ldots it goes", "a command of LaTeX"),
            ("It is `r nrow(x)` long", "code that Quarto or Obsidian runs"),
            ("Of `= this.file.name`", "code that Quarto or Obsidian runs"),
            ("```{r, echo=FALSE}\nplot(1)\n```", "a cell of r"),
            ("```mermaid\ngraph\n```", "a drawing in mermaid"),
            ("```dataview\nTABLE\n```", "a query of Obsidian"),
            ("```rust\n# use x;\nlet y;\n```", "mdBook hides"),
        ],
    )
    def test_each_is_told(self, text: str, name: str) -> None:
        assert any(name in one for one in _told(text))

    @pytest.mark.parametrize(
        "text",
        ["At 10:30: he came", "| a |\n|:---:|\n| b |", "std::string is", "`r = 5`", "$5 {a--b}",
         "`:smile:`", "```rust\nlet y; // # no\n```", "[0, 1) is half open",
         "An [editor may\n\ngo over] paragraphs."],
    )  # fmt: skip
    def test_what_only_looks_like_it_is_not_told(self, text: str) -> None:
        assert _told(text) == []

    def test_a_kind_is_told_once_with_how_often(self) -> None:
        (told,) = _told("{% a %}\n\n{% b %} {% c %}\n\n{% d %}")
        assert told.endswith("here and on 2 more lines.")

    def test_a_lone_bracket_is_told_at_its_place(self) -> None:
        assert codes("Well [he said.\n\nNo ![more.") == ["M012 1:6", "M012 3:5"]
        assert codes('See <a href="http://[1/">x</a> and [a](http://x.org/[b).')[0] != "M012 1:17"

    def test_a_label_in_empty_brackets_is_told_if_it_is_nowhere(self) -> None:
        assert codes("See [there][].") == ["L005 1:5"]

    def test_a_page_ends_where_quarto_says(self) -> None:
        assert 'class="pagebreak"' in body("One.\n\n{{< pagebreak >}}\n\nTwo.")

    def test_a_heading_that_begins_a_callout_is_its_title(self) -> None:
        made = body("::: {.callout-tip}\n## Mind *this*\n\nText.\n:::")
        assert '<p class="alert-title">Mind <em>this</em></p>' in made
        assert "<h2" not in made


class TestListsAndBoxes:
    def test_an_item_keeps_a_number_that_others_are_left_out_before(self) -> None:
        made = body("3. three\n4. four\n\n1986. A great year.\n1987. Another.")
        assert '<ol start="3">' in made
        assert made.count("value=") == 1
        assert '<li value="1986">' in made
        assert "value" not in body("1. a\n1. b\n1. c") + body("2. a\n1. b\n7. c")

    def test_an_i_behind_a_b_counts_in_roman(self) -> None:
        made = body("a. one\nb. two\n\ni. one\nii. two")
        assert '<ol type="i"><li>one</li><li>two</li></ol>' in made
        assert "<li>nine</li>" in body("a. x\n" * 7 + "h. eight\ni. nine")

    def test_a_box_of_another_name_has_it(self) -> None:
        assert '<p class="alert-title">Question</p>' in body("> [!question]\n> Why?")
        assert '<p class="alert-title">Note</p>' in body("> [!NOTE]\n> So.")
        assert body("> [!quote] Cato\n> Go.").startswith("<blockquote>")


class TestAttributesOnALine:
    @pytest.mark.parametrize(
        ("text", "made"),
        [
            ("{: .warning }\nMind this.", '<p class="warning">Mind this.</p>'),
            ("{#there}\n## Head", '<h2 id="S.there">Head</h2>'),
            ("## Head\n{: .no_toc #there }\n\nText.", '<h2 id="S.there" class="no_toc">'),
            ("{width: 50%}\n![a](p.png)", 'class="width-50"'),
            ("{: .big }\n- one\n- two", '<ul class="big">'),
            ("| a |\n|---|\n| b |\n{: .big }", '<table class="big">'),
            ("> {: .x }\n> Text.", '<p class="x">Text.</p>'),
        ],
    )
    def test_they_are_for_the_block_below_or_above(self, text: str, made: str) -> None:
        assert made in body(f"Before.\n\n{text}\n")
        assert "{" not in body(f"Before.\n\n{text}\n")

    def test_braces_around_words_are_words(self) -> None:
        assert "{so he said}" in body("{so he said}\nand more")


class TestPictures:
    @pytest.mark.parametrize(
        "text",
        ["![[p.png|200]]", "![[p.png|So|200x100]]", "![So|200](p.png)", "![So](p.png =200x)",
         '![So](p.png =200x100 "x")', "![So|200][r]\n\n[r]: p.png"],
    )  # fmt: skip
    def test_a_width_of_other_tools_is_used(self, text: str) -> None:
        assert 'class="width-50"' in body(text)
        assert not [one for one in codes(text) if not one.startswith("I")]

    def test_a_caption_is_printed_wherever_there_is_room_for_it(self) -> None:
        image = '![a](p.png "Where *he* stood")'
        caption = "<figcaption>Where <em>he</em> stood</figcaption></figure>"
        for text in (f"- {image}", f"| {image} |\n|---|\n| b |", f"[{image}](https://a.org)"):
            assert caption in body(text), text
        assert caption in body(f"Text before\n{image}")
        assert caption in body(f"Term\n: {image}")

    def test_a_caption_within_a_line_is_told(self) -> None:
        assert codes('He ![a](p.png "stood") there.') == ["M008 1:4"]

    def test_quartos_words_are_the_caption_of_what_it_describes(self) -> None:
        made = body('![The *old* map](p.png){#m fig-alt="A map" width=50%}')
        assert 'alt="A map"' in made
        assert "<figcaption>The old map</figcaption>" in made
        assert 'id="S.m"' in made
        assert "figcaption" not in body("![The map](p.png){width=50%}")

    def test_a_picture_on_a_line_of_its_own_is_a_figure(self) -> None:
        made = body("![a](p.png)\nand so he went\nhome.")
        assert made.startswith("<figure")
        assert "<p>and so he went\nhome.</p>" in made
        assert "<figure" not in body("He saw ![a](p.png)\nthere.")

    def test_a_picture_without_a_file_is_one_finding(self) -> None:
        (image,) = chapter("![]()").images
        assert image.src == ""


class TestLinks:
    def test_one_without_address_is_told_in_a_sentence(self) -> None:
        for text in ("[x]()", "[x](<>)", '[x]("title")'):
            assert _told(text) == ["L004 1: This link has no address; its words stand alone."]

    def test_one_without_words_is_its_address(self) -> None:
        assert ">https://a.org/b</a>" in body("See [](https://a.org/b).")


class TestWithinHtml:
    @pytest.mark.parametrize(
        "tag", ["p", "li", "h2", "td", "div", "blockquote", "aside", "main", "address", "dt"]
    )
    def test_markdown_and_notes_are_read_in_every_block(self, tag: str) -> None:
        around = {"li": "ul", "td": "table", "dt": "dl"}.get(tag, "div")
        made = body(f"<{around}><{tag}>*so*[^a]</{tag}></{around}>\n\n[^a]: A.\n")
        assert "<em>so</em>" in made
        assert "data-note" in made

    def test_a_paragraph_keeps_its_alignment_and_is_one(self) -> None:
        made = body('<p align="center">*so*</p>')
        assert made == '<p class="align-center"><em>so</em></p>'

    def test_items_are_as_tight_as_they_were(self) -> None:
        made = body("<ul>\n  <li>*one*</li>\n  <li>two</li>\n</ul>")
        assert "<li><em>one</em></li><li>two</li>" in made


class TestVerse:
    def test_lines_that_end_with_breaks_are_verse(self) -> None:
        made = body("One\\\ntwo\n\nThree  \nfour\n")
        assert made.count('<div class="verse">') == 1
        assert made.count("<p>") == 2
        assert made.count('<span class="line">') == 4

    @pytest.mark.parametrize(
        "text",
        [
            "Yours,\\\nJohn",
            "Prose " + "and more " * 9 + "\\\nof it\\\nhere",
            "::: center\na\\\nb\\\nc\n:::",
        ],
    )
    def test_other_breaks_are_none(self, text: str) -> None:
        assert "verse" not in body(text)

    def test_a_line_that_begins_further_in_turns_over_further_in(self) -> None:
        made = body("| One\n|   two\n|        three")
        assert [f'class="line{one}"' in made for one in ("", " in-1", " in-3")] == [True] * 3


class TestBetweenAngles:
    @pytest.mark.parametrize(
        ("text", "made"),
        [
            ("Il dit <<Non>>.", "Il dit «\u202fNon\u202f»."),
            ("<< Non >>, dit-il.", "«\u202fNon\u202f», dit-il."),
            ("(<<*Non*>>)", "»)"),
        ],
    )
    def test_two_signs_are_the_mark_of_quotation(self, text: str, made: str) -> None:
        assert made in body(text, "fr")
        assert made in body(f"- {text}", "fr")
        assert made in body(f"| {text} |\n|---|\n| b |", "fr")
        assert made in body(f"> {text}", "fr")
        assert chapter(text, "fr").findings == ()

    def test_they_point_inwards_where_they_are_typed_so(self) -> None:
        assert "»Nein«, und »doch«" in body(">>Nein<<, und >>doch<<", "de")

    @pytest.mark.parametrize(
        "text", ["`a <<b>> c`", "```\n<<b>>\n```", "a << b and b >> c", "    <<b>>"]
    )
    def test_code_and_sums_have_none(self, text: str) -> None:
        assert "«" not in body(text, "en")

    def test_a_mark_behind_them_keeps_its_place(self) -> None:
        assert codes("Il dit <<Non>> et [x]().") == ["L004 1:19"]

    @pytest.mark.parametrize("word", ["<Non>", "<your name>", "<T>"])
    def test_a_word_that_is_no_tag_is_printed_and_told(self, word: str) -> None:
        shown = word.replace("<", "&lt;").replace(">", "&gt;")
        assert shown in body(f"Put {word} here, and `{word}`.")
        assert body(f"Put {word} here, and `{word}`.").count(shown) == 2
        assert codes(f"Put {word} here.") == ["M011 1:5"]

    def test_an_attribute_of_data_needs_no_value(self) -> None:
        """As GitBook writes it in tables."""
        made = body("<table><tr><th>A</th><th data-hidden>B</th></tr></table>")
        assert "<th>B</th>" in made.replace(' scope="col"', "")
        assert codes("<span data-a aria-b>x</span>") == []

    def test_widths_of_columns_are_those_that_quarto_is_told(self) -> None:
        """A bracket before them is none of them."""
        made = body('| a | b |\n|---|---|\n| 1 | 2 |\n\n: Prices {tbl-colwidths="[20,80]"}')
        assert '<colgroup><col class="width-20"/><col class="width-80"/></colgroup>' in made

    def test_a_path_of_windows_is_a_path(self) -> None:
        made = body("![A](images\\map.png)")
        assert 'src="chapters/images/map.png"' in made

    def test_words_between_two_sums_are_printed(self) -> None:
        assert "a&lt;b and c&gt;d" in body("a<b and c>d")

    def test_an_element_that_no_book_holds_leaves_its_words(self) -> None:
        assert body("<Tip>so</Tip>") == "<p>so</p>"
        assert codes("So <Tip>so</Tip> and <Tab x='1'>.") == ["M006 1:4", "M006 1:22"]
