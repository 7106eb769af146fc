"""Inline marks in time that grows with the text: what Python-Markdown looks for again and again.

It searches for the partner of a bracket or a backtick from each of them to the end of the
paragraph, and copies the paragraph for each mark that it finds. Here the partners of all are
found at once, and a paragraph is put together once for each kind of mark.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from functools import cached_property
from typing import TYPE_CHECKING, Any

from markdown import util
from markdown.inlinepatterns import (
    DelimiterProcessor,
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    ShortImageReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
)

from book.base.patterns import pattern
from book.parse.stamps import STAMP
from book.parse.targets import is_begun, may_be, target
from book.parse.woven import Woven

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_BRACKET = pattern(r"[\[\]]")
_LABEL = pattern(r"(?<!!)\[([^\[\]]+)\]")
_INNER = pattern(r"(?<!!)\[[^\[\]]*\]\(")
#: So deep brackets stand in each other; those around them are text.
DEEPEST_BRACKETS = 50
#: The longest label of a reference (CommonMark 0.31, section 4.7).
_LONGEST_LABEL = 999
#: The longest address with its title that is looked for, in letters.
_LONGEST_TARGET = 20_000
#: How many letters are looked at for nothing before ``](`` is taken for what it looks like.
_PATIENCE = 1_000_000


def crowded(text: str) -> int:
    """The first line of a paragraph, from 1, in which brackets stand deeper than is read; or 0."""
    line = 1
    for paragraph in text.split("\n\n"):
        if paragraph.count("[") > DEEPEST_BRACKETS and _deep(paragraph):
            return line + len(paragraph) - len(paragraph.lstrip("\n"))
        line += paragraph.count("\n") + 2
    return 0


def _deep(text: str) -> bool:
    """Whether an ``[`` of ``text`` holds others deeper than :data:`DEEPEST_BRACKETS`."""
    return any(depth > DEEPEST_BRACKETS for _, _, depth in _pairs(text))


def _pairs(text: str) -> Iterator[tuple[int, int, int]]:
    """Where each pair of brackets in ``text`` opens and closes, and how deep it goes from there."""
    open_ones: list[int] = []
    within = [0]  # how deep it goes in what is open, and before all
    for bracket in _BRACKET.finditer(text):
        if bracket.group() == "[":
            open_ones.append(bracket.start())
            within.append(0)
        elif open_ones:
            start, depth = open_ones.pop(), within.pop() + 1
            within[-1] = max(within[-1], depth)
            yield start, bracket.start(), depth


class Once:
    """What ``make`` makes of a text, kept for as long as the same text is asked about."""

    def __init__(self, make: Callable[[str], Any]) -> None:
        self._make = make
        self._text: str | None = None
        self._made: Any = None

    def __call__(self, text: str) -> Any:
        """What is made of ``text``."""
        if text is not self._text:
            self._text, self._made = text, self._make(text)
        return self._made


def _partners(text: str) -> dict[int, int]:
    """Where each bracket that opens in ``text`` is closed.

    Those that hold others more than :data:`DEEPEST_BRACKETS` deep are text: each is read again
    with all that it holds.
    """
    return {start: end for start, end, depth in _pairs(text) if depth <= DEEPEST_BRACKETS}


_closed = Once(_partners)


class Bracketed(LinkInlineProcessor):
    """What a link, an image and a reference have in common."""

    #: What must stand behind the second bracket.
    follows = re.compile(r"\(")
    longest: int | None = None
    holds_links = False
    #: The stamp of the first that was taken for what it looks like, when enough had been.
    given_up: int | None = None
    _failed = 0

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # noqa: N802
        """What stands in brackets that open before ``index``, if what must follow them does."""
        end = _closed(data).get(index - 1)
        if end is None or (self.longest is not None and end - index > self.longest):
            return "", index, False
        if not self.follows.match(data, end + 1) or self._holds_link(data, index, end):
            return "", index, False
        return data[index:end], end + 1, True

    def _holds_link(self, data: str, start: int, end: int) -> bool:
        """Whether a link stands within: then that is the link (CommonMark, section 6.3)."""
        if self.holds_links or end - start > _LONGEST_LABEL:
            return False
        if data.find("](", start, end) > 0 and _INNER.search(data, start, end):
            return True
        labels = self.md.references
        inner = _LABEL.finditer(data, start, end) if labels else ()
        return any(found[1] in labels for found in inner)

    def getLink(  # noqa: N802
        self, data: str, index: int
    ) -> tuple[str, str | None, int, bool]:
        """The target within brackets; only so far as any goes, and not for ever in vain."""
        ahead = data[index : index + _LONGEST_TARGET]
        if ")" not in ahead or self._failed > _PATIENCE:
            return "", None, index, False
        if found := target(ahead, 0):
            title = None if found.title is None else self.unescape(found.title)
            return self.unescape(found.address), title, index + found.end, True
        if is_begun(ahead, 0):
            return "", None, index, False
        href, title, end, handled = super().getLink(ahead, 0)
        # Theirs may lose its way in quotation marks.
        handled = handled and end > 0 and may_be(href)
        self._failed += 0 if handled else len(ahead)
        if self._failed > _PATIENCE and self.given_up is None:
            stamps = STAMP.findall(data, 0, index)
            self.given_up = int(stamps[-1]) if stamps else 0
        return href, title, index + end, handled

    def unescape(self, text: str) -> str:
        """``text`` with what has been put away from it; raw HTML as it was typed."""
        text = super().unescape(text)
        raw = self.md.htmlStash.rawHtmlBlocks
        return util.HTML_PLACEHOLDER_RE.sub(lambda found: str(raw[int(found[1])]), text)

    def reset(self) -> None:
        """Begin another chapter."""
        self._failed, self.given_up = 0, None


class Links(Bracketed):
    """``[text](address "title")``."""


class Images(Bracketed, ImageInlineProcessor):
    """``![text](address "title")``."""

    holds_links = True


class _Labelled(Bracketed, ReferenceInlineProcessor):
    """What names a label."""

    def evalId(  # noqa: N802 # theirs
        self, data: str, index: int, text: str
    ) -> tuple[str | None, int, bool]:
        """The label as it was typed."""
        label, end, handled = super().evalId(data, index, text)
        return self.unescape(label or ""), end, handled

    def handleMatch(  # type: ignore[override] # noqa: N802 # theirs; it may give a string
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element | None, int | None, int | None]:
        """The link, if its label is known; else what stands in brackets is looked at again."""
        made, start, end = super().handleMatch(m, data)
        if made is None or isinstance(made, str):
            return None, None, None
        return made, start, end


class _Referring(_Labelled):
    follows = re.compile(r"\s?\[")


class References(_Referring):
    """``[text][label]``."""


class ImageReferences(_Referring, ImageReferenceInlineProcessor):
    """``![text][label]``."""

    holds_links = True


class ShortReferences(_Labelled, ShortReferenceInlineProcessor):
    """``[label]``."""

    follows = re.compile("")
    longest = _LONGEST_LABEL


class ShortImageReferences(_Labelled, ShortImageReferenceInlineProcessor):
    """``![label]``."""

    holds_links = True

    follows = re.compile("")
    longest = _LONGEST_LABEL


class Inline(Woven):
    """Python-Markdown's way through a tree; a text is put together once for each pattern."""

    @cached_property
    def _all(self) -> list[tuple[Any, tuple[str, ...], frozenset[str]]]:
        """The patterns in their order, with what each needs in its text, and can't stand in."""
        patterns: list[Any] = list(self.inlinePatterns)
        return [
            (one, getattr(one, "needs", ()), frozenset(map(str.lower, one.ANCESTOR_EXCLUDES)))
            for one in patterns
        ]

    def _read(self, data: str, patternIndex: int = 0) -> str:  # noqa: N803 # theirs
        if isinstance(data, util.AtomicString):
            return data
        for at, (reader, needs, excludes) in enumerate(self._all[patternIndex:], patternIndex):
            for one in needs:  # every text passes here, and any() would take thrice as long
                if one in data:
                    break
            else:
                if needs:
                    continue
            if excludes and not excludes.isdisjoint(self.ancestors):
                continue
            # What finds emphasis remembers where it was in a text that changes under it.
            step = self._step_by_step if isinstance(reader, DelimiterProcessor) else self._replaced
            data = step(reader, data, at)
        return data

    #: Theirs, by the name that Python gives it.
    _InlineProcessor__handleInline = _read

    def _stash(self, node: ET.Element | str) -> str:
        number = f"{len(self.stashed_nodes):04}"
        self.stashed_nodes[number] = node
        return util.INLINE_PLACEHOLDER % number

    def _replaced(self, pattern: Any, data: str, at: int) -> str:
        """``data`` with placeholders for all that ``pattern``, the one ``at``, finds in it."""
        search = pattern.getCompiledRegExp().search
        pieces: list[str] = []
        nodes: list[Any] = []
        done = position = 0
        while found := search(data, position):
            node, start, end = pattern.handleMatch(found, data)
            if start is None or end is None:
                position = max(found.end(), position + 1)
                continue
            position = max(end, position + 1) if end == found.start() else end
            if node is not None:
                pieces += [data[done:start], self._stash(node)]
                nodes.append(node)
                done = end
        # Only now: while this text is read, nothing is known of others.
        for node in nodes:
            self._read_within(node, at)
        return "".join([*pieces, data[done:]]) if pieces else data

    def _step_by_step(self, pattern: Any, data: str, at: int) -> str:
        """The same, for a pattern that wants to see ``data`` as it is by then."""
        search = pattern.getCompiledRegExp().search
        position = 0
        while found := search(data, position):
            node, start, end = pattern.handleMatch(found, data)
            if start is None or end is None:
                position = found.end()
            elif node is None:
                position = end
            else:
                self._read_within(node, at)
                placeholder = self._stash(node)
                data = data[:start] + placeholder + data[end:]
                position = start + len(placeholder)
        return data

    def _read_within(self, node: ET.Element | str, at: int) -> None:
        if isinstance(node, str) or isinstance(node.text, util.AtomicString):
            return
        for child in [node, *node]:
            if child.text:
                self.ancestors.append(child.tag.lower())
                child.text = self._read(child.text, at + 1)
                self.ancestors.pop()
            if child.tail:
                child.tail = self._read(child.tail, at)
