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
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import NOIMG, InlineProcessor, SubstituteTagInlineProcessor
from markdown.treeprocessors import Treeprocessor

from book.parse.blocks import Parted, Shallow
from book.parse.fences import Fences
from book.parse.inline import (
    Bracketed,
    CodeSpan,
    ImageReferences,
    Images,
    Inline,
    Links,
    References,
    ShortImageReferences,
    ShortReferences,
)
from book.parse.rawhtml import RawHtml
from book.parse.stamps import PROOF, STAMP, stamp_of

NOTE_TAG = "chapbook-note"
CALL_TAG = "chapbook-call"
#: An image with its caption: ``<chapbook-figure><img/><chapbook-caption>…``.
FIGURE_TAG = "chapbook-figure"
CAPTION_TAG = "chapbook-caption"
OUR_TAGS = (NOTE_TAG, CALL_TAG, FIGURE_TAG, CAPTION_TAG)

_LABEL = r"\[\^([^\[\]\s]+)\]"
_DEFINITION = re.compile(rf"^[ ]{{0,3}}{_LABEL}:(?:{STAMP.pattern})?[ ]*", re.MULTILINE)
# Lines that, where they are not indented, are no part of the note above them.
_OTHER = re.compile(rf"^[ ]{{0,3}}(?:{_LABEL}:|\#{{1,6}}[ ]|>|[*+-][ ])", re.MULTILINE)
_OTHER_IN_LIST = re.compile(rf"{_OTHER.pattern}|^[ ]{{0,3}}\d+[.)][ ]", re.MULTILINE)
_NUMBERED = re.compile(r"[ ]{0,3}\d+[.)][ ]")
_INDENTATION = re.compile(r"^ {4}", re.MULTILINE)
_LINK, _IMAGE = rf"{NOIMG}\[", r"\!\["


def convert(stamped: str) -> str:
    """Stamped Markdown as XHTML text, with elements of :data:`OUR_TAGS` for what we add."""
    return _markdown().reset().convert(stamped)


@cache
def _markdown() -> Markdown:
    extensions: list[Any] = [
        "attr_list",
        "def_list",
        "sane_lists",
        TableExtension(use_align_attribute=True),
        _Notes(),
        _Habits(),
    ]
    return Markdown(extensions=extensions, output_format="xhtml")


class _NoteDefinitions(BlockProcessor):
    """``[^label]: text``, with further paragraphs indented by four spaces.

    Notes are gathered apart, so that a list goes on around a definition as if it weren't there.
    """

    def __init__(self, md: Markdown) -> None:
        super().__init__(md.parser)
        self.found: list[ET.Element] = []
        # Where a note was last defined, and how much stood there then.
        self._last: tuple[ET.Element, int] | None = None

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
        other = _OTHER_IN_LIST if _NUMBERED.match(before) else _OTHER
        if before:
            self.parser.parseBlocks(parent, [before])
        first, rest = _parted(block[match.end() :], other)
        if rest:
            blocks.insert(0, rest)
        parts = [first] if rest else [first, *self._following(blocks)]
        note = _ours(NOTE_TAG, {"label": match[1], "stamp": stamp_of(match[2] or "")})
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
        return self._last == (parent, len(parent)) and block.startswith("    ")

    @staticmethod
    def _following(blocks: list[str]) -> list[str]:
        """The indented blocks that come next, taken from ``blocks``."""
        taken: list[str] = []
        while True:
            ahead = next((at for at, one in enumerate(blocks) if one.strip()), len(blocks))
            if ahead == len(blocks) or not blocks[ahead].lstrip("\n").startswith("    "):
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


class _NoteCalls(InlineProcessor):
    """``[^label]``; whether the note exists is for the parser to say."""

    def handleMatch(  # type: ignore[override] # noqa: N802 # theirs; it may give a string
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element, int, int]:
        call = _ours(CALL_TAG, {"label": m.group(1)})
        call.text = PROOF
        return call, m.start(0), m.end(0)


