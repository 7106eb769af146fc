"""Sources of other tools that are less tidy: what is private, a draft, or named otherwise."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from book.imports import import_book
from tests.manuscripts import chapters_of

_DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7z"/></svg>'
_PAGE = "---\ntitle: One\n---\n"


def _made(tmp_path: Path, files: dict[str, str]) -> tuple[str, str]:
    """The chapters that come of ``files``, and what was told of losses."""
    for name, text in files.items():
        path = tmp_path / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    made = import_book(tmp_path / "source", tmp_path / "book")
    told = " ".join(f"{loss.source.split(':')[0]} {loss.message}" for loss in made.losses)
    return "\n\n".join(chapters_of(tmp_path / "book").values()), told


class TestObsidian:
    def _vault(self, tmp_path: Path, text: str, app: str = "{}") -> tuple[str, str]:
        other = "---\naliases: [The Start]\n---\nWe began.\n"
        files = {".obsidian/app.json": app, "1 Note.md": text, "2 Begin.md": other}
        return _made(tmp_path, files)

    def test_a_bar_in_a_table_is_escaped_there(self, tmp_path: Path) -> None:
        text, told = self._vault(tmp_path, "| A |\n|---|\n| [[2 Begin\\|so]] |\n")
        assert "| [so](02-2-begin.md) |" in text
        assert "isn't in the vault" not in told

    def test_a_note_is_found_by_its_other_name(self, tmp_path: Path) -> None:
        assert "[The Start](02-2-begin.md)" in self._vault(tmp_path, "See [[The Start]].")[0]

    def test_what_is_taken_in_within_a_line_stands_by_itself(self, tmp_path: Path) -> None:
        text, _ = self._vault(tmp_path, "See ![[2 Begin]].")
        assert "\n\nWe began.\n\n." in text

    def test_lines_end_where_it_shows_them_to(self, tmp_path: Path) -> None:
        text, _ = self._vault(tmp_path, "One\ntwo\n\n- item\n- other\n\n> a\n> b\n")
        assert "One\\\ntwo\n" in text
        assert "- item\n- other\n\n> a\n> b\n" in text

    def test_they_do_not_if_it_is_strict(self, tmp_path: Path) -> None:
        assert "One\ntwo" in self._vault(tmp_path, "One\ntwo", '{"strictLineBreaks": true}')[0]

    def test_a_quotation_is_no_box(self, tmp_path: Path) -> None:
        text, _ = self._vault(tmp_path, "> [!quote] Cato\n> It must go.\n\n> [!tip] So\n> Do.\n")
        assert "> **Cato**\n>\n> It must go." in text
        assert "> [!TIP] So\n> Do." in text

    def test_what_is_nowhere_leaves_the_line_whole(self, tmp_path: Path) -> None:
        """And what is private in the other note is told of that one alone."""
        text, told = self._vault(tmp_path, "See ![[2 Begin#^none]] and [[2 Begin]].\n\n%%Hush%%\n")
        assert "See  and [2 Begin](02-2-begin.md)." in text
        assert "no part “^none”" in told
        assert told.count("private remark") == 1

    def test_a_paragraph_is_taken_in_by_its_mark(self, tmp_path: Path) -> None:
        files = {".obsidian/app.json": "{}", "1.md": "![[2#^so]]\n"}
        text, _ = _made(tmp_path, files | {"2.md": "%%No ^so\n\n%%\nYes, it was. ^so\n\nMore.\n"})
        first = text.partition("\n# ")[0]
        assert "Yes, it was." in first
        assert "No" not in first
        assert "More" not in first

    def test_a_note_without_words_is_no_chapter(self, tmp_path: Path) -> None:
        files = {
            ".obsidian/app.json": "{}",
            "1.md": "One.\n",
            "New/Untitled.md": "---\na: 1\n---\n\n",
        }
        text, told = _made(tmp_path, files)
        assert "Untitled" not in text
        assert "New" not in text
        assert "New/Untitled.md A note without words" in told


class TestJekyll:
    def _site(self, tmp_path: Path, text: str) -> tuple[str, str]:
        files = {"_config.yml": "title: T\nbaseurl: /base\n", "one.md": _PAGE + text}
        return _made(tmp_path, files)

    def test_remarks_stay_private(self, tmp_path: Path) -> None:
        text, told = self._site(tmp_path, "{::comment}\nHidden.\n{:/comment}\nSeen.\n")
        assert "Hidden" not in text
        assert "Seen." in text
        assert "A remark" in told

    def test_what_is_raw_stays_as_it_is(self, tmp_path: Path) -> None:
        text, _ = self._site(tmp_path, "{% raw %}Write {{ this }}.{% endraw %}\n")
        assert "Write {{ this }}." in text

    def test_what_a_loop_lists_is_told(self, tmp_path: Path) -> None:
        loop = (
            "{% for one in site.posts %}\n- [{{ one.title }}]({{ one.url }})\n{% endfor %}\nEnd.\n"
        )
        text, told = self._site(tmp_path, loop)
        assert "- [" not in text
        assert "for one in site.posts" in told

    def test_a_template_of_the_theme_shows_its_picture(self, tmp_path: Path) -> None:
        """By whatever name it is told it; and the site's own folder leads no address astray."""
        (tmp_path / "source").mkdir()
        (tmp_path / "source/a.svg").write_text(_DRAWN)
        text, told = self._site(
            tmp_path,
            '{% include figure.html image_path="/base/a.svg" alt="A hill" '
            'caption="The *hill*" %}\n\n<img src="/base/a.svg" alt="x">\n',
        )
        assert '![A hill](images/a.svg "The *hill*")' in text
        assert '<img src="images/a.svg" alt="x">' in text
        assert "Liquid" not in told

    def test_rules_of_a_table_are_no_rows(self, tmp_path: Path) -> None:
        rows = "|---\n| Day | Flow\n|:-|-:\n| Mon | 3\n|===\n| Sum | 17\n\n- one\n\n^\n\n- two\n"
        text, _ = self._site(tmp_path, f"Now:\n\n{rows}")
        assert "Now:\n\n| Day | Flow\n|:-|-:\n| Mon | 3\n| Sum | 17\n" in text
        assert "- one\n\n<!-- -->\n\n- two" in text


