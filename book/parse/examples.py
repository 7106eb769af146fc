"""Examples as Pandoc has them: ``(@)`` and ``(@name)`` begin an item, counted through a chapter.

Elsewhere ``(@name)`` is a link to that example, and says its number.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

from markdown.inlinepatterns import InlineProcessor

from book.base.codes import finding
from book.base.patterns import pattern
from book.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown import Markdown

    from book.model import Finding

#: The sign of a list of examples, and its class.
SIGN, CLASS = "(@)", "cb-examples"
_NAMED = r"\(@(?P<name>[\w-]+)\)"
_ITEM = pattern(r"^[ >]*(?:(?:[*+-]|\d+[.)])[ ]+)?\(@(?P<name>[\w-]*)\)(?=[ ])", re.MULTILINE)
_CALLED = pattern(rf"(?<!\\){_NAMED}")


class Examples(InlineProcessor):
    """Counts examples, and makes links of what names them."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(_NAMED, md)
        self._numbers: dict[str, int] = {}
        self._count = 0

    def reset(self) -> None:
        """Begin another chapter."""
        self._numbers.clear()
        self._count = 0

    def begun(self, made: ET.Element) -> None:
        """Make ``made`` a list of examples that goes on where the last one ended."""
        made.set("class", CLASS)
        if self._count:
            made.set("start", str(self._count + 1))

    def counted(self, item: ET.Element, name: str) -> None:
        """Count an ``item``; the first of a ``name`` is what that means."""
        self._count += 1
        if name and name not in self._numbers:
            self._numbers[name] = self._count
            item.set("id", name)

    def handleMatch(  # type: ignore[override] # noqa: N802 # theirs; all may be None
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element | None, int | None, int | None]:
        """A link to the example that is named; what names none is text."""
        del data
        number = self._numbers.get(m["name"])
        if number is None:
            return None, None, None
        link: Any = ET.Element("a", {"href": f"#{m['name']}"})
        link.text = f"({number})"
        return link, m.start(), m.end()


def unnamed(text: str, path: str, skipped: int) -> Iterator[Finding]:
    """L005 where ``text`` has examples, and names one that isn't there."""
    names = {one["name"] for one in _ITEM.finditer(text)} if "(@" in text else set()
    if not names:
        return
    starts = {one.start("name") for one in _ITEM.finditer(text)}
    for called in _CALLED.finditer(text):
        if called["name"] not in names and called.start("name") not in starts:
            line = text.count("\n", 0, called.start()) + 1
            column = called.start() - text.rfind("\n", 0, called.start())
            message = f"`(@{called['name']})` is no example of this chapter; it stands as it is."
            hint = f"One begins with it: `(@{called['name']}) …`."
            yield finding("L005", Place(path, line + skipped, column), message, hint)
