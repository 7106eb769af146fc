"""Marks that stand within others and can't stay there: calls in links, captions within a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from book.base.formulas import lettered
from book.base.xml import is_blank, move_after, plain, remove, unwrap
from book.parse.ours import CALL_TAG, FIGURE_TAG

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

#: What is asked of a picture's place by its classes: a page of its own, turned if it is wide; where
#: it was written; text beside it.
_PLACES = frozenset({"plate", "landscape", "here", "beside"})
#: Where a figure may stand among text.
_HOLDERS = frozenset({"li", "td", "th", "dd", "div", "blockquote", "section", "aside", "article"})
_PICTURES = frozenset({"img", FIGURE_TAG})


def put_in_line(figure: etree._Element) -> None:
    """An image within a line has its caption as a title; note calls in it come behind."""
    image, caption = figure
    for call in list(caption.iter("a")):
        if "data-note" in call.attrib:
            remove(call)
            move_after(call, image)
    image.set("title", lettered(caption))
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


def figured(
    element: etree._Element, told: Callable[[etree._Element], None]
) -> etree._Element | None:
    """The figure that ``element`` is or becomes, if it is one.

    A paragraph that holds nothing but an image is one, with the caption below it; so is an image
    with a caption wherever blocks may stand. ``told`` is called with one within a line, which has
    no room for its caption.
    """
    if element.tag == "figure":
        return element
    if element.tag == FIGURE_TAG:
        return _own_figure(element, told)
    if len(element) != 1 or plain(element) != plain(element[0]):
        return None
    held, parent = element[0], element.getparent()
    linked = held.tag == "a" and len(held) == 1 and held[0].tag == FIGURE_TAG and held[0]
    if linked is not False and plain(held) == plain(linked):
        image, caption = linked
        unwrap(linked)
        move_after(caption, held)
    elif held.tag == FIGURE_TAG:
        image, caption = held
        unwrap(held)
    elif held.tag != "img":
        return None
    elif parent is not None and parent.tag == "figure":
        unwrap(element)
        return None
    else:
        image, caption = held, None
    if caption is not None:
        caption.tag = "figcaption"
    _as_figure(element, image)
    return element


def _own_figure(
    figure: etree._Element, told: Callable[[etree._Element], None]
) -> etree._Element | None:
    parent = figure.getparent()
    if parent is None:
        return None
    if parent.tag not in _HOLDERS:
        told(figure[0])
        put_in_line(figure)
        return None
    figure.tag, figure[1].tag = "figure", "figcaption"
    figure.attrib.clear()
    if name := figure[0].attrib.pop("id", ""):
        figure.set("id", name)
    return figure


def _as_figure(paragraph: etree._Element, image: etree._Element) -> None:
    """Make a figure of a paragraph; what names ``image``, or gives it a place, is the figure's."""
    paragraph.tag, paragraph.text, paragraph[-1].tail = "figure", None, None
    if places := [name for name in image.get("class", "").split() if name in _PLACES]:
        paragraph.set("class", " ".join(places))
    if name := image.attrib.pop("id", ""):
        paragraph.set("id", name)


def part_pictures(paragraph: etree._Element) -> None:
    """Pictures of which one has a caption, and nothing else, are a paragraph each: so a figure.

    So is one that a paragraph begins or ends with, on a line of its own.
    """
    held = list(paragraph)
    alone = is_blank(paragraph.text) and all(is_blank(one.tail) for one in held)
    if not held or (alone and len(held) == 1):
        return
    if not alone:
        _part_ends(paragraph, held)
        return
    if paragraph.attrib or {one.tag for one in held} - {"img", "br"} != {FIGURE_TAG}:
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


def _part_ends(paragraph: etree._Element, held: list[etree._Element]) -> None:
    """Put the picture in the first line of ``paragraph`` before it, that in the last behind it."""
    first, last = held[0], held[-1]
    if first.tag in _PICTURES and is_blank(paragraph.text) and _breaks(first.tail):
        paragraph.text, first.tail = (first.tail or "").lstrip(), None
        own = paragraph.makeelement("p")
        paragraph.addprevious(own)
        own.append(first)
    above = last.getprevious()
    text = paragraph.text if above is None else above.tail
    if last.tag in _PICTURES and is_blank(last.tail) and _breaks((text or "")[::-1]):
        own = paragraph.makeelement("p")
        paragraph.addnext(own)
        own.tail, paragraph.tail, last.tail = paragraph.tail, None, None
        own.append(last)


def _breaks(text: str | None) -> bool:
    """Whether a line ends before there is a word in ``text``, and there is one."""
    return not is_blank(text) and (text or "").lstrip(" ").startswith("\n")
