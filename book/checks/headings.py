"""H: titles and headings."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from book.base.codes import finding
from book.base.paths import lines
from book.base.patterns import pattern
from book.model import Kind, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from book.model import Book, Chapter, Finding


#: What has a page for its title alone, or is filled by the program.
_WITHOUT_TEXT = frozenset({Kind.PART, Kind.CHRONOLOGY, Kind.PEOPLE})
#: So many chapters may have one title.
_SAME = 2
#: Meant to be a title: a space is missing.
_TITLE = pattern(r"#[^\W\d_]")


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


def same_titles(book: Book) -> Iterator[Finding]:
    """H007: chapters that stand beside each other in the contents have one title."""
    found: dict[tuple[str, str], list[Chapter]] = {}
    for chapter in book.chapters:
        if chapter.kind is Kind.CHAPTER and chapter.titled:
            part = book.part_of.get(chapter.slug)
            found.setdefault((part.slug if part else "", chapter.title.casefold()), []).append(
                chapter
            )
    for same in found.values():
        if len(same) > _SAME:
            first, *_ = same
            message = f"{len(same)} chapters beside each other are called “{first.title}”."
            hint = "A folder of `chapters/` is a part: put into one what belongs together."
            yield finding("H007", Place(first.path), message, hint)


def title_alone(book: Book) -> Iterator[Finding]:
    """H006: a chapter has a title and nothing else."""
    for chapter in book.chapters:
        if chapter.path and chapter.kind not in _WITHOUT_TEXT and chapter.text.is_blank:
            message = "This chapter has a title and nothing else."
            hint = "Write it, or leave it out by `draft: true`; a part says `kind: part`."
            yield finding("H006", Place(chapter.path), message, hint)
