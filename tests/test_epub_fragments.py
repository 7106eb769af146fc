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


def drawn(books: int, chapters: int) -> list[str]:
    """So many times so many chapters, by chance, but each time the same ones."""
    found: list[str] = []

    @settings(
        max_examples=books,
        derandomize=True,
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(markdown(), min_size=chapters, max_size=chapters))
    def draw(some: list[str]) -> None:
        found.extend(some)

    draw()
    return found


@pytest.mark.slow
def test_epubcheck_has_nothing_to_say() -> None:
    """Of two hundred and forty chapters, each with HTML that stands as it may and as it may not."""
    chapters = drawn(12, 20)
    assert len(chapters) == 240
    assert judged(chapters) == []
