"""Runs of words in the other direction, each in an element of its own where others stand beside it.

The engine lays the elements of a line one behind the other in the direction of its paragraph, and
only within a text as Unicode has it (UAX 9). So where a paragraph has elements, a text that runs in
both directions is parted between them; **engine.bidi** then puts the runs where they belong.
"""

from __future__ import annotations

import re

_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_TO_RIGHT = "A-Za-z\u00aa\u00b5\u00ba\u00c0-\u02b8\u0370-\u03ff\u0400-\u058f\u1e00-\u1fff"
_BLOCKS = "p|h[1-6]|li|td|th|dt|dd|figcaption|caption|div|aside"
#: A block that holds no other: its name, its attributes, what is in it.
_BLOCK = re.compile(
    rf"(<(?P<name>{_BLOCKS})\b[^>]*>)(?P<inner>(?:(?!</?(?:{_BLOCKS})\b).)*)(?=</(?P=name)>)",
    re.DOTALL,
)
_LEFT, _RIGHT = re.compile(f"[{_TO_LEFT}]"), re.compile(f"[{_TO_RIGHT}]")
#: A tag, a reference to a character, or a run: from its first letter to its last, or the number
#: behind that.
_RUN = re.compile(
    rf"<[^>]*>|&[#\w]+;|[{_TO_RIGHT}](?:[^{_TO_LEFT}<&]*[{_TO_RIGHT}0-9])?"
    rf"|[{_TO_LEFT}](?:[^{_TO_RIGHT}<&]*[{_TO_LEFT}0-9])?"
)


def parted(xhtml: str) -> str:
    """``xhtml`` with such runs in elements of their own."""
    return _BLOCK.sub(_block, xhtml) if _LEFT.search(xhtml) else xhtml


def _block(found: re.Match[str]) -> str:
    inner = found["inner"]
    text = re.sub("<[^>]*>", "", inner)
    if "<" not in inner or not _LEFT.search(text) or not _RIGHT.search(text):
        return found.group()
    return found[1] + re.sub(r"<[^>]*>|[^<]+", _text, inner)


def _text(found: re.Match[str]) -> str:
    text = found.group()
    if text.startswith("<"):
        return text
    return _RUN.sub(lambda run: run[0] if run[0][0] in "<&" else f"<span>{run[0]}</span>", text)
