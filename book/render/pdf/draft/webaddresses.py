"""Addresses of the web and DOIs in print: never hyphenated, broken where a reader isn't misled.

A line may end behind a slash or a colon, and before another sign of an address, so that no full
stop at a line's end seems to end the sentence. What allows it is U+200B, which the text layer has
not: whoever copies an address copies it whole.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from book.base.xml import texts
from book.render.pdf.draft.finish import wrap_part

if TYPE_CHECKING:
    from lxml import etree

_ADDRESS = re.compile(
    r"(?:https?://|www\.|(?<![\w.])10\.\d{4,9}/)[^\s<>\"\u00ab\u00bb\u201c\u201d]+"
)
_HINT = re.compile("://|www|10[.]", re.IGNORECASE)
#: Behind the two slashes of "https://" a line may end by itself; what follows stays with it.
_BREAK = re.compile(r"(?<=[^/:]/)(?=[^/])|(?<=\w)(?=[.?&=#%_~+](?!$))(?!\.\d)")
_SET_APART = frozenset({"code", "pre", "kbd", "samp"})


def with_breaks(root: etree._Element) -> None:
    """Mark each address as ``address`` and let lines end where they may, in place."""
    for owner, slot, text in list(texts(root)):
        holder = owner if slot == "text" else owner.getparent()
        if holder is None or holder.tag in _SET_APART or not _HINT.search(text):
            continue
        if holder.tag == "a" and slot == "text" and _ADDRESS.fullmatch(text):
            owner.text = _BREAK.sub("\u200b", text)
            owner.set("class", f"{owner.get('class', '')} address".strip())
            continue
        for found in reversed(list(_ADDRESS.finditer(text))):
            start, before = found.start(), getattr(owner, slot)
            parted = _BREAK.sub("\u200b", found.group())
            setattr(owner, slot, before[:start] + parted + before[found.end() :])
            wrap_part(owner, slot, (start, start + len(parted)), "address")
