"""What print keeps together: names, signatures, lead-ins, and the last page of a chapter."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.base.xml import inner, tree
from book.render.html import hold_signatures
from book.render.pdf.draft import whole
from tests.test_lines import HEAD, PROSE
from tests.volumes import Printed, set_book

HELD = '<span class="cb-signed">'


class TestWords:
    @pytest.mark.parametrize(
        ("text", "marked"),
        [
            ("<p>In Pravda of May</p>", '<p>In <span class="whole">Pravda</span> of May</p>'),
            ("<p><em>Pravda</em></p>", '<p><em><span class="whole">Pravda</span></em></p>'),
            (
                "<p>Red Army and Pravda</p>",
                '<p><span class="whole">Red Army</span> and <span class="whole">Pravda</span></p>',
            ),
            ("<p>Pravdas</p>", "<p>Pravdas</p>"),
            ("<p><code>Pravda</code></p>", "<p><code>Pravda</code></p>"),
        ],
    )
    def test_those_that_the_book_names_are_marked(self, text: str, marked: str) -> None:
        root = tree(text)
        whole.with_whole_words(root, ("Pravda", "Red Army"))
        assert inner(root) == marked


class TestSignatures:
    @pytest.mark.parametrize(
        ("text", "tied"),
        [
            (
                "<p>Undated. — <em>Ed.</em></p>",
                '<p><span class="cb-signed">Undated.\u00a0—\u00a0<em>Ed.</em></span></p>',
            ),
            (
                "<p>In <i>P</i>, undated. – <em>Ed.</em></p>",
                f"<p>In <i>P</i>, {HELD}undated.\u00a0–\u00a0<em>Ed.</em></span></p>",
            ),
            ("<p>So — <em>Ed.</em> said</p>", "<p>So — <em>Ed.</em> said</p>"),
            (
                "<p>x <i>y</i>. — <em>Ed.</em></p>",
                '<p>x <span class="cb-signed"><i>y</i>.\u00a0—\u00a0<em>Ed.</em></span></p>',
            ),
            (
                "<p>x<span> (p. 4)</span>. — <em>Ed.</em></p>",
                f"<p>x {HELD}<span>(p. 4)</span>.\u00a0—\u00a0<em>Ed.</em></span></p>",
            ),
            (
                f"<p>x <i>{'y' * 30}</i>. — <em>Ed.</em></p>",
                f'<p>x <i>{"y" * 30}</i>. <span class="cb-signed">—\u00a0<em>Ed.</em></span></p>',
            ),
        ],
    )
    def test_a_signature_is_never_alone(self, text: str, tied: str) -> None:
        root = tree(text)
        hold_signatures(root)
        assert inner(root) == tied


class TestLeadIns:
    @pytest.mark.parametrize(
        ("text", "leads"),
        [
            ("<p>He said:</p><blockquote/>", True),
            ('<p>Again:<a class="note-call">b</a><aside class="note">N.</aside></p><ul/>', True),
            ("<p>He said.</p><blockquote/>", False),
            ("<p>He said:</p><p>Then</p>", False),
        ],
    )
    def test_a_colon_holds_to_what_it_leads_in(self, text: str, leads: bool) -> None:
        root = tree(text)
        whole.with_lead_ins(root)
        assert (root[0].get("class") == "leads-in") == leads

    @pytest.mark.parametrize(
        ("text", "is_held"),
        [
            ("<h2>A</h2><p>A line.</p><p>B</p>", True),
            (f"<h2>A</h2><p>{'A line. ' * 20}</p><p>B</p>", False),
            ("<p>A</p><p>A line.</p><p>B</p>", False),
        ],
    )
    def test_below_a_heading_no_line_is_alone(self, text: str, is_held: bool) -> None:
        root = tree(text)
        whole.with_lead_ins(root)
        assert (root[1].get("class") == "one-line") == is_held

    def test_a_quotation_stands_on_the_page_of_its_lead_in(self, tmp_path: Path) -> None:
        """Wherever on the page the two come to stand."""
        chapters = {
            f"{count}": f"# Title {count}\n\n" + "A line.\n\n" * count + f"They wrote:\n\n> {PROSE}"
            for count in range(14, 30)
        }
        printed = set_book(tmp_path, chapters)
        led = [
            page
            for page, text in enumerate(printed.pages)
            if "They wrote:" in text and text.strip().splitlines()[-2:]
        ]
        words = " ".join(PROSE.split()[:3])
        assert len(led) == len(chapters)
        assert all(words in " ".join(printed.pages[page].split()) for page in led)


def _last_lines(printed: Printed, title: str) -> tuple[int, int]:
    """How many pages a chapter has, and how many lines of text its last page."""
    pages = [page for page in printed.chapters[title] if printed.letters[page]]
    rows = {round(one.bottom) for one in printed.letters[pages[-1]] if one.bottom < HEAD}
    return len(pages), len(rows)


def test_a_chapters_last_page_has_five_lines(tmp_path: Path) -> None:
    """Whether its last paragraph is long or short."""
    chapters = {}
    for count in range(20, 34):
        chapters[f"a{count}"] = f"# Long {count}\n\n" + "A line.\n\n" * (count - 12) + PROSE * 12
        chapters[f"b{count}"] = f"# Short {count}\n\n" + f"{PROSE * 2}\n\n" * (count - 18)
    printed = set_book(tmp_path, chapters)
    ends = {title: _last_lines(printed, title) for title in printed.chapters if " " in title}
    long = [lines for pages, lines in ends.values() if pages > 1]
    assert len(long) > 8
    assert min(long) >= 5


def test_left_pages_may_have_the_chapters_title(tmp_path: Path) -> None:
    """Else they have the book's; right pages have the chapter's in any case."""
    text = {"01-a": f"# Zanzibar\n\n{PROSE * 90}"}
    asked = set_book(tmp_path / "a", text, more='[pdf]\nleft-heads = "chapter"\n')
    plain = set_book(tmp_path / "b", text)
    for printed, on_left in ((asked, True), (plain, False)):
        _, left, right, *_ = (
            printed.pages[page].casefold() for page in printed.chapters["Zanzibar"]
        )
        assert ("zanzibar" in left, "zanzibar" in right) == (on_left, True)


def test_rows_of_what_is_held_do_not_leave_a_page_empty(tmp_path: Path) -> None:
    """Words, terms, headings and sections of a line each: the first page has its share of them."""
    chapters = {
        "words": "# Words\n\n" + "\n\n".join(f"Word{at}" for at in range(50)),
        "terms": "# Terms\n\n" + "\n".join(f"Word{at}" for at in range(50)) + "\n: Meaning.\n",
        "heads": "# Heads\n\n" + "\n\n".join(f"## Word{at}" for at in range(50)) + "\n\nText.",
        "parts": "# Parts\n\n" + "\n\n".join(f"## Word{at}\n\nA line." for at in range(40)),
    }
    printed = set_book(tmp_path, chapters)
    first = [printed.pages[pages[0]] for pages in printed.chapters.values()]
    assert [text.count("Word") >= 5 for text in first if "\nWord" in text] == [True] * 4
