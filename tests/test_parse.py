"""What the Markdown of a chapter becomes."""

from __future__ import annotations

import pytest

from tests.chapters import SLUG, body, chapter, codes


class TestTitle:
    def test_the_first_heading_of_the_first_level_is_the_title(self) -> None:
        made = chapter("# On *Moscow*\n\nText.\n")
        assert (made.title, made.heading) == ("On Moscow", "On <em>Moscow</em>")
        assert made.body == "<p>Text.</p>"
        assert made.headings == ()

    def test_the_front_matter_gives_one_where_the_text_has_none(self) -> None:
        made = chapter('---\ntitle: It\'s "<so>"\n---\n\nText.\n')
        assert (made.title, made.heading) == ("It’s “<so>”", "It’s “&lt;so&gt;”")

    def test_its_id_is_a_place_in_the_chapter(self) -> None:
        made = chapter("# Title {#top}\n\n[up](#top)\n")
        assert made.heading == f'<span id="{SLUG}.top">Title</span>'
        (anchor,) = made.anchors
        assert (anchor.id, anchor.text, anchor.place.line) == (f"{SLUG}.top", "Title", 1)
        assert made.references[0].target == anchor.id

    def test_a_call_is_no_part_of_its_words(self) -> None:
        made = chapter("# Title[^1]\n\n## Part[^1]\n\n[^1]: x\n")
        assert made.title == "Title"
        assert made.headings[0].text == "Part"
        assert "data-note" in made.heading

    def test_an_image_alone_is_a_title_in_its_own_words(self) -> None:
        made = chapter("# ![The map](a.png)\n\n## ![A plan](b.png)\n")
        assert made.title == "The map"
        assert (made.headings[0].id, made.headings[0].text) == (f"{SLUG}.a-plan", "A plan")


class TestIds:
    def test_headings_are_named_as_viewers_do(self) -> None:
        made = chapter("# T\n\n## What's new? Yes!\n\n## Same\n\n## Same\n\n## É\n\n## ?\n")
        names = [one.id.removeprefix(f"{SLUG}.") for one in made.headings]
        assert names == ["whats-new-yes", "same", "same-1", "é", "section"]

    def test_a_name_that_the_author_gave_comes_before_one_of_ours(self) -> None:
        made = chapter("# T\n\n## Same\n\n## Other {#same}\n")
        assert [one.id for one in made.headings] == [f"{SLUG}.same-1", f"{SLUG}.same"]

    def test_a_doubled_name_is_listed_twice_and_stands_once(self) -> None:
        made = chapter("# T\n\n## A {#x}\n\n## B {#x}\n\n<p id='x'>c</p>\n")
        assert [one.id for one in made.headings] == [f"{SLUG}.x"] * 2
        assert [one.id for one in made.anchors] == [f"{SLUG}.x"]
        assert made.body.count('id="') == 1

    def test_what_xml_forbids_in_an_id_is_escaped_in_links_too(self) -> None:
        made = chapter("<p id='a b/c'>x</p>\n\n[y](#a%20b/c)\n")
        assert made.anchors[0].id == made.references[0].target == f"{SLUG}.a_20_b_2f_c"

    def test_different_labels_have_different_ids(self) -> None:
        labels = ["a.b", "a/b", "a_2e_b", "a", "a.call1"]
        text = "".join(f"[^{label}]" for label in labels)
        text += "\n\n" + "\n".join(f"[^{label}]: x" for label in labels)
        made = chapter(text)
        ids = [name for note in made.notes for name in (note.id, *note.calls)]
        assert len(set(ids)) == len(ids) == 10

    def test_a_mark_with_a_name_keeps_both(self) -> None:
        made = body("[May](when:1943-05 'x'){#may}")
        assert made.startswith('<p><span id="S.may"><time id="S.when.1"')

    def test_a_name_of_ours_that_an_author_takes_is_dropped(self) -> None:
        made = chapter("<p id='who.1'>x</p>\n\n[S](who:s)\n")
        assert made.body.count('.who.1"') == 1
        assert made.anchors[0].id == made.mentions[0].id

    def test_every_figure_has_one(self) -> None:
        assert body("![a](b.png)").startswith('<figure id="S.fig.1"><img')
        assert body("![a](b.png){#map}").startswith('<figure id="S.map"><img')
        assert body("<figure>x</figure>") == '<figure id="S.fig.1">x</figure>'


