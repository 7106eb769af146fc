"""To a printer, by the program ``lp`` of CUPS, until what was sent is on paper or has failed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from typing import TYPE_CHECKING, Literal

from book.base.text import suggestion
from book.press import ipp
from book.press.errors import PressError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from book.press.paper import Paper

_PATIENCE = 60  # seconds for the scheduler to answer
_OFTEN, _SELDOM = 0.2, 3.0  # seconds between two questions, at first and later
_LONGEST = 12 * 3600  # seconds that a job is followed
_NUMBER = re.compile(r"\S+-(\d+)(?=[\s(])")


def command(
    path: Path,
    printer: str,
    paper: Paper,
    copies: int = 1,
    edge: Literal["long", "short"] = "short",
) -> list[str]:
    """The command that prints the file at ``path``: both sides, in its own size, collated.

    ``edge`` is the one that its sheets are turned on.
    """
    options = (
        f"sides=two-sided-{edge}-edge",
        f"media={paper.media}",
        "print-scaling=none",
        "collate=true",
    )
    named = [part for option in options for part in ("-o", option)]
    return ["lp", "-d", printer, "-n", str(copies), *named, "--", str(path)]


def unasked() -> str:
    """Why CUPS can't be asked for its printers, in a sentence; empty if it can."""
    if shutil.which("lp") is None or shutil.which("lpstat") is None:
        return (
            "There is no CUPS here (its program lp is not found). Install it (Debian and Ubuntu: "
            "apt install cups-client), or leave out --printer and print the file from its window."
        )
    if "not running" in _run(["lpstat", "-r"]).stdout:
        return (
            "CUPS is not running here. Start it (with systemd: systemctl start cups), or leave "
            "out --printer and print the file from its window."
        )
    return ""


def seek(printer: str) -> None:
    """Raise PressError if CUPS has no ``printer`` of that name; capitals mean nothing to it."""
    there = _run(["lpstat", "-e"]).stdout.split()
    if printer.partition("/")[0].casefold() not in {one.casefold() for one in there}:
        known = suggestion(printer, there, "There are") or "CUPS here has none."
        raise PressError(f"There is no printer `{printer}`. {known}")


def send(command: Sequence[str]) -> int:
    """Run a :func:`command`; the number of the job that ``lp`` says it has become.

    Raises PressError if ``lp`` refuses.
    """
    done = _run(command)
    found = _NUMBER.search(done.stdout)
    if done.returncode == 0 and found:
        return int(found[1])
    raise PressError(f"The file could not be sent. {(done.stderr or done.stdout).strip()}")


def follow(printer: str, number: int, tell: Callable[[str], None]) -> None:
    """Wait until the job of that ``number`` is printed; ``tell`` is told what changes.

    Raises PressError if it fails, or if its ``printer`` stands still.
    """
    name = f"{printer}-{number}"
    said, ends, pause = "", time.monotonic() + _LONGEST, _OFTEN
    while time.monotonic() < ends:
        words = _looked_at(printer, number, name)
        if not words:
            return
        if words != said:
            tell(words)
            said = words
        time.sleep(pause)
        pause = min(pause * 1.5, _SELDOM)
    raise PressError(f"{name} is still not printed. `lpstat -o {printer}` says how it stands.")


def _looked_at(printer: str, number: int, name: str) -> str:
    """How the job stands, in a few words; none if it is printed. Raises PressError."""
    server = _run(["lpstat", "-H"]).stdout.strip()
    try:
        job, there = ipp.job(server, number), ipp.printer(server, printer)
    except OSError as problem:
        raise PressError(
            f"{name} was sent, and can't be followed: {problem}. `lpstat -o` says how it stands."
        ) from None
    if job.state == ipp.COMPLETED:
        return ""
    why = f": {job.message or there.message}" if job.message or there.message else ""
    if job.state == ipp.CANCELED:
        raise PressError(f"{name} was cancelled.")
    if job.state == ipp.ABORTED:
        raise PressError(f"{name} was not printed{why}.")
    if there.state == ipp.PRINTER_STOPPED:
        raise PressError(
            f"The printer {printer} stands still{why}. {name} waits there: `cupsenable {printer}` "
            f"lets it go on, `cancel {name}` takes it back."
        )
    if job.state in {ipp.HELD, ipp.STOPPED}:
        return f"{name} is held{why}"
    reasons = [one for one in there.reasons if not one.endswith("-report")]
    return f"{name} is under way" + (f" ({', '.join(reasons)})" if reasons else "") + why


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run a program of CUPS, which speaks English to us."""
    try:
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            timeout=_PATIENCE,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "LC_ALL": "C"},
        )
    except subprocess.TimeoutExpired:
        raise PressError(f"CUPS did not answer within {_PATIENCE} seconds.") from None
