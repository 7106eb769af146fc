"""Abbreviations: ``*[HTML]: Hypertext Markup Language`` says what the letters stand for."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from markdown import util
from markdown.blockprocessors import BlockProcessor
from markdown.treeprocessors import Treeprocessor

from book.base.patterns import pattern

if TYPE_CHECKING:
    from markdown import Markdown

_DEFINED = pattern(r"^\*\[([^\[\]\n]{1,80})\]:[ ]*(\S.*)\n?", re.MULTILINE)
_PLAIN = {"code", "pre", "abbr", "a"}


class Abbreviations(BlockProcessor):
    """Takes the definitions out of the text."""

    def __init__(self, md: Markdown, found: dict[str, str]) -> None:
        super().__init__(md.parser)
        self._found = found

    def test(self, parent: ET.Element, block: str) -> bool:
        """Whether there is one in ``block``."""
        return "*[" in block and _DEFINED.search(block) is not None

    def run(self, parent: ET.Element, blocks: list[str]) -> bool:
        """Note them all."""
        for short, long in _DEFINED.findall(blocks[0]):
            self._found.setdefault(short.strip(), long.strip().strip("\"'"))
        blocks[0] = _DEFINED.sub("", blocks[0]).rstrip("\n")
        if not blocks[0]:
            blocks.pop(0)
        return True


class Marked(Treeprocessor):
    """Marks each abbreviation wherever it stands as a word."""

    def __init__(self, md: Markdown, found: dict[str, str]) -> None:
        super().__init__(md)
        self._found = found

    def run(self, root: ET.Element) -> None:
        """Go through all texts, once."""
        if not self._found:
            return
        longest = sorted(self._found, key=len, reverse=True)
        words = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest))})(?!\w)")
        self._mark(root, words)

    def _mark(self, element: ET.Element, words: re.Pattern[str]) -> None:
        children = list(element)
        made: list[ET.Element] = []
        element.text = self._split(element.text, words, made)
        for child in children:
            made.append(child)
            if child.tag not in _PLAIN:
                self._mark(child, words)
            child.tail = self._split(child.tail, words, made)
        element[:] = made

    def _split(
        self, text: str | None, words: re.Pattern[str], made: list[ET.Element]
    ) -> str | None:
        """What stands before the first of them; those and what follows each go into ``made``."""
        if not text or isinstance(text, util.AtomicString):
            return text
        first, *rest = words.split(text)
        for short, tail in zip(rest[::2], rest[1::2], strict=True):
            abbreviation = ET.Element("abbr", {"title": self._found[short]})
            abbreviation.text, abbreviation.tail = util.AtomicString(short), tail
            made.append(abbreviation)
        return first
