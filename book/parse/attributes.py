"""Attributes between braces: ``{.class #name key=value}``, as Pandoc and kramdown have them.

Python-Markdown takes whatever stands between braces for them, and what is none is gone. Here other
words between braces are words: "the set {a, b}", "he said *that*{sic}".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markdown.extensions.attr_list import AttrListExtension, AttrListTreeprocessor

from book.base.patterns import pattern

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

    from markdown import Markdown

_VALUE = r"(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s\"'{},]+(?:,(?![\w-]+=)[^\s\"'{},]+)*)"
_REAL = (
    rf"(?:\.[^\W\d][\w:.-]*|\.-[\w:.-]+|\#[^\s\"'{{}},\#=]+|[A-Za-z_:][\w:.-]*[ ]*=[ ]*{_VALUE})"
)
_BARE = r"(?:[A-Za-z][\w-]*(?![ ]*=))"
#: What stands between braces: a class, a name or a value, and then words without a value, too.
LISTED = rf"{_REAL}(?:(?:[ ]*,[ ]*|[ ]+)(?:{_REAL}|{_BARE}))*"
_BRACED = rf"\{{:?[ ]*({LISTED})[ ]*\}}"
_OUTPUT = pattern(r"(?<!\S)(?:pdf|epub|handout)(?!\S)")
_ONE = pattern(rf"(?P<key>[A-Za-z_:][\w:.-]*)[ ]*=[ ]*(?P<value>{_VALUE})|[^\s,]+")


class Attributes(AttrListExtension):
    """``{.class}`` behind a mark, a heading or a cell, and below a paragraph."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 # Python-Markdown's
        """Teach ``md`` to read them."""
        md.treeprocessors.register(_Assigned(md), "attr_list", 8)
        md.registerExtension(self)


class _Assigned(AttrListTreeprocessor):
    """Gives them to the elements."""

    # Theirs are final in name, and compiled when they are used.
    HEADER_RE: Any = pattern(rf"[ ]+{_BRACED}[ ]*$")  # type: ignore[misc] # as just said
    BLOCK_RE: Any = pattern(rf"\n[ ]*{_BRACED}[ ]*$")  # type: ignore[misc] # as above
    INLINE_RE: Any = pattern(rf"^{_BRACED}")  # type: ignore[misc] # as above

    def assign_attrs(self, elem: ET.Element, attrs_string: str, *, strict: bool = False) -> str:
        """Give ``elem`` what is written, and leave nothing."""
        written = plain(attrs_string)
        if ".only" in written:  # The outputs are classes, as those of spans and divisions are.
            written = _OUTPUT.sub(r".\g<0>", written)
        return super().assign_attrs(elem, written, strict=strict)


def plain(written: str) -> str:
    """Attributes without commas between them and spaces around ``=``."""
    if "," not in written and "=" not in written:
        return written
    found = _ONE.finditer(written)
    return " ".join(
        f"{one['key']}={_quoted(one['value'])}" if one["key"] else one[0] for one in found
    )


def _quoted(value: str) -> str:
    return value if value[0] in "\"'" else f'"{value}"'
