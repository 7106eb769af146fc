"""W004: a straight quotation mark that could open or close, and is printed as it was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from book.base.codes import finding
from book.base.patterns import pattern
from book.checks.prose import MASK, paragraphs
from book.parse.codespans import spans
from book.parse.quotes import Judge
from book.parse.typography import without_figures
from book.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from book.checks.wording import Chaptered
    from book.model import Finding

#: What leaves nothing in print: addresses, calls, emphasis. Code is judged as letters.
_UNSEEN = pattern(rf"{MASK}+|[*\[\]^~]|(?<!\w)_|_(?!\w)|(?m:^[ ]*(?:#+|[-+]|\d{{1,9}}[.)])[ ]+)")


_ESCAPE = pattern(r"\\(?=[\"'])")
#: Only there a mark may be unknown: alone, behind a digit, within a word. What may lie between
#: leaves nothing in print.
_DOUBTFUL = pattern(
    rf"[\"'](?:(?<=\d.)|(?<=[*_~^\]{MASK}].)|(?<=\w\")(?=[\w*_~^\[{MASK}])"
    rf"|(?:(?<=^.)|(?<=[\s(\[{{\u201c\u2018\u201e\u201a\u00ab\u2039\u00a1\u00bf\"'-].))(?=[\s*_~^\]{MASK}]|$))"
)


def straight_quote(chapter: Chaptered) -> Iterator[Finding]:
    """W004: the typesetter can't tell which way this mark faces."""
    for block in paragraphs(chapter.lines, "prose", "note", "heading"):
        text = "\n".join(line.text for line in block)
        if _DOUBTFUL.search(text):
            plain = "\n".join(chapter.plain[line.number - chapter.skipped - 1] for line in block)
            for at in _unknown(text, plain, chapter.language):
                message = f"Which way this {text[at]} faces can't be told, so it stays straight."
                marks = _marks(text[at], chapter.language)
                hint = f"Type {marks}; or \u2032 and \u2033 for feet, inches and minutes."
                yield finding("W004", chapter.at(block, at), message, hint)


def _unknown(text: str, plain: str, language: str) -> Iterator[int]:
    """Where in ``text``, which is ``plain`` masked, a mark stays as it was typed."""
    code = {at for one in spans(plain) for at in range(*one)}
    shown = "".join("x" if at in code else letter for at, letter in enumerate(text))
    unseen = {at for one in _UNSEEN.finditer(shown) for at in range(*one.span())}
    unseen |= {one.start() for one in _ESCAPE.finditer(plain)}
    kept = [at for at in range(len(shown)) if at not in unseen]
    judged = "".join(shown[at] for at in kept)
    judge = Judge(judged := without_figures(judged), words(language).quotes)
    for number, letter in enumerate(judged):
        if letter in "\"'":
            same = judge.quotation(number) == letter
            if same and plain[kept[number] - 1 : kept[number]] != "\\":
                yield kept[number]


def _marks(mark: str, language: str) -> str:
    quotes = words(language).quotes
    if mark == '"':
        return f"{quotes.open} or {quotes.close}"
    return f"{quotes.inner_open}, {quotes.inner_close} or \u2019"
