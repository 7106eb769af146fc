"""How long an edit takes in a process that has built before: a watcher's, or an editor's.

Run as ``python -m bench.warm BOOK CHAPTER``: changes a word of the chapter and builds the PDF,
twice, and prints the seconds of the second build. The first has imported the libraries, started
the workers and filled the store, as a running process's last build has.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from bench.books import change_word
from bench.steps import store


def main() -> None:
    """Edit, build, edit, build, tell."""
    from book import build

    book, chapter = map(Path, sys.argv[1:])
    seconds = 0.0
    for _ in range(2):
        change_word(chapter)
        start = time.perf_counter()
        if not build.build(book, ["pdf"], kept=store(book)).written:
            raise SystemExit("the book has errors")
        seconds = time.perf_counter() - start
    print(seconds)


if __name__ == "__main__":
    main()
