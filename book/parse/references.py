"""Addresses that links name by a label: ``[label]: address "title"`` (CommonMark, section 4.7)."""

from __future__ import annotations

import re
from string import punctuation
from typing import TYPE_CHECKING

from markdown import util
from markdown.blockprocessors import BlockProcessor

from book.base.patterns import pattern
from book.parse.stamps import STAMP

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

    from markdown.blockparser import BlockParser

_BARE_STAMP = STAMP.pattern.replace("(", "(?:")
_DEFINED = pattern(
    rf"""^[ ]{{0,3}}(?:{_BARE_STAMP})?\[(?!\^)((?:[^\[\]\\]|\\.){{1,999}})\]:
    [ ]*\n?[ ]*(?:<((?:[^<>\n\\]|\\.)*)>|([^\s<]\S*))
    (?:(?:[ ]+\n?|\n)[ ]*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?[ ]*$""",
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_ESCAPED = pattern(rf"\\([{re.escape(punctuation)}])")
_PUT_AWAY = pattern(rf"{util.STX}(\d{{1,6}}){util.ETX}")


class Labels(dict[str, tuple[str, str]]):
    """Addresses and titles by label; capitals and spaces make no difference, the first counts."""

    def __contains__(self, label: object) -> bool:
        return super().__contains__(folded(str(label)))

    def note(self, found: re.Match[str]) -> None:
        """Take in what a definition says."""
        address = _plain(found[3] if found[2] is None else found[2])
        if label := folded(_plain(found[1])):
            self.setdefault(label, (address, _plain((found[4] or "")[1:-1])))

    def __getitem__(self, label: str) -> tuple[str, str]:
        return super().__getitem__(folded(label))


class Leading(BlockProcessor):
    """Takes definitions away that a block begins with, before what follows is a heading."""

    def __init__(self, parser: BlockParser, labels: Labels) -> None:
        super().__init__(parser)
        self._labels = labels

    def test(self, parent: ET.Element, block: str) -> bool:
        """Whether ``block`` begins with one and does not end with it."""
        found = _DEFINED.match(block) if "]:" in block else None
        return found is not None and "\n" in block[found.end() :]

    def run(self, parent: ET.Element, blocks: list[str]) -> bool:
        """Note them, and leave the rest."""
        block, at = blocks.pop(0), 0
        while found := _DEFINED.match(block, at):
            self._labels.note(found)
            at = found.end() + 1
        if rest := block[at:]:
            blocks.insert(0, rest)
        return True


def folded(label: str) -> str:
    """``label`` as it is compared with others."""
    label = _PUT_AWAY.sub(lambda found: chr(int(found[1])), label)
    return " ".join(label.replace("`", "").split()).casefold()


class LinkDefinitions(BlockProcessor):
    """Takes definitions out of a block."""

    def __init__(self, parser: BlockParser, labels: Labels) -> None:
        super().__init__(parser)
        self._labels = labels

    def test(self, parent: ET.Element, block: str) -> bool:
        """Whether there may be one in ``block``."""
        return "]:" in block and _DEFINED.search(block) is not None

    def run(self, parent: ET.Element, blocks: list[str]) -> bool:
        """Note them all, and leave the rest."""
        pieces: list[str] = []
        block, at = blocks.pop(0), 0
        for found in _DEFINED.finditer(block):
            self._labels.note(found)
            pieces.append(block[at : found.start()])
            at = found.end()
        pieces.append(block[at:])
        left = [piece.strip("\n") for piece in pieces if piece.strip()]
        blocks[:0] = left
        return True


def _plain(text: str) -> str:
    return _ESCAPED.sub("\\1", text)
