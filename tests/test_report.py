"""How findings are shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.base.codes import finding
from book.cli.report import framed, plain, show, summary
from book.cli.screen import Screen
from book.model import Finding, Place
from tests.screens import terminal

LINE = "The truce was refused,[^x] as everyone had foreseen."
LOST = finding("N001", Place("chapters/a.md", 3, 23), "There is no note [^x].", "Write it.")


def frame(line: str, column: int, width: int = 80) -> list[str]:
    """The excerpt of a frame: the line as shown, and what is drawn below it."""
    one = finding("N001", Place("a.md", 1, column), "Wrong.", "")
    return framed(one, lambda _: [line], width).plain.split("\n")[1:]


def shown(findings: list[Finding], root: Path) -> str:
    """What a terminal shows of ``findings``."""
    screen, out = terminal(60)
    show(findings, root, screen)
    return out.getvalue()


def test_a_plain_finding_is_a_line_that_editors_understand_and_a_hint() -> None:
    assert plain(LOST) == (
        "chapters/a.md:3:23: warning[N001]: There is no note [^x].\n  hint: Write it."
    )


def test_on_a_terminal_the_mark_is_underlined() -> None:
    text = framed(LOST, lambda _: ["", "", LINE], 80).plain
    assert text.split("\n") == [
        "chapters/a.md:3:23: warning[N001]: There is no note [^x].",
        f"3 | {LINE}",
        "  |                       ^^^^",
        "  hint: Write it.",
    ]


@pytest.mark.parametrize(
    ("line", "column", "mark"),
    [
        ("see [the map](map.svg), there", 5, "[the map](map.svg)"),
        ("![A map](map.svg)", 1, "![A map](map.svg)"),
        ("[^x]: A note.", 1, "[^x]:"),
        ("## A heading", 1, "## A heading"),
        ('title = "A Title" # x', 9, '"A Title"'),
        ("page_size = 1", 1, "page_size"),
        ("kind: chaptre", 7, "chaptre"),
        ("end", 4, "^"),
    ],
)
def test_what_is_underlined_is_the_whole_mark(line: str, column: int, mark: str) -> None:
    assert frame(line, column)[1] == "  | " + " " * (column - 1) + "^" * len(mark)


def test_wide_letters_take_two_cells() -> None:
    assert frame("東京は[^x]", 4)[1] == "  |       ^^^^"


@pytest.mark.parametrize("column", [1, 40, 500, 996])
def test_a_long_line_is_shown_around_the_place(column: int) -> None:
    line = "a " * 500
    line = f"{line[: column - 1]}[^x]{line[column - 1 :]}"
    text, below = frame(line, column, 60)
    assert len(text) <= 60
    start = below.index("^")
    assert text[start : start + 4] == "[^x]"


def test_a_place_without_a_line_has_no_excerpt() -> None:
    whole = finding("H001", Place("a.md"), "No title.", "Give it one.")
    assert framed(whole, lambda _: ["x"], 80).plain == (
        "a.md: warning[H001]: No title.\n  hint: Give it one."
    )


def test_a_hint_of_several_lines_is_indented() -> None:
    one = finding("B001", Place("book.toml"), "None.", "Write:\n\n[book]\na = 1")
    assert plain(one).endswith("\n  hint: Write:\n\n  [book]\n  a = 1")


def test_nothing_printed_can_drive_the_terminal() -> None:
    one = finding("L001", Place("a\x1b.md", 1, 1), "`\x1b[2J` is\u202e none.", "\x9b")
    text = plain(one) + framed(one, lambda _: ["\x1b]0;x\x07"], 80).plain
    assert not set(text) & set("\x1b\x07\x9b\u202e")


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (["M001"], "1 error"),
        (["M001", "N002", "B001"], "2 errors, 1 warning"),
        (["N002", "H002"], "2 warnings"),
        ([], ""),
    ],
)
def test_the_summary_counts_each_severity(codes: list[str], words: str) -> None:
    assert summary(finding(code, Place("a"), ".", "") for code in codes) == words


class TestShow:
    @pytest.fixture
    def book(self, tmp_path: Path) -> Path:
        (tmp_path / "chapters").mkdir()
        (tmp_path / "chapters/a.md").write_text(f"# A\r\n\r\n{LINE}\r\n")
        return tmp_path

    @pytest.mark.parametrize("stderr", [False, True])
    def test_without_a_terminal_lines_are_plain(
        self, book: Path, capsys: pytest.CaptureFixture[str], stderr: bool
    ) -> None:
        show([LOST], book, Screen(stderr=stderr))
        assert capsys.readouterr()[stderr] == f"{plain(LOST)}\n"

    def test_a_log_may_ask_for_colours(
        self, book: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As continuous integration does."""
        monkeypatch.setenv("FORCE_COLOR", "1")
        show([LOST], book, Screen())
        assert "\x1b[1;33mwarning[N001]" in capsys.readouterr().out

    def test_on_a_terminal_the_line_is_read_and_coloured(self, book: Path) -> None:
        text = shown([LOST], book)
        assert "The truce was refused,[^x]" in text
        assert "\x1b[1;33mwarning[N001]" in text

    def test_no_color_is_honoured(self, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("NO_COLOR", "1")
        assert "31m" not in shown([LOST], book)

    @pytest.mark.parametrize("path", ["gone.md", "../secret.md", "chapters"])
    def test_a_file_that_can_not_be_shown_is_left_out(self, book: Path, path: str) -> None:
        (book.parent / "secret.md").write_text("secret")
        one = finding("N001", Place(path, 1, 1), "Wrong.", "")
        text = shown([one], book)
        assert " | " not in text

    def test_nothing_found_is_nothing_said(self, book: Path) -> None:
        assert shown([], book) == ""
