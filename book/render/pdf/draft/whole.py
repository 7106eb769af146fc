"""What a compositor keeps together: names, lead-ins, the end of a chapter.

Works in place on the tree that spelling a chapter's marks has made.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from book.base.xml import folded, texts
from book.render.pdf.draft.finish import wrap_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml import etree

#: Where nothing is looked for: what is set apart, or is kept whole anyway.
_SET_APART = frozenset({"code", "pre", "kbd", "samp"})
#: What is introduced by a paragraph that ends in a colon.
_INTRODUCED = frozenset({"blockquote", "ul", "ol", "dl", "pre", "table", "figure"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
#: What has fewer letters may be a single line.
_ONE_LINE = 75
#: So many letters take about five lines, which is the least for a chapter's last page.
_FIVE_LINES = 270
#: So many headings in a row are held together.
_IN_A_ROW = 3
_A_LINE = _FIVE_LINES // 5

_OF_NOTES = frozenset({"note", "note-call"})


def with_whole_words(root: etree._Element, words: Sequence[str]) -> None:
    """Mark each of the ``words`` (or phrases) as ``whole``: no line's end divides it."""
    if not words:
        return
    longest_first = sorted(words, key=len, reverse=True)
    every = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first)
    pattern = re.compile(rf"(?<!\w)(?:{every})(?!\w)")
    for owner, slot, text in list(texts(root)):
        holder = owner if slot == "text" else owner.getparent()
        if holder is None or holder.tag in _SET_APART:
            continue
        for found in reversed(list(pattern.finditer(text))):
            wrap_part(owner, slot, (found.start(), found.end()), "whole")


def with_lead_ins(root: etree._Element) -> None:
    """Mark a paragraph that ends in a colon as ``leads-in`` what stands behind it.

    One of a single line behind a heading is ``one-line``, but where that is all there is.
    """
    for paragraph in root.iter("p"):
        above, following = paragraph.getprevious(), paragraph.getnext()
        is_below_heading = above is not None and above.tag in _HEADINGS
        is_all = following is None or following.tag in _HEADINGS
        if is_below_heading and not is_all and len(_without_notes(paragraph)) < _ONE_LINE:
            _add_class(paragraph, "one-line")
        if following is None or following.tag not in _INTRODUCED or (paragraph.tail or "").strip():
            continue
        if _without_notes(paragraph).endswith((":", "\uff1a")):
            _add_class(paragraph, "leads-in")


def with_short_rows(root: etree._Element) -> None:
    """Mark each third of headings, or terms, in a row as ``lets-go``.

    Each is held to what follows; as many as a page holds would leave the page before empty.
    """
    for first in root.iter(*_HEADINGS, "dt"):
        if _is_held(first.getprevious()):
            continue
        count, each = 1, first
        while (following := each.getnext()) is not None and _is_held(following):
            if count % _IN_A_ROW == 0:
                _add_class(each, "lets-go")
            count, each = count + 1, following


def _is_held(element: etree._Element | None) -> bool:
    return element is not None and element.tag in (*_HEADINGS, "dt")


def with_full_last_page(root: etree._Element) -> None:
    """Mark what has to stand together so that a chapter's last page has five lines.

    Its last paragraph keeps five; if it has fewer, what stands before it is held to it. A
    paragraph that calls notes is not held: with long notes that would leave half a page empty.
    """
    letters = 0
    for block in reversed(root):
        if block.tag != "p" or _calls_notes(block):
            return
        letters += max(len(_without_notes(block)), _A_LINE)  # However few it has.
        _add_class(block, "closes")
        if letters >= _FIVE_LINES:
            return


def _calls_notes(paragraph: etree._Element) -> bool:
    return any(_OF_NOTES & set(child.get("class", "").split()) for child in paragraph.iter())


def _without_notes(paragraph: etree._Element) -> str:
    """The words of a paragraph, without calls and their notes."""
    return folded("".join(_words(paragraph)))


def _words(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if not set(child.get("class", "").split()) & _OF_NOTES:
            yield from _words(child)
        yield child.tail or ""


def _add_class(element: etree._Element, name: str) -> None:
    element.set("class", " ".join([*element.get("class", "").split(), name]))
