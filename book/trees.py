"""Small things that lxml lacks: fragments in and out, and taking an element out of its tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator


def tree(fragment: str, tag: str = "div") -> etree._Element:
    """``fragment`` parsed inside one ``tag`` element."""
    return etree.fromstring(f"<{tag}>{fragment}</{tag}>")


def inner(element: etree._Element) -> str:
    """What stands inside ``element``, as well-formed XHTML text."""
    parts = [_escape(element.text or "")]
    parts += [etree.tostring(child, encoding="unicode") for child in element]
    return "".join(parts)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def remove(element: etree._Element) -> None:
    """Take ``element`` out of its tree and leave its tail where it stood."""
    parent, previous = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail:
        if previous is None:
            parent.text = (parent.text or "") + element.tail
        else:
            previous.tail = (previous.tail or "") + element.tail
    parent.remove(element)


def unwrap(element: etree._Element) -> None:
    """Put an element's content in its place."""
    parent = element.getparent()
    if parent is None:
        return
    index = parent.index(element)
    children = list(element)
    last = children[-1] if children else None
    lead = element.text or ""
    if last is not None:
        last.tail = (last.tail or "") + (element.tail or "")
    else:
        lead += element.tail or ""
    previous = element.getprevious()
    if previous is None:
        parent.text = (parent.text or "") + lead
    else:
        previous.tail = (previous.tail or "") + lead
    element.tail = None
    parent.remove(element)
    for offset, child in enumerate(children):
        parent.insert(index + offset, child)


def plain(element: etree._Element) -> str:
    """The text of ``element``, white space folded."""
    return " ".join("".join(element.itertext()).split())


def texts(root: etree._Element) -> Iterator[tuple[etree._Element, str, str]]:
    """Every piece of text in document order: its owner, ``text`` or ``tail``, and the string.

    The root's own tail is not part of it.
    """
    yield root, "text", root.text or ""
    for child in root:
        yield from texts(child)
        yield child, "tail", child.tail or ""
