"""Typewriter signs become a typesetter's: quotation marks, apostrophes, dashes, ellipses.

Quotation marks are those of the text's language (CLDR), and are judged across inline elements,
so ``"*Never*," he said`` opens and closes. Signs that the author typed stay as they are, and
code is never touched.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from book.trees import texts
from book.words import words

if TYPE_CHECKING:
    from lxml import etree

    from book.words import Quotes

_PLAIN = re.compile(r"---|--|\.\.\.|[\"']")
_BLOCKS = ("p", "li", "td", "th", "dt", "dd", "figcaption", "caption", "div", "blockquote")
_BLOCKS += tuple(f"h{level}" for level in range(1, 7))
_CODE = frozenset({"code", "pre", "kbd", "samp", "var"})
_OPENERS = "([{\u2013\u2014-/\u201c\u2018\u00ab\u2039\u201e\u201a\u00a0\u202f"
_SIGNS = {"---": "\u2014", "--": "\u2013", "...": "\u2026"}
# English words that begin with an apostrophe, so that it is not taken for an opening quote.
_ELISIONS = re.compile(r"(?:tis|twas|twere|em|til|cause|n)\b", re.IGNORECASE)


def educate(text: str, language: str) -> str:
    """``text`` with a typesetter's signs; for strings that stand alone, such as titles."""
    return _run(text, language)


def educate_tree(root: etree._Element, language: str) -> None:
    """The same for a whole tree, in place, each block a run of its own."""
    run: list[tuple[etree._Element, str, str]] = []
    block: etree._Element | None = None
    for owner, slot, text in texts(root):
        holder = owner if slot == "text" else owner.getparent()
        code, own = _setting(holder)
        if own is not block:
            _educate_run(run, language)
            run, block = [], own
        run.append((owner, slot, "" if code else text))
    _educate_run(run, language)


def _setting(element: etree._Element | None) -> tuple[bool, etree._Element | None]:
    """Whether text in ``element`` is code, and the block that it stands in."""
    code = False
    while element is not None and element.tag not in _BLOCKS:
        code = code or element.tag in _CODE
        element = element.getparent()
    return code, element


def _educate_run(run: list[tuple[etree._Element, str, str]], language: str) -> None:
    whole = "".join(text for _, _, text in run)
    if not _PLAIN.search(whole):
        return
    done = 0
    for owner, slot, text in run:
        if text:
            setattr(owner, slot, _run(whole, language, done, done + len(text)))
        done += len(text)


def _run(whole: str, language: str, start: int = 0, end: int | None = None) -> str:
    """The part of ``whole`` from ``start`` to ``end``, judged in the light of all of it."""
    quotes = words(language).quotes
    stop = len(whole) if end is None else end
    pieces, last = [], start
    for found in _PLAIN.finditer(whole, start, stop):
        pieces += [whole[last : found.start()], _sign(whole, found, quotes)]
        last = found.end()
    return "".join([*pieces, whole[last:stop]])


def _sign(whole: str, found: re.Match[str], quotes: Quotes) -> str:
    at = found.start()
    if found.group() in _SIGNS:
        return _SIGNS[found.group()]
    if found.group() == '"':
        return quotes.open if _opens(whole, at) else quotes.close
    if _opens(whole, at):
        return quotes.inner_open if _is_closed(whole, at) else "\u2019"
    before, after = whole[at - 1 : at], whole[at + 1 : at + 2]
    within = before.isalnum() and (after.isalnum() or after == '"')
    return "\u2019" if within else quotes.inner_close


def _opens(whole: str, at: int) -> bool:
    """Whether a quotation mark at ``at`` opens: nothing, a space or an opener before it."""
    before, after = whole[at - 1 : at] if at else "", whole[at + 1 : at + 2]
    if after == "" or after.isspace():
        return False
    if before and before in "\"'":
        return _opens(whole, at - 1)
    return before == "" or before.isspace() or before in _OPENERS


def _is_closed(whole: str, at: int) -> bool:
    """Whether a single mark that seems to open is closed later, and is no elision ('tis, '44)."""
    after = whole[at + 1 :]
    if after[:1].isdigit() and not re.match(r"[^'\"]*\S'(?!\w)", after):
        return False
    return not _ELISIONS.match(after) and re.search(r"\S'(?!\w)", after) is not None
