"""A chapter from a few lines of Markdown, for tests of what the parser makes of them."""

from __future__ import annotations

from book.model import Chapter, Source, Text
from book.parse.chapter import parse

PATH, SLUG = "chapters/07-moscow.md", "c07-moscow"


def chapter(text: str, language: str = "en") -> Chapter:
    """The chapter that ``text`` makes."""
    return parse(Source(PATH, SLUG, Text.of(text), ""), language)


def body(text: str, language: str = "en") -> str:
    """Its body, the slug in its ids shortened to ``S``."""
    return chapter(text, language).body.replace(SLUG, "S")


def codes(text: str) -> list[str]:
    """The codes of its findings, with line and column."""
    found = chapter(text).findings
    return [f"{one.code} {one.place.line}:{one.place.column}" for one in found]
