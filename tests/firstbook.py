"""The first book, in print, and the words of its manuscript as they stand there."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from book.build import build
from tests.judges import pdftext
from tests.volumes import Printed

ROOT = Path(__file__).parents[1]

SOURCES = {path.stem: path.read_text("utf-8") for path in sorted(ROOT.glob("chapters/*.md"))}


@cache
def printed_in(folder: Path) -> Printed:
    """The book of this repository, made in ``folder``, once a process."""
    result = build(ROOT, ["pdf"], folder)
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
