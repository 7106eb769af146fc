"""Attributes on a line of their own: before the block that they are for, or right below it.

``{: .class #name }`` is kramdown's, and Jekyll's books have it on either side; ``{#name}`` and
``{width: 50%}`` above are Leanpub's. Below a paragraph they are Python-Markdown's own.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET

from markdown.blockprocessors import BlockProcessor

from book.base.patterns import pattern
from book.parse.spans import give

_VALUE = r"(?:\"[^\"{}\n]*\"|'[^'{}\n]*'|[^\s\"'{},]+)"
_ONE = rf"(?:[#.][\w:.-]+|[\w-]+(?:=|:[ ]){_VALUE})"
#: A line of attributes and nothing else.
LIST = pattern(rf"[ ]{{0,3}}\{{(?P<mark>:?)[ ]*(?P<list>{_ONE}(?:[ ,]+{_ONE})*)[ ]*\}}[ ]*")
_PAIR = pattern(rf"([\w-]+):[ ]({_VALUE})")
_PICTURE = pattern(r"(?:[\ufdd0-\ufdef\d]*)!\[[^\n]*\)[ ]*")
#: What kramdown's line may stand right below, beside paragraphs.
_BELOW = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "blockquote", "pre"})


class Ahead(BlockProcessor):
    """Gives them to what follows, or to what stands right above."""

    def test(self, parent: ET.Element, block: str) -> bool:
        """Whether ``block`` begins with such a line."""
        return "{" in block[:5] and LIST.fullmatch(block.split("\n", 1)[0]) is not None

    def run(self, parent: ET.Element, blocks: list[str]) -> bool:
        """Take the line out of ``blocks``, read what is next, and give it the attributes."""
        line, _, rest = blocks[0].partition("\n")
        found = LIST.fullmatch(line)
        if found is None:
            return False
        written = _PAIR.sub(r"\1=\2", found["list"]).replace(",", " ")
        last = parent[-1] if len(parent) else None
        if found["mark"] and not rest.strip() and last is not None and last.tag in _BELOW:
            blocks.pop(0)
            _more(last, written)
            return True
        if not rest.strip() and not any(one.strip() for one in blocks[1:]):
            return False
        blocks[:1] = [rest] if rest.strip() else []
        while not blocks[0].strip():
            blocks.pop(0)
        first, newline, below = blocks[0].partition("\n")
        if _PICTURE.fullmatch(first):
            blocks[0] = f"{first.rstrip()}{{{written}}}{newline}{below}"
            return True
        before = len(parent)
        for processor in self.parser.blockprocessors:
            if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                break
        if len(parent) > before:
            _more(parent[before], written)
        return True


def _more(element: ET.Element, written: str) -> None:
    """Give ``element`` what is ``written``, besides the classes that it has."""
    own = element.attrib.pop("class", "")
    give(element, written)
    if classes := f"{own} {element.get('class', '')}".strip():
        element.set("class", classes)
