"""Lines of scripts without spaces are even."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from book.base.typefaces import faces_of, packaged
from tests.pieces import made


def test_lines_of_japanese_end_where_the_measure_does(tmp_path: Path) -> None:
    """All but the last, with and without Latin words; letters give alike."""
    faces = faces_of("Noto Sans JP", packaged())
    if not faces:
        pytest.skip("chapbook[cjk-ja] is not installed")
    text = (
        "川は町の真ん中を流れ、岸辺には年老いた商人たちが腰をおろした。The Postはそう書いた。" * 4
    )
    css = 'body { font-family: "Noto Sans JP" }'
    path = made(tmp_path, f"<p>{text}</p>", css=css, language="ja", more=faces)
    with pypdfium2.PdfDocument(path) as pdf:
        page = pdf[0].get_textpage()
        boxes = [page.get_charbox(at) for at in range(page.count_chars())]
    ends: dict[int, float] = {}
    for _, bottom, right, _ in boxes:
        if right:
            ends[round(bottom / 14)] = max(right, ends.get(round(bottom / 14), 0))
    lines = [ends[line] for line in sorted(ends, reverse=True)]
    assert len(lines) > 3
    assert max(lines[:-1]) - min(lines[:-1]) < 6  # A stop takes less than its square.
