"""Notes: ``[^label]: text`` with paragraphs of their own, ``[^label]``, ``^[in the line]``."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from book.base.patterns import pattern
from book.parse import spans
from book.parse.ours import CALL_TAG, NOTE_TAG, ours
from book.parse.stamps import PROOF, STAMP, stamp_of

_LABEL = r"\[\^([^\[\]\s]+)\]"
_DEFINITION = pattern(rf"^[ ]{{0,3}}{_LABEL}:(?:{STAMP.pattern})?[ ]*", re.MULTILINE)
# Lines that, where they are not indented, are no part of the note above them.
_OTHER = pattern(rf"^[ ]{{0,3}}(?:{_LABEL}:|\#{{1,6}}[ ]|>|[*+-][ ])", re.MULTILINE)
_OTHER_IN_LIST = pattern(rf"{_OTHER.pattern}|^[ ]{{0,3}}\d+[.)][ ]", re.MULTILINE)
_NUMBERED = pattern(r"[ ]{0,3}\d+[.)][ ]")
_INDENTATION = pattern(r"^ {2,4}", re.MULTILINE)


class _NoteDefinitions(BlockProcessor):
    """``[^label]: text``, with further paragraphs indented by two spaces or more.

    Notes are gathered apart, so that a list goes on around a definition as if it weren't there.
    """

    def __init__(self, md: Markdown) -> None:
        super().__init__(md.parser)
        self.found: list[ET.Element] = []
        # Where a note was last defined, and how much stood there then.
        self._last: tuple[ET.Element, int] | None = None
        # What a line of its further paragraphs begins with.
        self._needed = "  "

    def test(self, parent: ET.Element, block: str) -> bool:
        return _DEFINITION.search(block) is not None or self._goes_on(parent, block)

    def run(self, parent: ET.Element, blocks: list[str]) -> bool:
        if self._goes_on(parent, blocks[0]):
            self._parse(self.found[-1], self._following(blocks))
            return True
        block = blocks.pop(0)
        match = _DEFINITION.search(block)
        if match is None:
            return False
        before = block[: match.start()].rstrip("\n")
        self._needed = " " * (len(match[0]) - len(match[0].lstrip(" ")) + 2)
        other = _OTHER_IN_LIST if _NUMBERED.match(before) else _OTHER
        if before:
            self.parser.parseBlocks(parent, [before])
        first, rest = _parted(block[match.end() :], other)
        if rest:
            blocks.insert(0, rest)
        parts = [first] if rest else [first, *self._following(blocks)]
        note = ours(NOTE_TAG, {"label": match[1], "stamp": stamp_of(match[2] or "")})
        self.found.append(note)
        self._parse(note, parts)
        self._last = (parent, len(parent))
        return True

    def _parse(self, note: ET.Element, parts: list[str]) -> None:
        self.parser.state.set("note")
        self.parser.parseBlocks(note, [part for part in parts if part.strip()])
        self.parser.state.reset()

    def _goes_on(self, parent: ET.Element, block: str) -> bool:
        """Whether an indented block follows a note in the same item of a list."""
        return self._last == (parent, len(parent)) and block.startswith(self._needed)

    def _following(self, blocks: list[str]) -> list[str]:
        """The indented blocks that come next, taken from ``blocks``."""
        taken: list[str] = []
        while True:
            ahead = next((at for at, one in enumerate(blocks) if one.strip()), len(blocks))
            if ahead == len(blocks) or not blocks[ahead].lstrip("\n").startswith(self._needed):
                return taken
            own, rest = _parted(blocks[ahead].lstrip("\n"), _OTHER)
            taken.append(own)
            blocks[: ahead + 1] = [rest] if rest else []


def _parted(text: str, other: re.Pattern[str]) -> tuple[str, str]:
    """What of ``text`` belongs to a note, without its indentation, and what follows the note."""
    line_end = text.find("\n") + 1 or len(text)
    match = other.search(text, line_end)
    end = match.start() if match else len(text)
    return _INDENTATION.sub("", text[:end].rstrip("\n")), text[end:]


class _NotesLast(Treeprocessor):
    """Puts the notes at the end of the document, where inline marks are still to be read."""

    def __init__(self, md: Markdown, notes: list[ET.Element]) -> None:
        super().__init__(md)
        self._notes = notes

    def run(self, root: ET.Element) -> None:
        root.extend(self._notes)


class _NotesOut(Treeprocessor):
    """Puts notes that stand in the line behind all others, each in a paragraph."""

    def run(self, root: ET.Element) -> None:
        for call in list(root.iter(CALL_TAG)):
            for note in list(call):
                call.remove(note)
                call.text = PROOF
                paragraph = ET.Element("p")
                paragraph.text, note.text = note.text, None
                paragraph.extend(list(note))
                note[:] = [paragraph]
                root.append(note)


class _NoteCalls(InlineProcessor):
    """``[^label]``; whether the note exists is for the parser to say."""

    def handleMatch(  # type: ignore[override] # noqa: N802 # theirs; it may give a string
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element, int, int]:
        call = ours(CALL_TAG, {"label": m.group(1)})
        call.text = PROOF
        return call, m.start(0), m.end(0)


class NoteMarks(Extension):
    """Notes of all kinds, with what they are made by."""

    """Notes of all kinds, with what they are made by."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 # Python-Markdown's
        """Teach ``md`` what they look like."""
        md.registerExtension(self)
        definitions = _NoteDefinitions(md)
        self._found = definitions.found
        # Above all blocks but what is indented within lists; below escapes, above links.
        md.parser.blockprocessors.register(definitions, "chapbook-note", 82)
        md.treeprocessors.register(_NotesLast(md, self._found), "chapbook-notes", 30)
        md.treeprocessors.register(_NotesOut(md), "chapbook-inline-notes", 18)
        md.inlinePatterns.register(_NoteCalls(_LABEL, md), "chapbook-call", 175)
        spans.register(md, self._inline_note)

    def _inline_note(self, text: str, stamp: str) -> ET.Element:
        """The call of a note that stands in the line; its label is one that nobody has."""
        self._count += 1
        label = f"^{self._count}"
        return spans.call_of(label, stamp_of(stamp), (CALL_TAG, NOTE_TAG), text)

    def reset(self) -> None:
        """Begin another chapter."""
        self._found.clear()
        self._count = 0
