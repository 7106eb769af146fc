"""Markdown as text in which code must stay as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from book.parse.codespans import spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Fenced code, its fences within quotations or items too; a mark of the ledger may stand behind it.
FENCE = re.compile(
    r"^(?P<in>[ \t>]*)(?P<fence>`{3,}|~{3,})(?P<info>[^\n`]*)\n"
    r"(?P<body>(?:(?!^[ \t>]*(?P=fence)).*(?:\n|\Z))*?)"
    r"^[ \t>]*(?P=fence)[`~]*[ \t]*(?:\ue0f0\d+\ue0f1)*$",
    re.MULTILINE,
)
#: What parts paragraphs, over which no code within lines goes on.
_BLANK = re.compile(r"(?<=\n)[ \t]*\n")
_HEADING = re.compile(r"^(?P<marks>#{1,6})[ \t]+(?P<text>.*?)[ \t]*#*[ \t]*$")
_SETEXT = re.compile(
    r"(?:(?<=\n\n)|\A)(?P<text>[^\s>#|*+:=`<-].*)\n(?P<line>=+|-{2,})[ \t]*$", re.MULTILINE
)
_KEPT = re.compile("[\ue0f7\ue0f8]")
_ATTRIBUTES = re.compile(r"[ \t]*\{(?P<inner>[^{}\n]*)\}$")


def stretches(text: str) -> Iterator[tuple[bool, str]]:
    """``text`` in stretches, each with whether it is code, whose marks mean nothing."""
    position = 0
    for fence in FENCE.finditer(text):
        yield from _spans(text[position : fence.start()])
        yield True, fence.group()
        position = fence.end()
    yield from _spans(text[position:])


def _spans(text: str) -> Iterator[tuple[bool, str]]:
    position = first = 0
    for last in (*(found.start() for found in _BLANK.finditer(text)), len(text)):
        for start, end in spans(text[first:last]):
            yield False, text[position : first + start]
            yield True, text[first + start : first + end]
            position = first + end
        first = last
    yield False, text[position:]


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """``text`` with all that is not code changed, stretch by stretch."""
    return "".join(part if code else change(part) for code, part in stretches(text))


def between_fences(text: str, change: Callable[[str], str]) -> str:
    """The same, but code within lines is handed over too, so that lines are whole."""
    parts, position = [], 0
    for fence in FENCE.finditer(text):
        parts += [change(text[position : fence.start()]), fence.group()]
        position = fence.end()
    return "".join([*parts, change(text[position:])])


def around_fences(text: str, change: Callable[[str], str]) -> str:
    """The same with a letter of no meaning for each fence, so that blocks around them are whole.

    What ``change`` writes before that letter's line is written before each line of the code.
    """
    kept: list[list[str]] = []

    def keep(found: re.Match[str]) -> str:
        lead = found["in"]
        kept.append([line.removeprefix(lead) for line in found.group().split("\n")])
        return f"{lead}\ue0f7{len(kept) - 1}\ue0f8"

    def back(found: re.Match[str]) -> str:
        at = int(found[2])
        return "\n".join(found[1] + line for line in kept[at]) if at < len(kept) else ""

    changed = change(FENCE.sub(keep, _KEPT.sub("", text)))
    return re.sub("^(.*?)\ue0f7(\\d+)\ue0f8", back, changed, flags=re.MULTILINE)


def lines_of(text: str) -> Iterator[tuple[bool, str]]:
    """The lines of ``text``, each with whether it belongs to fenced code."""
    position = 0
    for fence in FENCE.finditer(text):
        if before := text[position : fence.start()]:
            yield from ((False, line) for line in before.removesuffix("\n").split("\n"))
        yield from ((True, line) for line in fence.group().split("\n"))
        position = min(fence.end() + 1, len(text))
    if position < len(text) or not text:
        yield from ((False, line) for line in text[position:].split("\n"))


def heading(line: str) -> tuple[int, str, str] | None:
    """Level, text and attributes (``#id .class``) of a line that is a heading, or None."""
    found = _HEADING.match(line)
    if found is None:
        return None
    text, inner = found["text"], ""
    if attributes := _ATTRIBUTES.search(text):
        text, inner = text[: attributes.start()], attributes["inner"].strip()
    return len(found["marks"]), text.strip(), inner


def with_hashes(text: str) -> str:
    """Headings that are underlined, as headings with ``#``."""

    def change(found: re.Match[str]) -> str:
        mark = "#" if found["line"][0] == "=" else "##"
        return f"{mark} {found['text'].strip()}\n"

    return between_fences(text, lambda part: _SETEXT.sub(change, part))


def slugged(text: str) -> str:
    """The anchor that GitHub gives to a heading: small letters, hyphens for spaces."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)|<[^<>]*>", r"\1", text)
    return re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")


def words_of(text: str) -> list[str]:
    """The words of Markdown, in their order, without what is only mark."""
    remark = r"<!--(?:(?!<!--).)*?-->"
    text = re.sub(rf"{remark}|\]\((?:<[^<>\n]*>|[^()\s]*)", "]", text, flags=re.DOTALL)
    text = re.sub(r"\]\[\^[^\[\]]*\]|\[\^[^\[\]\s]+\]:?|\{[^{}\n]*\}|</?[a-zA-Z][^<>]*>", " ", text)
    return re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text)
