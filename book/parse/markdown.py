"""The Markdown that manuscripts are written in: Python-Markdown, and what we add to it.

Notes with paragraphs, lists and tables of their own; captions that may hold marks; fenced code
within lists, notes and quotations; and a few habits of CommonMark that Python-Markdown lacks
(``1)`` counts, ``#x`` is no heading, a backslash at the end of a line breaks it).
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from functools import cache
from string import punctuation
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.def_list import DefListExtension
from markdown.inlinepatterns import NOIMG, SubstituteTagInlineProcessor

from book.parse.abbreviations import Abbreviations, Marked
from book.parse.ahead import Ahead
from book.parse.attributes import Attributes
from book.parse.barred import Barred, Captions, CaptionsAbove
from book.parse.blocks import Parted, Patient, Shallow
from book.parse.codespans import NoCharacter, Verbatim
from book.parse.definitions import Terms
from book.parse.divs import Breaks, Divisions, Private, Verse
from book.parse.drawn import Columns, Grids
from book.parse.embedded import Embedded, said, sized
from book.parse.emphasis import Exact, Stars, spoken
from book.parse.examples import Examples
from book.parse.fences import Fences, StoredCode
from book.parse.headings import Headings
from book.parse.inline import (
    Bracketed,
    ImageReferences,
    Images,
    Inline,
    Links,
    References,
    ShortImageReferences,
    ShortReferences,
)
from book.parse.lists import Lists, Quotations
from book.parse.needs import NEEDS
from book.parse.notes import NoteMarks
from book.parse.ours import CAPTION_TAG, FIGURE_TAG, ours
from book.parse.rawhtml import RawHtml
from book.parse.references import Labels, Leading, LinkDefinitions
from book.parse.within import Within

_LINK, _IMAGE = rf"{NOIMG}\[", r"\!\["


def convert(stamped: str) -> str:
    """Stamped Markdown as XHTML text, with elements of :data:`OUR_TAGS` for what we add."""
    return _markdown().reset().convert(stamped)


def given_up() -> int | None:
    """The stamp before the first address of what was last converted that was not looked for.

    Enough had been looked for in vain by then (:mod:`book.parse.inline`); None if it never was.
    """
    patterns = _markdown().inlinePatterns
    found = (one.given_up for one in patterns if isinstance(one, Bracketed))
    return min((one for one in found if one is not None), default=None)


@cache
def _markdown() -> Markdown:
    # By name they would be looked for in all that is installed.
    extensions = [Attributes(), DefListExtension(), NoteMarks(), _Habits()]
    return Markdown(extensions=extensions, output_format="xhtml")


class _Images(Images):
    """``![alt](src "caption")``, the marks in the caption kept."""

    _as_is = False
    _width = ""

    def unescape(self, text: str) -> str:
        return text if self._as_is else super().unescape(text)

    def getLink(  # noqa: N802 # Python-Markdown's
        self, data: str, index: int
    ) -> tuple[str, str | None, int, bool]:
        if asked := sized(data, index):
            href, title, self._width, index = asked
            return self.unescape(href), title, index, True
        self._as_is, self._width = True, ""
        href, title, index, handled = super().getLink(data, index)
        self._as_is = False
        return self.unescape(href), title, index, handled

    def handleMatch(  # type: ignore[override] # noqa: N802 # theirs; it may give a string
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element | None, int | None, int | None]:
        image, start, end = super().handleMatch(m, data)
        if image is None or isinstance(image, str):
            return None, None, None
        if self._width:
            image.set("width", self._width)
        return _captioned(image), start, end


class _ImageReferences(ImageReferences):
    def makeTag(self, href: str, title: str, text: str) -> ET.Element:  # noqa: N802 # Python-Markdown's
        return _captioned(super().makeTag(href, title, text))


class _ShortImageReferences(ShortImageReferences):
    def makeTag(self, href: str, title: str, text: str) -> ET.Element:  # noqa: N802 # Python-Markdown's
        return _captioned(super().makeTag(href, title, text))


def _captioned(image: ET.Element) -> ET.Element:
    image.set("alt", spoken(image.get("alt", "")))
    said(image)
    title = image.attrib.pop("title", "")
    if not title:
        return image
    figure = ours(FIGURE_TAG)
    figure.append(image)
    caption = ours(CAPTION_TAG)
    caption.text = title
    figure.append(caption)
    return figure


class _Habits(Extension):
    """Captions, fences, and what CommonMark has taught authors to expect."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 # Python-Markdown's
        md.registerExtension(self)
        md.ESCAPED_CHARS = list(punctuation)
        self._abbreviations: dict[str, str] = {}
        self._examples = Examples(md)
        self._lists = Lists(md, self._examples)
        md.parser.__class__ = Patient  # It has been made when we are asked.
        before, after = md.preprocessors, md.treeprocessors
        before.register(Fences(md), "fences", 25)
        before.register(Private(md), "private", 24)
        before.register(Shallow(md), "shallow", 22)
        before.register(Within(md), "within", 21)
        before.register(RawHtml(md), "html_block", 20)
        before.register(Parted(md), "parted", 15)
        self._teach_blocks(md)
        after.register(Inline(md), "inline", 20)
        after.register(Marked(md, self._abbreviations), "abbr", 7)
        self._teach_spans(md)

    def _teach_blocks(self, md: Markdown) -> None:
        """Blocks; of two that begin in one, that with the higher number is found first."""
        blocks, parser, labels = md.parser.blockprocessors, md.parser, Labels()
        for name in ("indent", "olist", "ulist", "setextheader", "hr"):
            blocks.deregister(name)
        blocks.register(Abbreviations(md, self._abbreviations), "abbr", 82.5)
        blocks.register(Ahead(parser), "ahead", 82)
        blocks.register(Divisions(parser), "divisions", 81)
        blocks.register(self._lists, "lists", 79)
        blocks.register(StoredCode(parser), "stored", 78)
        blocks.register(Quotations(parser), "quote", 77)
        blocks.register(Captions(parser), "captions", 76)
        blocks.register(CaptionsAbove(parser), "captions-above", 80.8)
        blocks.register(Columns(parser), "columns", 80.7)
        blocks.register(Grids(parser), "grids", 80.5)
        blocks.register(Barred(parser, {"use_align_attribute": True}), "table", 75)
        blocks.register(Terms(parser), "deflist", 25)
        blocks.register(Verse(parser), "verse", 73)
        blocks.register(Breaks(parser), "breaks", 72)
        blocks.register(Headings(parser), "hashheader", 70)
        blocks.register(Leading(parser, labels), "leading", 71)
        blocks.register(LinkDefinitions(parser, labels), "reference", 15)
        md.references = labels

    def _teach_spans(self, md: Markdown) -> None:
        """What stands in a line."""
        patterns = md.inlinePatterns
        patterns.register(Verbatim(md), "backtick", 190)
        patterns.register(NoCharacter(md), "no-character", 181)
        patterns.register(References(_LINK, md), "reference", 170)
        patterns.register(self._examples, "examples", 165)
        patterns.register(Links(_LINK, md), "link", 160)
        patterns.register(Embedded(), "embedded", 172)
        patterns.register(_Images(_IMAGE, md), "image_link", 150)
        patterns.register(_ImageReferences(_IMAGE, md), "image_reference", 140)
        patterns.register(ShortReferences(_LINK, md), "short_reference", 130)
        patterns.register(_ShortImageReferences(_IMAGE, md), "short_image_ref", 125)
        patterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "backslash-break", 101)
        emphasis: Any = patterns["em_strong"]
        emphasis.__class__ = Exact  # It has been made when we are asked.
        emphasis.delimiters["*"].boundary = Stars()
        for name, needs in NEEDS.items():
            if name in patterns:
                vars(patterns[name])["needs"] = needs
        self._bracketed = [one for one in patterns if isinstance(one, Bracketed)]

    def reset(self) -> None:
        self._lists.reset()
        self._examples.reset()
        self._abbreviations.clear()
        for one in self._bracketed:
            one.reset()
