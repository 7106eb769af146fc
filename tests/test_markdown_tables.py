"""Tables as they look: grids, columns below dashes, rows of several lines."""

from __future__ import annotations

import re

import pytest

from tests.chapters import body, codes


def test_a_grid_holds_markdown() -> None:
    made = body(
        "+--------+-------:+\n| *Road* | Toll   |\n+========+=======:+\n| North  | - 5    |\n"
        "| gate   | - 6    |\n+--------+--------+\n| South  | 7      |\n+--------+--------+\n\n"
        ": Tolls by road\n"
    )
    assert "<caption>Tolls by road</caption><thead><tr>" in made
    assert '<th scope="col"><em>Road</em></th><th class="align-right" scope="col">Toll</th>' in made
    assert "<ul><li>5</li><li>6</li></ul>" in made
    assert made.count("<tr>") == 3


def test_a_mark_in_a_cell_moves_no_column() -> None:
    """Where marks stand is noted in the text, which takes no room in the drawing."""
    made = body(
        "+---------+-----+\n| a[^n]   | one |\n| [b](#c) | two |\n+---------+-----+\n\n[^n]: Note."
    )
    assert "one\ntwo</td>" in made
    assert "data-note" in made


def test_cells_that_span_others_are_told() -> None:
    text = "# T\n\n+---+---+\n| a     |\n+---+---+\n| 1 | 2 |\n+---+---+\n"
    assert codes(text) == ["M010 3:1"]
    assert "<pre>+---+---+\n| a     |" in body(text)


def test_columns_stand_below_dashes() -> None:
    made = body("  Right  Left     Middle\n-------  ------  --------\n     12  12         12\n")
    assert '<th class="align-right" scope="col">Right</th><th scope="col">Left</th>' in made
    assert '<td class="align-center">12</td></tr>' in made


def test_columns_without_a_head_end_at_dashes() -> None:
    made = body("---- ----\nOne  Two\n\nMore too\n---- ----\n\nText.")
    assert "<thead>" not in made
    assert made.count("<tr>") == 2
    assert made.endswith("<p>Text.</p>")


def test_rows_of_several_lines_are_parted_by_empty_ones() -> None:
    made = body(
        "------------------\nName    What was\n        paid\n------- ----------\n"
        "North   Five, and\n        a sheep\n\nSouth   Nothing\n------------------\n\nText."
    )
    assert '<th scope="col">What was paid</th>' in made
    assert "<td>Five, and a sheep</td></tr><tr><td>South</td>" in made
    assert made.endswith("<p>Text.</p>")


def test_rules_and_titles_are_none() -> None:
    assert body("A\n\n---\n\nB") == "<p>A</p>\n<hr/>\n<p>B</p>"
    assert "<table" not in body("- - -\n\nText\n\n---- ----\n")


_BARRED = "| Road | Toll |\n|---|---|\n| North | 5 |\n"
_GRID = "+------+------+\n| Road | Toll |\n+======+======+\n| N    | 5    |\n+------+------+\n"
_PLAIN = "Road     Toll\n------   ------\nNorth    5\n"
_RULED = (
    "---------------\nRoad     Toll\n------   ------\nNorth    5\n\nSouth    6\n---------------\n"
)


@pytest.mark.parametrize(
    "table", [_BARRED, _GRID, _PLAIN, *(f"\n{one}" for one in (_BARRED, _GRID, _PLAIN, _RULED))]
)
@pytest.mark.parametrize("above", ["# T\n\n:", "Some text.\n\n:", "- an item\n\nTable:"])
def test_a_caption_may_stand_above(table: str, above: str) -> None:
    """A colon there makes no term of the text before it."""
    text = f"{above} Tolls *by* road {{#tolls}}\n{table}\nMore, see [](#tolls).\n"
    made = body(text)
    assert '<table id="S.tolls"><caption>Tolls <em>by</em> road</caption><thead>' in made
    assert "<dl" not in made
    assert codes(text) == []


def test_each_table_has_its_own_caption() -> None:
    """Above or below, but in one way: the colon between two is the first one's that has none."""
    above = body(f": One\n\n{_BARRED}\n: Two\n\n{_GRID}\n: Three\n{_PLAIN}")
    below = body(f"Text.\n\n{_BARRED}\n: One\n\n{_GRID}\n: Two\n\n{_PLAIN}\n: Three\n")
    for made in (above, below):
        assert re.findall("<table><caption>([^<]*)</caption>", made) == ["One", "Two", "Three"]
        assert "<dl" not in made


@pytest.mark.parametrize(
    "text",
    [
        f"Toll\n: What is paid.\n\n{_BARRED}",
        f"Toll\n\n: What is paid.\n\n    More.\n\n{_BARRED}",
        f"Toll\n\n: What is paid.\n: On a road.\n\n{_BARRED}",
        f"Toll\n: What is paid.\n\n: On a road.\n\n{_BARRED}",
        f"Toll\n\n: What is paid.\n\n{_BARRED}\n: Tolls\n",
    ],
)
def test_a_definition_before_a_table_stays_one(text: str) -> None:
    """Where the table has a caption below, too, or the colon is right below its term."""
    made = body(text)
    assert "<dt>Toll</dt>" in made
    assert "<caption>What" not in made
    assert "<caption>On" not in made


def test_a_caption_above_what_is_no_table_is_kept() -> None:
    """A grid whose cells span others stands as typed, and its caption before it."""
    text = "# T\n\n: Tolls\n\n+---+---+\n| a     |\n+---+---+\n| 1 | 2 |\n+---+---+\n"
    assert body(text).index("Tolls") < body(text).index("<pre>")
    assert codes(text) == ["M010 5:1"]


def test_a_caption_knows_its_table_behind_a_line_of_attributes() -> None:
    made = body(f"Text.\n\n: Tolls\n\n{{: .small}}\n{_BARRED}")
    assert '<table class="small"><caption>Tolls</caption>' in made


@pytest.mark.parametrize("above", ["# T\n\n", "# T\n\n- item\n\n", "# T\n\n***\n\n"])
def test_a_definition_without_a_term_stands_as_typed(above: str) -> None:
    text = f"{above}: Tolls\n\nText.\n"
    assert ">: Tolls</p>" in body(text)
    assert codes(text) == []
