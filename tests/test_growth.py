"""A chapter of four times the size takes about four times as long, whatever it is full of."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from book.base.text import Choices
from tests.chapters import chapter

_SMALL = 4000


def _up_to(size: int, piece: Callable[[int], str]) -> str:
    """Pieces, each longer than the one before, until there are about ``size`` letters."""
    return "".join(piece(number) for number in range(1, int((2 * size) ** 0.5)))


KINDS: dict[str, Callable[[int], str]] = {
    "brackets": lambda size: "[" * size,
    "images": lambda size: "![" * (size // 2),
    "links": lambda size: "[a](" * (size // 4),
    "links, closed at the end": lambda size: "[a](" * (size // 4) + ")",
    "links with quotation marks": lambda size: "[a](\"'" * (size // 6) + ")",
    "references": lambda size: "[a][" * (size // 4),
    "note calls": lambda size: "[^" * (size // 2),
    "brackets in brackets": lambda size: "[" * (size // 2) + "]" * (size // 2),
    "sections": lambda size: "<![CDATA[" * (size // 9),
    "sections, closed at the end": lambda size: "<![CDATA[" * (size // 9) + "]]>",
    "sections in paragraphs": lambda size: "\n\n<![CDATA[" * (size // 11),
    "tags": lambda size: "<a " * (size // 3),
    "tags, closed at the end": lambda size: "<a " * (size // 3) + ">",
    "tags with quotation marks": lambda size: '<a b="' * (size // 6),
    "comments": lambda size: "\n<b><!-- -->" * (size // 12),
    "tags that close nothing": lambda size: "<b>x</i>" * (size // 8),
    "tags in tags": lambda size: "<b>" * (size // 3) + "x",
    "blocks in bold type": lambda size: "<b><p>x</p></b>\n" * (size // 16),
    "backticks": lambda size: _up_to(size, lambda length: "`" * length + " "),
    "backslashes": lambda size: "\\" * size,
    "dates": lambda size: "[1 May](when:1943-05-01) " * (size // 25),
    "dates that can't be read": lambda size: "[a](when:x) " * (size // 12),
    "captions": lambda size: '![a](b.png "c") ' * (size // 16),
    "unknown tags": lambda size: "<x>a</x>" * (size // 8),
    "tags of many names": lambda size: "".join(f"<x{n}>a</x{n}>" for n in range(size // 14)),
    "mislabelled notes": lambda size: "".join(f"[^a{n}] " for n in range(size // 32))
    + "".join(f"\n\n[^b{n}]: x" for n in range(size // 32)),
    "quotations": lambda size: _up_to(size, lambda depth: ">" * depth + " a\n"),
    "markers of lists": lambda size: "- " * (size // 2) + "a",
    "headings": lambda size: "## a\n" * (size // 5),
    "underlined headings": lambda size: "a\n---\n" * (size // 6),
    "ruby": lambda size: "<ruby>a<rt>b</rt></ruby> " * (size // 25),
    "languages": lambda size: "<span lang='de'>a \"b\"</span> " * (size // 30),
    "lists without items": lambda size: "<ul>x</ul>\n" * (size // 11),
}  # fmt: skip


def _seconds(make: Callable[[], object]) -> float:
    begun = time.process_time()
    make()
    return time.process_time() - begun


def assert_grows_evenly(make: Callable[[int], Callable[[], object]], small: int) -> None:
    """What ``make`` gives for a size takes no more than eight times as long for four times it.

    Where it took sixteen times as long it grew with the square. A machine that is busy gets a
    second and a third chance.
    """
    for _ in range(3):
        one, four = (
            min(_seconds(made) for _ in range(2)) for made in (make(small), make(4 * small))
        )
        if four < 8 * max(one, 0.01):
            return
    raise AssertionError(f"{one:.3f} s, and for four times as much {four:.3f} s")


@pytest.mark.parametrize("kind", KINDS)
def test_a_chapter_takes_as_long_as_it_is_long(kind: str) -> None:
    assert_grows_evenly(lambda size: lambda: chapter(f"# T\n\n{KINDS[kind](size)}\n"), _SMALL)


def test_hints_take_no_longer_with_many_to_choose_from() -> None:
    """As many mistyped words as there are right ones."""

    def hints(count: int) -> Callable[[], object]:
        right = Choices(f"heading-{number * 7919}" for number in range(count))
        wrong = [f"heating {number * 7907}" for number in range(count)]
        return lambda: [right.hint(word, "The headings are") for word in wrong]

    assert_grows_evenly(hints, 100)


def test_a_hint_among_many_names_the_nearest_three() -> None:
    """And says how many others there are."""
    known = Choices([f"chapter-{number:03}.md" for number in range(183)])
    assert known.hint("chaptre-012.md", "The chapters are") == "Did you mean `chapter-012.md`?"
    hint = known.hint("zzz", "The chapters are")
    assert hint.count("`") == 6
    assert hint.endswith(" and 180 more.")


def test_a_sentence_that_never_ends_is_cut() -> None:
    """What the chronology tells of it is the words around the date."""
    (event,) = chapter(f"# T\n\n{'word ' * 2000}[May](when:1943-05) {'word ' * 2000}").events
    assert "May" in event.sentence
    assert len(event.sentence) < 2100
    assert event.sentence.startswith("… word")
