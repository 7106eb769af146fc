"""Text in drawings: what has to be shaped is laid out whole, not letter by letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weasyprint.svg import Node

from book.base.scripts import is_shaped

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What gives letters places of their own.
_PLACED = ("x", "y", "dx", "dy", "rotate")


class _Whole(str):
    """A text that is one letter to whoever goes through its letters."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        return iter((str(self),))


class WholeTextNode(Node):  # type: ignore[misc] # WeasyPrint has no types
    """An element of a drawing, whose text is one where its letters have no places of their own."""

    @property
    def text(self) -> str | None:
        """The text in the element."""
        found: str | None = super().text
        if not found or not is_shaped(found):
            return found
        said = (self.attrib.get(name, "").replace(",", " ").split() for name in _PLACED)
        return found if any(len(places) > 1 for places in said) else _Whole(found)
