"""H: titles and headings."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from book.base.codes import finding
from book.base.paths import lines
from book.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from book.model import Book, Finding


#: Meant to be a title: a space is missing.
_TITLE = re.compile(r"#[^\W\d_]")


def missing_title(book: Book) -> Iterator[Finding]:
    """H001: a chapter has no title."""
    for chapter in book.chapters:
        if not chapter.titled:
            message = f"This chapter has no title; “{chapter.title}” is made of its file's name."
            hint = "Begin it with a line `# Title`, or put `title: …` into its front matter."
            place = Place(chapter.path)
            for number, line in enumerate(lines(book.root, chapter.path), 1):
                if _TITLE.match(line):
                    place = Place(chapter.path, number, 1)
                    hint = "A space belongs behind the `#` of a heading: `# Title`."
                    break
            yield finding("H001", place, message, hint)


def skipped_level(book: Book) -> Iterator[Finding]:
    """H002: a heading is more than one level below the one before it (WCAG 2.2, H42)."""
    for chapter in book.chapters:
        levels = [1, *(heading.level for heading in chapter.headings)]
        for (before, level), heading in zip(pairwise(levels), chapter.headings, strict=True):
            if level > before + 1:
                message = f"This heading of level {level} follows one of level {before}."
                hint = f"Begin it with `{'#' * (before + 1)}`."
                yield finding("H002", heading.place, message, hint)


def second_title(book: Book) -> Iterator[Finding]:
    """H003: a chapter has a second title."""
    for chapter in book.chapters:
        for heading in chapter.headings:
            if heading.level == 1:
                message = f"This chapter has a title already: “{chapter.title}”."
                hint = "Begin this one with `##`, or give it a file of its own."
                yield finding("H003", heading.place, message, hint)
