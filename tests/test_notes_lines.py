"""A note's lines in the manuscript are no lines in print."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.base.xml import inner
from book.model import Pages
from book.render.pdf.draft.marks import PrintMarks
from tests.epubs import assembled


@pytest.mark.parametrize(
    ("note", "printed"),
    [
        ("One line.\nSecond.", "One line. Second."),
        ("One line. \nSecond.", "One line. Second."),
        ("*One*\n*more*", "<em>One</em> <em>more</em>"),
        ("A\n\n    - x\n      y", "<li>x y</li>"),
        ("A\n\n        x\n        y", "<code>x\ny\n</code>"),
    ],
)
def test_a_line_that_ends_in_the_manuscript_goes_on(
    tmp_path: Path, note: str, printed: str
) -> None:
    """White space is folded before WeasyPrint, which doesn't in notes; code keeps its lines."""
    book = assembled(tmp_path, {"01": f"# T\n\nText.[^a]\n\n[^a]: {note}\n"})
    dress = PrintMarks(book, Pages((), {}))
    assert printed in inner(dress.spelled(book.chapters[0].body))
