"""The table: ``python -m bench [--runs 5] [--set 250] [--set 1000]``."""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.books import prepare
from bench.plain import write_html

_SETS = Path(os.environ.get("CHAPBOOK_BENCH", "../shared/bench"))


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: seconds (median, least, most) and the largest process's memory in MB."""

    book: str
    what: str
    median: float
    least: float
    most: float
    megabytes: float


def main() -> None:
    """Measure, print the table, write it as JSON."""
    options = argparse.ArgumentParser(prog="python -m bench")
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--set", action="append", dest="sets")
    given = options.parse_args()
    names = given.sets or [name for name in ("250", "1000") if (_SETS / name).is_dir()]
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        for name in names or ["generated"]:
            source = _SETS / name if names else None
            book = prepare(source, Path(folder) / name)
            rows += _measure(name, book, given.runs)
    target = Path("build/bench.json")
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps([asdict(row) for row in rows], indent=1), "utf-8")


def _measure(name: str, book: Path, runs: int) -> list[Row]:
    out, html = book / "build", book / "plain.html"
    chapters = sorted((book / "chapters").glob("*.md"))
    first, middle = chapters[0], chapters[len(chapters) // 2]
    build = [sys.executable, "-m", "book", "build", "pdf", "-q", "--book", str(book)]
    write_html(book, html)
    plain = [sys.executable, "-m", "bench.plain", str(html), str(book / "plain.pdf")]

    def emptied() -> None:
        subprocess.run(["rm", "-rf", str(out)], check=True)

    steps: list[tuple[str, list[str], Callable[[], None]]] = [
        ("plain WeasyPrint", plain, lambda: None),
        ("cold", build, emptied),
        ("nothing changed", build, lambda: None),
        ("one word changed", build, lambda: _change_word(middle)),
        ("a page more in the first chapter", build, lambda: _add_page(first)),
    ]
    rows = [_row(name, what, command, before, runs) for what, command, before in steps]
    ratio = rows[0].median / rows[1].median
    print(f"{name:>10}  a cold build is {ratio:.2f} times as fast as plain WeasyPrint")
    return rows


def _row(book: str, what: str, command: list[str], before: Callable[[], None], runs: int) -> Row:
    seconds, memory = [], 0.0
    for _ in range(runs):
        before()
        start = time.perf_counter()
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        seconds.append(time.perf_counter() - start)
        if child.returncode:
            raise SystemExit(f"{' '.join(command)} failed")
        memory = max(memory, used.ru_maxrss / 1024)
    row = Row(book, what, statistics.median(seconds), min(seconds), max(seconds), memory)
    print(
        f"{book:>10}  {what:<34} {row.median:7.2f} s  ({row.least:.2f}-{row.most:.2f})"
        f"  {row.megabytes:5.0f} MB",
        flush=True,
    )
    return row


def _change_word(chapter: Path) -> None:
    """Change one word of ``chapter``, to another one each time."""
    text = chapter.read_text("utf-8")
    word = next(word for word in text.split() if word.isalpha() and len(word) > 4)
    chapter.write_text(text.replace(word, word[1:] + word[0], 1), "utf-8")


def _add_page(chapter: Path) -> None:
    """Repeat some of the longest paragraphs of ``chapter``: about a page."""
    paragraphs = chapter.read_text("utf-8").split("\n\n")
    prose = [one for one in paragraphs if one[:1].isalpha() and "[^" not in one]
    more = sorted(prose, key=len)[-3:]
    chapter.write_text("\n\n".join([paragraphs[0], *more, *paragraphs[1:]]), "utf-8")


if __name__ == "__main__":
    main()
