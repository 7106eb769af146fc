"""Fenced code, wherever a paragraph may stand: in lists, notes and quotations too."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html import escape, unescape
from string import punctuation
from typing import TYPE_CHECKING

from markdown import util
from markdown.blockprocessors import BlockProcessor
from markdown.preprocessors import Preprocessor

from book.base.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

#: A line in which code, or a block of raw HTML, has been put away.
STORED = pattern(rf"{util.STX}wzxhzdk:\d+{util.ETX}[ ]*$", re.MULTILINE)
_STORED_LINE = pattern(rf"^[ ]{{0,3}}{STORED.pattern}", re.MULTILINE)

_FENCE = pattern(
    r"(?P<lead>[ >]*(?:(?:[*+-]|\d{1,9}[.)])[ ]{1,4})?)(?P<fence>`{3,}(?=[^`]*$)|~{3,})"
    r"[ ]*(?:\{?[ ]*\.?(?P<language>[\w#.+-]*+(?![^\s{},=]))|(?P<word>[^\s{}]+))?"
)
_ITEM = pattern(r"(?:[*+-]|\d{1,9}[.)])[ ]{1,4}$")
_QUOTED = pattern(r"[ ]{0,3}>[ ]?")
#: What may hold indented blocks: an item of a list, a definition, a note.
HOLDER = pattern(r"[ >]*(?:[*+-][ ]|\d+[.)][ ]|:[ ]|\[\^[^\[\]\s]+\]:)")


#: What a fence may say in words, of a listing: a plain title or a file's name, and a caption.
_TITLES = ("title", "filename", "caption", "lst-cap")
_PAIR = pattern(r"(?P<key>[\w-]+)=(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')")
_NAME = pattern(r"\{[^{}]*\#([^\s{}]+)")
_SIGN = pattern(r"[\\`*_\[\]<>~^$|]")
_ESCAPED = pattern(rf"\\([{re.escape(punctuation)}])")


def _plain(word: str) -> str:
    """``word`` without backslashes and with the characters that its references name."""
    return _ESCAPED.sub("\\1", unescape(word))


def _said(info: str) -> dict[str, str]:
    """What a fence says beside its language: its name under ``#``, titles in Markdown."""
    found = {one["key"]: one["double"] or one["single"] or "" for one in _PAIR.finditer(info)}
    for key in ("title", "filename"):
        found[key] = _SIGN.sub(r"\\\g<0>", _plain(found.get(key, "")))
    if name := _NAME.search(_PAIR.sub("", info)):
        found["#"] = name[1]
    return found


class Fences(Preprocessor):
    """Puts each block of fenced code away, and leaves a placeholder with its indentation."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines with placeholders; a fence that is never closed is text."""
        done: list[str] = []
        at = 0
        unclosed: dict[tuple[str, int, int], int] = {}  # by its kind, up to which line
        while at < len(lines):
            fence = _FENCE.match(lines[at])
            end = None
            kind = _kind(fence) if fence else ("", 0, 0)
            if fence and at >= unclosed.get(kind, 0) and is_block(fence["lead"], lines, at):
                end, last = _end(lines, at, fence)
                if end is None:
                    unclosed[kind] = last
            if fence is None or end is None:
                done.append(lines[at])
                at += 1
                continue
            begun = fence["lead"]
            lead = _ITEM.sub(lambda mark: " " * len(mark.group()), begun)
            code = "\n".join(_without(lead, line) for line in lines[at + 1 : end])
            at = end + 1
            language = fence["language"] or _plain(fence["word"] or "")
            if language == "verse":
                first, *rest = code.split("\n")
                done += [f"{begun}| {first}", *(f"{lead}| {line}" for line in rest)]
                continue
            said = _said(fence.string[fence.end("fence") :])
            for title in filter(None, (said.get(key) for key in _TITLES)):
                done += [f"{begun}**{title}**", lead.rstrip()]
                begun = lead
            done.append(begun + self._stored(code, language, said.get("#", "")))
        return done

    def _stored(self, code: str, language: str, name: str) -> str:
        kind = f' class="language-{escape(language)}"' if language else ""
        own = f' id="{escape(name)}"' if name else ""
        text = escape(f"{code}\n" if code else "", quote=False)
        return self.md.htmlStash.store(f"<pre{own}><code{kind}>{text}</code></pre>")


class StoredCode(BlockProcessor):
    """A block that has been put away stands by itself, without empty lines around it."""

    def test(self, parent: ET.Element, block: str) -> bool:
        """Whether such a line is in ``block``."""
        return util.STX in block and _STORED_LINE.search(block) is not None

    def run(self, parent: ET.Element, blocks: list[str]) -> bool:
        """Put the first such line below ``parent``, and what stands above it before that."""
        found = _STORED_LINE.search(blocks[0])
        if found is None:
            return False
        block = blocks.pop(0)
        if above := block[: found.start()].rstrip("\n"):
            self.parser.parseBlocks(parent, [above])
        ET.SubElement(parent, "p").text = found.group().strip()
        if rest := block[found.end() :].lstrip("\n"):
            blocks.insert(0, rest)
        return True


def _kind(fence: re.Match[str]) -> tuple[str, int, int]:
    """What fences have in common that the same lines would close, or part from what holds them."""
    lead, depth = fence["lead"], fence["lead"].count(">")
    return fence["fence"], depth, len(lead) if not depth and is_held(lead) else 0


def _end(lines: Sequence[str], start: int, fence: re.Match[str]) -> tuple[int | None, int]:
    """Where the fence that ``lines`` have at ``start`` is closed, in the same quotation or item.

    Also the line up to which that was looked for.
    """
    mark, depth = fence["fence"], fence["lead"].count(">")
    closing = re.compile(rf"(?P<lead>[ >]*){mark}{mark[0]}*[ ]*")
    for at in range(start + 1, len(lines)):
        found = closing.fullmatch(lines[at])
        if found and found["lead"].count(">") == depth:
            return at, at
        if leaves(fence["lead"], lines[at]):
            return None, at
    return None, len(lines)


def is_held(lead: str) -> bool:
    """Whether what stands before a fence begins an item or is a quotation's."""
    return ">" in lead or _ITEM.search(lead) is not None


def leaves(lead: str, line: str) -> bool:
    """Whether ``line`` is outside what holds a fence behind ``lead``, which ends with it."""
    inner = line.lstrip(" ")
    if ">" in lead:
        return not inner.startswith(">")
    return bool(inner) and is_held(lead) and len(line) - len(inner) < len(lead)


def is_block(lead: str, lines: Sequence[str], at: int) -> bool:
    """Whether a fence may stand so far in: four spaces are code unless something holds it."""
    if _ITEM.search(lead):
        return True
    indent = len(lead)
    if len(lead.rpartition(">")[2]) <= 4 - (">" not in lead):
        return True
    for line in reversed(lines[:at]):
        if line.strip() and len(line) - len(line.lstrip(" ")) < indent:
            return HOLDER.match(line) is not None
    return False


def _without(lead: str, line: str) -> str:
    """A line of code without the quotation marks and spaces that lead the fence."""
    for _ in range(lead.count(">")):
        line = _QUOTED.sub("", line, count=1)
    spaces = len(lead.rpartition(">")[2]) - (">" in lead)
    return line[min(max(spaces, 0), len(line) - len(line.lstrip(" "))) :]
