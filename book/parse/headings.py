"""Headings and rules as CommonMark has them (0.31, sections 4.1 to 4.3), for Python-Markdown.

``# Title #``, titles underlined by ``===`` or ``---`` of as many lines as they need, ``***``.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from markdown.blockprocessors import BlockProcessor

from book.base.patterns import pattern
from book.parse.lists import RULE
from book.parse.stamps import STAMP

_ANY = pattern(r"^[ ]{0,3}(?:#{1,6}|=+[ ]*$|[-*_])", re.MULTILINE)
_HASHED = pattern(
    rf"[ ]{{0,3}}(#{{1,6}})((?:[ ]+|$)(?:{STAMP.pattern})?|(?:{STAMP.pattern}))(.*)", re.DOTALL
)
_BRACES = pattern(r"[ ]+\{([^{}]*)\}$")
_CLOSING = pattern(r"(?:^|[ ]+)#+[ ]*$")
_UNDERLINE = pattern(r"[ ]{0,3}(=+|-+)[ ]*")


class Headings(BlockProcessor):
    """The first heading or rule of a block; what follows it is a block again."""

    def test(self, parent: ET.Element, block: str) -> bool:
        """Whether there is one."""
        return self._first(block) is not None

    def run(self, parent: ET.Element, blocks: list[str]) -> bool:
        """Put it below ``parent``, and before it what stands above it."""
        found = self._first(blocks[0])
        if found is None:
            return False
        block = blocks.pop(0)
        start, end, level, text = found
        if above := block[:start].rstrip("\n"):
            self.parser.parseBlocks(parent, [above])
        made = ET.SubElement(parent, f"h{level}" if level else "hr")
        if level:
            made.text = text
        if rest := block[end:].lstrip("\n"):
            blocks.insert(0, rest)
        return True

    @staticmethod
    def _first(block: str) -> tuple[int, int, int, str] | None:
        """Where it begins and ends, its level (0 for a rule) and its text."""
        for found in _ANY.finditer(block):
            start = found.start()
            end = block.find("\n", start)
            end = len(block) if end < 0 else end
            line = block[start:end]
            if hashed := _HASHED.fullmatch(line):
                text = _BRACES.sub(_unnumbered, _CLOSING.sub("", hashed[5]).strip())
                stamp = next((one[0] for one in STAMP.finditer(hashed[2])), "")
                return start, end, len(hashed[1]), stamp + text
            if start and (under := _UNDERLINE.fullmatch(line)):
                text = _BRACES.sub(_unnumbered, block[:start].strip())
                return 0, end, 1 if under[1][0] == "=" else 2, text
            if RULE.fullmatch(line):
                return start, end, 0, ""
        return None


def _unnumbered(braces: re.Match[str]) -> str:
    """A dash among attributes says that a heading has no number (Pandoc, header_attributes)."""
    said = braces[1].split()
    if "-" not in said or any(one[0] not in ".#-" and "=" not in one for one in said):
        return braces[0]
    return f" {{{' '.join('.unnumbered' if one == '-' else one for one in said)}}}"
