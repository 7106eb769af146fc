"""To a printer, by the program ``lp`` of CUPS."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

from book.press.errors import PressError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from book.press.paper import Paper

_PATIENCE = 60  # seconds for the scheduler to answer


def command(path: Path, printer: str, paper: Paper, copies: int = 1) -> list[str]:
    """The command that prints the booklet at ``path``: both sides, in its own size, collated."""
    options = (
        "sides=two-sided-short-edge",
        f"media={paper.media}",
        "print-scaling=none",
        "collate=true",
    )
    named = [part for option in options for part in ("-o", option)]
    return ["lp", "-d", printer, "-n", str(copies), *named, "--", str(path)]


def send(command: Sequence[str]) -> str:
    """Run a :func:`command`; what ``lp`` says, with the job's number.

    Raises PressError if there is no CUPS here, no such printer, or ``lp`` refuses.
    """
    if shutil.which("lp") is None:
        raise PressError(
            "There is no CUPS here (its program lp is not found). Install it (Debian and Ubuntu: "
            "apt install cups-client), or open the booklet and print it from there."
        )
    done = _run(command)
    if done.returncode == 0:
        return done.stdout.strip()
    there = _printers()
    printer = command[command.index("-d") + 1]
    if there is not None and printer not in there:
        known = f"There are {', '.join(there)}." if there else "CUPS here has none."
        raise PressError(f"There is no printer `{printer}`. {known}")
    raise PressError(f"The booklet could not be sent. {done.stderr.strip()}")


def _printers() -> list[str] | None:
    """The names of the printers that CUPS knows; None if it can't be asked."""
    if shutil.which("lpstat") is None:
        return None
    done = _run(["lpstat", "-e"])
    return done.stdout.split() if done.returncode == 0 else None


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            timeout=_PATIENCE,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        raise PressError(f"CUPS did not answer within {_PATIENCE} seconds.") from None
