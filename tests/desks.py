"""The desk in a process of its own, as a writer starts it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.builds import ROOT

#: No command takes so long, on however busy a machine.
PATIENCE = 60


def started(*args: str | Path) -> subprocess.Popen[str]:
    """The command ``book`` with ``args``; what it says can be read line by line."""
    command = [sys.executable, "-u", "-m", "book", *map(str, args)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def line_of(process: subprocess.Popen[str]) -> str:
    """The next line that it says."""
    assert process.stdout is not None
    return process.stdout.readline()


@contextmanager
def desk(book: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address of a desk for ``book``, and its process, which is ended after."""
    with started("serve", "--book", book) as process:
        try:
            found = re.search(r"http://\S+", line_of(process))
            assert found is not None
            yield found[0], process
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(PATIENCE)
