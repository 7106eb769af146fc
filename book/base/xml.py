"""Small things that lxml lacks: fragments in and out, and taking an element out of its tree."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from lxml import etree

from book.base.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

# Not ``str.split()``: it would fold no-break spaces, which authors and typography set on purpose.
_SPACE = pattern(r"[ \t\n\r]+")


def tags(names: str) -> frozenset[str]:
    """The names in ``names``, which stand between spaces."""
    return frozenset(names.split())


#: The class of what stands in the text for something that isn't there.
MISSING = "cb-missing"

#: What the classes of what is for some outputs only begin with; the output's name follows.
ONLY = "cb-only-"

#: The class of what leads from a note that is called again to the note itself.
SEE = "cb-see"

#: Elements whose text is read by itself, whatever stands around them.
BLOCKS = tags(
    """p li td th dt dd figcaption caption div blockquote figure section aside pre
    h1 h2 h3 h4 h5 h6"""
)


# ``xml.sax.saxutils`` has both, but brings the network's modules with it, 2.5 MB.
def escape(text: str) -> str:
    """``text`` as it stands in XML between tags."""
    return html.escape(text, quote=False)


def quoted(text: str) -> str:
    """``text`` as the value of an XML attribute, in its quotation marks."""
    return '"' + escape(text).replace('"', "&quot;") + '"'


def tree(fragment: str, tag: str = "div") -> etree._Element:
    """``fragment`` parsed inside one ``tag`` element."""
    return etree.fromstring(f"<{tag}>{fragment}</{tag}>")


def inner(element: etree._Element) -> str:
    """What stands inside ``element``, as well-formed XHTML text."""
    parts = [escape(element.text or "")]
    parts += [etree.tostring(child, encoding="unicode") for child in element]
    return "".join(parts)


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
        element.tail = None
    parent.remove(element)


def unwrap(element: etree._Element) -> None:
    """Put an element's content in its place."""
    parent, previous = element.getparent(), element.getprevious()
    if parent is None:
        return
    children = list(element)
    lead = element.text or ""
    if children:
        children[-1].tail = (children[-1].tail or "") + (element.tail or "")
    else:
        lead += element.tail or ""
    if previous is None:
        parent.text = (parent.text or "") + lead
    else:
        previous.tail = (previous.tail or "") + lead
    element.tail = None
    for child in children:
        element.addprevious(child)
    parent.remove(element)


def wrap(element: etree._Element, tag: str) -> etree._Element:
    """Put ``element`` into a new one that takes its place."""
    wrapper = etree.Element(tag)
    parent = element.getparent()
    if parent is not None:
        parent.replace(element, wrapper)
    wrapper.tail, element.tail = element.tail, None
    wrapper.append(element)
    return wrapper


def move_after(element: etree._Element, other: etree._Element) -> None:
    """Take ``element`` from where it stands and put it directly behind ``other``."""
    remove(element)
    tail, other.tail = other.tail, None
    other.addnext(element)
    element.tail = tail


def is_blank(text: str | None) -> bool:
    """Whether there is nothing but white space in ``text``, if it is one."""
    return not (text and text.strip())


def folded(text: str) -> str:
    """``text`` with each run of white space as one space, none at its ends."""
    return _SPACE.sub(" ", text).strip(" ")


def plain(element: etree._Element) -> str:
    """The text of ``element``, white space folded."""
    return folded("".join(map(str, element.itertext())))


def texts(root: etree._Element) -> Iterator[tuple[etree._Element, str, str]]:
    """Every piece of text in document order: its owner, ``text`` or ``tail``, and the string.

    The root's own tail is not part of it.
    """
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            yield element, "text", element.text or ""
        elif element is not root:
            yield element, "tail", element.tail or ""
