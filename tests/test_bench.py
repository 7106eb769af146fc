"""The benchmark measures what it says."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bench.books import change_word, chapters, prepare, resize
from bench.run import Step, measured

#: A process that does little, whose child's child takes 200 MB.
_GRANDPARENT = """
import subprocess, sys, time
big = "import time; held = b'x' * (200 << 20); time.sleep(0.5)"
between = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {big!r}])"
subprocess.run([sys.executable, "-c", between])
print("something else"); print(0.25)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux has /proc")
def test_memory_is_that_of_the_largest_descendant() -> None:
    """Not that of the command, which does little itself."""
    row = measured("a", Step("b", [sys.executable, "-c", _GRANDPARENT]), 1)
    assert 200 < row.megabytes < 300
    assert row.least >= 0.5


def test_a_command_may_tell_its_own_seconds() -> None:
    """The last word that it prints."""
    calls: list[None] = []
    step = Step("b", [sys.executable, "-c", _GRANDPARENT], lambda: calls.append(None), tells=True)
    row = measured("a", step, 2)
    assert (row.median, row.least, row.most) == (0.25, 0.25, 0.25)
    assert len(calls) == 2


def test_a_command_that_fails_stops_the_measurement() -> None:
    """A figure of it would mean nothing."""
    with pytest.raises(SystemExit):
        measured("a", Step("b", [sys.executable, "-c", "raise SystemExit(1)"]), 1)


@pytest.mark.parametrize(("quarters", "count"), [(1, 3), (4, 12), (12, 36)])
def test_books_grow_by_whole_chapters(quarters: int, count: int, tmp_path: Path) -> None:
    """A quarter of the chapters, all of them, three copies of each."""
    book = prepare(None, tmp_path / "book")
    resize(book, quarters)
    assert len(chapters(book)) == count


def test_an_edit_changes_one_word(tmp_path: Path) -> None:
    """To another one each time."""
    chapter = tmp_path / "one.md"
    chapter.write_text("# A title\n\nSome other words.\n", "utf-8")
    seen = set()
    for _ in range(3):
        change_word(chapter)
        seen.add(chapter.read_text("utf-8"))
    assert len(seen) == 3
