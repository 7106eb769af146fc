"""Words that are longer than a page's lines: they may end anywhere, and don't run off the page.

What is meant are slips, keys, sums of letters, and what somebody types to do harm. What no line
holds is divided where it is laid: between its syllables, or else at the measure's end (**stops**).
That takes longer, the longer the word is; so in one that goes on for lines, lines may end where
U+200B stands, as in addresses. So may they in the handout, whose lines are not laid by us.
"""

from __future__ import annotations

import re

from book.base import wordends

#: What the book's own lines divide has no more letters.
_LINES = 400
#: A tag; or what is too long, of Latin, Greek, Cyrillic and Hebrew. Other scripts have own rules.
_FOUND = re.compile(r"<[^>]*>|(?:[!-%'-;=?-\u058f\u1e00-\u1fff]|&[#\w]+;){81,}")
_TEXT = re.compile(r"<[^>]*>|[^<]+")
#: So far apart are the places where a line may end, never before an accent of its own.
_PART = re.compile(r"(?:&[#\w]+;|.){8}[\u0300-\u036f]*(?=.)")


def parted(xhtml: str, most: int = _LINES) -> str:
    """``xhtml`` with places where a line may end within words of more than ``most`` letters.

    Those of 80 are never parted. So have words of Lao, Khmer and Burmese, which have no spaces.
    """

    def with_ends(found: re.Match[str]) -> str:
        text = found.group()
        long = not text.startswith("<") and len(text) > most
        return _PART.sub("\\g<0>\u200b", text) if long else text

    xhtml = _FOUND.sub(with_ends, xhtml)
    if not wordends.has_words(xhtml):
        return xhtml
    return _TEXT.sub(_with_word_ends, xhtml)


def _with_word_ends(found: re.Match[str]) -> str:
    text = found.group()
    return text if text.startswith("<") else wordends.with_ends(text)
