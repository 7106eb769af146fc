"""The table: ``python -m bench [--runs 5] [--set 250] [--set 1000] [--desk] [--growth]``."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from bench.books import prepare
from bench.growth import Size, growth
from bench.plain import write_html
from bench.preview import preview
from bench.run import Row, measured
from bench.steps import checking, cold, plain, steps

_SETS = Path(os.environ.get("CHAPBOOK_BENCH", "../shared/bench"))


def main() -> None:
    """Measure, print the table, write it as JSON."""
    options = argparse.ArgumentParser(prog="python -m bench")
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--set", action="append", dest="sets")
    options.add_argument("--growth", action="store_true", help="how a page's time grows, only")
    options.add_argument("--desk", action="store_true", help="checks and the preview, only")
    given = options.parse_args()
    names = given.sets or [name for name in ("250", "1000") if (_SETS / name).is_dir()]
    rows: list[Row | Size] = []
    with tempfile.TemporaryDirectory() as folder:
        if given.desk:
            for name in names:
                book = prepare(_SETS / name, Path(folder) / name)
                rows += (_shown(measured(name, one, given.runs)) for one in checking(book))
                rows += map(_shown, preview(name, book))
        elif given.growth:
            source = _SETS / names[-1] if names else None
            rows += map(_shown_size, growth(source, Path(folder), given.runs))
        else:
            for name in names or ["generated"]:
                source = _SETS / name if names else None
                rows += _table(name, prepare(source, Path(folder) / name), given.runs)
    target = Path("build/bench.json")
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps([asdict(row) for row in rows], indent=1), "utf-8")


def _table(name: str, book: Path, runs: int) -> Iterator[Row]:
    """All rows of one book, printed as they come."""
    write_html(book, book / "plain.html")
    alone = _shown(measured(name, plain(book), runs))
    ours = _shown(measured(name, cold(book), runs))
    yield from (alone, ours)
    for step in (*steps(book), *checking(book)):
        yield _shown(measured(name, step, runs))
    yield from map(_shown, preview(name, book))
    ratio = alone.median / ours.median
    print(f"{name:>10}  a cold build is {ratio:.2f} times as fast as plain WeasyPrint")


def _shown(row: Row) -> Row:
    print(
        f"{row.book:>10}  {row.what:<42} {row.median:7.2f} s  ({row.least:.2f}-{row.most:.2f})"
        f"  {row.megabytes:5.0f} MB",
        flush=True,
    )
    return row


def _shown_size(size: Size) -> Size:
    print(
        f"{size.book:>10}  {size.pages:5} pages  {size.milliseconds:6.1f} ms a page"
        f"  {size.megabytes:5.0f} MB",
        flush=True,
    )
    return size


if __name__ == "__main__":
    main()
