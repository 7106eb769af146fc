"""Links and pictures in Markdown: where they stand, and their addresses changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from book.imports.prose import stretches

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
#: What stands for code while addresses are looked for.
_OPEN, _SHUT = "\ue0f8", "\ue0f9"
_MASK = re.compile(f"{_OPEN}(\\d+){_SHUT}")
_PRIVATE = re.compile(f"[{_OPEN}{_SHUT}]")


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
    codes: list[str] = []

    def masked(part: str) -> str:
        codes.append(part)
        return f"{_OPEN}{len(codes) - 1}{_SHUT}"

    # Code may stand within a link or a caption, which goes on behind it.
    text = _PRIVATE.sub("", text)
    made = "".join(masked(part) if code else part for code, part in stretches(text))
    made = _replaced(made, inline, 0)
    made = _HTML.sub(lambda found: _element(found, other), made)
    made = _DEFINED.sub(lambda found: _defined(found, other), made)
    return _MASK.sub(lambda found: codes[int(found[1])], made)


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
