"""Pandoc as a process of its own: sandboxed, bounded in time and memory, fed with one file."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from book.imports.model import ImportFailedError

_SECONDS = 300
_MEMORY = "2g"
_LARGEST_TREE = 512 << 20
_HINT = 'Install it with `pip install "chapbook[import]"`, or pandoc itself from pandoc.org.'


class Read(NamedTuple):
    """Pandoc's tree (``meta`` and ``blocks``), and what it says it skipped, with line numbers."""

    meta: dict[str, Any]
    blocks: list[dict[str, Any]]
    log: list[dict[str, Any]]


def pandoc() -> str:
    """The program: that of pypandoc-binary if it runs here, else the one on the PATH."""
    candidates: list[str] = []
    with suppress(ImportError):
        import pypandoc

        candidates.append(str(Path(pypandoc.__file__).parent / "files" / "pandoc"))
    candidates += [path for path in [shutil.which("pandoc")] if path]
    for path in candidates:
        # A wheel may hold the program of another machine.
        with suppress(OSError, subprocess.SubprocessError):
            subprocess.run([path, "--version"], check=True, capture_output=True, timeout=30)
            return path
    raise ImportFailedError("This kind of file is read by pandoc, which isn't here.", _HINT)


def read(
    raw: bytes,
    form: str,
    ending: str,
    work: Path,
    options: tuple[str, ...] = (),
    seconds: int = _SECONDS,
) -> Read:
    """``raw`` read as ``form``; pictures that lie in it go to ``work``, named in the tree.

    Pandoc runs in its sandbox: it reads no file but this one and fetches nothing. Raises
    ImportFailedError with what it says if it can't read the file, or takes too long.
    """
    file, tree, log = work / f"source{ending}", work / "tree.json", work / "log.json"
    file.write_bytes(raw)
    command = [
        pandoc(), "--sandbox", "--verbose", f"--from={form}", "--to=json", f"--log={log}",
        f"--output={tree}", f"--extract-media={work / 'media'}", *options, str(file),
        "+RTS", f"-M{_MEMORY}", "-RTS",
    ]  # fmt: skip
    kept = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT", "TMPDIR") if key in os.environ}
    try:
        done = subprocess.run(
            command, cwd=work, capture_output=True, timeout=seconds, check=False,
            env={**kept, "HOME": str(work), "LANG": "C.UTF-8"},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        message = f"Pandoc was not done with this file after {seconds} seconds."
        raise ImportFailedError(message, "Split the file, and import its parts.") from None
    if done.returncode or not tree.is_file():
        said = done.stderr.decode(errors="replace").replace(str(file), "the file").strip()
        lines = [line for line in said.splitlines() if not line.startswith("[INFO]")]
        if "nknown input format" in said:
            hint = "A newer pandoc does: `pip install --upgrade pypandoc-binary`."
            raise ImportFailedError(f"This pandoc doesn't read {form.partition('+')[0]}.", hint)
        raise ImportFailedError(f"Pandoc can't read this file: {' '.join(lines)[-300:]}")
    return _parsed(tree, log)


def _parsed(tree: Path, log: Path) -> Read:
    if tree.stat().st_size > _LARGEST_TREE:
        raise ImportFailedError("This file is too large: its tree has more than 512 MB.")
    try:
        document = json.loads(tree.read_bytes())
        entries = json.loads(log.read_bytes()) if log.is_file() else []
    except RecursionError:
        message = "What stands in this file is nested too deep to be a book's."
        raise ImportFailedError(message) from None
    return Read(document["meta"], document["blocks"], entries)
