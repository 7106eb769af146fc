"""Phrases that are marked as another language, in a line as it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from book.base.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAG = r"""lang=["']?(?P<{}>[\w-]+)"""
_PHRASE = pattern(
    rf"\[(?P<words>[^\[\]\n]*)\]\{{[^}}\n]*\b{_TAG.format('one')}[^}}\n]*\}}"
    rf"|<(?P<tag>\w+)\b[^>\n]*\b{_TAG.format('two')}[^>\n]*>(?P<inner>.*?)</(?P=tag)>"
)


def phrases(line: str) -> Iterator[tuple[int, int, str]]:
    """Where each phrase of ``line`` begins and ends, and its language's tag."""
    for one in _PHRASE.finditer(line):
        start, end = one.span("words" if one["one"] else "inner")
        yield start, end, one["one"] or one["two"]
