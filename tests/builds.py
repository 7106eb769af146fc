"""The clean book built and edited, and builds as processes of their own, which tests may kill."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from book.build import build
from tests.conftest import CLEAN

ROOT = Path(__file__).parents[1]
CHAPTER = "chapters/01-ankara.md"
EDITED = "# Ankara\n\n[Sato](who:sato) settled nothing.[^a]\n\n[^a]: Only one letter tells of it.\n"

#: A build that kills itself at a call that has to do with an output.
DYING = """
import os, pathlib, signal
from book.cli.commands import main
real, count = {call}, 0
def die(*args):
    global count
    count += isinstance(args[0], int) or args[0].name.startswith(".a-clean-book")
    if count == {time}:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*args)
{call} = die
main()
"""


@cache
def built_in(folder: Path) -> Path:
    """The clean book in ``folder``, with its outputs and a warm store; made once a process."""
    book = shutil.copytree(CLEAN, folder / "book")
    assert build(book).written
    return book


def both(root: Path, settings: str, *chapters: str) -> tuple[Path, Path]:
    """The PDF and the EPUB of a book of ``chapters`` in which nothing is wrong."""
    (root / "chapters").mkdir()
    (root / "book.toml").write_text(settings, "utf-8")
    for number, text in enumerate(chapters, 1):
        (root / f"chapters/{number}.md").write_text(text, "utf-8")
    result = build(root, ["pdf", "epub"])
    assert not result.findings
    pdf, epub = (one.path for one in result.written)
    return pdf, epub


def start(book: Path, *args: str, code: str = "") -> subprocess.Popen[bytes]:
    """A build as a process of its own; ``code`` may take the place of the program."""
    program = ["-c", code] if code else ["-m", "book"]
    command = [sys.executable, *program, "build", "-q", "--book", str(book), *args]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)


def wait_for(look: Any, enough: Any) -> Any:
    """What is seen as soon as it is enough, or after ten seconds."""
    end = time.monotonic() + 10
    while not enough(seen := look()) and time.monotonic() < end:
        time.sleep(0.02)
    return seen


def descendants(pid: int) -> list[int]:
    """The processes that have been started by ``pid`` or by those that it has started."""
    parents = {
        int(path.name): parent_of(path) for path in Path("/proc").iterdir() if path.name.isdigit()
    }
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found[1:]


def parent_of(process: Path) -> int:
    """The parent of a process, by its folder in /proc."""
    with suppress(OSError):
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    return 0


def is_alive(pid: int) -> bool:
    """Whether a process runs still; one that only waits to be buried does not."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def alone(code: str, *arguments: str) -> tuple[int, bytes]:
    """``code`` in a Python of its own: its exit status, and what it says on standard error."""
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, capture_output=True, check=False)
    return done.returncode, done.stderr
