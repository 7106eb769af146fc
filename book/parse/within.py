"""Markdown within raw HTML: in divisions, figures, details and tables it is read as anywhere.

The tags of such elements are put away one by one, each with empty lines around it, and what
stands between them goes on through Python-Markdown. ``<details>`` is a division here, and its
``<summary>`` one within it, since paper does not fold.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown.preprocessors import Preprocessor

from book.base.patterns import pattern
from book.base.xml import is_blank, tags, unwrap
from book.parse.stamps import STAMP, TAG_STAMP

if TYPE_CHECKING:
    from lxml import etree

_HOLDERS = (
    "div|details|summary|section|article|aside|header|footer|center|figure|figcaption"
    "|table|caption|thead|tbody|tfoot|tr|td|th|blockquote"
    "|ul|ol|li|dl|dt|dd|p|h[1-6]|main|nav|address|hgroup"
)
_OPENING = pattern(
    rf"[ ]*(<({_HOLDERS}) ({TAG_STAMP})((?:[^<>\"'\n]|\"[^\"\n]*+\"|'[^'\n]*+')*+)>)",
    re.IGNORECASE,
)
_CLOSING = pattern(rf"[ ]*</({_HOLDERS})[ ]*>", re.IGNORECASE)
_CLOSINGS = pattern(rf"(</(?:{_HOLDERS})[ ]*>)", re.IGNORECASE)
_CLOSING_AT_END = pattern(rf"</({_HOLDERS})[ ]*>[ ]*$", re.IGNORECASE)
_INNER = pattern(r"(</?(?:td|th|tr|summary|figcaption|caption|li|dt|dd)\b[^<>]*>)", re.IGNORECASE)
# In these nothing is Markdown.
_RAW = pattern(r"<(pre|script|style|textarea|svg|math)\b|<!--", re.IGNORECASE)
_TAG = pattern(rf"<({_HOLDERS})\b", re.IGNORECASE)
_END = pattern(rf"</({_HOLDERS})\b", re.IGNORECASE)
_ANY_TAG, _STAMPED = pattern(r"<[^<>]*>"), pattern(TAG_STAMP)
_MARKDOWN = pattern(r"[*_`\[\]#~^=]")
_DIVISIONS = frozenset({"details", "summary", "center", "header", "footer"})
_MEANT = dict.fromkeys(_DIVISIONS, "div")
# These can't hold the paragraphs that their words are read as; they get their names back.
_MEANT |= dict.fromkeys(("p", "h1", "h2", "h3", "h4", "h5", "h6"), "div")
_NARROW = tags("td th caption figcaption")
#: What holds words or paragraphs, and is read as if nothing stood around its one paragraph.
_WORDED = tags("li dt dd p h1 h2 h3 h4 h5 h6")
#: What begins an item, with the space behind it, a meaning or a note.
_HOLDS = pattern(
    rf"(?:[*+-]|\(?(?:\d{{1,9}}|[a-zA-Z]|[ivxlcIVXLC]{{2,6}})[.)]|\#\.)[ ]{{1,4}}(?=\S)"
    rf"|(?P<far>:(?=[ ]))|\[\^[^\[\]\s]+\]:(?:{STAMP.pattern})?"
)
#: An attribute of those that were put away here.
_WITHIN = "within"


class Indented:
    """How far in the item or the note goes on that a line stands in."""

    def __init__(self) -> None:
        self._needed: list[int] = []

    @property
    def indent(self) -> str:
        """The spaces before its lines."""
        return " " * (self._needed[-1] if self._needed else 0)

    def read(self, line: str) -> None:
        """Take in the next ``line`` of the chapter."""
        if not line.strip():
            return
        at = len(line) - len(line.lstrip(" "))
        while self._needed and self._needed[-1] > at:
            self._needed.pop()
        while found := _HOLDS.match(line, at):
            if found[0][0] in ":[":
                self._needed.append(at + (4 if found["far"] else 2))
                return
            at = found.end()
            self._needed.append(at)


class Within(Preprocessor):
    """Puts away the tags of what may hold Markdown."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines with placeholders for those tags that begin or end a line."""
        done: list[str] = []
        self._open: list[tuple[str, int | None]] = []
        self._holders = Indented()
        raw = ""
        for line in lines:
            if raw:
                raw = "" if raw in line.lower() else raw
                done.append(line)
                continue
            if not self._open:
                self._holders.read(line)
            if not self._open and "<" in line and _is_whole(line):
                within = self._holders.indent and _OPENING.match(line) and line.rstrip()[-1] == ">"
                done += self._stored(line.strip()) if within else [line]
                continue
            if "<" in line and (found := _RAW.search(line)) and not self._open:
                end = f"</{found[1].lower()}" if found[1] else "-->"
                if end not in line[found.end() :].lower():
                    raw = end
                done.append(line)
                continue
            self._line(line, done)
        return done

    def _line(self, line: str, done: list[str]) -> None:
        line = self._moved_out(line)
        if "<" not in line:
            self._add(line, done)
            return
        rest = self._leading(line, done)
        if not self._open:
            done += [rest] if rest.strip() or rest is line else []
            return
        ends: list[str] = []
        while found := _CLOSING_AT_END.search(rest):
            ends.insert(0, found[1])
            rest = rest[: found.start()]
        if _INNER.search(rest):
            for piece in _INNER.split(rest):
                if not self._tag(piece, done):
                    self._ended(piece.strip(), done)
        else:
            self._ended(rest, done)
        for tag in ends:
            self._closed(tag, done)

    def _ended(self, rest: str, done: list[str]) -> None:
        """Put away ``rest``, and the ends of elements in it that words stand behind."""
        text, inner = "", 0
        for piece in [rest] if "`" in rest else _CLOSINGS.split(rest):
            ends = _CLOSING.fullmatch(piece) is not None
            if ends and not inner and self._open:
                self._add(text.strip(), done)
                self._tag(piece, done)
                text = ""
                continue
            inner += -1 if ends else len(_TAG.findall(piece))
            text += piece
        if text.strip():
            self._add(text, done)

    def _add(self, line: str, done: list[str]) -> None:
        """Put ``line`` where the item or note goes on that the elements stand in."""
        done.append(self._holders.indent + line if self._open and line.strip() else line)

    def _moved_out(self, line: str) -> str:
        """``line`` without as much indentation as the first has in the element around it."""
        if not self._open or not line.strip():
            return line
        indent = len(line) - len(line.lstrip(" "))
        tag, base = self._open[-1]
        if base is None:
            self._open[-1] = (tag, indent)
            return line[indent:]
        return line[min(indent, base) :]

    def _leading(self, line: str, done: list[str]) -> str:
        """``line`` without the tags that it begins with."""
        at = 0
        while found := _OPENING.match(line, at) or (self._open and _CLOSING.match(line, at)):
            if not self._tag(found.group().strip(), done):
                break
            at = found.end()
        return line[at:].lstrip(" ") if at else line

    def _tag(self, text: str, done: list[str]) -> bool:
        if opened := _OPENING.fullmatch(text):
            name = opened[2].lower()
            made = _MEANT.get(name, name)
            held = f' class="{name}"' if name in ("details", "summary") else ""
            held += f' {_WITHIN}="{name}"' if name in _WORDED else ""
            held += ' align="center"' if name == "center" else ""
            tag = f"<{made} {opened[3]}{held}{opened[4] if 'class' not in held else ''}>"
            self._open.append((name, None))
            self._put(tag, done)
            return True
        if closed := _CLOSING.fullmatch(text):
            self._closed(closed[1], done)
            return True
        return False

    def _closed(self, tag: str, done: list[str]) -> None:
        name = tag.lower()
        self._put(f"</{_MEANT.get(name, name)}>", done)
        if any(name == one for one, _ in self._open[-8:]):
            while self._open.pop()[0] != name:
                pass

    def _put(self, tag: str, done: list[str]) -> None:
        done += self._stored(tag)

    def _stored(self, html: str) -> tuple[str, str, str]:
        return "", self._holders.indent + self.md.htmlStash.store(html), ""


