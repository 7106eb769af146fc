"""What stands behind a link's words: an address and a title in brackets (CommonMark, section 6.3).

Beyond that, a title may stand between curly quotation marks, and an address may hold spaces if
it is one of the web, ends as a file's name does, or is a date or a person of ours.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from book.base.patterns import pattern

_SPACE = "[ \t\n]"
_OPENS = pattern(rf"\({_SPACE}*")
_ANGLED = pattern(r"<([^<>\n]*)>")
_STOPS = pattern(r"[()\s\x00-\x01\x04-\x1f]")
_REST = pattern(
    rf"(?:{_SPACE}+(\"[^\"]*\"|'[^']*'|\([^()]*\)|“[^“”]*”|„[^„“]*“|«[^«»]*»))?{_SPACE}*\)"
)
#: What may hold spaces.
_NAMED = pattern(r"(?:when|who):|https?://|[^\n]*\.\w{2,8}(?:[#?][^\s]*)?$")
#: Brackets in an address, each in the one before (the specification asks for three).
_DEEPEST = 32


class Target(NamedTuple):
    """Where a link leads, its title, and where both end."""

    address: str
    title: str | None
    end: int


def target(text: str, at: int) -> Target | None:
    """The target in brackets that open ``at`` a place of ``text``, where escapes are put away."""
    opened = _OPENS.match(text, at)
    if opened is None:
        return None
    if angled := _ANGLED.match(text, opened.end()):
        address, end = angled[1], angled.end()
    else:
        end = _bare(text, opened.end())
        address = text[opened.end() : end]
        if address.startswith("<"):
            return None
    rest = _REST.match(text, end)
    if rest is None:
        return None
    return Target(address, rest[1][1:-1] if rest[1] else None, rest.end())


def is_begun(text: str, at: int) -> bool:
    """Whether an address between ``<`` and ``>`` begins there; then nothing else does."""
    opened = _OPENS.match(text, at)
    return opened is not None and text.startswith("<", opened.end())


def may_be(address: str) -> bool:
    """Whether ``address``, which was read by looser rules, is one."""
    return not re.search(r"\s", address) or _NAMED.match(address) is not None


def _bare(text: str, at: int) -> int:
    """Where an address ends that begins ``at`` a place: at a space, or what was never opened."""
    depth = 0
    for stop in _STOPS.finditer(text, at):
        if stop.group() == "(" and depth < _DEEPEST:
            depth += 1
        elif stop.group() == ")" and depth:
            depth -= 1
        elif not (stop.group().isspace() and stop.group() not in " \t\n\r\f\v"):
            return stop.start()
    return len(text)
