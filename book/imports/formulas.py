"""Formulas, written so that the book reads them as such: ``$…$`` and ``$$…$$``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from book.imports.prose import outside_code
from book.parse.dollars import TOKEN, set_aside

if TYPE_CHECKING:
    from collections.abc import Callable

_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
_REFERENCE = re.compile(r"(?<!\\)\\(?:eq)?ref\{([^{}\s]+)\}")
_DOUBLED = re.compile(
    r"(?<![\\$])\$\$(?!\$)(?P<inner>(?:(?!\$\$|\n[ \t>]*\n).)+)\$\$(?!\$)", re.DOTALL
)
#: What stands around one that is alone in its paragraph, and how far it is looked for.
_BEFORE = re.compile(r"(?:\A|\n[ \t>]*\n|\A[ \t>]*\n)[ \t>]*\Z")
_AFTER = re.compile(r"[ \t]*(?:\{[^{}\n]*\})?[ \t]*(?:\n[ \t>]*(?:\n|\Z)|\Z)")
_FAR = 300


def written(tex: str, *, display: bool) -> str:
    """The formula ``tex`` in Markdown; nothing if it can't be told from text there."""
    tex = " ".join(_COMMENT.sub("", tex).split())
    sign = "$$" if display else "$"
    for one in (tex, f"{{{tex}}}"):  # Words alone could be what stands between two prices.
        typed = f"{sign}{one}{sign}"
        found = set_aside(typed).found
        if len(found) == 1 and found[0].typed == typed:
            return typed
    return ""


def linked(text: str, known: Callable[[str], bool]) -> str:
    r"""``text`` with links for ``\ref`` and ``\eqref`` in prose, to names that are ``known``."""
    if "ref{" not in text:
        return text

    def link(found: re.Match[str]) -> str:
        return f"[](#{found[1]})" if known(found[1]) else found.group()

    aside = set_aside(text)
    made = outside_code(aside.text, lambda part: _REFERENCE.sub(link, part))
    return TOKEN.sub(lambda one: aside.found[int(one[1])].typed, made)


def in_lines(text: str) -> str:
    """``text`` with ``$…$`` for ``$$…$$`` within a line, as kramdown and GitBook have it."""

    def change(part: str) -> str:
        return _DOUBLED.sub(lambda found: _in_line(found, part), part)

    return outside_code(text, change)


def _in_line(found: re.Match[str], text: str) -> str:
    start, end = found.span()
    if _BEFORE.search(text[max(0, start - _FAR) : start]) and _AFTER.match(text[end : end + _FAR]):
        return found.group()
    return written(found["inner"], display=False) or found.group()
