"""A draft always comes out: what is wrong is told, can be seen, and stops no other part."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.build import build, check
from book.cli.commands import app
from book.model import Severity
from tests.epubs import Epub
from tests.judges.pdftext import pages

WRONG = """\
## Ankara

It began [long ago](when:never) with [somebody](who:nobody), as [Berlin](berlin.md) and
[this](#nowhere) tell.[^none]

![The road to Moscow](road.png)

![](lost.png) stands in a line.

[^twice]: One.
[^twice]: Two.
"""


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """A book in which nearly all is wrong."""
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "01-the-road.md").write_text(WRONG, "utf-8")
    (tmp_path / "chapters" / "02-caf\u00e9.md").write_bytes(
        "Text of a caf\u00e9.\n".encode("cp1252")
    )
    (tmp_path / "book.toml").write_text(
        '[book]\ntitel = "A"\nlanguage = "en_GB"\n[pdf]\nisbn = "1"\n'
    )
    return tmp_path


class TestEverythingIsTold:
    def test_in_one_run_and_without_an_error(self, draft: Path) -> None:
        """What is wrong in book.toml hides nothing of the chapters, and nothing is an error."""
        findings = check(draft)
        assert {one.severity for one in findings} == {Severity.WARNING}
        codes = "B003 B004 B005 D001 P001 L001 L002 N001 N002 N003 I001 I003 M002 H001 A003"
        assert {one.code for one in findings} == set(codes.split())

    def test_check_and_build_say_the_same(self, draft: Path) -> None:
        assert set(check(draft)) <= set(build(draft, ["epub"], draft / "out").findings)


class TestWhatComesOut:
    def test_all_outputs_are_made(self, draft: Path) -> None:
        """With a line that says what they are."""
        assert [one.name for one in build(draft).written] == ["pdf", "epub", "handout"]

    def test_what_is_missing_can_be_seen_in_print(self, draft: Path) -> None:
        (pdf,) = build(draft, ["pdf"]).written
        text = " ".join(" ".join(pages(pdf.path)).split())
        for words in ("The road to Moscow", "lost.png", "[^none]", "somebody", "Berlin", "Ankara"):
            assert words in text

    def test_what_is_missing_can_be_seen_in_the_ebook(self, draft: Path) -> None:
        (ebook,) = build(draft, ["epub"]).written
        made = Epub(ebook.path.read_bytes())
        (chapter,) = [name for name in made.files if "the-road" in name]
        boxes = [one.text for one in made.all(chapter, "//*[@class='cb-missing']")]
        assert boxes == ["[^none]", "The road to Moscow", "lost.png"]

    @pytest.mark.parametrize("habit", [False, True])
    def test_strict_refuses_all_of_it(self, draft: Path, habit: bool) -> None:
        """By the command line, or as the book's habit."""
        if habit:
            with (draft / "book.toml").open("a") as file:
                file.write("[check]\nstrict = true\n")
        assert build(draft, ["epub"], strict=not habit).written == ()

    def test_the_last_line_says_that_it_is_a_draft(
        self, draft: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        app(["build", "epub", "--book", str(draft)], standalone_mode=False)
        last = capsys.readouterr().err.strip().rpartition("\n")[2]
        assert last.startswith("A draft: ")
        assert last.endswith(" warnings.")


class TestTitles:
    @pytest.mark.parametrize(
        ("text", "title"),
        [
            ("### Deep\n\nText.\n", "Deep"),
            ("---\ntitle: Given\n---\n\n## Section\n", "Given"),
            ("Text.\n\n## Section\n", "The road"),
            ("# \n\nText.\n", "The road"),
        ],
    )
    def test_a_chapter_without_one_takes_the_nearest(
        self, tmp_path: Path, text: str, title: str
    ) -> None:
        """Its first heading, its front matter's, its file's name; no text changes its place."""
        from book.model import Source, Text
        from book.parse.chapter import parse

        made = parse(Source("chapters/07-the_road.md", "c07", Text.of(text), ""), "en")
        assert made.title == title
