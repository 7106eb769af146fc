"""Inline marks that writers know from elsewhere: GitHub's, Pandoc's, Obsidian's.

``~~struck~~``, ``H~2~O``, ``x^2^``, ``==marked==``, ``[words]{.smallcaps}``, ``^[a note]``, bare
addresses, and words in angle brackets that are no tags. Every pattern looks no further than the
next of its own signs.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

from markdown import util
from markdown.extensions.attr_list import get_attrs_and_remainder, sanitize_name
from markdown.inlinepatterns import (
    AutomailInlineProcessor,
    HtmlInlineProcessor,
    InlineProcessor,
    SimpleTagInlineProcessor,
)

from book.base.patterns import pattern
from book.parse.attributes import LISTED, plain
from book.parse.codespans import ADDRESS, TAG, link_to
from book.parse.inline import Bracketed
from book.parse.only import asked
from book.parse.stamps import PROOF, STAMP

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown import Markdown

_SPAN = pattern(rf"\{{(:?[ ]*(?:{LISTED})?[ ]*)\}}")
_NOTE = rf"\^(?:{STAMP.pattern})?\["
_STRUCK = r"(~~)(?=[^\s~])([^~]++)(?<!\s)~~"
_MARKED = r"(==)(?=[^\s=])([^=]++)(?<!\s)=="
_LOWERED = r"(?<!~)(~)([\w.,+−-]++)~(?!~)"
_RAISED = r"(?<!\^)(\^)([\w.,+−-]++)\^(?!\^)"
_BARE = r"(?<![\w/@.:=-])(?:https?://|www\.)[^\s<>\x02\x03\ufdd0-\ufdef\"]++"
_MAIL = r"<((?:mailto:)?[^<>\s\x02\x03]+@[^@<>\s\x02\x03]+)>"
_ENDS = "?!.,:;*_~'”’»"


class Spans(Bracketed):
    """``[words]{.class #name lang=la}``; small capitals and underlining are such classes."""

    follows = _SPAN
    holds_links = True

    def handleMatch(  # type: ignore[override] # noqa: N802 # theirs; it may give a string
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element | None, int | None, int | None]:
        """A ``span``, or what its class is called in HTML."""
        text, index, handled = self.getText(data, m.end(0))
        found = _SPAN.match(data, index) if handled else None
        if found is None:
            return None, None, None
        span = ET.Element("span")
        give(span, found[1])
        if span.get("class") == "underline":
            span.tag = "u"
            del span.attrib["class"]
        span.text = text
        return span, m.start(0), found.end()


class InlineNotes(Bracketed):
    """``^[words]``: a note at its call."""

    follows = re.compile("")
    holds_links = True

    def __init__(self, md: Markdown, made: Callable[[str, str], ET.Element]) -> None:
        super().__init__(_NOTE, md)
        self._made = made

    def handleMatch(  # type: ignore[override] # noqa: N802 # as above
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element | None, int | None, int | None]:
        """The call of a note, which holds the note until all is read."""
        text, index, handled = self.getText(data, m.end(0))
        if not handled or not text.strip():
            return None, None, None
        return self._made(text.strip(), m[1] or ""), m.start(0), index


class Bare(InlineProcessor):
    """``https://example.org`` and ``www.example.org`` in the text (GFM 0.29, section 6.9)."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override] # noqa: N802 # as above
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element | None, int | None, int | None]:
        """A link that ends where the address does, not where the sentence does."""
        text = m.group()
        while text and (text[-1] in _ENDS or (text[-1] in ")]}" and not _balanced(text))):
            text = text[:-1]
        if not re.match(r"(?:https?://|www\.)[^\W_]", text):
            return None, m.start(), m.end()
        link = ET.Element("a", {"href": text if "://" in text else f"http://{text}"})
        link.text = util.AtomicString(text)
        return link, m.start(), m.start() + len(text)


class _Angled(InlineProcessor):
    """``<www.example.org>`` and ``<scheme:address>``."""

    def handleMatch(  # type: ignore[override] # noqa: N802 # as above
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element | None, int | None, int | None]:
        """A link to what stands between the brackets."""
        return link_to(m[1]), m.start(), m.end()


def register(md: Markdown, made: Callable[[str, str], ET.Element]) -> None:
    """Teach ``md`` all of them; ``made`` makes the call of a note from its words and stamp."""
    patterns: Any = md.inlinePatterns
    patterns.register(InlineNotes(md, made), "inline-note", 176)
    patterns.register(Spans(r"(?<!\!)\[", md), "span", 135)
    patterns.register(_Angled(ADDRESS), "angled", 121)
    patterns.register(HtmlInlineProcessor(f"({TAG})", md), "html", 90)
    patterns.register(AutomailInlineProcessor(_MAIL, md), "automail", 110)
    patterns.deregister("autolink")
    patterns.register(Bare(_BARE), "bare", 85)
    for name, sign, tag in (
        ("struck", _STRUCK, "del"),
        ("marked", _MARKED, "mark"),
        ("lowered", _LOWERED, "sub"),
        ("raised", _RAISED, "sup"),
    ):
        patterns.register(SimpleTagInlineProcessor(sign, tag), name, 70)


def give(element: ET.Element, written: str) -> None:
    """Give ``element`` the attributes ``written`` between braces; ``{.a .b #c key=value}``."""
    classes: list[str] = []
    attributes, _ = get_attrs_and_remainder(plain(written))
    for key, value in attributes:
        if key == ".":
            classes.append(str(value))
        elif value is not None:
            element.set(sanitize_name(key), value)
    bare = [key for key, value in attributes if value is None]
    if classes := asked(element, classes, bare):
        element.set("class", " ".join(classes))


def call_of(label: str, stamp: str, tags: tuple[str, str], text: str) -> ET.Element:
    """The call of a note with the note in it; ``tags`` are those of calls and notes."""
    call = ET.Element(tags[0], {"proof": PROOF, "label": label, "stamp": stamp})
    note = ET.SubElement(call, tags[1], {"proof": PROOF, "label": label, "stamp": stamp})
    note.text = text
    return call


def _balanced(text: str) -> bool:
    """Whether the bracket that ``text`` ends with was opened in it."""
    opening = {")": "(", "]": "[", "}": "{"}[text[-1]]
    return text.count(text[-1]) <= text.count(opening)
