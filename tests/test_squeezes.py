"""What is done to a table that is too wide comes to an end, whatever a theme asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pieces import made

_WIDE = "<table><tr>" + "<td>Archdeaconry</td>" * 20 + "</tr></table>"
_TEXT = f'<section><div class="text"><p>One.</p>{_WIDE}<p>Two.</p></div></section>'


@pytest.mark.parametrize(
    "css",
    [
        "table { font-size: 0 }",
        ":root { --least-table: -4pt }",
        "p { display: table; white-space: nowrap; width: 400mm }",
    ],
)
def test_it_ends(tmp_path: Path, css: str) -> None:
    """The piece is set."""
    assert made(tmp_path, _TEXT, css=css).is_file()
