"""One figure of the table: a command, run some times."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event

from bench.memory import largest


@dataclass(frozen=True, slots=True)
class Step:
    """What is measured: a command, and what has to be done ``before`` each run of it.

    A command that ``tells`` prints the seconds that count; else all of its time counts.
    """

    what: str
    command: Sequence[str]
    before: Callable[[], None] = lambda: None
    tells: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: seconds (median, least, most) and the largest process's memory in MB."""

    book: str
    what: str
    median: float
    least: float
    most: float
    megabytes: float


def measured(book: str, step: Step, runs: int) -> Row:
    """The figures of ``step`` for the book called ``book``."""
    seconds, megabytes = [], []
    for _ in range(runs):
        step.before()
        took, memory = _run(step)
        seconds.append(took)
        megabytes.append(memory)
    return Row(
        book, step.what, statistics.median(seconds), min(seconds), max(seconds), max(megabytes)
    )


def _run(step: Step) -> tuple[float, float]:
    """The seconds and the megabytes of one run."""
    ended = Event()
    out = subprocess.PIPE if step.tells else subprocess.DEVNULL
    start = time.perf_counter()
    child = subprocess.Popen(step.command, stdout=out, stderr=subprocess.DEVNULL)
    with ThreadPoolExecutor(1) as watcher:
        memory = watcher.submit(largest, child.pid, ended)
        told, _ = child.communicate()
        seconds = time.perf_counter() - start
        ended.set()
    if child.returncode:
        raise SystemExit(f"{' '.join(step.command)} failed")
    return float(told.split()[-1]) if step.tells else seconds, memory.result()
