"""Marks that stand within others and can't stay there: calls in links, captions within a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from book.base.xml import is_blank, move_after, plain, remove, unwrap
from book.parse.ours import CALL_TAG, FIGURE_TAG

if TYPE_CHECKING:
    from lxml import etree

#: What is asked of a picture's place by its classes: a page of its own, turned if it is wide; where
#: it was written; text beside it.
_PLACES = frozenset({"plate", "landscape", "here", "beside"})


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
    """Make a figure of a paragraph; what names ``image``, or gives it a place, is the figure's."""
    paragraph.tag, paragraph.text, paragraph[-1].tail = "figure", None, None
    if places := [name for name in image.get("class", "").split() if name in _PLACES]:
        paragraph.set("class", " ".join(places))
    if name := image.attrib.pop("id", ""):
        paragraph.set("id", name)


def part_pictures(paragraph: etree._Element) -> None:
    """Pictures of which one has a caption, and nothing else, are a paragraph each: so a figure."""
    held = list(paragraph)
    alone = is_blank(paragraph.text) and all(is_blank(one.tail) for one in held)
    if len(held) < 2 or not alone or paragraph.attrib:
        return
    if {one.tag for one in held} - {"img", "br"} != {FIGURE_TAG}:
        return
    behind = paragraph
    for one in held:
        one.tail = None
        if one.tag == "br":
            paragraph.remove(one)
            continue
        if one is held[0]:
            continue
        own = paragraph.makeelement("p")
        behind.addnext(own)
        own.tail, behind.tail = behind.tail, None
        own.append(one)
        behind = own
