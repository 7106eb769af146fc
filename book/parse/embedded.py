"""Pictures as other tools have them: ``![[map.png|200]]``, ``![words|200](…)``, ``(… =200x)``.

The number is a width in pixels of a screen, as HTML has it; a height is none of a book's business.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from markdown.inlinepatterns import InlineProcessor

from book.base.patterns import pattern
from book.base.xml import wrap
from book.parse.ours import CAPTION_TAG, FIGURE_TAG
from book.parse.stamps import PROOF, STAMP

if TYPE_CHECKING:
    from lxml import etree

#: What a picture's file ends with.
ENDINGS = r"\.(?:png|jpe?g|gif|svgz?|webp|tiff?|bmp|avif)"
PATTERN = rf"!\[(?:{STAMP.pattern})?\[([^\[\]|\n]+?{ENDINGS})[ ]*((?:\|[^\[\]|\n]*)*)\]\]"
_SIZE = pattern(r"[ ]*(\d{1,5})(?:x\d{1,5})?[ ]*")
_SAID = pattern(r"(.*)\|[ ]*(\d{1,5})(?:x\d{1,5})?[ ]*", re.DOTALL)
_SIZED = pattern(
    r"\([ ]*(?:<([^<>\n]+)>|([^\s()<>]+))[ ]+=(\d{1,5}%?)?x?(?:\d{1,5}%?)?"
    r"(?:[ ]+\"([^\"\n]*)\")?[ ]*\)"
)


class Embedded(InlineProcessor):
    """``![[file|words|width]]``; what is no picture's file is not looked at."""

    def __init__(self) -> None:
        super().__init__(PATTERN)
        self.compiled_re = re.compile(PATTERN, re.IGNORECASE)

    def handleMatch(  # type: ignore[override] # noqa: N802 # theirs; it may give a string
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element, int, int]:
        """An image."""
        image = ET.Element("img", {"src": m[2].strip(), "alt": ""})
        for part in m[3].split("|")[1:]:
            if sized := _SIZE.fullmatch(part):
                image.set("width", sized[1])
            else:
                image.set("alt", part.strip())
        return image, m.start(), m.end()


def said(image: ET.Element) -> None:
    """Take a width out of what ``image`` says."""
    if found := _SAID.fullmatch(image.get("alt", "")):
        image.set("alt", found[1].strip())
        image.set("width", found[2])


def sized(text: str, at: int) -> tuple[str, str | None, str, int] | None:
    """Address, title and width of what stands in brackets ``at`` a place; and where they end."""
    found = _SIZED.match(text, at)
    return found and (found[1] or found[2], found[4], found[3] or "", found.end())


def described(root: etree._Element) -> None:
    """Quarto's ``fig-alt`` says what a picture shows, and then its words are its caption.

    ``fig-cap`` is one, too. Where neither is, words are what a picture shows.
    """
    for image in list(root.iter("img")):
        alt, caption = (image.attrib.pop(name, "") for name in ("fig-alt", "fig-cap"))
        if not alt and not caption:
            continue
        caption, words = caption or image.get("alt", ""), alt or image.get("alt", "")
        image.set("alt", words)
        parent = image.getparent()
        if caption and parent is not None and parent.tag != FIGURE_TAG:
            figure = wrap(image, FIGURE_TAG)
            figure.set("proof", PROOF)
            said = figure.makeelement(CAPTION_TAG, {"proof": PROOF})
            said.text = caption
            figure.append(said)