def _is_whole(line: str) -> bool:
    """Whether ``line`` closes all that it opens, and holds nothing but HTML."""
    bare = _STAMPED.sub("", line)
    opened = [found[1].lower() for found in _TAG.finditer(bare)]
    closed = [found[1].lower() for found in _END.finditer(bare)]
    if not _DIVISIONS.isdisjoint(opened):
        return False
    return sorted(opened) == sorted(closed) and _MARKDOWN.search(_ANY_TAG.sub("", bare)) is None


def unwrapped(root: etree._Element) -> None:
    """Items, headings and paragraphs in HTML hold the words of the one paragraph in them."""
    for element in [one for one in root.iter() if _WITHIN in one.attrib]:
        name = element.attrib.pop(_WITHIN)
        held = list(element)
        words = is_blank(element.text) and all(is_blank(one.tail) for one in held)
        if len(held) == 1 and words and held[0].tag == "p" and not held[0].attrib:
            element.text = held[0].tail = None
            unwrap(held[0])
            element.tag = name
        elif element.tag == "div":
            for one in held if name == "p" else ():
                if one.tag == "p":
                    one.attrib.update({**element.attrib, **one.attrib})
            unwrap(element)


def narrowed(root: etree._Element) -> None:
    """Cells and captions that hold one paragraph hold its words; so do figures with a picture."""
    for element in list(root.iter("p")):
        parent = element.getparent()
        if parent is None or element.attrib:
            continue
        # Not by counting: a parent may have a hundred thousand children.
        alone = element.getprevious() is None and element.getnext() is None
        alone = alone and is_blank(parent.text) and is_blank(element.tail)
        pictured = (
            parent.tag == "figure"
            and len(element) == 1
            and element[0].tag == "img"
            and is_blank(element.text)
            and is_blank(element[0].tail)
        )
        if alone and parent.tag in _NARROW:
            parent.text = element.tail = None
        if (alone and parent.tag in _NARROW) or pictured:
            unwrap(element)
