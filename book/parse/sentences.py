"""The sentence of the prose in which a mark stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from book.base.xml import BLOCKS, folded, tags
from book.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

_END = re.compile(r"[.!?\u2026]+[\u201d\u2019\u201c\u2018\u00bb\u203a\"')\]\u202f]*\s+")
_WORD_BEFORE = re.compile(r"(?:^|[^\w.])(\w+(?:\.\w+)*)\.$")
_LETTER = re.compile(r"\w")
# Abbreviations that stand before a name, and those that stand before a number.
_TITLES = tags(
    """mr mrs ms dr st ste gen col maj capt cpt lt sgt adm prof hon rev sen rep gov pres amb
    mme mlle mm fr hl frhr sig sra"""
)
_COUNTED = tags(
    """no nos nr vol vols p pp ch chap fig art par para sec cf ca bd s n jan feb mar apr jun jul
    aug sep sept oct nov dec jän mär okt dez v"""
)
#: Languages that write ordinal numbers with a full stop.
_ORDINALS = tags("de da nb nn no fi cs sk hu pl hr sl et lv is sr")


def sentence_around(mark: etree._Element, language: str) -> str:
    """The sentence that holds ``mark`` in its block (a paragraph, an item, a cell), as text."""
    block = mark
    while (parent := block.getparent()) is not None and block.tag not in BLOCKS:
        block = parent
    text, start, end = _text_of(block, mark)
    first, last = 0, len(text)
    for boundary in _boundaries(text, language):
        if boundary <= start:
            first = boundary
        elif boundary >= end:
            last = boundary
            break
    return _balanced(folded(text[first:last]), language)


def _text_of(block: etree._Element, mark: etree._Element) -> tuple[str, int, int]:
    """The text of ``block`` without the blocks in it, and where ``mark`` begins and ends."""
    pieces: list[str] = []
    length = start = end = nested = 0
    for event, element in etree.iterwalk(block, events=("start", "end")):
        opens = event == "start"
        inner = element is not block and element.tag in BLOCKS
        if inner and opens:
            nested += 1
        if not nested:
            piece = "\n" if opens and element.tag == "br" else ""
            piece += (element.text if opens else "") or ""
            start, end = (
                length if opens and element is mark else start,
                length if not opens and element is mark else end,
            )
            length += len(piece)
            pieces.append(piece)
        if inner and not opens:
            nested -= 1
        if not opens and not nested and element is not block:
            tail = element.tail or ""
            length += len(tail)
            pieces.append(tail)
    return "".join(pieces), start, end


def _boundaries(text: str, language: str) -> Iterator[int]:
    """Where sentences begin, after the first."""
    for found in _END.finditer(text):
        following = _LETTER.search(text, found.end())
        if following is None or following.group().islower():
            continue
        if not _is_abbreviation(text, found, following.group(), language):
            yield found.end()


def _is_abbreviation(text: str, found: re.Match[str], following: str, language: str) -> bool:
    if found.group().rstrip() != ".":
        return False
    before = _WORD_BEFORE.search(text, max(0, found.start() - 30), found.start() + 1)
    if before is None:
        return False
    word = before[1]
    if word.isdigit():
        return len(word) < 3 and language.partition("-")[0] in _ORDINALS
    if "." in word or (len(word) == 1 and word.isalpha() and word != "I"):
        return True
    if following.isdigit():
        return word.lower() in _COUNTED
    return word.lower() in _TITLES and word[0].isupper()


def _balanced(sentence: str, language: str) -> str:
    """``sentence`` without a quotation mark at an end whose partner stands elsewhere."""
    quotes = words(language).quotes
    opening, closing = quotes.open, quotes.close
    if opening == closing:
        return sentence
    opened, closed = sentence.count(opening.strip()), sentence.count(closing.strip())
    if opened > closed and sentence.startswith(opening):
        return sentence.removeprefix(opening)
    if closed > opened and sentence.endswith(closing):
        return sentence.removesuffix(closing)
    return sentence
