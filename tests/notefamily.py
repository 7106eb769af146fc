"""A family of chapters made to be hard on notes, and the book of them read back from its pages.

Each member has one trouble: a note of pages, notes on every line, in tables, in headings. They are
one book, so that it is set side by side and bound once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from tests.drafts import COIN, Draft, random_draft
from tests.volumes import Printed

#: Between these heights, in points, lies an A5 page's text, one line more at its foot; a line.
FOOT, HEAD, LINE = 60, 540, 14.0


def long_note() -> Draft:
    """A note of more than 10,000 characters, and short ones before and after."""
    draft = Draft(1)
    draft.paragraph(150, 50)
    draft.add(f"{draft.words(40)}{draft.note(1900)} {draft.words(40)}.")
    for _ in range(5):
        draft.paragraph(150, 30)
    return draft


def two_notes_in_a_line() -> Draft:
    """Two notes called in the same line: a short one and a page."""
    draft = Draft(2)
    draft.paragraph(60)
    draft.add(f"{draft.words(21)}{draft.note(90)} {draft.words(3)}{draft.note(420)}.")
    draft.paragraph(400, 80)
    return draft


def long_note_at_the_end() -> Draft:
    """The chapter ends with the call of a note longer than a page."""
    draft = Draft(3)
    draft.paragraph(200, 60)
    draft.add(f"{draft.words(21)}{draft.note(700)}.")
    return draft


def calls_behind_long_notes() -> Draft:
    """Behind the calls of long notes stands what calls notes at once."""
    draft = Draft(6)
    for size, block in (
        (480, f"## {draft.words(3)}"),
        (620, f"> {draft.words(5)}"),
        (560, f"- {draft.words(5)}"),
        (500, f"| One | Two |\n|---|---|\n| {draft.words(9)} | {draft.words(9)} |"),
    ):
        draft.paragraph(60)
        draft.add(f"{draft.words(21)}{draft.note(size)} {draft.words(3)}.")
        draft.add(block, f"{draft.words(5)}{draft.note(12)} {draft.words(9)}{draft.note(40)}.")
    draft.paragraph(300, 40, 12)
    return draft


def long_notes_in_last_lines() -> Draft:
    """Each paragraph calls a long note in its last line but one, or thereabouts."""
    draft = Draft(7)
    for words in range(27, 37):
        draft.paragraph(60)
        draft.add(f"{draft.words(words)}{draft.note(130)} {draft.words(9)}.")
    return draft


def many_notes() -> Draft:
    """Three hundred notes, as in an edition of letters."""
    draft = Draft(4)
    for _ in range(20):
        draft.paragraph(90, 6, 4)
    return draft


def note_on_every_line() -> Draft:
    """Each line calls a note that takes two lines: there is more note than text."""
    draft = Draft(5)
    for _ in range(6):
        draft.paragraph(100, 10, 16)
    return draft


def notes_at_the_last_line(number: int) -> Draft:
    """A call wanders down the foot of the first page, a line a draft."""
    draft = Draft(number)
    draft.paragraph(160 + 14 * (number - 10))
    draft.add(f"{draft.words(9)}{draft.note(50)} {draft.words(30)}.")
    draft.paragraph(150)
    return draft


def notes_in_tables() -> Draft:
    """In both columns of a table that goes over pages, in its head and after it."""
    draft = Draft(30)
    draft.paragraph(60, 30)
    head = f"| {draft.words(1)}{draft.note()} | {draft.words(1)}{draft.note()} |"
    del draft.coins[-2:]  # They are said again on each page.
    rows = [
        f"| {draft.words(7)}{draft.note(12)} | {draft.words(5)}{draft.note(20)} |"
        for _ in range(30)
    ]
    draft.add("\n".join([head, "|---|---|", *rows]))
    draft.paragraph(60, 30)
    return draft


def notes_in_headings() -> Draft:
    """In the title and in headings of three levels."""
    draft = Draft(31, title="Titled")
    draft.coins.append("Titled")
    draft.title += draft.note()
    for level in (2, 3, 4, 2):
        draft.paragraph(120, 40)
        draft.add(f"{'#' * level} {draft.words(1)}{draft.note(30)}")
    draft.paragraph(300)
    return draft


def notes_in_quotations() -> Draft:
    """Of one paragraph and of several, one within the other."""
    draft = Draft(32)
    for _ in range(6):
        draft.paragraph(60)
        first = f"> {draft.words(30)}{draft.note(20)}\n>\n> {draft.words(15)}{draft.note(60)}."
        draft.add(first, f"> > {draft.words(15)}{draft.note(20)}")
    return draft


def notes_in_captions() -> Draft:
    """Below pictures."""
    draft = Draft(33)
    for _ in range(4):
        draft.paragraph(60)
        draft.add(f'![A map](images/map.png "{draft.words(7)}{draft.note(20)}")')
    draft.paragraph(60)
    return draft


def notes_in_lists() -> Draft:
    """Bulleted, numbered, loose and within each other."""
    draft = Draft(34)
    for mark in ("-", "1.", "-", "1."):
        rows = [f"{mark} {draft.words(9)}{draft.note(25)}" for _ in range(6)]
        inner = [f"    - {draft.words(9)}{draft.note(25)}" for _ in range(3)]
        draft.add("\n".join([*rows, *inner]))
        draft.paragraph(30)
        draft.add("\n\n".join(f"{mark} {draft.words(9)}{draft.note(25)}" for _ in range(3)))
        draft.paragraph(30)
    return draft


def notes_in_definitions() -> Draft:
    """In terms and in what is said of them."""
    draft = Draft(35)
    for _ in range(8):
        term = f"{draft.words(1)}{draft.note(12)}"
        draft.add(f"{term}\n: {draft.words(30)}{draft.note(25)}")
    return draft


def rich_notes() -> Draft:
    """Notes with paragraphs, a list, a quotation, a table and a picture."""
    draft = Draft(36)
    for _ in range(4):
        draft.paragraph(100)
        rest = (
            f"\n\n    - {draft.apart(20)}\n    - {draft.apart(20)}"
            f"\n\n    > {draft.apart(30)}"
            f"\n\n    | {draft.apart(3)} | {draft.apart(3)} |\n    |---|---|"
            f"\n    | {draft.apart(3)} | {draft.apart(3)} |"
            f"\n\n    ![A map](images/map.png)"
            f"\n\n    {draft.apart(40)}"
        )
        draft.add(f"{draft.words(15)}{draft.note(12, rest=rest)} {draft.words(30)}.")
    draft.paragraph(300)
    return draft


def two_series() -> Draft:
    """The sources' notes and the editor's, side by side."""
    draft = Draft(37)
    for _ in range(30):
        calls = f"{draft.words(9)}{draft.note(12)} {draft.words(5)}"
        draft.add(f"{calls}{draft.note(20, 'editor')} {draft.words(20)}.")
    return draft


def long_notes_in_a_line(number: int) -> Draft:
    """A line that calls two long notes and a short one, wandering down its page."""
    draft = Draft(number)
    draft.paragraph(60 + 28 * (number - 40))
    first, second = ((420, 20), (700, 600), (130, 40))[number % 3]
    calls = f"{draft.words(21)}{draft.note(first)} {draft.words(1)}{draft.note(second)}"
    draft.add(f"{calls} {draft.words(1)}{draft.note(12)} {draft.words(60)}.")
    draft.paragraph(300, 60)
    return draft


def two_last_lines_that_call() -> Draft:
    """Each paragraph calls a long note in its last line but one, and a short one in its last."""
    draft = Draft(8)
    for words in range(40, 54):
        draft.paragraph(60)
        calls = f"{draft.words(words)}{draft.note(170)} {draft.words(11)}"
        draft.add(f"{calls}{draft.note(30)}.")
    return draft


PLAIN = [
    long_note(),
    two_notes_in_a_line(),
    long_note_at_the_end(),
    many_notes(),
    note_on_every_line(),
    long_notes_in_last_lines(),
]
PLAIN += [notes_at_the_last_line(number) for number in range(10, 20)]
MIXED = [notes_in_tables(), notes_in_headings(), notes_in_quotations(), notes_in_captions()]
MIXED += [calls_behind_long_notes(), notes_in_lists(), notes_in_definitions(), rich_notes()]
MIXED += [two_series()]
CHANCE = [random_draft(number) for number in range(60, 66)]
#: Where a note gives way to those behind it, its rest comes after they have begun.
GIVING_WAY = [long_notes_in_a_line(number) for number in range(40, 52)]
GIVING_WAY += [two_last_lines_that_call()]
FAMILY = [*PLAIN, *MIXED, *CHANCE, *GIVING_WAY]


@dataclass(frozen=True)
class Spot:
    """Where a coin stands: the page, counted from 0, and the height of its line."""

    page: int
    height: float


class Family(Printed):
    """The family's book with the places of all coins."""

    @cached_property
    def spots(self) -> dict[str, list[Spot]]:
        """Where each coin stands, in the order of the pages and of their content."""
        found: dict[str, list[Spot]] = {}
        for page, letters in enumerate(self.letters):
            # Small capitals don't tell what was capital.
            text = "".join(one.text[0] for one in letters).casefold()
            for match in COIN.finditer(text):
                spot = Spot(page, letters[match.start()].bottom)
                found.setdefault(match.group(), []).append(spot)
        return found

    def pages_of(self, draft: Draft) -> range:
        """The pages of a draft."""
        return self.chapters[re.sub(r"\[.*", "", draft.title)]

    def lines(self, page: int) -> list[float]:
        """The heights of a page's lines of text and notes, from its head to its foot."""
        heights = {round(one.bottom, 1) for one in self.letters[page] if one.text.strip()}
        return sorted((height for height in heights if FOOT < height < HEAD), reverse=True)
