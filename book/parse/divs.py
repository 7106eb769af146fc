r"""Blocks that say what they are: ``::: {.class}`` … ``:::``, page breaks, lines of verse.

Fenced divisions are Pandoc's and hold any Markdown; a page break is ``\newpage`` and its kin.
Verse is Pandoc's line blocks; its lines stay lines, with their indents, and stanzas stay apart.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from markdown import util
from markdown.blockprocessors import BlockProcessor
from markdown.preprocessors import Preprocessor

from book.base.patterns import pattern
from book.parse.boxes import ALERTS
from book.parse.lists import parse_apart
from book.parse.spans import give
from book.parse.stamps import STAMP

_OPENS = pattern(r"[ ]{0,3}:{3,}[ ]*(?:\{([^{}\n]*)\}|([\w.-]+))[ ]*:*[ ]*")
_CLOSES = pattern(r"[ ]{0,3}:{3,}[ ]*")
_ANY = pattern(r"^[ ]{0,3}:{3,}[ ]*[\w{.]", re.MULTILINE)
_BREAK = pattern(
    r"^[ ]{0,3}(?:\\(?:newpage|clearpage|cleardoublepage|pagebreak)(?:\[\d\])?(?:\{\})?"
    r"|\{\{<[ ]*pagebreak[ ]*>\}\})[ ]*$",
    re.MULTILINE,
)
_HEADED = pattern(rf"[ ]{{0,3}}#{{1,6}}[ ]+(?:{STAMP.pattern})?(?P<title>.+?)[ #]*")
_CALLOUT = pattern(r"(?:^|[ ])callout-(\w+)")
_LINE = pattern(r"[ ]{0,3}\|(?:[ ]|$)")
#: From so many spaces on, a line of verse hangs deeper.
_INDENTS = (1, 3, 5, 9, 15)
#: kramdown's comments.
_KRAMDOWN = pattern(r"\{::comment[ ]*/\}|\{::comment\}.*?\{:/(?:comment)?\}", re.DOTALL)
#: Deeper divisions are text.
_DEEPEST = 20


class Divisions(BlockProcessor):
    """Fenced divisions."""

    depth = 0

    def test(self, parent: ET.Element, block: str) -> bool:
        """Whether one begins in ``block``."""
        return self.depth < _DEEPEST and _ANY.search(block) is not None

    def run(self, parent: ET.Element, blocks: list[str]) -> bool:
        """Take one out of ``blocks``; one that is never closed goes on to the end."""
        found = _ANY.search(blocks[0])
        end = blocks[0].find("\n", found.start()) if found else -1
        line = blocks[0][found.start() : len(blocks[0]) if end < 0 else end] if found else ""
        opened = _OPENS.fullmatch(line)
        if found is None or opened is None:
            return False
        block = blocks.pop(0)
        if above := block[: found.start()].rstrip("\n"):
            self.parser.parseBlocks(parent, [above])
        own = self._taken(block[found.start() + len(line) + 1 :], blocks)
        division = ET.SubElement(parent, "div")
        if opened[1] is not None:
            give(division, opened[1])
        else:
            division.set("class", opened[2].lstrip("."))
        _as_box(division, own)
        self.depth += 1
        parse_apart(self.parser, division, own, "division")
        self.depth -= 1
        return True

    @staticmethod
    def _taken(block: str, blocks: list[str]) -> list[str]:
        """The lines up to the fence that closes it, taken from ``block`` and ``blocks``."""
        own: list[str] = []
        depth, used = 1, 0
        while True:
            lines = block.split("\n")
            for at, line in enumerate(lines):
                depth -= _CLOSES.fullmatch(line) is not None
                depth += _OPENS.fullmatch(line) is not None
                if not depth:
                    blocks[:used] = ["\n".join(lines[at + 1 :])]
                    return own
                own.append(line)
            if used == len(blocks):
                blocks.clear()
                return own
            own.append("")
            block = blocks[used]
            used += 1


def _as_box(division: ET.Element, own: list[str]) -> None:
    """Quarto's callouts are boxes as GitHub's alerts are; a heading that begins one is its title.

    It is taken out of ``own``, the lines in it.
    """
    found = _CALLOUT.search(division.get("class", ""))
    if not found:
        return
    kind = ALERTS.get(found[1], "note")
    division.attrib.update({"class": f"alert alert-{kind}", "role": "note"})
    title = ET.SubElement(division, "p", {"class": "alert-title"})
    title.text = division.attrib.pop("title", "")
    first = next((at for at, line in enumerate(own) if line.strip()), None)
    if first is not None and not title.text and (headed := _HEADED.fullmatch(own[first])):
        title.text, own[first] = headed["title"], ""


class Breaks(BlockProcessor):
    """The end of a page."""

    def test(self, parent: ET.Element, block: str) -> bool:
        """Whether there is one in ``block``."""
        return ("\\" in block or "{{<" in block) and _BREAK.search(block) is not None

    def run(self, parent: ET.Element, blocks: list[str]) -> bool:
        """Put it below ``parent``, and before it what stands above it."""
        found = _BREAK.search(blocks[0])
        if found is None:
            return False
        block = blocks.pop(0)
        if above := block[: found.start()].rstrip("\n"):
            self.parser.parseBlocks(parent, [above])
        ET.SubElement(parent, "div", {"class": "pagebreak"})
        if rest := block[found.end() :].lstrip("\n"):
            blocks.insert(0, rest)
        return True


class Verse(BlockProcessor):
    """Lines behind ``|``."""

    def test(self, parent: ET.Element, block: str) -> bool:
        """Whether ``block`` begins with one that is no row of a table."""
        line = block.split("\n", 1)[0]
        return _LINE.match(line) is not None and not (len(line) > 1 and line.endswith("|"))

    def run(self, parent: ET.Element, blocks: list[str]) -> bool:
        """A division of stanzas."""
        lines = blocks.pop(0).split("\n")
        verse = ET.SubElement(parent, "div", {"class": "verse"})
        stanza: ET.Element | None = None
        for at, line in enumerate(lines):
            marked = _LINE.match(line)
            if marked is None and not line.startswith(" "):
                blocks.insert(0, "\n".join(lines[at:]))
                break
            text = line[marked.end() :] if marked else line
            if not text.strip():
                stanza = None
                continue
            if stanza is None:
                stanza = ET.SubElement(verse, "p")
            if marked is None and len(stanza):
                stanza[-1].text = f"{stanza[-1].text} {text.strip()}"
                continue
            stripped = text.lstrip(" ")
            indent = len(text) - len(stripped)
            made = ET.SubElement(stanza, "span", {"class": lined(indent)})
            made.text = "\u00a0" * (2 * indent) + stripped
            made.tail = "\n"  # for those who hear or copy it
        return True


#: Comments of Obsidian; one that begins a line may go over paragraphs. Code is passed over.
PRIVATE = pattern(
    rf"(`++[^`\n]*+`++|{util.STX}[^{util.ETX}]*{util.ETX})"
    r"|^%%[ ]*\n(?:(?!%%[ ]*$).*\n)*+%%[ ]*$|^%%(?:[^%]|%(?!%))++%%[ ]*$"
    r"|%%(?:[^%\n]|%(?!%)|\n(?![ \t>]*\n))++%%",
    re.MULTILINE,
)


_SAID = pattern(r"^[ ]{0,3}<!--[ ]*(?:pagebreak|page-break|newpage)[ ]*-->[ ]*$", re.MULTILINE)


class Private(Preprocessor):
    """Obsidian's comments, ``%%so%%``, are their writer's own; in code they are none."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines without them."""
        text = "\n".join(lines)
        if "<!--" in text:
            text = _SAID.sub(r"\\newpage", text)
        if "\\" in text:
            text = _BREAK.sub(r"\n\g<0>\n", text)
        if "{::comment" in text:
            text = _KRAMDOWN.sub("", text)
        if "%%" in text:
            text = PRIVATE.sub(lambda found: found[1] or "", text)
        return text.split("\n")


def lined(indent: int) -> str:
    """The class of a line of verse that so many spaces lead: it hangs deeper when it turns over."""
    deep = sum(indent >= one for one in _INDENTS)
    return f"line in-{deep}" if deep else "line"