class TestNotes:
    def note(self, text: str) -> str:
        (note,) = chapter(f"a[^n]\n\n{text}").notes
        assert len(note.calls) == 1
        return note.body.replace("\n", "")

    @pytest.mark.parametrize(
        ("text", "made"),
        [
            ("[^n]: one\nlazy", "<p>onelazy</p>"),
            ("[^n]:\n    one", "<p>one</p>"),
            ("[^n]: one\n\n\n    two\n\n    three\n\nno", "<p>one</p><p>two</p><p>three</p>"),
            ("[^n]: one\n\n\ttwo", "<p>one</p><p>two</p>"),
            ("[^n]: * a\n    * b", "<ul><li>a</li><li>b</li></ul>"),
            ("[^n]: x\n\n    > q", "<p>x</p><blockquote><p>q</p></blockquote>"),
            ("[^n]: x\n\n    ```\n    [c]\n    ```", "<p>x</p><pre><code>[c]</code></pre>"),
            ("[^n]: x\n\n        code", "<p>x</p><pre><code>code</code></pre>"),
            ("[^n]: x\n# Title", "<p>x</p>"),
            ("[^n]: x\n\n    ## H", "<p>x</p><p><strong>H</strong></p>"),
            ("> [^n]: x\n>\n>     y\n\nno", "<p>x</p><p>y</p>"),
            ("- i\n\n    [^n]: x\n\n        y\n\n    no", "<p>x</p><p>y</p>"),
        ],
    )
    def test_what_belongs_to_a_note(self, text: str, made: str) -> None:
        assert self.note(text) == made

    def test_a_note_may_hold_a_table_and_nested_lists(self) -> None:
        made = self.note("[^n]: x\n\n    |a|\n    |-|\n    |b|\n\n    - c\n        - d\n")
        assert "<td>b</td>" in made
        assert "<ul><li>c<ul><li>d</li></ul></li></ul>" in made

    def test_definitions_may_follow_each_other_directly(self) -> None:
        made = chapter("a[^x][^y]\n\n[^x]: one\n[^y]: two\nmore\n")
        assert [note.body for note in made.notes] == ["<p>one</p>", "<p>two\nmore</p>"]

    @pytest.mark.parametrize(
        "text", ["1. a\n\n[^n]: note\n\n2. b[^n]", "1. a\n[^n]: note\n2. b[^n]"]
    )
    def test_a_list_goes_on_behind_a_definition(self, text: str) -> None:
        assert body(text).count("<ol>") == 1
        assert "start" not in body(text)

    def test_calls_are_counted_in_every_place(self) -> None:
        text = "|a[^n]|\n|-|\n|b[^n]|\n\n## H[^n]\n\nT[^n]\n:   D[^n]\n\n![a](b.png 'c[^n]')\n\n"
        notes = chapter(f"{text}[^n]: x").notes
        assert [(note.label, len(note.calls), note.body) for note in notes] == [
            ("n", 1, "<p>x</p>")
        ] * 6

    def test_a_call_in_a_link_comes_behind_it(self) -> None:
        made = body("[10 May[^n]](when:1943-05-10 'x') y\n\n[^n]: x")
        assert '>10\u00a0May</time><a data-note="S.n.n"' in made

    def test_notes_are_in_the_order_of_their_calls(self) -> None:
        """A note that only a note calls comes after those that the text calls."""
        made = chapter("a[^c][^a]\n\n[^a]: x\n[^b]: y\n[^c]: z[^b]\n[^d]: never\n")
        assert [note.label for note in made.notes] == ["c", "a", "b", "d"]

    def test_notes_may_call_each_other(self) -> None:
        made = chapter("a[^a]\n\n[^a]: x[^b]\n[^b]: y[^a]\n")
        assert [note.label for note in made.notes] == ["a", "b", "a"]
        assert 'data-to="c07-moscow.n.a"' in made.notes[2].body

    def test_a_note_that_is_called_again_is_named_as_it_was_written(self) -> None:
        """What is wrong with a call still names the labels that are there."""
        made = chapter("a[^n] b[^n] c[^m]\n\n[^n]: x\n")
        assert "[^n 2]" not in made.findings[0].hint

    def test_what_stands_in_a_note_that_is_never_printed_does_not_count(self) -> None:
        made = chapter("[^a]: [S](who:s) [May](when:1943-05) <b id='x'>y</b>[^b]\n[^b]: x[^a]\n")
        assert not [*made.mentions, *made.events, *made.anchors]
        assert [note.calls for note in made.notes] == [(), ()]

    def test_a_label_may_be_the_target_of_a_link(self) -> None:
        made = chapter("a[^x.1] [see](#note:x.1)\n\n[^x.1]: y\n")
        assert made.references[0].target == made.notes[0].id

    def test_labels_that_begin_so_are_the_editors(self) -> None:
        made = chapter("a[^ed-a][^b]\n\n[^ed-a]: x\n[^b]: y\n")
        assert [note.series for note in made.notes] == ["editor", "source"]


