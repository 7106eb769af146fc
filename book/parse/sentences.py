"""The sentence of the prose in which a mark stands."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from lxml import etree

from book.base.formulas import letters_of
from book.base.patterns import pattern
from book.base.xml import BLOCKS, folded, tags
from book.parse.ours import BARE
from book.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

_END = pattern(r"[.!?\u2026]+[\u201d\u2019\u201c\u2018\u00bb\u203a\"')\]\u202f]*\s+")
_WORD_BEFORE = pattern(r"(?:^|[^\w.])(\w+(?:\.\w+)*)\.$")
_LETTER = pattern(r"\w")
# Abbreviations that stand before a name, and those that stand before a number.
_TITLES = tags(
    """mr mrs ms dr st ste gen col maj capt cpt lt sgt adm prof hon rev sen rep gov pres amb
    mme mlle mm fr hl frhr sig sra"""
)
_COUNTED = tags(
    """no nos nr vol vols p pp ch chap fig art par para sec cf ca bd s n jan feb mar apr jun jul
    aug sep sept oct nov dec jän mär okt dez v"""
)
#: What a link stands for that says later what it leads to, and what is told of it.
_LATER, _LEFT_OUT = "\ufffc", "\u2026"
#: So many letters of a sentence are told; no honest one has more.
_LONGEST = 2000
#: Languages that write ordinal numbers with a full stop.
_ORDINALS = tags("de da nb nn no fi cs sk hu pl hr sl et lv is sr")


class Sentences:
    """Finds the sentences of marks, which come in the order of the text."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._block: etree._Element | None = None
        self._text = ""
        self._spans: dict[etree._Element, tuple[int, int]] = {}
        self._bounds: list[int] = []

    def around(self, mark: etree._Element) -> str:
        """The sentence that holds ``mark`` in its block (a paragraph, an item, a cell), as text."""
        block = mark
        while (parent := block.getparent()) is not None and block.tag not in BLOCKS:
            block = parent
        if block is not self._block or mark not in self._spans:
            # Once for all marks of a block: a long one may have many.
            self._block = block
            self._text, self._spans = _text_of(block)
            self._bounds = [0, *_boundaries(self._text, self._language), len(self._text)]
        start, end = self._spans[mark]
        at = bisect_right(self._bounds, start) - 1
        following = bisect_left(self._bounds, end, lo=at + 1)
        first, last = self._bounds[at], self._bounds[min(following, len(self._bounds) - 1)]
        if last - first > _LONGEST:
            return self._cut(max(first, start - _LONGEST // 2), min(last, end + _LONGEST // 2))
        return _balanced(self._told(first, last), self._language)

    def _told(self, first: int, last: int) -> str:
        return folded(self._text[first:last].replace(_LATER, _LEFT_OUT))

    def _cut(self, first: int, last: int) -> str:
        """The whole words between two places of a sentence that never ends."""
        words = self._told(first, last).split(" ")
        return f"\u2026 {' '.join(words[1:-1] or words)} \u2026"


def _text_of(block: etree._Element) -> tuple[str, dict[etree._Element, tuple[int, int]]]:
    """The text of ``block`` without the blocks in it, and where each link begins and ends."""
    pieces: list[str] = []
    begun: dict[etree._Element, int] = {}
    spans: dict[etree._Element, tuple[int, int]] = {}
    length = nested = 0
    for event, element in etree.iterwalk(block, events=("start", "end")):
        opens = event == "start"
        inner = element is not block and element.tag in BLOCKS
        nested += inner and opens
        if not nested:
            if opens:
                begun[element] = length
                piece = "\n" if element.tag == "br" else ""
                piece += _LATER if BARE in element.attrib else letters_of(element)
            else:
                spans[element] = begun.pop(element), length
                piece = ""
            length += len(piece)
            pieces.append(piece)
        nested -= inner and not opens
        if not opens and not nested and element is not block:
            length += len(element.tail or "")
            pieces.append(element.tail or "")
    return "".join(pieces), spans


def _boundaries(text: str, language: str) -> Iterator[int]:
    """Where sentences begin, after the first."""
    for found in _END.finditer(text):
        if text.startswith(_LATER, found.end()):
            # It may come to say a name or a number.
            if not any(_is_abbreviation(text, found, one, language) for one in "A1"):
                yield found.end()
            continue
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
