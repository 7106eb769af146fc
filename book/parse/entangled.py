"""Marks that stand within others and can't stay there: calls in links, captions within a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from book.base.xml import move_after, plain, remove, unwrap
from book.parse.ours import CALL_TAG

if TYPE_CHECKING:
    from lxml import etree


def put_in_line(figure: etree._Element) -> None:
    """An image within a line has its caption as a title; note calls in it come behind."""
    image, caption = figure
    for call in list(caption.iter("a")):
        if "data-note" in call.attrib:
            remove(call)
            move_after(call, image)
    image.set("title", plain(caption))
    remove(caption)
    unwrap(figure)


def disentangle(root: etree._Element) -> None:
    """Take links out of links: note calls come behind them, others lose their target."""
    for element in list(root.iter(CALL_TAG, "a")):
        outer = next((each for each in element.iterancestors("a")), None)
        if outer is None:
            continue
        if element.tag == "a":
            element.tag = "span"
            for name in ("href", "title"):
                element.attrib.pop(name, None)
            continue
        while (following := outer.getnext()) is not None and not outer.tail:
            if following.tag != CALL_TAG:
                break
            outer = following
        move_after(element, outer)


def as_figure(paragraph: etree._Element, image: etree._Element) -> None:
    """Make a figure of a paragraph; what names ``image``, or gives it a page, is the figure's."""
    paragraph.tag, paragraph.text, paragraph[-1].tail = "figure", None, None
    if "plate" in image.get("class", "").split():
        paragraph.set("class", "plate")
    if name := image.attrib.pop("id", ""):
        paragraph.set("id", name)