class TestEvents:
    def sentence(self, text: str, language: str = "en") -> str:
        return chapter(text, language).events[0].sentence

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("It rained. He came on [3 May](when:1943-05-03). It shone.", "He came on 3 May."),
            ("He saw Gen. Sato [then](when:1943).[^1] No.\n\n[^1]: x", "He saw Gen. Sato then."),
            ("Then J. B. S. came [in](when:1943). He left.", "Then J. B. S. came in."),
            ("In [May](when:1943-05) he left. In May he came.", "In May he left."),
            ("In May he came. In [May](when:1943-05) he left.", "In May he left."),
            ("On [3 Jan. 1943](when:1943-01-03) he left. No.", "On 3 Jan. 1943 he left."),
            ('"No," he said. "It was [then](when:1943)." So.', "“It was then.”"),
            ('"I went. I came [then](when:1943)." So.', "I came then."),
            ("- a\n- in *[May](when:1943)*, see p. 5\n    - b", "in May, see p. 5"),
            ("## The [May](when:1943) days", "The May days"),
            ("|a|b|\n|-|-|\n|Rain. Y [z](when:1943)|c|", "Y z"),
            ("x[^1]\n\n[^1]: No. In [May](when:1943). Yes.", "In May."),
            ("In *May. So [it](when:1943) was*. No.", "So it was."),
        ],
    )
    def test_without_words_of_its_own_it_has_its_sentence(self, text: str, sentence: str) -> None:
        assert self.sentence(text).replace("\u00a0", " ") == sentence

    def test_german_ordinals_end_no_sentence(self) -> None:
        text = "Er kam am [22. Januar](when:1943-01-22) an. Am 3. Mai ging er."
        assert self.sentence(text, "de") == "Er kam am 22.\u00a0Januar an."

    def test_quotes_within_a_title_may_be_escaped(self) -> None:
        event = chapter(r'[May](when:1943-05 "He said \"no\" -- twice")').events[0]
        assert (event.sentence, event.titled) == ("He said “no” – twice", True)

    @pytest.mark.parametrize(
        "address", ["when:1943-05", "WHEN:1943-05", "when: 1943-05 ", "<when:1943-05>"]
    )
    def test_the_address_may_be_written_in_other_ways(self, address: str) -> None:
        assert chapter(f"[May]({address})").events[0].edtf == "1943-05"

    def test_what_is_no_date_is_told_and_stays_text(self) -> None:
        text = "[a](when:) [b](when:1943-02-30) [c](when:May)"
        assert codes(text) == ["D001 1:1", "D002 1:12", "D001 1:33"]
        assert body(text) == "<p><span>a</span> <span>b</span> <span>c</span></p>"


