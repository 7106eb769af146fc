"""Raw HTML among Markdown, found in time that grows with the text.

Python-Markdown's search looks from each ``<`` to the end of the chapter for what closes it, and
from each tag through all that are open. What closes nothing is known here at once.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from markdown.htmlparser import HTMLExtractor, void_tags
from markdown.preprocessors import Preprocessor

from book.base.patterns import pattern
from book.parse.inline import Once

if TYPE_CHECKING:
    from collections.abc import Sequence

_BLANK = pattern(r"(?:[ ]*\n){2}")
_INNER_BLANK = pattern(r"\n[ \t]*\n")
#: So far behind a comment the end of the tag around it is looked for, in letters, and for so many
#: tags. A comment is a block unless it stands in a line.
_AHEAD, _AROUND = 5000, 20
_last_closed = Once(lambda text: text.rfind(">"))
_last_section = Once(lambda text: text.rfind("]]>"))
_last_instruction = Once(lambda text: text.rfind("?>"))


class RawHtml(Preprocessor):
    """Puts raw HTML away, and leaves placeholders."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines without blocks of HTML."""
        finder = _Finder(self.md)
        finder.feed("\n".join(lines))
        finder.close()
        return "".join(finder.cleandoc).split("\n")


class _Open(list[str]):
    """Names of open tags, the last one last, of which it is known how often each is there."""

    def __init__(self) -> None:
        super().__init__()
        self._count: Counter[str] = Counter()

    def append(self, tag: str) -> None:
        super().append(tag)
        self._count[tag] += 1

    def close(self, tag: str) -> None:
        """Take the last ``tag`` off, and what was opened since; nothing if it isn't open."""
        while self._count[tag]:
            last = self.pop()
            self._count[last] -= 1
            if last == tag:
                return


class _Finder(HTMLExtractor):
    """Python-Markdown's, which is Python's parser of HTML with rules of its own."""

    _cache: list[str]

    def reset(self) -> None:
        super().reset()
        self.stack: Any = _Open()
        self.inline_stack: Any = _Open()

    def check_for_whole_start_tag(self, i: int) -> int:
        if _last_closed(self.rawdata) < i:
            return -1
        whole: int = super().check_for_whole_start_tag(i)
        return whole

    def parse_html_declaration(self, i: int) -> int:
        if self.rawdata.startswith("<![", i) and _last_section(self.rawdata) < i:
            self.handle_data("<!")
            return i + 2
        return super().parse_html_declaration(i)

    def parse_pi(self, i: int) -> int:
        if _last_instruction(self.rawdata) < i:
            self.handle_data("<?")
            return i + 2
        return super().parse_pi(i)

    def handle_endtag(self, tag: str) -> None:
        text = self.get_endtag_text(tag)
        if not self.inraw:
            self.cleandoc.append(text)
            self.close_inline_tag(tag)
            return
        self._cache.append(text)
        self.stack.close(tag)
        if not self.stack:
            self.inraw = False
            if self._is_followed_by_blank(text):
                self._cache.append("\n")
            else:
                self.intail = True
            self.cleandoc += [self.md.htmlStash.store("".join(self._cache)), "\n\n"]
            self._cache = []

    def close_inline_tag(self, tag: str) -> None:
        self.inline_stack.close(tag)

    def open_inline_tag(self, tag: str) -> None:
        if not self.md.is_block_level(tag) and tag not in void_tags:
            self.inline_stack.append(tag)

    def handle_data(self, data: str) -> None:
        if self.intail and "\n" in data:
            self.intail = False
        if self.inraw:
            self._cache.append(data)
            return
        if self.inline_stack and _INNER_BLANK.search(data):
            self.inline_stack = _Open()
        self.cleandoc.append(data)

    def handle_empty_tag(self, data: str, is_block: bool) -> None:
        if self.inraw or self.intail:
            self._cache.append(data)
        elif not (is_block and self.at_line_start()):
            self.cleandoc.append(data)
        else:
            if self._is_followed_by_blank(data):
                data += "\n"
            else:
                self.intail = True
            before = self.cleandoc[-1] if self.cleandoc else ""
            lead = ["\n"] if before.endswith("\n") and not before.endswith("\n\n") else []
            self.cleandoc += [*lead, self.md.htmlStash.store(data), "\n\n"]

    def inline_close_follows(self, text: str) -> bool:
        if not self.inline_stack:
            return False
        start = self.line_offset + self.offset + len(text)
        rest = _INNER_BLANK.split(self.rawdata[start : start + _AHEAD], maxsplit=1)[0]
        names: Sequence[str] = self.inline_stack[-_AROUND:]
        ends = re.compile(rf"</\s*(?:{'|'.join(map(re.escape, names))})\s*>", re.IGNORECASE)
        return ends.search(rest) is not None

    def _is_followed_by_blank(self, text: str) -> bool:
        start = self.line_offset + self.offset + len(text)
        return _BLANK.match(self.rawdata, start) is not None
