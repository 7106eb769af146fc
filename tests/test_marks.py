"""Every mark knows where it stands in the manuscript."""

from __future__ import annotations

import pytest

from book.parse.stamps import stamp, unstamped
from tests.chapters import chapter


def at(text: str, line: int, column: int) -> str:
    """What stands in ``text`` from there on."""
    return text.split("\n")[line - 1][column - 1 :]


@pytest.mark.parametrize(
    "text",
    [
        "# Title\n\n[a](b.md) ![c](d.png) [^e]",
        "> ## Quoted\n> [a](b.md)",
        "Title\n=====\n\ntext",
        "[a][b] and [c]\n\n[b]: 01-x.md 'a title [in] brackets'\n[c]: <02 y.md>",
        "`[code]` \\[escaped] <b title='[x]'>b</b>",
        "- [ ] task\n    - [x](y.md)\n",
    ],
)
def test_without_its_stamps_the_text_is_as_it_was(text: str) -> None:
    assert unstamped(stamp(text, 0)[0]) == text


def test_tabs_become_the_spaces_that_an_editor_shows() -> None:
    """A tab reaches to the next fourth column, as if there were no stamps."""
    assert unstamped(stamp("\t[a](b)\tc\td", 0)[0]) == "    [a](b)  c   d"


def test_lines_of_the_front_matter_are_counted() -> None:
    found = chapter("---\nsummary: x\n---\n\n# A\n\n[b](who:sato)\n").mentions
    assert [(one.place.line, one.place.column) for one in found] == [(7, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "x [a](who:s)",
        "*x **[a](who:s)** y*",
        "> - x\n>     [a](who:s)",
        "1. a\n\n    [a](who:s)",
        "|x|[a](who:s)|\n|-|-|\n|y|z|",
        "|x|y|\n|-|-|\n|z|[a](who:s)|",
        "Term\n:   [a](who:s)",
        "\tx\n\nx\t[a](who:s)",
        "x[^1]\n\n[^1]: y\n\n    > [a](who:s)",
        '![a](b.png "[a](who:s)")',
        "[a][b]\n\n[b]: who:s",
        "[^1][a](who:s)\n\n[^1]: x",
        "x ]\n[a](who:s)",
        "`[a](who:x)`\n\n```\n[a](who:y)\n```\n\n[a](who:s)",
        'x <a class="[a](who:x)" href="who:s">a</a>',
    ],
)
def test_a_name_is_where_its_bracket_stands(text: str) -> None:
    (mention,) = chapter(text).mentions
    place = mention.place
    assert at(text, place.line, place.column).startswith(("[a]", "<a ", "[a][b]"))
    assert mention.person == "s"


@pytest.mark.parametrize(
    "text",
    ["## A", "A\n---", "> ## A", "- ## A", "x\n## A", "<h2>A</h2>", "> A\n> ---", "## [A](b.md)"],
)
def test_a_heading_is_where_its_line_begins(text: str) -> None:
    text = f"# T\n\n{text}"
    (heading,) = chapter(text).headings
    assert at(text, heading.place.line, heading.place.column).startswith(("## ", "A", "<h2>"))
    assert heading.text == "A"


@pytest.mark.parametrize(
    "text", ["[^1]: a", "> [^1]: a", "- x\n\n    [^1]: a", "x\n[^1]: a", "* [^1]: a"]
)
def test_a_note_is_where_its_label_stands(text: str) -> None:
    (note,) = chapter(text).notes
    assert at(text, note.place.line, note.place.column).startswith("[^1]:")


def test_calls_that_follow_each_other_have_their_own_places() -> None:
    found = chapter("a[^b][^c]").findings
    assert [(one.code, one.place.column) for one in found] == [("N001", 2), ("N001", 6)]


@pytest.mark.parametrize(
    "text", ['x <img src="a.png" alt="b">', "![b](a.png)", "x ![b](a.png 'c')"]
)
def test_an_image_is_where_it_begins(text: str) -> None:
    (image,) = chapter(text).images
    assert at(text, image.place.line, image.place.column).startswith(("<img", "!["))
