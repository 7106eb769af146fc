"""Lists of definitions; what has no term above it defines nothing, and stands as it was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown.extensions.def_list import DefListProcessor

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET


class Terms(DefListProcessor):
    """``: text`` below its term, a paragraph of terms, or another definition."""

    def run(self, parent: ET.Element, blocks: list[str]) -> bool | None:
        """Put one below ``parent``, if there is a term."""
        found = self.RE.search(blocks[0])
        above = self.lastChild(parent)
        has_term = found is not None and bool(blocks[0][: found.start()].strip())
        if not has_term and (above is None or above.tag not in ("p", "dl")):
            return False
        return super().run(parent, blocks)
