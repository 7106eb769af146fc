"""``python -m tests.growth``: seconds of the processor and megabytes, by kind and size.

Exits with 1 if a kind took more than two and a half times as long for twice the size.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.growth.kinds import KINDS

#: Below so many seconds, the start of the program is most of what is measured.
_NOISE = 3.0
_RATIO = 2.5
_SETTINGS = '[book]\ntitle = "T"\nauthors = ["Ada Example"]\nlanguage = "en"\n'


def measured(text: str, most: int) -> tuple[float, int]:
    """Seconds of the processor and megabytes that ``book check`` takes for a chapter of ``text``.

    Raises AssertionError if it ends in anything but findings, or takes longer than ``most``.
    """
    with tempfile.TemporaryDirectory(prefix="growth-") as folder:
        book = Path(folder) / "book"
        (book / "chapters").mkdir(parents=True)
        (book / "book.toml").write_text(_SETTINGS)
        (book / "chapters/01.md").write_text(text)
        command = [sys.executable, "-P", "-m", "book", "check", "--book", str(book)]
        with (Path(folder) / "said").open("w+") as said:
            process = subprocess.Popen(
                command, stdout=said, stderr=said,
                env={**os.environ, "CHAPBOOK_STORE": f"{folder}/store"},
            )  # fmt: skip
            resource.prlimit(process.pid, resource.RLIMIT_CPU, (most, most))
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            said.seek(0)
            words = said.read()
    assert process.returncode in {0, 1}, f"ended with {process.returncode}\n{words[-2000:]}"
    assert "Traceback" not in words, words[-2000:]
    assert "chapbook's" not in words, words[-2000:]
    return used.ru_utime + used.ru_stime, used.ru_maxrss >> 10


def _chapter(name: str, size: int) -> str:
    text = KINDS[name](size)
    return (
        text
        if text.startswith("---")
        else f"# {text}\n"
        if name == "a title"
        else f"# T\n\n{text}\n"
    )


def main() -> int:
    """Measure, and tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.growth", description=__doc__)
    parser.add_argument("--kinds", nargs="+", default=list(KINDS), choices=list(KINDS))
    parser.add_argument("--megabytes", nargs="+", type=float, default=[1.25, 2.5, 5, 10])
    parser.add_argument("--most", type=int, default=900, help="seconds after which one is ended")
    asked = parser.parse_args()
    wrong = []
    for name in asked.kinds:
        seconds: list[float] = []
        for size in asked.megabytes:
            try:
                took, memory = measured(_chapter(name, int(size * 1e6)), asked.most)
            except AssertionError as problem:
                print(f"{name:32} {size:6g} MB  {problem}", flush=True)
                wrong.append(name)
                break
            grew = took / seconds[-1] if seconds else 0.0
            seconds.append(took)
            print(f"{name:32} {size:6g} MB {took:7.1f} s {memory:6} MB  ×{grew:.1f}", flush=True)
            if grew > _RATIO and took > _NOISE:
                wrong.append(name)
    print("Too fast:", ", ".join(dict.fromkeys(wrong)) or "none")
    return bool(wrong)


if __name__ == "__main__":
    raise SystemExit(main())
