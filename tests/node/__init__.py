"""Programs of Node.js that judge ebooks: foliate-js, which reads them, and Ace by DAISY.

They come from the npm registry by ``package-lock.json``, which holds their digests and no
address, into a folder of the virtual environment (``make test`` installs them). Where they, or
Chromium, can't be had, the tests that need them are skipped and say so.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

_HERE = Path(__file__).parent
_FILES = ("package.json", "package-lock.json")
#: Seconds that npm may take: a minute on a slow line.
_PATIENCE = 120

#: What keeps Chromium from calling home; it may run as root, since it only opens our own files.
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


def modules() -> Path:
    """The folder ``node_modules``, filled; skips the test if that can't be done."""
    try:
        return install()
    except OSError as problem:
        pytest.skip(f"npm brings no modules: {problem}")


@cache
def install() -> Path:
    """Install the modules if they are not there, and return their folder; raises OSError."""
    digest = hashlib.sha256(b"".join((_HERE / name).read_bytes() for name in _FILES)).hexdigest()
    folder = Path(sys.prefix) / f"node-{digest[:12]}"
    done = folder / "installed"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # another worker may be at it
        if not done.exists():
            for name in _FILES:
                shutil.copy(_HERE / name, folder)
            _npm(folder)
            done.touch()
    return folder / "node_modules"


def _npm(folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise OSError("there is no npm")
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    environment = {**os.environ, "PUPPETEER_SKIP_DOWNLOAD": "1"}
    try:
        subprocess.run(
            command,
            cwd=folder,
            env=environment,
            check=True,
            capture_output=True,
            timeout=_PATIENCE,
        )
    except subprocess.TimeoutExpired as problem:
        raise OSError(f"npm took more than {_PATIENCE} seconds") from problem
    except subprocess.CalledProcessError as problem:
        said = problem.stderr.decode(errors="replace").strip().splitlines()
        raise OSError(said[0] if said else "npm failed") from problem


def chromium() -> str:
    """The path of Chromium; skips the test if there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("there is no Chromium")
    return found
