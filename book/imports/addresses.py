"""Links and pictures in Markdown: where they stand, and their addresses changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from book.imports.prose import outside_code

if TYPE_CHECKING:
    from collections.abc import Callable

# An address in parentheses: in angle brackets, or without blanks and with paired parentheses.
_ADDRESS = (
    r"(?:<(?P<angled>[^<>\n]*)>"
    r"|(?P<spaced>[^()<>\n\"]* [^()<>\n\"]*\.(?:png|jpe?g|gif|webp|svg|bmp|tiff?|md|pdf))"
    r"|(?P<bare>[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*))"
)
_TITLE = r"""(?P<title>\s+(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\((?:\\.|[^)\\])*\)))?"""
_TEXT = r"(?P<text>(?:\\.|[^\[\]\\]|\[(?:\\.|[^\[\]\\]|\[[^\[\]]*\])*\])*)"
_ATTRIBUTES = r"(?P<attributes>\{[^{}\n]*\})?"
_INLINE = re.compile(rf"(?<!\\)(?P<image>!?)\[{_TEXT}\]\(\s*{_ADDRESS}{_TITLE}\s*\){_ATTRIBUTES}")
_DEFINED = re.compile(
    r"^(?P<lead>[ ]{0,3}\[(?P<label>[^\]^][^\]\n]*)\]:[ \t]*)<?(?P<bare>[^\s<>]+)>?(?P<title>.*)$",
    re.MULTILINE,
)
_HTML = re.compile(
    r"""(?P<lead><(?P<tag>img|a|source)\b[^<>]*?\s(?P<name>src|href)\s*=\s*)"""
    r"""(?P<quote>["'])(?P<bare>[^"'<>\n]*)(?P=quote)""",
    re.IGNORECASE,
)


class Address(NamedTuple):
    """A link or a picture as it was written."""

    is_image: bool
    text: str
    address: str
    title: str
    attributes: str
    whole: str

    def written(self, address: str) -> str:
        """The same with another address."""
        shown = f"<{address}>" if re.search(r"[\s()]", address) else address
        sign = "!" if self.is_image else ""
        return f"{sign}[{self.text}]({shown}{self.title}){self.attributes}"


def changed(
    text: str,
    inline: Callable[[Address], str],
    other: Callable[[str, bool], str],
) -> str:
    """``text`` with its links and pictures changed, code left alone.

    ``inline`` gives the whole of a link in brackets anew. ``other`` gives the address of a
    reference's definition or of an element, told whether that is a picture's.
    """

    def look(part: str) -> str:
        part = _replaced(part, inline, 0)
        part = _HTML.sub(lambda found: _element(found, other), part)
        return _DEFINED.sub(lambda found: _defined(found, other), part)

    return outside_code(text, look)


def _replaced(part: str, inline: Callable[[Address], str], depth: int) -> str:
    """Links may hold pictures, whose addresses are changed first."""

    def one(found: re.Match[str]) -> str:
        text = found["text"]
        if depth < 3 and "](" in text:
            text = _replaced(text, inline, depth + 1)
        bare = found["angled"] or found["spaced"] or found["bare"] or ""
        title, attributes = found["title"] or "", found["attributes"] or ""
        return inline(Address(bool(found["image"]), text, bare, title, attributes, found.group()))

    return _INLINE.sub(one, part)


def _element(found: re.Match[str], other: Callable[[str, bool], str]) -> str:
    address = other(found["bare"], found["tag"].lower() != "a")
    return f"{found['lead']}{found['quote']}{address}{found['quote']}"


def _defined(found: re.Match[str], other: Callable[[str, bool], str]) -> str:
    is_image = bool(
        re.search(r"\.(?:png|jpe?g|gif|webp|svg|bmp|tiff?)$", found["bare"], re.IGNORECASE)
    )
    address = other(found["bare"], is_image)
    shown = f"<{address}>" if re.search(r"\s", address) else address
    return f"{found['lead']}{shown}{found['title']}"
