"""``python -m tests.fuzz --minutes 60``: goes on for so long, and says what broke and how often.

What is printed of each fault is the smallest folder that was met; it is not made smaller. Exits
with 1 if anything broke.
"""

from __future__ import annotations

import argparse
import itertools
import time
import traceback
import warnings
from collections import Counter

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.fuzz.books import Files, books
from tests.fuzz.run import tried

#: Every so many folders a PDF is made, which takes twenty times as long as all else.
SHARE = 12
_BATCH = 50


def main() -> int:
    """Run, and tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    given_words = parser.parse_args()
    warnings.simplefilter("ignore")
    end = time.monotonic() + given_words.minutes * 60
    faults: Counter[str] = Counter()
    smallest: dict[str, tuple[Files, str]] = {}
    count = itertools.count(1)
    for batch in itertools.count(given_words.seed):
        for files in _drawn(batch):
            number = next(count)
            pdf = ("pdf", "handout") if number % (SHARE * 3) == 0 else ("pdf",)
            try:
                tried(files, ("epub", *pdf) if number % SHARE == 0 else ("epub",))
            except Exception as problem:  # noqa: BLE001 # all of them are what is looked for
                fault = _named(problem)
                faults[fault] += 1
                known = smallest.get(fault)
                if known is None or _size(files) < _size(known[0]):
                    smallest[fault] = files, traceback.format_exc()
                    if known is None:
                        print(f"NEW {fault}\n{files}\n{traceback.format_exc()}", flush=True)
            if time.monotonic() > end:
                _tell(faults, smallest)
                print(
                    f"{number} folders in {given_words.minutes:g} minutes: "
                    f"{sum(faults.values())} broke, in {len(faults)} ways."
                )
                return bool(faults)
    return 0


def _drawn(number: int) -> list[Files]:
    found: list[Files] = []

    @seed(number)
    @settings(
        max_examples=_BATCH,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(books())
    def draw(files: Files) -> None:
        found.append(files)

    draw()
    return found


def _named(problem: Exception) -> str:
    """What broke and where: the last line of ours in the traceback."""
    ours = [one for one in traceback.extract_tb(problem.__traceback__) if "/book/" in one.filename]
    where = f"{ours[-1].filename.rpartition('/book/')[2]}:{ours[-1].lineno}" if ours else "fuzz"
    return f"{type(problem).__name__} in {where}"


def _size(files: Files) -> int:
    return sum(map(len, files.values()))


def _tell(faults: Counter[str], smallest: dict[str, tuple[Files, str]]) -> None:
    for fault, times in faults.most_common():
        print(f"{times} times {fault}\n{smallest[fault][0]}\n{smallest[fault][1]}")


if __name__ == "__main__":
    raise SystemExit(main())
