"""A chapter of four times the size takes about four times as long, whatever it is full of."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from book.base.codes import finding
from book.base.text import Choices
from book.checks import prose
from book.checks.silence import silenced
from book.model import BookTable, Config, Place, Source, Text
from tests.chapters import chapter
from tests.growth import kinds as growth

_SMALL = 4000


#: Those that once took too long, of all in ``tests/growth``, which holds for ten megabytes.
KINDS = (
    "brackets",
    "images",
    "links",
    "links, closed at the end",
    "links with quotation marks",
    "reference calls",
    "note calls",
    "brackets in brackets",
    "inline notes in each other",
    "sections",
    "sections, closed at the end",
    "sections in paragraphs",
    "tags",
    "tags, closed at the end",
    "tags with quotation marks",
    "open comments",
    "tags that close nothing",
    "tags in tags",
    "blocks in bold type",
    "backticks",
    "backslashes",
    "dates in one line",
    "dates that can't be read",
    "days",
    "one day told",
    "months",
    "one word",
    "addresses in brackets",
    "pictures",
    "unknown tags",
    "tags of many names",
    "mislabelled notes",
    "unknown people",
    "dead links",
    "quotations in each other",
    "markers of lists",
    "equal headings",
    "headings",
    "underlined headings",
    "ruby",
    "languages",
    "lists without items",
    "definitions of notes",
    "one definition list",
    "fenced divisions in each other",
    "emphasis, closed at the end",
)


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
    assert_grows_evenly(
        lambda size: lambda: chapter(f"# T\n\n{growth.KINDS[kind](size)}\n"), _SMALL
    )


@pytest.mark.parametrize("kind", [one for one in growth.KINDS if "silence" in one])
def test_silences_take_as_long_as_there_are_many(kind: str) -> None:
    """With something that they silence on each of their lines."""

    def silences(size: int) -> Callable[[], object]:
        source = Source("a.md", "a", Text.of(f"# T\n\n{growth.KINDS[kind](size)}\n"), "")
        lines = range(source.text.count("\n"))
        found = [finding("W001", Place("a.md", line + 1, 1), "Twice.", "") for line in lines]
        config = Config(BookTable("T", ("A",), "en"))
        return lambda: silenced(found, Path(), [source], config)

    assert_grows_evenly(silences, _SMALL)


@pytest.mark.parametrize("kind", ["lists in each other", "lines of spaces", "pipes", "hyphens"])
def test_prose_is_told_from_the_rest_in_even_time(kind: str) -> None:
    """Line by line, whatever a line is full of."""

    def told(size: int) -> Callable[[], object]:
        text = f"# T\n\n{growth.KINDS[kind](size)}\n"
        return lambda: prose.lines(text, prose.without_fences(text))

    assert_grows_evenly(told, 4 * _SMALL)


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
