"""What a compositor sees to, read back from the pages: register, line ends, running heads."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.volumes import Printed, one_chapter, set_book

#: An A5 page's text begins below this height, in points, and its line is so high.
HEAD, LINE = 540, 14
PROSE = "The council met again in Ankara and refused without a word, late as it was. "
LONG = "Representatives notwithstanding reconsidered internationalisation, misunderstandings of "
LONG += "intergovernmental correspondence, incomprehensible administrative justifications. "
TABLE = "| Year | Event |\n|---|---|\n| 1943 | Talks |\n| 1944 | None |"


def heights(printed: Printed, page: int, word: str) -> set[float]:
    """The heights of the lines of ``page`` that have ``word`` in them."""
    lines: dict[float, str] = {}
    for letter in printed.letters[page]:
        if letter.bottom < HEAD:
            lines[letter.bottom] = lines.get(letter.bottom, "") + letter.text
    return {bottom for bottom, text in lines.items() if word in text}


def test_behind_tables_the_text_is_back_in_register(tmp_path: Path) -> None:
    """Its lines stand where those of the facing page stand."""
    blocks = [PROSE * 4, TABLE, PROSE * 5] * 8
    printed = Printed(one_chapter(tmp_path, "# One\n\n" + "\n\n".join(blocks)))
    pages = printed.chapters["One"]
    tables = [page for page in pages[1:] if "1943" in printed.pages[page]]
    assert len(tables) >= 2
    offsets = {
        round(bottom % LINE, 0) % LINE
        for page in pages[1:]
        for bottom in heights(printed, page, "council") | heights(printed, page, "refused")
    }
    assert len(offsets) == 1


def test_a_running_head_ends_with_a_word(tmp_path: Path) -> None:
    """Not one that leans on the next; what is left of it is at the outer edge."""
    title = "The settlement of the ecclesiastical affairs of Constantinople and of the provinces"
    printed = Printed(one_chapter(tmp_path, f"# {title}\n\n" + (PROSE * 9 + "\n\n") * 12))
    page = printed.chapters[title][2]
    head = [letter for letter in printed.letters[page] if letter.bottom > HEAD]
    text = "".join(letter.text for letter in head).casefold()
    kept = text.split("…")[0].strip()
    assert title.casefold().startswith(kept)
    assert title.casefold()[len(kept)] == " "
    assert len(kept.split()[-1]) > 3
    plain = Printed(one_chapter(tmp_path, "# The settlement of\n\n" + (PROSE * 9 + "\n\n") * 12))
    page = plain.chapters["The settlement of"][2]
    whole = [letter for letter in plain.letters[page] if letter.bottom > HEAD]
    ends = [max(one.left for one in some if not one.text.isdigit()) for some in (head, whole)]
    assert ends[0] == pytest.approx(ends[1], abs=4)


def test_last_words_are_whole_where_they_can_be(tmp_path: Path) -> None:
    """Of paragraphs of sixty lengths hardly one ends with a part of a word in a line of its own."""
    words = (LONG * 3).split()
    blocks = [" ".join([*words[place:], "of ministers."]) for place in range(27)]
    blocks += [" ".join([*words[place:], "by diplomats."]) for place in range(27)]
    printed = Printed(one_chapter(tmp_path, "# One\n\n" + "\n\n".join(blocks)))
    text = "".join(printed.pages[page] for page in printed.chapters["One"])
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    assert any(line.endswith(("\u2010", "-")) for line in lines)
    alone = [line for line in lines if " " not in line and line.endswith(".")]
    assert [line for line in alone if line not in ("ministers.", "diplomats.")] == []


def test_a_list_may_begin_a_page(tmp_path: Path) -> None:
    """It does not draw lines of the paragraph above it over with it."""
    items = "- An item\n- Another item\n- A third\n- A fourth\n"
    line = "A line of text.\n\n"
    chapters = {f"{count}": f"# Title {count}\n\n{line * count}{items}" for count in range(14, 30)}
    printed = set_book(tmp_path, chapters)
    seconds = [pages[1] for pages in printed.chapters.values() if len(pages) > 1]
    assert any(_begins_with_item(printed, page) for page in seconds if printed.letters[page])


def _begins_with_item(printed: Printed, page: int) -> bool:
    """Whether the highest line of text on ``page`` is a list's first item."""
    highest = max(one.bottom for one in printed.letters[page] if one.bottom < HEAD)
    line = "".join(one.text for one in printed.letters[page] if one.bottom == highest)
    return "An item" in line


def test_who_is_quoted_stands_below_the_words(tmp_path: Path) -> None:
    """A quotation's last line, with its author, is never alone on the next page."""
    quoted = "> " + PROSE * 3 + "\n>\n> — Sato\n\n"
    blocks = ["Kiev.\n\n" * count + quoted for count in range(1, 22)]
    printed = Printed(one_chapter(tmp_path, "# One\n\n" + "".join(blocks)))
    tops = [max(heights(printed, page, "")) for page in printed.chapters["One"]]
    named = [heights(printed, page, "Sato") for page in printed.chapters["One"]]
    assert sum(map(len, named)) == len(blocks)
    assert not [
        page for page, (top, each) in enumerate(zip(tops, named, strict=True)) if top in each
    ]


def test_before_a_picture_without_room_no_line_gapes(tmp_path: Path) -> None:
    """Its words stand as they would on a last line."""
    Image.new("RGB", (900, 300)).save(tmp_path / "a.png")
    text = "# One\n\nAsh is kept dry. ![A heap](../a.png)\n"
    printed = set_book(tmp_path, {"one": text})
    (page,) = (page for page, words in enumerate(printed.pages) if "kept" in words.lower())
    line = [one for one in printed.letters[page] if one.text.lower() == "y"]
    assert [one.left < 200 for one in line] == [True]
