"""What stands loose in an element: text and children between those that belong there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from book.base.xml import is_blank

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: The tag of elements that go and leave what stands in them; :func:`strip` takes them out.
GONE = "chapbook-gone"
#: The tag of elements that go with all that stands in them.
LOST = "chapbook-lost"


def strip(root: etree._Element) -> None:
    """Take out of ``root`` all that is :data:`GONE` or :data:`LOST`, at once.

    One by one, each would cost as much as what stands beside it.
    """
    etree.strip_elements(root, LOST, with_tail=False)
    etree.strip_tags(root, GONE)


class Loose:
    """Text and elements in ``parent`` that follow ``before``, or lead it if that is None."""

    def __init__(self, parent: etree._Element, before: etree._Element | None) -> None:
        self.parent, self.before = parent, before
        self.elements: list[etree._Element] = []

    @property
    def text(self) -> str:
        """The text at its beginning."""
        return (self.parent.text if self.before is None else self.before.tail) or ""

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing but white space."""
        return not self.elements and is_blank(self.text)

    def is_only(self, *names: str) -> bool:
        """Whether there are elements of these names, and nothing else but white space."""
        texts = [self.text, *(one.tail for one in self.elements)]
        return (
            bool(self.elements)
            and all(map(is_blank, texts))
            and all(one.tag in names for one in self.elements)
        )

    def clear(self) -> str:
        """Take its first text out, and return it."""
        text = self.text
        if self.before is None:
            self.parent.text = None
        else:
            self.before.tail = None
        return text

    def wrapped(self, tag: str) -> etree._Element:
        """Put it into a new element, which takes its place."""
        holder = etree.Element(tag)
        holder.text = self.clear() or None
        holder.extend(self.elements)
        if self.before is None:
            self.parent.insert(0, holder)
        else:
            self.before.addnext(holder)
        return holder

    def move_into(self, holder: etree._Element) -> None:
        """Put it at the end of ``holder``."""
        add_text(holder, self.clear())
        holder.extend(self.elements)

    def move_behind(self) -> None:
        """Put it behind its parent."""
        behind, text, tail = self.parent, self.clear(), self.parent.tail
        behind.tail = text or None
        for one in self.elements:
            rest, behind.tail = behind.tail, None
            behind.addnext(one)
            behind.tail = rest
            behind = one
        behind.tail = ((behind.tail or "") + (tail or "")) or None


def loose(parent: etree._Element, belongs: Callable[[etree._Element], bool]) -> Iterator[Loose]:
    """All that stands in ``parent`` before, between and behind the children that belong there.

    Each may be changed or moved before the next is asked for.
    """
    found = [Loose(parent, None)]
    for child in parent:
        if belongs(child):
            found.append(Loose(parent, child))
        else:
            found[-1].elements.append(child)
    yield from found


def add_text(element: etree._Element, text: str | None) -> None:
    """Put ``text`` behind all that stands in ``element``."""
    if not text:
        return
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