class TestQuarto:
    def _book(self, tmp_path: Path, text: str, more: str = "") -> tuple[str, str]:
        settings = f"project:\n  type: book\nbook:\n  title: Q\n  author: A\n{more}"
        settings += "  chapters:\n    - index.qmd\n"
        (tmp_path / "source").mkdir()
        (tmp_path / "source/a.svg").write_text(_DRAWN)
        return _made(tmp_path, {"_quarto.yml": settings, "index.qmd": f"# One\n\n{text}"})

    def test_a_listing_is_no_cell(self, tmp_path: Path) -> None:
        text, told = self._book(tmp_path, '```{.python filename="run.py"}\nprint(1)\n```\n')
        assert "**run.py**\n\n```python\nprint(1)\n```" in text
        assert "would show" not in told

    def test_a_theorem_is_a_box_that_can_be_referred_to(self, tmp_path: Path) -> None:
        text, told = self._book(tmp_path, "::: {#thm-a}\n## Line\n\nSo.\n:::\n\nBy @thm-a.\n")
        assert '<span id="thm-a"></span>\n\n> [!NOTE] Theorem (Line)\n> So.' in text
        assert "By [a](#thm-a)." in text
        assert "to nothing" not in told

    def test_two_pictures_stand_beside_each_other(self, tmp_path: Path) -> None:
        two = "![A](a.svg)\n\n![B](a.svg)\n\nBoth.\n"
        text, _ = self._book(tmp_path, f"::: {{#fig-x layout-ncol=2}}\n{two}:::\n")
        assert '::: {.side-by-side}\n![A](images/a.svg "A")\n\n![B](images/a.svg "B")\n:::' in text
        assert "::: {.center}\nBoth.\n:::" in text

    def test_keys_are_keys(self, tmp_path: Path) -> None:
        assert "<kbd>Ctrl-C</kbd>." in self._book(tmp_path, "{{< kbd Ctrl-C mac=Cmd-C >}}.")[0]

    def test_its_cover_is_the_books(self, tmp_path: Path) -> None:
        self._book(tmp_path, "So.", "  cover-image: a.svg\n")
        assert 'cover = "cover.svg"' in (tmp_path / "book/book.toml").read_text()
        assert (tmp_path / "book/cover.svg").read_text() == _DRAWN

    def test_a_cover_that_is_nowhere_is_told(self, tmp_path: Path) -> None:
        _, told = self._book(tmp_path, "So.", "  cover-image: b.png\n")
        assert "cover" not in (tmp_path / "book/book.toml").read_text()
        assert "A cover that isn't there: b.png" in told


