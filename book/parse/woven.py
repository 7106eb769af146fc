"""Python-Markdown's way through a tree, in time that grows with the text.

Theirs takes the elements of a chapter from the front of a list, of which all others move up, and
adds to a text piece by piece, each time to a copy of it.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

from markdown import util
from markdown.treeprocessors import InlineProcessor

if TYPE_CHECKING:
    from collections.abc import Sequence

#: An element, and the names of what it stands in.
_Found = tuple[ET.Element, list[str]]


class Woven(InlineProcessor):
    """Reads what stands in lines, and puts what was found there into the tree."""

    ancestors: list[str]
    stashed_nodes: dict[str, Any]

    def run(self, tree: ET.Element, ancestors: Sequence[str] | None = None) -> ET.Element:
        """Read all texts of ``tree``, which stands in ``ancestors``."""
        self.stashed_nodes = {}
        todo: list[_Found] = [(tree, [*(ancestors or ()), tree.tag.lower()])]
        while todo:
            element, self.ancestors = todo.pop()
            children: list[ET.Element] = []
            for child in element:
                if len(child):
                    todo.append((child, _and(self.ancestors, child)))
                todo += self._read_text(child)
                children.append(child)
                if child.tail:
                    children += self._read_tail(child)
            element[:] = children
        return tree

    def _read_text(self, child: ET.Element) -> list[_Found]:
        """Put what stands in the text of ``child`` before its children, and give it back."""
        text, child.text = child.text, None
        if not text or isinstance(text, util.AtomicString):
            child.text = text
            return []
        outer, self.ancestors = self.ancestors, _and(self.ancestors, child)
        found = [each for each, _ in self._woven(self._read(text), child)]
        within, self.ancestors = self.ancestors, outer
        child[:] = [*found, *child]
        return [(each, _and(within, each)) for each in found if len(each)]

    def _read_tail(self, child: ET.Element) -> list[ET.Element]:
        """What stands behind ``child``."""
        holder = ET.Element("d")
        tail, child.tail = self._read(child.tail or ""), None
        found = self._woven(tail, holder, False)
        child.tail = holder.tail
        return [each for each, _ in found]

    def _read(self, data: str, patternIndex: int = 0) -> str:  # noqa: N803 # theirs
        raise NotImplementedError

    def _woven(self, data: str, parent: ET.Element, isText: bool = True) -> list[_Found]:  # noqa: N803 # theirs
        """What ``data`` has placeholders for; the words between go behind each, or to ``parent``.

        They are its text, or else its tail.
        """
        found: list[_Found] = []
        pieces: list[str] = []
        start, sign = 0, util.INLINE_PLACEHOLDER_PREFIX
        while (at := data.find(sign, start)) >= 0:
            name, end = self._InlineProcessor__findPlaceholder(data, at)  # type: ignore[attr-defined] # theirs
            pieces.append(data[start:at])
            if name not in self.stashed_nodes:
                end = at + len(sign)
                pieces.append(sign)
            elif isinstance(node := self.stashed_nodes[name], str):
                pieces.append(node)
            else:
                self._weave_within(node)
                _put(pieces, found[-1][0] if found else parent, bool(found) or not isText)
                found.append((node, []))
                pieces = []
            start = end
        rest = data[start:]
        pieces.append(util.AtomicString(rest) if isinstance(data, util.AtomicString) else rest)
        _put(pieces, found[-1][0] if found else parent, bool(found) or not isText)
        return found

    def _weave_within(self, node: ET.Element) -> None:
        for child in [node, *node]:
            if child.tail and child.tail.strip():
                self._InlineProcessor__processElementText(node, child, False)  # type: ignore[attr-defined] # theirs
            if child.text and child.text.strip():
                self._InlineProcessor__processElementText(child, child)  # type: ignore[attr-defined] # theirs

    #: Theirs, by the name that Python gives it.
    _InlineProcessor__processPlaceholders = _woven


def _and(ancestors: list[str], element: ET.Element) -> list[str]:
    """The names of ``ancestors`` and that of ``element``, each once."""
    name = element.tag.lower()
    return ancestors if name in ancestors else [*ancestors, name]


def _put(pieces: list[str], holder: ET.Element, behind: bool) -> None:
    """Add ``pieces`` to what stands in ``holder``, or behind it."""
    before = (holder.tail if behind else holder.text) or ""
    said = [one for one in (before, *pieces) if one]
    # A piece that nobody is to read again stays one.
    text = said[0] if len(said) == 1 else "".join(said)
    if not text:
        return
    if behind:
        holder.tail = text
    else:
        holder.text = text
