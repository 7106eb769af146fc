"""Addresses of the web and of mail, DOIs and code in print: broken where a reader isn't misled.

They are never hyphenated. A line may end behind a slash or a colon, and before another sign of an
address, so that no full stop at a line's end seems to end the sentence; in long code, behind what
opens, joins or parts, and before a capital within a word. What allows it is U+200B, which the text
layer has not: whoever copies an address copies it whole.
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
    r"|(?<![\w.+@-])[\w+-][\w.+-]{0,80}@[\w-]{1,80}(?:\.[\w-]{1,80})+"
)
_HINT = re.compile("://|www|10[.]|@", re.IGNORECASE)
#: Behind the two slashes of "https://" a line may end by itself; what follows stays with it.
_BREAK = re.compile(r"(?<=[^/:]/)(?=[^/])|(?<=\w)(?=[-.?&=#%_~+@](?!$))(?!\.\d)")
#: So long a word of code may be broken, and at these places.
_LONG_CODE = re.compile(r"[^\s]{14,}")
_CODE_BREAK = re.compile(
    r"(?<=[/\\|&=,;:({\[<>@+*#_.~?!])(?=[^\W_])(?<!^.)|(?<=\w\w)(?=[.:]{1,2}\w)"
    r"|(?<=[^\W\d_][a-z])(?=[A-Z][a-z])|(?<=\w)(?=-{2}\w)"
)
_SET_APART = frozenset({"code", "pre", "kbd", "samp"})


def with_breaks(root: etree._Element) -> None:
    """Mark each address as ``address`` and let lines end where they may, in place."""
    for owner, slot, text in list(texts(root)):
        holder = owner if slot == "text" else owner.getparent()
        if holder is not None and _is_code(holder):
            setattr(owner, slot, _LONG_CODE.sub(_with_code_breaks, text))
            continue
        if holder is None or holder.tag in _SET_APART or not _HINT.search(text):
            continue
        if holder.tag == "a" and slot == "text" and _ADDRESS.fullmatch(text):
            owner.text = _parted(text)
            owner.set("class", f"{owner.get('class', '')} address".strip())
            continue
        for found in reversed(list(_ADDRESS.finditer(text))):
            start, before = found.start(), getattr(owner, slot)
            parted = _parted(found.group())
            setattr(owner, slot, before[:start] + parted + before[found.end() :])
            wrap_part(owner, slot, (start, start + len(parted)), "address")


def _parted(address: str) -> str:
    """``address`` with its breaks; behind its own hyphens, which would be taken for ours, none."""
    return _BREAK.sub("\u200b", address).replace("-", "-\u2060")


def _is_code(holder: etree._Element) -> bool:
    return holder.tag in ("code", "kbd", "samp") and all(
        around.tag != "pre" for around in holder.iterancestors()
    )


def _with_code_breaks(found: re.Match[str]) -> str:
    return _CODE_BREAK.sub("\u200b", found.group())
