"""How far a comment silences: the block that follows it, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.build import check
from tests.conftest import Lay

_TOML = '[book]\ntitle = "A"\nauthors = ["Roe, Ada"]\nlanguage = "en"\n'
_SILENCE = "<!-- book: ignore L001, the file is lost -->"
_DEAD = "[it](gone.md)"


@pytest.mark.parametrize(
    "block",
    [
        f"Of {_DEAD}\nand {_DEAD}.",
        f"- of {_DEAD}\n\n  and {_DEAD}",
        f"> of {_DEAD}\n> and {_DEAD}",
        f"Of {_DEAD}:\n```\ncode\n\ncode\n```\nand {_DEAD}.",
        f"```of``` {_DEAD}\nand {_DEAD}.",
    ],
    ids=["paragraph", "list", "quotation", "fenced code", "code in a line"],
)
def test_a_comment_silences_its_block_alone(tmp_path: Path, lay: Lay, block: str) -> None:
    """Whatever the block holds; the same fault in the next paragraph is told."""
    text = f"# A\n\n{_SILENCE}\n\n{block}\n\nOf {_DEAD}.\n"
    found = check(lay(tmp_path, {"book.toml": _TOML, "chapters/01.md": text}))
    last = text.count("\n")
    assert [(one.code, one.place.line) for one in found] == [("L001", last)]