class TestGitBook:
    def _book(self, tmp_path: Path, text: str) -> tuple[str, str]:
        files = {"SUMMARY.md": "* [Home](README.md)\n* [One](one.md)\n* [Two](two.md)\n"}
        files |= {"README.md": "# The Handbook\n\nHello.\n", "two.md": "# Two ways\n\nSo.\n"}
        return _made(tmp_path, {**files, "one.md": f"# One\n\n{text}"})

    def test_a_book_is_called_as_its_first_page(self, tmp_path: Path) -> None:
        self._book(tmp_path, "So.")
        assert 'title = "The Handbook"' in (tmp_path / "book/book.toml").read_text()

    @pytest.mark.parametrize(
        "typed",
        [
            '{% content-ref url="two.md" %}\n[two.md](two.md)\n{% endcontent-ref %}\n',
            '{% page-ref page="two.md" %}\n',
        ],
    )
    def test_a_page_is_named_by_its_title_and_once(self, typed: str, tmp_path: Path) -> None:
        assert "# One\n\n[Two ways](03-two.md)\n" in self._book(tmp_path, typed)[0]

    def test_headings_of_one_level_stay_of_one_level(self, tmp_path: Path) -> None:
        """Though what they belong to is two levels above them there."""
        text, _ = self._book(tmp_path, "## A\n\n#### B\n\n#### C\n\n##### D\n\n### E\n\n## F\n")
        heads = re.findall(r"(?m)^(#+) (\w)$", text)
        assert heads == [
            ("##", "A"), ("###", "B"), ("###", "C"), ("####", "D"), ("###", "E"), ("##", "F"),
        ]  # fmt: skip

    def test_a_file_for_taking_home_is_its_words(self, tmp_path: Path) -> None:
        typed = '{% file src="list.pdf" %}\nThe list\n{% endfile %}\n'
        text, told = self._book(tmp_path, typed)
        assert "# One\n\nThe list\n" in text
        assert "a book can't hold: list.pdf" in told

    def test_boxes_and_tabs_hold_code(self, tmp_path: Path) -> None:
        tab = '{% tab title="Rust" %}\n```rust\nlet a;\n\nlet b;\n```\n{% endtab %}\n'
        hint = '{% hint style="danger" %}\nMind:\n\n```\nrm\n```\n{% endhint %}\n'
        text, told = self._book(tmp_path, f"{{% tabs %}}\n{tab}{{% endtabs %}}\n\n{hint}")
        assert "> [!NOTE] Rust\n> ```rust\n> let a;\n> \n> let b;\n> ```\n" in text
        assert "> [!CAUTION]\n> Mind:\n>\n> ```\n> rm\n> ```\n" in text
        assert "{%" not in text + told