class TestLinks:
    @pytest.mark.parametrize(
        ("address", "target"),
        [
            ("#here", f"{SLUG}.here"),
            ("#", SLUG),
            ("08-rome.md", "c08-rome"),
            ("./08-rome.md#a", "c08-rome.a"),
            ("../chapters/08-rome.md", "c08-rome"),
            ("08%2Drome.md#%C3%A9", "c08-rome.é"),
            ("08-rome.md#note:a", "c08-rome.n.a"),
            ("other.txt", ""),
            ("../x.md", ""),
            ("//host/x.md", ""),
        ],
    )
    def test_an_address_within_the_book_names_its_target(self, address: str, target: str) -> None:
        made = chapter(f"[x]({address})")
        assert [one.target for one in made.references] == [target]
        assert f'<a data-to="{target}">x</a>' in made.body

    @pytest.mark.parametrize(
        "text",
        [
            "[x](https://a.b/?c=1&d=2)",
            "<https://a.b/?c=1&d=2>",
            "[x][r]\n\n[r]: https://a.b/?c=1&d=2",
        ],
    )
    def test_an_address_outside_stays(self, text: str) -> None:
        assert 'href="https://a.b/?c=1&amp;d=2"' in body(text)

    def test_mail_is_an_address_too(self) -> None:
        assert body("<a@b.c>") == '<p><a href="mailto:a@b.c">a@b.c</a></p>'

    def test_a_definition_may_stand_in_a_quotation(self) -> None:
        assert 'data-to="c08-x"' in body("> [x][r]\n>\n> [r]: 08-x.md")

    def test_links_do_not_nest(self) -> None:
        made = body('<a href="08-x.md">a <a href="09-x.md">b</a></a>')
        assert made.count("<a ") == 1 or "><a " not in made


class TestImages:
    def test_a_caption_may_hold_marks(self) -> None:
        made = body('![Alt](a.png "*A* [Sato](who:sato)[^1]")\n\n[^1]: x')
        assert "<figcaption><em>A</em> <a" in made
        assert "data-note" in made

    def test_within_a_line_the_caption_is_a_title(self) -> None:
        made = body('x ![Alt](a.png "*A* b[^1]") y\n\n[^1]: x')
        assert 'title="A b"/><a data-note' in made
        assert "<figure" not in made

    def test_what_decorates_needs_no_words(self) -> None:
        made = chapter("![](a.png){role=presentation}\n\n![](b.png)")
        assert [image.alt for image in made.images] == ["", None]

    def test_its_path_is_from_the_books_folder(self) -> None:
        assert chapter("![a](images/a%20b.png)").images[0].src == "chapters/images/a b.png"


class TestBlocks:
    def test_header_cells_say_what_they_head(self) -> None:
        assert '<th scope="col">a</th>' in body("|a|\n|-|\n|b|")
        made = body("<table><tr><th>a</th></tr><tr><th>b</th><td>c</td></tr></table>")
        assert '<th scope="col">a</th>' in made
        assert '<th scope="row">b</th>' in made

    def test_alignment_is_a_class(self) -> None:
        assert '<td class="align-right">b</td>' in body("|a|\n|-:|\n|b|")

    def test_fences_may_stand_in_lists_and_quotations(self) -> None:
        assert "<pre><code>a\n  b\n</code></pre>" in body("* x\n\n    ```\n    a\n      b\n    ```")
        assert '<pre><code class="language-py">a\n\nb\n' in body("> ```py\n> a\n>\n> b\n> ```")

    def test_code_is_kept_to_the_letter(self) -> None:
        text = 'a [b](c) # d -- "e" <f> &amp; \\g [^h] ![i](j)'
        shown = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        assert f"<code>{shown}\n</code>" in body(f"```\n{text}\n```")
        assert f"<code>{shown}\n</code>" in body(f"    {text}")
        assert f"<code>{shown}</code>" in body(f"`{text}`")

    def test_a_fence_that_never_closes_is_text(self) -> None:
        assert body("```\nx") == "<p>```\nx</p>"

    def test_tasks_have_boxes(self) -> None:
        made = body("- [ ] a\n- [x] b\n\n- [X] c [d] \n")
        assert [made.count(box) for box in "☐☑"] == [1, 2]

    def test_lists_may_be_counted_with_brackets(self) -> None:
        assert body("1) a\n2) b").count("<li>") == 2

    def test_a_number_sign_without_a_space_is_no_heading(self) -> None:
        assert body("#5 was here") == "<p>#5 was here</p>"

    @pytest.mark.parametrize("text", ["a  \nb", "a\\\nb", "a<br>b", "a<br/>b"])
    def test_lines_break_where_they_are_told(self, text: str) -> None:
        assert "a<br/>" in body(text)

    def test_characters_may_be_named(self) -> None:
        assert body("&eacute;&LT;&#65;&#x42; &nosuch; AT&T &") == (
            "<p>é&lt;AB &amp;nosuch; AT&amp;T &amp;</p>"
        )

    def test_emphasis_nests(self) -> None:
        assert body("*a **b** c*") == "<p><em>a <strong>b</strong> c</em></p>"
