"""Whatever HTML an author writes, the EPUB is valid."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.epubs import NO_FONTS, PEOPLE, PIXEL, TOML, assembled, made, pixel
from tests.fragments import markdown
from tests.judges import epubcheck


def judged(chapters: list[str]) -> list[str]:
    """What EPUBCheck says of a book of ``chapters``."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("book.render.epub.cover.picture", pixel)
        root = Path(folder)
        (root / "chapters").mkdir()
        (root / "chapters" / "a.png").write_bytes(PIXEL)
        named = {f"{number:03}": text for number, text in enumerate(chapters, 1)}
        book = assembled(root, named, TOML + PEOPLE + NO_FONTS)
        path = root / "book.epub"
        path.write_bytes(made(book).data)
        return [str(message) for message in epubcheck.check(path)]


@pytest.mark.slow
@settings(
    max_examples=12,
    derandomize=True,
    phases=[Phase.generate],  # to shrink many chapters, each with a judge, takes long
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(markdown(), min_size=20, max_size=20))
def test_epubcheck_has_nothing_to_say(chapters: list[str]) -> None:
    """Of two hundred and forty chapters, each with HTML that stands as it may and as it may not."""
    assert judged(chapters) == []
