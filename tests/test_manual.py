"""The author's guide: each of its examples is Markdown that does what the guide says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from book import dates
from book.model import Chapter, Kind
from tests.chapters import SLUG, chapter

PAGE = (Path(__file__).parents[1] / "docs" / "manuscript.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```markdown\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def example(part: str) -> Chapter:
    """The one example that holds ``part``."""
    (found,) = (one for one in EXAMPLES if part in one)
    return chapter(found)


@pytest.mark.parametrize("text", EXAMPLES)
def test_no_example_has_a_fault(text: str) -> None:
    found = chapter(text).findings
    # What a comment silences is found all the same, and silenced when all is read.
    assert [one for one in found if f"book: ignore {one.code}" not in text] == []


def test_all_kinds_are_listed() -> None:
    assert all(f"`{kind}`" in PAGE for kind in Kind)


def test_front_matter() -> None:
    made = example("kind: preface")
    assert (made.kind, made.title) == (Kind.PREFACE, "To the reader")
    assert made.summary == "Why this book was written."


def test_headings() -> None:
    assert [one.id for one in example("{#americans}").headings] == [f"{SLUG}.americans"]


def test_dates() -> None:
    assert example("when:1943-09-10").events[0].sentence == "Molotov rules out a separate peace"
    assert example("when:1943-08)").events[0].sentence == "The letter left Tokyo in August 1943."


def test_people() -> None:
    assert [one.person for one in example("who:sato").mentions] == ["sato"]


def test_notes() -> None:
    made = example("[^tass]:")
    assert [(note.label, note.series) for note in made.notes] == [
        ("tass", "source"),
        ("ed-date", "editor"),
    ]
    assert made.notes[0].body.count("<p>") == 2
    assert [one.target for one in made.references] == [made.notes[1].id]


def test_links() -> None:
    targets = [one.target for one in example("05-telegram.md#interview").references]
    assert targets == [
        "c05-telegram.interview",
        "c06-berlin",
        f"{SLUG}.interview",
        "c05-telegram.n.tass",
    ]
    assert [one.id for one in example("{: #place }").anchors] == [f"{SLUG}.place"]


def test_figures() -> None:
    made = example("images/map.svg")
    assert made.images[0].src == "chapters/images/map.svg"
    assert "<figcaption>The <em>only</em> road open<a data-note" in made.body


def test_tables_and_lists() -> None:
    made = example("| Month").body
    assert '<td class="align-right">12</td>' in made
    assert "<li>nested below the words of its item</li>" in made
    assert "<dd>ambassador in Moscow</dd>" in made
    assert "☑" in made


def test_typography() -> None:
    made = example("l'art").body
    assert made == "<p>“He said ‘no’,” she wrote in ’43 — the year of “l’art pour l’art”.</p>"


def test_the_rest() -> None:
    assert "<em>Peace</em> is not <strong>divided</strong>.<br/>" in example("> *Peace*").body
    assert '<sup>nd</sup> reading of <span lang="ru">мир</span>' in example("<sup>").body


def test_every_date_of_the_table_can_be_read() -> None:
    table = PAGE.partition("| Write | For |")[2].partition("\n\n")[0]
    written = re.findall(r"`([^`]+)`", table)
    assert len(written) > 10
    for edtf in written:
        assert dates.parse(edtf).words("en")


def test_numbers_and_parts() -> None:
    assert not example("{.unnumbered}").numbered
    assert example("kind: part").kind is Kind.PART


def test_notes_in_the_line() -> None:
    assert [note.body for note in example("^[TASS").notes] == [
        "<p>TASS, 12\u00a0September 1943.</p>"
    ]


def test_captions() -> None:
    assert "<caption>Prices <em>of bread</em></caption>" in example("| Goods").body


def test_verse_boxes_and_pages() -> None:
    assert example("| Roses").body.count('class="line') == 3
    made = example("::: epigraph").body
    assert '<div class="epigraph">' in made
    assert '<p class="alert-title">On names</p>' in made
    pages = example("Check this!").body
    assert "<hr/>" in pages
    assert '<div class="pagebreak"/>' in pages
    assert "Check" not in pages
