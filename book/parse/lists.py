"""Lists and quotations as CommonMark has them (0.31, sections 5.1 to 5.3), for Python-Markdown.

What belongs to an item begins below its text, by however many columns its marker takes. A list
may stand below a paragraph without an empty line, and keeps the number that it begins with. Lines
of an item that are four columns in are its own in any case, as older manuscripts have them.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from markdown import util
from markdown.blockprocessors import BlockProcessor
from msgspec import Struct, field

from book.base.patterns import pattern
from book.parse.blocks import Waiting
from book.parse.boxes import ALERT, box
from book.parse.examples import SIGN
from book.parse.fences import STORED
from book.parse.markers import ANY_MARKER, ItemMark, jumps, marker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown import Markdown

    from book.parse.examples import Examples

#: ``* * *`` and its kin (CommonMark, section 4.1).
RULE = pattern(r"[ ]{0,3}(?:(?:-[ ]*){3,}|(?:\*[ ]*){3,}|(?:_[ ]*){3,})")
_QUOTED = pattern(r"[ ]{0,3}>[ ]?")
_ANY_QUOTED = pattern(r"^[ ]{0,3}>", re.MULTILINE)
# What is no more of the paragraph above it.
_OTHER = pattern(rf"[ ]{{0,3}}(?:>|\#{{1,6}}(?:[ ]|$)|:::|{STORED.pattern})")
# No paragraph is open below these, so that nothing goes on in them.
_CLOSED = pattern(rf"[ >]*(?:\#{{1,6}}(?:[ ]|$)|{STORED.pattern}|[ ]*$)")
_NO_TEXT = pattern(r"^(\d*)([-+*>#.)])")
#: Which letter "i" is.
_NINTH = 9
#: So far in, a line is an item's own.
_FAR = 4


class _Item(Struct):
    """An item as it is read: its lines, and how far in they begin."""

    width: int
    needed: int
    number: int
    lines: list[str]
    name: str = ""

    def takes(self, line: str) -> bool:
        """Whether ``line``, which isn't empty, is indented far enough."""
        begun = len(self.lines) < 2 or any(self.lines)
        return begun and _indent(line) >= self.needed

    def add(self, line: str) -> None:
        self.lines.append(line[min(self.width, _indent(line)) :])


class _List(Struct):
    """A list as it is read; ``sign`` tells it from others."""

    sign: str
    kind: str = ""
    items: list[_Item] = field(default_factory=list)
    loose: bool = False


class Lists(BlockProcessor):
    """Ordered and unordered lists."""

    def __init__(self, md: Markdown, examples: Examples) -> None:
        super().__init__(md.parser)
        self._examples = examples
        # The signs of lists that end where something stood that is nowhere in the text.
        self._signs: dict[ET.Element, str] = {}

    def reset(self) -> None:
        """Begin another chapter."""
        self._signs.clear()

    def test(self, parent: ET.Element, block: str) -> bool:
        """Whether a list begins in ``block``."""
        return _begins(block, parent.tag == "li") is not None and not util.nearing_recursion_limit()

    def run(self, parent: ET.Element, blocks: list[str]) -> bool:
        """Take a list out of ``blocks`` and put it below ``parent``."""
        block = blocks.pop(0)
        start = _begins(block, parent.tag == "li") or 0
        if start:
            self.parser.parseBlocks(parent, [block[: start - 1]])
        found, rest = _read(block[start:], blocks)
        if rest:
            blocks.insert(0, rest)
        self._build(parent, found)
        return True

    def _build(self, parent: ET.Element, found: _List) -> None:
        last = parent[-1] if len(parent) else None
        same = last is not None and self._signs.get(last) == found.sign
        if last is not None and same and not (last.tail or "").strip():
            made = last
            found.loose = found.loose or any(child.tag == "p" for item in last for child in item)
        else:
            made = ET.SubElement(parent, "ol" if found.items[0].number >= 0 else "ul")
            self._signs[made] = found.sign
            if found.items[0].number not in (-1, 1):
                made.set("start", str(found.items[0].number))
            if found.sign == SIGN:
                self._examples.begun(made)
            elif found.kind:
                made.set("type", found.kind)
        items = []
        counts_up = made is not last and jumps([one.number for one in found.items])
        for at, each in enumerate(found.items):
            item = ET.SubElement(made, "li")
            if counts_up and at and each.number > found.items[at - 1].number + 1:
                item.set("value", str(each.number))
            items.append(item)
            if found.sign == SIGN:
                self._examples.counted(item, each.name)
            found.loose |= parse_apart(self.parser, item, each.lines, "looselist")
        if not found.loose:
            for item in items:
                _tighten(item)


class Quotations(BlockProcessor):
    """Quotations behind ``>``."""

    def test(self, parent: ET.Element, block: str) -> bool:
        """Whether a quotation begins in ``block``."""
        return _ANY_QUOTED.search(block) is not None and not util.nearing_recursion_limit()

    def run(self, parent: ET.Element, blocks: list[str]) -> bool:
        """Take a quotation out of ``blocks`` and put it below ``parent``."""
        block = blocks.pop(0)
        found = _ANY_QUOTED.search(block)
        if found is None:
            return False
        if found.start():
            self.parser.parseBlocks(parent, [block[: found.start() - 1]])
        lines = block[found.start() :].split("\n")
        own: list[str] = []
        for at, line in enumerate(lines):
            mark = _QUOTED.match(line)
            if not mark and not _goes_on(own, line):
                blocks.insert(0, "\n".join(lines[at:]))
                break
            own.append(line[mark.end() :] if mark else _lazy(line))
        if alert := ALERT.fullmatch(own[0]):
            quote, own[0] = box(parent, alert), ""
        else:
            quote = ET.SubElement(parent, "blockquote")
        parse_apart(self.parser, quote, own, "blockquote")
        return True


