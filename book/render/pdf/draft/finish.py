"""What a compositor does by eye and CSS can't ask for yet: openings in small capitals, last words.

Works in place on the tree that spelling a chapter's marks has made.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

#: An opening has this many letters or a few more: it ends with its clause, and before a word
#: that is not capitalised, so that a name is not cut in two; but it never takes a whole line.
_OPENING, _LONGEST = 16, 44
_LONGEST_TIED = 14
_WORD = re.compile(r"\S+")
_CLAUSE = tuple(",;:.!?\u2026\u00b7\u037e")
#: A paragraph's last word; one that is hyphenated is none.
_LAST = re.compile(r"(?<=\s)[^\W\d_]{6,}[^\w\s]*$")


def with_opening(root: etree._Element) -> None:
    """Mark the first words of the first paragraph as its ``lead``, if the text opens with one."""
    if not len(root) or root[0].tag != "p" or (root.text or "").strip():
        return
    letters = 0
    for owner, slot in list(_opening_texts(root[0])):
        text = getattr(owner, slot) or ""
        end, letters = _taken(text, letters)
        if end:
            wrap_part(owner, slot, (0, end), "lead")
        if end < len(text):
            return


def with_whole_ends(root: etree._Element) -> None:
    """Mark the last word of each paragraph as its ``end``, not to be divided."""
    for paragraph in list(root.iter("p")):
        for owner, slot in _last_texts(paragraph):
            text = getattr(owner, slot)
            if found := _LAST.search(text):
                wrap_part(owner, slot, (found.start(), len(text)), "end")


def tied(title: str) -> str:
    """``title``, XHTML, with its last two words tied: none stands alone in a second line."""
    head, space, last = title.rpartition(" ")
    in_tag = head.rfind("<") > head.rfind(">")
    if in_tag or head.count(" ") < 2 or "<" in last or len(last) > _LONGEST_TIED:
        return title
    return f"{head}\N{NO-BREAK SPACE}{last}" if space else title


def _opening_texts(paragraph: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """The texts that an opening may run through: dates and names don't end it."""
    yield paragraph, "text"
    for child in paragraph:
        if child.get("class") not in ("event", "person") or len(child):
            return
        yield child, "text"
        yield child, "tail"


def _last_texts(paragraph: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """The text that a paragraph ends with, notes called behind it or not; none if it has none."""
    for child in reversed(paragraph):
        if (child.tail or "").strip():
            yield child, "tail"
            return
        if child.tag != "aside" and "note-call" not in child.get("class", ""):
            return
    if paragraph.text:
        yield paragraph, "text"


def _taken(text: str, letters: int) -> tuple[int, int]:
    """How much of ``text`` an opening takes that has ``letters`` already, and how many then."""
    for word in _WORD.finditer(text):
        longer = letters + sum(char.isalnum() for char in word.group())
        if longer > _LONGEST or (letters >= _OPENING and word.group()[:1].islower()):
            return len(text[: word.start()].rstrip()), letters
        letters = longer
        if word.group().endswith(_CLAUSE):
            return word.end(), letters
    return len(text), letters


def wrap_part(owner: etree._Element, slot: str, part: tuple[int, int], name: str) -> None:
    """Put a ``part`` of a text, from and to, into a span of the class ``name``."""
    text, (start, end) = getattr(owner, slot), part
    span = etree.Element("span", {"class": name})
    span.text, span.tail = text[start:end], text[end:]
    setattr(owner, slot, text[:start])
    if slot == "text":
        owner.insert(0, span)
    else:
        parent = owner.getparent()
        if parent is not None:
            parent.insert(parent.index(owner) + 1, span)