class TestLeanpub:
    def _book(self, tmp_path: Path, text: str) -> str:
        files = {"manuscript/Book.txt": "one.txt\n", "manuscript/one.txt": f"# One\n\n{text}"}
        return _made(tmp_path, {**files, "manuscript/code/x.py": "print(1)\n"})[0]

    def test_boxes_that_touch_are_boxes_of_their_own(self, tmp_path: Path) -> None:
        text = self._book(tmp_path, "W> Mind.\nT> Do.\n")
        assert "> [!WARNING]\n> Mind.\n\n" in text
        assert "\n\n> [!TIP]\n> Do.\n" in text

    def test_boxes_between_braces(self, tmp_path: Path) -> None:
        text = self._book(tmp_path, "{blurb, class: warning}\nMind.\n{/blurb}\n")
        assert "> [!WARNING]\n> Mind." in text
        assert "{" not in text

    def test_code_is_taken_in_and_has_its_language(self, tmp_path: Path) -> None:
        text = self._book(tmp_path, '<<(code/x.py)\n\n{lang=ruby, title="So"}\n~~~~\nputs\n~~~~\n')
        assert "print(1)" in text
        assert "**So**\n\n~~~~ruby\nputs" in text

    def test_a_picture_has_the_words_that_stand_above_it(self, tmp_path: Path) -> None:
        (tmp_path / "source/manuscript").mkdir(parents=True)
        (tmp_path / "source/manuscript/a.svg").write_text(_DRAWN)
        said = '{alt: "A hill", caption: "The *hill*, seen", width: 60%}\n![](a.svg)\n'
        text = self._book(tmp_path, said)
        assert '![A hill](images/a.svg "The *hill*, seen"){width=60%}' in text

    def test_a_picture_of_code_is_a_listing(self, tmp_path: Path) -> None:
        text = self._book(tmp_path, "![So](code/x.py)\n")
        assert "**So**\n\n~~~~\nprint(1)\n~~~~" in text

    def test_a_formula_between_lines_stands_by_itself(self, tmp_path: Path) -> None:
        text = self._book(tmp_path, "So:\n\n{$$}\n\\frac{a}{b}\n{/$$}\n\nAnd {$$}a^2{/$$}.\n")
        assert "So:\n\n$$\\frac{a}{b}$$\n\nAnd $a^2$." in text

    def test_entries_of_an_index_are_not_printed(self, tmp_path: Path) -> None:
        assert "Nails hold." in self._book(tmp_path, 'Nails {i: "nails"} hold.\n')

    def test_a_box_has_the_class_and_the_title_that_are_given(self, tmp_path: Path) -> None:
        text = self._book(tmp_path, "{class: tip}\nB> So.\n\n{aside}\n## Hm\nNo.\n{/aside}\n")
        assert "> [!TIP]\n> So." in text
        assert "> [!NOTE] Hm\n> No." in text

    def test_what_stands_around_the_chapters_has_no_number(self, tmp_path: Path) -> None:
        order = "{frontmatter}\na.md\n{mainmatter}\nb.md\n{backmatter}\nc.md\n"
        files = {f"manuscript/{each}.md": f"# {each.upper()}\n\nSo.\n" for each in "abc"}
        text, _ = _made(tmp_path, {"manuscript/Book.txt": order, **files})
        assert re.findall(r"(?m)^# .*$", text) == ["# A {.unnumbered}", "# B", "# C {.unnumbered}"]


@pytest.mark.parametrize("said", ["draft: true", "published: false"])
def test_a_draft_is_not_published_but_told(said: str, tmp_path: Path) -> None:
    files = {"one.md": "# One\n", "two.md": f"---\n{said}\n---\n# Secret\n"}
    text, told = _made(tmp_path, {**files, "_index.md": "# Begin\n"})
    assert "Secret" not in text
    assert "two.md A draft" in told
    assert "_index.md A file" in told


def test_a_file_that_the_order_forgets_is_told(tmp_path: Path) -> None:
    files = {"book.toml": '[book]\ntitle = "T"\n', "src/SUMMARY.md": "- [One](one.md)\n"}
    files |= {"src/one.md": "# One\n\n{{#include _in.md}}\n{{#include in.md}}\n"}
    files |= {"src/in.md": "In.\n", "src/_in.md": "In.\n", "src/lost.md": "# Lost\n"}
    _, told = _made(tmp_path, files)
    assert "src/lost.md The book's order" in told
    assert "in.md The book's" not in told