class _Notes(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 # Python-Markdown's
        md.registerExtension(self)
        definitions = _NoteDefinitions(md)
        self._found = definitions.found
        # Above all blocks but what is indented within lists; below escapes, above links.
        md.parser.blockprocessors.register(definitions, "chapbook-note", 82)
        md.treeprocessors.register(_NotesLast(md, self._found), "chapbook-notes", 30)
        md.inlinePatterns.register(_NoteCalls(_LABEL, md), "chapbook-call", 175)

    def reset(self) -> None:
        self._found.clear()


class _Images(Images):
    """``![alt](src "caption")``, the marks in the caption kept."""

    _as_is = False

    def unescape(self, text: str) -> str:
        return text if self._as_is else super().unescape(text)

    def getLink(  # noqa: N802 # Python-Markdown's
        self, data: str, index: int
    ) -> tuple[str, str | None, int, bool]:
        self._as_is = True
        href, title, index, handled = super().getLink(data, index)
        self._as_is = False
        return self.unescape(href), title, index, handled

    def handleMatch(  # type: ignore[override] # noqa: N802 # theirs; it may give a string
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element | None, int | None, int | None]:
        image, start, end = super().handleMatch(m, data)
        if image is None or isinstance(image, str):
            return None, None, None
        return _captioned(image), start, end


class _ImageReferences(ImageReferences):
    def makeTag(self, href: str, title: str, text: str) -> ET.Element:  # noqa: N802 # Python-Markdown's
        return _captioned(super().makeTag(href, title, text))


class _ShortImageReferences(ShortImageReferences):
    def makeTag(self, href: str, title: str, text: str) -> ET.Element:  # noqa: N802 # Python-Markdown's
        return _captioned(super().makeTag(href, title, text))


def _captioned(image: ET.Element) -> ET.Element:
    title = image.attrib.pop("title", "")
    if not title:
        return image
    figure = _ours(FIGURE_TAG)
    figure.append(image)
    caption = _ours(CAPTION_TAG)
    caption.text = title
    figure.append(caption)
    return figure


def _ours(tag: str, attributes: dict[str, str] | None = None) -> ET.Element:
    return ET.Element(tag, {"proof": PROOF, **(attributes or {})})


class _Habits(Extension):
    """Captions, fences, and what CommonMark has taught authors to expect."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 # Python-Markdown's
        md.registerExtension(self)
        patterns, blocks = md.inlinePatterns, md.parser.blockprocessors
        md.treeprocessors.register(Inline(md), "inline", 20)
        patterns.register(CodeSpan(), "backtick", 190)
        patterns.register(References(_LINK, md), "reference", 170)
        patterns.register(Links(_LINK, md), "link", 160)
        patterns.register(ShortReferences(_LINK, md), "short_reference", 130)
        patterns.register(_Images(_IMAGE, md), "image_link", 150)
        patterns.register(_ImageReferences(_IMAGE, md), "image_reference", 140)
        patterns.register(_ShortImageReferences(_IMAGE, md), "short_image_ref", 125)
        self._bracketed = [one for one in patterns if isinstance(one, Bracketed)]
        patterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "backslash-break", 101)
        md.preprocessors.register(Fences(md), "fences", 25)
        md.preprocessors.register(Shallow(md), "shallow", 22)
        md.preprocessors.register(RawHtml(md), "html_block", 20)
        md.preprocessors.register(Parted(md), "parted", 15)
        md.ESCAPED_CHARS = list(punctuation)
        numbers = [("olist", "RE"), ("olist", "CHILD_RE"), ("olist", "INDENT_RE")]
        for name, attribute in [*numbers, ("ulist", "INDENT_RE")]:
            pattern = getattr(blocks[name], attribute)
            setattr(blocks[name], attribute, changed(pattern, r"\d+\.", r"\d+[.)]"))
        header: Any = blocks["hashheader"]
        header.RE = changed(header.RE, "#{1,6})", f"#{{1,6}})(?=[ \\n{STAMP.pattern[0]}]|$)")

    def reset(self) -> None:
        for one in self._bracketed:
            one.reset()


def changed(pattern: re.Pattern[str], old: str, new: str) -> re.Pattern[str]:
    """Python-Markdown's ``pattern`` with ``new`` in the place of ``old``, its flags kept.

    Raises RuntimeError if ``old`` is not there, once: then it is not the pattern that we know,
    and a manuscript would be misread.
    """
    if pattern.pattern.count(old) != 1:
        raise RuntimeError(f"Python-Markdown has changed: {pattern.pattern!r} lacks {old!r}")
    return re.compile(pattern.pattern.replace(old, new), pattern.flags)
