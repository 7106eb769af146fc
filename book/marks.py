"""Our marks in Markdown, and the positions that Python-Markdown does not keep.

Before converting, :func:`stamp` puts a number in front of everything that could become a mark
(a link, an image, a note, a heading). The numbers pass through Python-Markdown as plain text and
are read back from the tree, so each mark knows its line and column. They are framed by two
Unicode noncharacters, which no manuscript holds (:mod:`book.manuscript` sees to that).
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from functools import cache
from typing import Any

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor

_OPEN, _CLOSE = "\ufdd0", "\ufdd1"

#: A stamp; its group is an index into the positions that :func:`stamp` returns.
STAMP = re.compile(f"{_OPEN}(\\d+){_CLOSE}")

# The marker of a note's definition | the marker of a link definition, which must stay as it is |
# the marker of a heading, within quotations too | the start of an image or a link.
_MARKABLE = re.compile(
    r"""^(?P<note>[ ]{0,3}\[\^[^\]\s]+\]:)
      | ^(?P<link>[ ]{0,3}\[[^\]]+\]:)
      | ^(?P<heading>[ >]*\#{1,6}[ \t]*)
      | (?P<escape>\\.)
      | (?P<inline>(?<!\])!?\[)
    """,
    re.VERBOSE | re.MULTILINE,
)
_DEFINITION = re.compile(
    rf"^[ ]{{0,3}}\[\^(?P<label>[^\]\s]+)\]:(?:{_OPEN}(?P<stamp>\d+){_CLOSE})?[ ]*", re.MULTILINE
)
_CALL = r"\[\^([^\]\s]+)\]"

NOTE_TAG = "chapbook-note"
CALL_TAG = "chapbook-call"


def stamp(text: str, skipped: int) -> tuple[str, tuple[tuple[int, int], ...]]:
    """``text`` with stamps, and the line and column (from 1) that each stamp stands for.

    ``skipped`` is how many lines of the file stand before the text.
    """
    positions: list[tuple[int, int]] = []
    line, counted = skipped + 1, 0

    def mark(match: re.Match[str]) -> str:
        nonlocal line, counted
        whole = match.group()
        if match.lastgroup in ("escape", "link"):
            return whole
        line += text.count("\n", counted, match.start())
        counted = match.start()
        bracket = whole.find("[") if match.lastgroup == "note" else 0
        start = match.start() + max(bracket, 0)
        if match.lastgroup == "heading":
            start += whole.index("#")
        positions.append((line, start - text.rfind("\n", 0, start)))
        number = f"{_OPEN}{len(positions) - 1}{_CLOSE}"
        return number + whole if match.lastgroup == "inline" else whole + number

    return _MARKABLE.sub(mark, text), tuple(positions)


def unstamped(text: str) -> str:
    """``text`` without stamps."""
    return STAMP.sub("", text)


class _NoteDefinitions(BlockProcessor):
    """``[^label]: text``, with further paragraphs indented by four spaces.

    A definition becomes a ``chapbook-note`` element where it stood, for the parser to lift out.
    """

    def test(self, parent: ET.Element, block: str) -> bool:
        return _DEFINITION.search(block) is not None

    def run(self, parent: ET.Element, blocks: list[str]) -> bool:
        block = blocks.pop(0)
        found = list(_DEFINITION.finditer(block))
        if before := block[: found[0].start()].rstrip("\n"):
            self.parser.parseBlocks(parent, [before])
        for index, match in enumerate(found):
            end = found[index + 1].start() if index + 1 < len(found) else len(block)
            own = [self._dedent(block[match.end() : end].rstrip("\n"))]
            if index + 1 == len(found):
                own += self._following(blocks)
            note = ET.SubElement(parent, NOTE_TAG)
            note.set("label", match["label"])
            note.set("stamp", match["stamp"] or "")
            self.parser.parseBlocks(note, [part for part in own if part.strip()])
        return True

    def _following(self, blocks: list[str]) -> list[str]:
        taken = []
        while blocks and blocks[0].startswith("    "):
            taken.append(self._dedent(blocks.pop(0)))
        return taken

    @staticmethod
    def _dedent(block: str) -> str:
        return re.sub(r"^ {4}", "", block, flags=re.MULTILINE)


class _NoteCalls(InlineProcessor):
    """``[^label]``; whether the note exists is for the parser to say."""

    def handleMatch(  # type: ignore[override] # the base class allows a bare string
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element, int, int]:
        call = ET.Element(CALL_TAG)
        call.set("label", m.group(1))
        return call, m.start(0), m.end(0)


class _Notes(Extension):
    def extendMarkdown(self, md: Markdown) -> None:
        # Above paragraphs and link definitions; above links, below code.
        md.parser.blockprocessors.register(_NoteDefinitions(md.parser), "chapbook-note", 17)
        md.inlinePatterns.register(_NoteCalls(_CALL, md), "chapbook-call", 175)


@cache
def _markdown() -> Markdown:
    extensions: list[Any] = [
        "attr_list",
        "def_list",
        "fenced_code",
        "sane_lists",
        TableExtension(use_align_attribute=True),
        _Notes(),
    ]
    return Markdown(extensions=extensions, output_format="xhtml")


def convert(stamped: str) -> str:
    """Stamped Markdown as XHTML text, notes and calls as ``chapbook-`` elements."""
    return _markdown().reset().convert(stamped)
