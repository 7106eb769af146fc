"""Typewriter signs become a typesetter's: quotation marks, apostrophes, dashes, ellipses.

Quotation marks are those of the text's language (CLDR), and are judged across inline elements,
so ``"*Never*," he said`` opens and closes. Signs that the author typed stay as they are; code and
addresses are never touched. A sign that can't be told (``5'10"``) is left alone.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from msgspec import Struct, field

from book.base.patterns import pattern
from book.base.xml import BLOCKS, texts
from book.parse.customs import spaced
from book.parse.held import held
from book.parse.quotes import Judge
from book.words import words

if TYPE_CHECKING:
    from lxml import etree

#: Each begins with a letter of its own, which can be looked for quickly.
_SIGN = pattern(r"-(?<![-<]-)-{1,2}(?![->])|\.(?<!\.\.)\.\.(?!\.)|\"|'")
_FIXED = {"---": "\u2014", "--": "\u2013", "...": "\u2026"}
# What is no prose within prose: addresses, and lengths in feet and inches.
_FIGURES = pattern(r"""(?:https?://|www\.)[^\s<>"']+|(?<!\d)\d{1,3}'\ ?\d{1,2}(?:\.\d+)?\"""")
_CODE = frozenset({"code", "pre", "kbd", "samp", "var"})
_WORDED = ("alt", "title")


def educate(text: str, language: str, *, holds: bool = True) -> str:
    """``text`` with a typesetter's signs; for strings that stand alone, such as titles.

    What holds together at a line's end has no-break spaces, unless ``holds`` is false.
    """
    return _replaced(text, 0, _signs(text, language, holds=holds))


def educate_tree(root: etree._Element, language: str) -> None:
    """The same for a whole tree, in place, each block a run of its own.

    Words in the attributes ``alt`` and ``title`` are runs too. A block with a ``lang`` of its
    own has the quotation marks of that language.
    """
    run = _Run(root)
    for owner, slot, text in texts(root):
        if slot == "text":
            for name in _WORDED:
                if value := owner.get(name):
                    owner.set(name, educate(value, language))
        holder = owner if slot == "text" else owner.getparent()
        block = _block(holder)
        if block is not run.block:
            run.educate(language)
            run = _Run(block)
        run.add(owner, slot, text)
    run.educate(language)


class _Run(Struct):
    """The text of one block: piece by piece, and as it is judged."""

    block: etree._Element | None
    pieces: list[tuple[etree._Element, str, str]] = field(default_factory=list)
    judged: list[str] = field(default_factory=list)

    def add(self, owner: etree._Element, slot: str, text: str) -> None:
        """One more piece; code is judged as letters, a break as a space."""
        if slot == "text" and owner.tag == "br":
            text = "\u2028"
        elif not text:
            return
        self.pieces.append((owner, slot, text))
        self.judged.append(text)

    def educate(self, language: str) -> None:
        """Put the right signs into the tree."""
        if not self.judged:
            return
        signs = _signs(self._without_code(), _language(self.block) or language)
        if not signs:
            return
        start = 0
        for owner, slot, text in self.pieces:
            done = _replaced(text, start, signs)
            if done != text:
                setattr(owner, slot, done)
            start += len(text)

    def _without_code(self) -> str:
        holders = [owner if slot == "text" else owner.getparent() for owner, slot, _ in self.pieces]
        return "".join(
            "x" * len(text) if _is_code(holder, self.block) else text
            for holder, text in zip(holders, self.judged, strict=True)
        )


def _block(element: etree._Element | None) -> etree._Element | None:
    while element is not None and element.tag not in BLOCKS:
        element = element.getparent()
    return element


def _is_code(element: etree._Element | None, block: etree._Element | None) -> bool:
    while element is not None and element is not block:
        if element.tag in _CODE:
            return True
        element = element.getparent()
    return element is not None and element.tag in _CODE


def _language(block: etree._Element | None) -> str:
    """The language that is said of ``block`` or what it stands in."""
    while block is not None:
        if language := block.get("lang"):
            return language
        block = block.getparent()
    return ""


def without_figures(text: str) -> str:
    """``text`` with letters for addresses, and for lengths in feet and inches."""
    if not ("://" in text or "www." in text or ("'" in text and '"' in text)):
        return text
    return _FIGURES.sub(lambda found: "x" * len(found.group()), text)


def _signs(text: str, language: str, *, holds: bool = True) -> list[tuple[int, int, str]]:
    """Where signs are to be replaced in ``text``, and by what."""
    judged = without_figures(text)
    judge = Judge(judged, words(language).quotes)
    signs = []
    for found in _SIGN.finditer(judged):
        sign = _FIXED.get(found.group()) or judge.quotation(found.start())
        signs.append((found.start(), found.end(), sign))
    spaces = [*spaced(judged, language), *(held(judged, language) if holds else ())]
    return _merged(signs, spaces) if spaces else signs


def _merged(
    signs: list[tuple[int, int, str]], spaces: list[tuple[int, int, str]]
) -> list[tuple[int, int, str]]:
    """Both in their order; of two that overlap, the first."""
    found: list[tuple[int, int, str]] = []
    for one in sorted([*signs, *spaces]):
        if not found or one[0] >= found[-1][1]:
            found.append(one)
    return found


def _replaced(text: str, start: int, signs: list[tuple[int, int, str]]) -> str:
    """``text``, which stands at ``start`` of a run, with the signs that lie within it."""
    pieces, last, stop = [], 0, start + len(text)
    for number in range(bisect_left(signs, (start, 0, "")), len(signs)):
        at, end, sign = signs[number]
        if at >= stop:
            break
        if end <= stop:
            pieces += [text[last : at - start], sign]
            last = end - start
    return "".join([*pieces, text[last:]])
