"""A folder is checked and built; whatever it holds, what comes of it is a book or findings."""

from __future__ import annotations

import os
import re
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from book import build
from book.cache.processes import alarmed
from book.model import Finding
from tests.fuzz.books import Files

#: No honest folder of this size takes so many seconds of the processor.
SECONDS = 60
#: So much longer it may take by the clock: the machine may be busy.
PATIENCE = 20


class HangError(Exception):
    """Something takes too long."""


def tried(files: Files, outputs: tuple[str, ...]) -> None:
    """Check a folder of ``files``, make ``outputs`` of it, and look at what is found.

    Raises whatever the program raises, AssertionError for a finding that can't be right, and
    :class:`HangError`.
    """
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder, _bounded():
        root = Path(folder) / "book"
        for name, data in files.items():
            path = os.fsencode(root) + b"/" + name
            os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 # of bytes
            with open(path, "wb") as file:  # noqa: PTH123 # the same
                file.write(data)
        for finding in build.check(root):
            _look_at(finding, root)
        for output in outputs:
            result = build.build(root, (output,), Path(folder) / "out", cache=False)
            for finding in result.findings:
                _look_at(finding, root)
            assert result.written or any(one.severity == "error" for one in result.findings)


def _look_at(finding: Finding, root: Path) -> None:
    """Its place is in a file that is there, and it says something to somebody."""
    place = finding.place
    assert finding.message.strip(), finding
    assert not re.search("[\x00-\x08\x0e-\x1f\x7f]", str(place) + finding.message), finding
    if not place.line:
        return
    # What can't be printed of a name is shown as a replacement character.
    shown = {
        re.sub("[\x00-\x1f\x7f-\x9f\ud800-\udfff]", "\ufffd", str(path.relative_to(root))): path
        for path in root.rglob("*")
    }
    assert place.path in shown, finding
    path = shown[place.path]
    text = path.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert place.line <= len(lines), finding
    assert place.column <= len(lines[place.line - 1].encode()) + 1, finding


@contextmanager
def _bounded() -> Iterator[None]:
    problem = HangError(f"more than {SECONDS} seconds")

    def stop(number: int, frame: FrameType | None) -> None:
        raise problem

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, SECONDS * PATIENCE)
    try:
        with alarmed(SECONDS, problem):
            yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