def parse_apart(parser: object, parent: ET.Element, lines: Sequence[str], state: str) -> bool:
    """Put what ``lines`` say below ``parent``; whether an empty line stands between two parts."""
    total = "\n".join(lines).split("\n\n")
    blocks, loose = Waiting(total), False
    done = parser.md.parser  # type: ignore[attr-defined]
    done.state.set(state)
    while blocks:
        own = len(total) >= len(blocks) and blocks[0] is total[-len(blocks)]
        if own and len(parent) and blocks[0].strip() and not _is_code(parent, blocks[0]):
            loose = True
        for processor in done.blockprocessors:
            if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                break
    done.state.reset()
    return loose


def _is_code(parent: ET.Element, block: str) -> bool:
    return parent[-1].tag == "pre" and block.startswith("    ")


def _begins(block: str, in_item: bool) -> int | None:
    """Where a list begins in ``block``, if one does; by letters, below a text only in items."""
    for found in ANY_MARKER.finditer(block):
        end = block.find("\n", found.start())
        line = block[found.start() : len(block) if end < 0 else end]
        mark = marker(line)
        if mark is None or RULE.fullmatch(line):
            continue
        if found.start() == 0 or (
            mark.spaces and mark.number in (-1, 1) and (in_item or not mark.kind)
        ):
            return found.start()
        above = block[block.rfind("\n", 0, found.start() - 1) + 1 : found.start() - 1]
        if _CLOSED.match(above) or RULE.fullmatch(above):
            return found.start()
    return None


def _read(block: str, blocks: list[str]) -> tuple[_List, str]:
    """The list that ``block`` begins with, what it has in ``blocks`` taken; and what is left."""
    found = _begun(block)
    empty = False
    while True:
        lines = block.split("\n")
        for at, line in enumerate(lines):
            if not line.strip():
                empty = True
                if found.items:
                    found.items[-1].lines.append("")
                continue
            if not _taken(found, line, empty):
                return found, "\n".join(lines[at:])
            empty = False
        ahead = next((at for at, one in enumerate(blocks) if one.strip()), len(blocks))
        if ahead == len(blocks) or not _continues(found, blocks[ahead].lstrip("\n")):
            return found, ""
        found.items[-1].lines.append("")
        empty = True
        block = "\n\n".join(blocks[: ahead + 1])
        del blocks[: ahead + 1]


def _begun(block: str) -> _List:
    mark = marker(block.split("\n", 1)[0])
    return _List(mark.sign, mark.kind) if mark else _List("")


def _taken(found: _List, line: str, empty: bool) -> bool:
    """Whether ``line`` is the list's, and if so, take it in."""
    last = found.items[-1] if found.items else None
    if last and last.takes(line):
        last.add(line)
        return True
    mark = _marker_in(found, line)
    if mark and mark.sign == found.sign and not RULE.fullmatch(line):
        found.loose |= empty and last is not None
        found.items.append(_item(mark, line))
        return True
    if last and not empty and _goes_on(last.lines, line):
        last.lines.append(_lazy(line))
        return True
    return False


def _continues(found: _List, block: str) -> bool:
    line = block.split("\n", 1)[0]
    if found.items[-1].takes(line):
        return True
    mark = _marker_in(found, line)
    return mark is not None and mark.sign == found.sign and not RULE.fullmatch(line)


def _marker_in(found: _List, line: str) -> ItemMark | None:
    """The marker of ``line`` in a list; an "i" counts by letters behind an "h" alone."""
    last = found.items[-1] if found.items else None
    mark = marker(line, found.sign if last else "")
    ninth = mark is not None and mark.kind in ("a", "A") and mark.number == _NINTH
    return marker(line) if ninth and last and last.number != _NINTH - 1 else mark


def _item(mark: ItemMark, line: str) -> _Item:
    width = mark.indent + mark.width + (mark.spaces if 0 < mark.spaces <= _FAR else 1)
    needed = width if mark.indent else min(width, _FAR)
    name = mark.kind[1:] if mark.sign == SIGN else ""
    return _Item(width, needed, mark.number, [line[width:]], name)


def _goes_on(above: Sequence[str], line: str) -> bool:
    """Whether a paragraph that ``above`` ends in goes on in ``line``, which lacks its indent."""
    if not above or _CLOSED.match(above[-1]) or not line.strip():
        return False
    if _indent(above[-1]) >= _FAR and not any(one and _indent(one) < _FAR for one in above[-2:-1]):
        return False
    if _OTHER.match(line) or RULE.fullmatch(line) or RULE.fullmatch(above[-1]):
        return False
    return marker(line) is None


def _lazy(line: str) -> str:
    """A line that goes on, so that it is nothing but that: no rule below a heading, no list."""
    text = line.lstrip()
    if text[:1] in "=-" and not text.strip("=- "):
        return f"\\{text}"
    return _NO_TEXT.sub(r"\1\\\2", text) if _indent(line) >= _FAR else text


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _tighten(item: ET.Element) -> None:
    """Take ``item``'s paragraphs away, and leave their text."""
    before: ET.Element | None = None
    for child in list(item):
        if child.tag != "p" or child.attrib or len(child):
            before = child
            continue
        text = child.text or ""
        if before is None:
            item.text = f"{item.text}\n{text}" if item.text else text
        else:
            before.tail = f"{before.tail}\n{text}" if before.tail else f"\n{text}"
        item.remove(child)
