"""The tables of a piece, and the marks that say what is done to them (**squeezes**)."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from book.render.pdf.engine.runs import blocks_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from book.render.pdf.engine.squeezes import Squeeze, TableKey

#: A table can stand across the page where nothing but these is around it.
_AROUND = frozenset({"html", "body", "main", "article", "section", "div", "figure"})


def tables_of(root: ET.Element) -> Iterator[tuple[TableKey, ET.Element]]:
    """Every table below ``root``, with its key."""
    blocks = {block: place for place, block in enumerate(blocks_of(root))}

    def found(element: ET.Element, block: int) -> Iterator[tuple[int, ET.Element]]:
        block = blocks.get(element, block)
        if element.tag == "table":
            yield block, element
        for child in element:
            yield from found(child, block)

    counts: dict[int, int] = {}
    for block, table in found(root, -1):
        counts[block] = counts.get(block, -1) + 1
        yield (block, counts[block]), table


def can_turn(table: ET.Element, above: Mapping[ET.Element, ET.Element]) -> bool:
    """Whether ``table`` stands where pages can be turned for it; ``above`` gives what is around."""
    while table in above:
        table = above[table]
        if table.tag not in _AROUND or "verse" in table.get("class", ""):
            return False
    return True


def squeezed(html: str, squeezes: Mapping[TableKey, Squeeze]) -> str:
    """``html`` with its tables marked by what is done to them."""
    if not squeezes:
        return html
    root = ET.fromstring(html)
    for key, table in tables_of(root):
        if squeeze := squeezes.get(key):
            classes = f"{table.get('class', '')} {squeeze.classes()}"
            table.set("class", classes.strip())
            table.set("style", f"{table.get('style', '')};{squeeze.style()}".lstrip(";"))
    return ET.tostring(root, "unicode")
