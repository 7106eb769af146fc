"""Words that are longer than a page's lines: they may end anywhere, and don't run off the page.

What is meant are slips, keys, sums of letters, and what somebody types to do harm. What no line
holds is divided where it is laid: between its syllables, or else at the measure's end (**stops**).
That takes longer, the longer the word is; so in one that goes on for lines, lines may end where
U+200B stands, as in addresses.
"""

from __future__ import annotations

import re

#: A tag; or what is too long, of Latin, Greek, Cyrillic and Hebrew. Other scripts have own rules.
_FOUND = re.compile(r"<[^>]*>|(?:[!-%'-;=?-\u058f\u1e00-\u1fff]|&[#\w]+;){401,}")
#: So far apart are the places where a line may end, never before an accent of its own.
_PART = re.compile(r"(?:&[#\w]+;|.){8}[\u0300-\u036f]*(?=.)")


def parted(xhtml: str) -> str:
    """``xhtml`` with places within the long words of its text where a line may end."""
    return _FOUND.sub(_with_ends, xhtml)


def _with_ends(found: re.Match[str]) -> str:
    text = found.group()
    return text if text.startswith("<") else _PART.sub("\\g<0>\u200b", text)
