"""The first book, in print, and the words of its manuscript as they stand there."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

from book.build import build
from tests.judges import pdftext
from tests.volumes import Printed

ROOT = Path(__file__).parents[1]

SOURCES = {path.stem: path.read_text("utf-8") for path in sorted(ROOT.glob("chapters/*.md"))}


def store_in(base: Path) -> Path:
    """The store of this book, by the folder for temporary files that pytest has.

    The processes of pytest-xdist, which each have one, share it.
    """
    return (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "first-book-store"


@cache
def printed_in(base: Path) -> Printed:
    """The book of this repository, made in a folder of ``base``, once a process."""
    result = build(ROOT, ["pdf"], base / "first-book", kept=store_in(base))
    assert result.written, result.findings
    return Printed(result.written[0].path, result.findings)


def title_of(source: str) -> str:
    """A chapter's title as it stands in print."""
    found = re.search(r"^# (.+?)(?: \{.*\})?$", source, re.MULTILINE)
    assert found is not None
    return found[1].replace("'", "’")


def heading_of(source: str, anchor: str) -> str:
    """The heading that has this anchor."""
    found = re.search(rf"^#+ (.+?) \{{{re.escape(anchor)}\}}$", source, re.MULTILINE)
    assert found is not None, anchor
    return found[1]


def words_of(markdown: str) -> list[str]:
    """The words of a line of the manuscript as they stand in print."""
    return pdftext.words(markdown.replace("'", "’").replace("*", ""))


def contains(text: list[str], words: list[str]) -> bool:
    """Whether ``words`` follow each other in ``text``."""
    return any(text[at : at + len(words)] == words for at in range(len(text) - len(words) + 1))
