"""``book watch``: the outputs are made again whenever the book is changed."""

from __future__ import annotations

import time
from threading import Event
from typing import TYPE_CHECKING

from book import build
from book.model import Severity
from book.serve.changes import changes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from book.model import Finding, Result


def watch(root: Path, names: Sequence[str], out: Path | None, kept: Path | None) -> Iterator[str]:
    """Build, and again after each change; a line for each time, without an end.

    What is wrong with the book is in the line; what can't be read or written is, too, since the
    next change may mend it. Raises UnusableError if no book can be made on this machine.
    """
    for _ in changes(root, [out or root / "build"], Event()):
        yield _built(root, names, out, kept)


def _built(root: Path, names: Sequence[str], out: Path | None, kept: Path | None) -> str:
    start = time.perf_counter()
    try:
        result = build.build(root, names, out, kept=kept)
    except OSError as problem:
        where = f" {problem.filename}" if problem.filename else ""
        return f"Can't use{where}: {problem.strerror or problem}."
    return line(result, time.perf_counter() - start)


def line(result: Result, seconds: float) -> str:
    """What came of a build that took so many ``seconds``, in one line."""
    made = [
        f"{one.name} {one.pages} page{'s' * (one.pages != 1)}" if one.pages else one.name
        for one in result.written
    ]
    what = ", ".join(made) or "nothing was written"
    found = result.findings
    if not found:
        return f"{what} ({seconds:.1f} s)"
    stops = [one for one in found if one.severity is Severity.ERROR]
    return f"{what} ({seconds:.1f} s); {_first(stops or found, len(found))}"


def _first(shown: Sequence[Finding], count: int) -> str:
    one = shown[0]
    more = f" (and {count - 1} more: book check)" if count > 1 else ""
    return f"{one.place}: {one.severity}[{one.code}]: {one.message}{more}"
