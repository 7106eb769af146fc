"""Sources of other tools that are less tidy: what is private, a draft, or named otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.imports import import_book
from tests.manuscripts import chapters_of

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
