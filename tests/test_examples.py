"""Examples, as Pandoc counts them: ``(@)``, ``(@name)``, and what names them."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.build import build
from tests.chapters import body, codes
from tests.judges import pdftext, verapdf

_BEGINS = '<ol class="cb-examples">'


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("(@) One.\n(@) Two.", f"{_BEGINS}<li>One.</li><li>Two.</li></ol>"),
        ("See (@b), `(@b)`, (@y).\n\n(@) One.\n\nText.\n\n(@b) Two, (@b).", (
            '<p>See <a data-to="S.b">(2)</a>, <code>(@b)</code>, (@y).</p>'
            f"{_BEGINS}<li>One.</li></ol><p>Text.</p>"
            f'{_BEGINS[:3]} start="2"{_BEGINS[3:]}<li id="S.b">Two, '
            '<a data-to="S.b">(2)</a>.</li></ol>'
        )),
        ("Ann\n(@ann) wrote, not \\(@ann).", "<p>Ann (@ann) wrote, not (@ann).</p>"),
    ],
)  # fmt: skip
def test_examples_are_counted_through_a_chapter(text: str, wanted: str) -> None:
    """Whatever stands between them; elsewhere a name is a link that says the number."""
    assert body(f"# A\n\n{text}\n").replace(">\n<", "><").replace("\n", " ") == wanted


def test_a_name_that_no_example_has_is_told() -> None:
    """L005, only in a chapter that has some; a colleague's name in brackets is text."""
    assert codes("# A\n\n(@a) One.\n\n> Two (@b) and\n> `(@c)`.\n\n```\n(@d)\n```\n") == [
        "L005 5:7"
    ]
    assert codes("# A\n\nWords by Ann (@ann).\n") == []


def test_in_print_they_have_brackets(tmp_path: Path) -> None:
    """And so have the lists of a style sheet that makes a counter's style itself."""
    (tmp_path / "chapters").mkdir()
    (tmp_path / "styles").mkdir()
    settings = '[book]\ntitle = "T"\nauthors = ["A"]\nlanguage = "en"\n'
    (tmp_path / "book.toml").write_text(settings)
    (tmp_path / "chapters/a.md").write_text("# A\n\n(@) One.\n(@x) Two.\n\n1. Three\n")
    own = '@counter-style steps { system: extends decimal; suffix: "/ " }\n'
    (tmp_path / "styles/print.css").write_text(own + "ol:not([class]) { list-style: steps }\n")
    result = build(tmp_path, ["pdf"], cache=False)
    assert not result.findings
    text = pdftext.pages(result.written[0].path)[-1].split()
    assert {"(1)", "(2)", "1/"} <= {*text}
    verapdf.assert_compliant(result.written[0].path, "ua1")
