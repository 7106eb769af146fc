"""Code, tags and addresses in angle brackets: whichever begins first (CommonMark, section 6.1)."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from bisect import bisect_left
from typing import TYPE_CHECKING

from markdown import util
from markdown.inlinepatterns import InlineProcessor

from book.base.patterns import pattern
from book.parse.inline import Once
from book.parse.stamps import TAG_STAMP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown import Markdown

_TICKS = pattern("`+")
#: A raw tag or a comment.
TAG = (
    rf"<(?:[a-zA-Z][a-zA-Z0-9-]* {TAG_STAMP}(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+"
    r"|/[a-zA-Z][a-zA-Z0-9-]*\s*|!--(?:(?!<!--|-->).)*+--)>"
)
#: An address in angle brackets; its group is the address.
ADDRESS = r"<((?:www\.|[A-Za-z][A-Za-z0-9+.-]{1,31}:)[^<>\s\x02\x03]*+)>"
# Where a link's address may stand in such brackets, they are none of these.
_FIRST = (
    r"(?P<slashes>\\++)(?P<tick>[`<]?)|(?P<ticks>`++)"
    rf"|(?<!\]\()(?<!\]:[ ])(?:(?P<tag>{TAG})|{ADDRESS})"
)


class Ticks:
    """All runs of backticks in a text."""

    def __init__(self, text: str) -> None:
        self.spans = [found.span() for found in _TICKS.finditer(text)]
        self._by_length: dict[int, list[int]] = {}
        for start, end in self.spans:
            self._by_length.setdefault(end - start, []).append(start)

    def closing(self, start: int, length: int) -> int | None:
        """Where the first run of ``length`` from ``start`` on begins."""
        starts = self._by_length.get(length, [])
        at = bisect_left(starts, start)
        return starts[at] if at < len(starts) else None


_ticks = Once(Ticks)
#: What may begin code, and what a backslash stands before.
_BEGINS = pattern(r"(?<!`)`++|\\[^\w\s]")


def escaped_and_code(text: str) -> Iterator[tuple[int, int]]:
    """Where a backslash stands before a sign in ``text``, and where code is between backticks.

    Both from the backslash or first backtick to the sign or last one (CommonMark 0.31.2, 2.4 and
    6.1); code that begins with a backslash is none.
    """
    if "`" not in text and "\\" not in text:
        return
    ticks, at = Ticks(text), 0
    while found := _BEGINS.search(text, at):
        start, at = found.span()
        if text[start] == "`":
            closing = ticks.closing(at, at - start)
            if closing is None:
                continue
            at += closing - start
        yield start, at


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where code between backticks stands in ``text``, a paragraph, backticks included."""
    return (one for one in escaped_and_code(text) if text[one[0]] == "`")


def _code(text: str) -> str:
    """What a code span says (CommonMark, section 6.1)."""
    text = text.replace("\n", " ")
    padded = text.startswith(" ") and text.endswith(" ") and text.strip(" ")
    return text[1:-1] if padded else text


class NoCharacter(InlineProcessor):
    r"""``\&amp;``, and references to characters that there are none of: they stand as typed."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(r"\\&|&(?=#(?:\d{8,}|[xX][0-9a-fA-F]{7,});)", md)

    def handleMatch(  # type: ignore[override] # noqa: N802 # theirs; it may give a string
        self, m: re.Match[str], data: str
    ) -> tuple[str, int, int]:
        """The sign itself."""
        return self.md.htmlStash.store("&amp;"), m.start(), m.end()


def link_to(address: str) -> ET.Element:
    """A link to ``address``, which is also its words."""
    link = ET.Element("a", {"href": f"http://{address}" if address[:4] == "www." else address})
    link.text = util.AtomicString(address)
    return link


class Verbatim(InlineProcessor):
    """Code between backticks, and backslashes before them; tags; addresses."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(_FIRST, md)
        self._backslash = f"{util.STX}{ord(chr(92))}{util.ETX}"

    def handleMatch(  # type: ignore[override] # noqa: N802 # theirs; it may give a string
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element | str | None, int, int]:
        """What stands there; of backticks, if they are closed."""
        if slashes := m["slashes"]:
            if m["tick"] and len(slashes) % 2 == 0:  # so what follows isn't escaped
                return self._backslash * (len(slashes) // 2), m.start(), m.end("slashes")
            return None, m.start(), m.end()
        if m["tag"]:
            return self.md.htmlStash.store(m["tag"]), m.start(), m.end()
        if not m["ticks"]:
            return link_to(m[m.lastindex or 0]), m.start(), m.end()
        begin, start = m.span()
        end = _ticks(data).closing(start, start - begin)
        if end is None:
            return None, begin, start
        code = ET.Element("code")
        code.text = util.AtomicString(util.code_escape(_code(data[start:end])))
        return code, begin, end + start - begin
