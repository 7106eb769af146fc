"""What may not go on for ever: words, addresses, dates, and what sets pages."""

from __future__ import annotations

import io
import os
import signal
import tempfile
import time
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from book.base import allowed, woff
from book.base.errors import BoundsError
from book.base.fonts import faces, opened
from book.cache import processes
from book.cache.bounded import bounded
from book.cache.pool import MEMORY, Pool, dismiss
from book.cache.store import Nothing
from book.figures import timeline
from book.render.longwords import parted
from book.render.pdf import jobs
from book.render.pdf.engine import lines
from book.theme import theme
from tests.chapters import chapter
from tests.chronicles import chronicle
from tests.test_growth import assert_grows_evenly
from tests.test_jobs import job


@pytest.mark.parametrize("width", [0, 300, 0.1])
def test_no_more_of_a_text_is_laid_than_its_next_line_needs(
    width: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long the word is of which the line is full."""
    laid: list[int] = []

    def split(text: str, _style: Any, _context: Any, width: float, **_: Any) -> tuple[Any, ...]:
        laid.append(len(text))
        fits = max(int(width / 5), 1)
        return None, fits, fits if len(text) > fits else None, fits * 5, 12, 10

    monkeypatch.setattr(lines, "_split", split)
    found = lines.split_near("w" * 100_000, {"font_size": 10}, None, width)
    assert found[2] == max(int(width / 5), 1)
    assert sum(laid) < 1000


def test_a_text_that_can_t_be_broken_is_laid_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a few tries with more and more of it."""
    laid: list[int] = []

    def split(text: str, *_: Any, **__: Any) -> tuple[Any, ...]:
        laid.append(len(text))
        return None, len(text), None, 5 * len(text), 12, 10

    monkeypatch.setattr(lines, "_split", split)
    assert lines.split_near("w" * 50_000, {"font_size": 10}, None, 300)[2] is None
    assert laid[-1] == 50_000
    assert len(laid) < 6


def test_a_word_of_many_lines_may_end_anywhere() -> None:
    """In what is read, and nowhere in tags; shorter ones and what isn't Latin are as they were."""
    word, other = "w" * 401, "\u4e00" * 450
    html = f'<p id="{word}" title="a b">{word} {word[1:]} &amp;{word} {other}</p>'
    made = parted(html)
    assert made.replace("\u200b", "") == html
    assert made.count("\u200b") == 100
    assert f'id="{word}"' in made
    assert "&amp;" in made


def test_an_accent_stays_on_its_letter() -> None:
    """Where a long word may be broken."""
    assert "\u200b\u0301" not in parted("<p>" + "o\u0301" * 300 + "</p>")


def test_a_timeline_takes_as_long_as_it_has_dates() -> None:
    """Though each of them finds its neighbours."""

    def made(count: int) -> Any:
        days = (date(1800, 1, 1) + timedelta(days=3 * number) for number in range(count))
        book = chronicle(*((day.isoformat(), f"It is {day}.") for day in days))
        return lambda: timeline(book, width=108)

    assert_grows_evenly(made, 300)


def test_addresses_that_never_end_are_a_finding() -> None:
    """At the first that was not looked for."""
    found = chapter("# T\n\nWords.\n\n" + "[a](" * 70_000 + "\"')\n").findings
    (one,) = [one for one in found if one.code == "M020"]
    assert one.place.line == 5
    assert one.place.column > 100_000
    assert not chapter("# T\n\n" + "[a](b) [c](d 'e') " * 500).findings


def test_an_address_in_the_ebook_s_sheet_is_a_finding(tmp_path: Path) -> None:
    """At its place; what is right in the rule stays, and print may name files."""
    for name in ("epub.css", "print.css"):
        path = tmp_path / "styles" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("p {\n  color: red;\n  background: url(a.png);\n}\n")
    look, found = theme.load(tmp_path)
    assert [(one.code, str(one.place)) for one in found] == [("S003", "styles/epub.css:3:3")]
    assert "red" in look.css("epub")
    assert "a.png" not in look.css("epub")
    assert "a.png" in look.css("print")


def _for_ever() -> None:
    with processes.in_time(1):
        while True:
            pass


def test_what_never_ends_in_a_pool_s_process_is_ended() -> None:
    """In words, and the process goes on."""
    pool = Pool(1, "spawn")
    try:
        with pytest.raises(BoundsError, match="longer than 1 second"):
            pool.submit(_for_ever).result(60)
        assert pool.submit(abs, -1).result(60) == 1
    finally:
        pool.kill_workers()


def _leave() -> tuple[int, str]:
    return os.getpid(), tempfile.mkdtemp()


def test_a_process_in_which_all_went_well_makes_the_next_thing() -> None:
    """What failed, or was killed while it waited, makes nothing more and leaves nothing."""
    dismiss()
    (first, left), (second, _) = (bounded(_leave, 9, MEMORY) for _ in range(2))
    assert first == second
    os.kill(first, signal.SIGKILL)
    (third, _), fourth = bounded(_leave, 9, MEMORY), bounded(os.getpid, 9, MEMORY)
    assert first != third == fourth
    with pytest.raises(BoundsError, match="0 can't be"):
        bounded(partial(_refuse, 0), 9, MEMORY)
    assert not Path(left).exists()
    assert bounded(os.getpid, 9, MEMORY) != fourth


def _refuse(number: int) -> None:
    raise ValueError(f"{number} can't be")


def test_a_block_that_is_set_for_ever_has_a_box_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the finding says which it is."""
    setting = jobs._set

    def endless(one: Any, kept: Any) -> Any:
        while "for ever" in one.html and one.html.count("…") == 0:
            time.process_time()
        return setting(one, kept)

    monkeypatch.setattr(jobs, "_set", endless)
    monkeypatch.setattr(jobs, "seconds", lambda _job: 1)
    monkeypatch.setattr(processes, "_OURS", [True])
    text = "One.</p><p>This takes for ever.</p><p>Two."
    (piece,) = jobs.work(job(text, tmp_path), Nothing(tmp_path))
    (unset,) = piece.record.unset
    assert unset.text == "This takes for ever."
    assert "longer than" in unset.words


@pytest.mark.parametrize(
    "css",
    [
        "p { width: " + "(" * 1500,
        "p { fill: " + "calc(" * 1200 + "1" + ")" * 1200 + " }",
        ":is(" * 800 + "p" + ")" * 800 + " { fill: red }",
        "p { fill: url(" + "(" * 1500 + ") }",
    ],
)
def test_styles_that_nest_too_deep_are_left_out(css: str, tmp_path: Path) -> None:
    """In a picture as in a sheet; the rest of both stays."""
    kept = allowed.svg_sheet(f"g {{ fill: red }} {css}", [])
    assert "red" in kept
    assert "((" not in kept
    assert not allowed.svg_attribute("fill", css.partition(":")[2])
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles/print.css").write_text(f"h1 {{ color: red }}\n{css}")
    look, found = theme.load(tmp_path)
    assert {one.code for one in found} <= {"S003"}
    assert "h1 { color: red" in look.css("print")


@pytest.mark.parametrize("flavor", ["woff", "woff2"])
def test_a_font_that_is_a_bomb_is_none(flavor: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is unpacked only as far as any font goes; an honest one is read."""
    whole = io.BytesIO()
    font = TTFont(faces()[0].path)
    font.flavor = flavor
    font.save(whole)
    assert opened(whole.getvalue()).glyph_count > 100
    monkeypatch.setattr(woff, "MOST", 10_000)
    with pytest.raises(ValueError, match="longer than any"):
        opened(whole.getvalue())
