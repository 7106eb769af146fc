"""Tables as they look: grids, columns below dashes, rows of several lines."""

from __future__ import annotations

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
