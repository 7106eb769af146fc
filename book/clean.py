"""From Python-Markdown's text to one safe, well-formed tree.

Manuscripts may come from strangers: what runs, fetches or restyles is left out and named. The
text is parsed once; raw HTML that is not well-formed is read as HTML.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from lxml import etree
from lxml import html as lxml_html

from book.marks import CALL_TAG, NOTE_TAG
from book.trees import remove, unwrap

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)(\w+);")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")

_KEPT = frozenset(
    """div p h1 h2 h3 h4 h5 h6 blockquote pre ul ol li dl dt dd table caption colgroup col thead
    tbody tfoot tr th td figure figcaption hr section aside a em strong b i u s del ins sub sup
    small code kbd samp var q cite abbr dfn mark span br img time bdi bdo ruby rt rp wbr
    """.split()
) | {CALL_TAG, NOTE_TAG}

#: Elements whose content is no prose, so it goes with them.
_DROPPED = frozenset(
    """script style iframe object embed form input button select textarea video audio canvas
    template noscript svg math link meta base frame frameset applet head title""".split()
)

_ATTRIBUTES = frozenset(
    """id class lang dir title cite alt src href colspan rowspan start type value reversed scope
    headers datetime align label stamp role""".split()
)
_SCHEMES = frozenset({"http", "https", "mailto", "tel", "when", "who"})
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")


def tree_of(text: str) -> etree._Element:
    """The XHTML ``text`` as a tree below one ``div``; named entities become characters."""
    text = _CONTROL.sub("", _ENTITY.sub(lambda found: html.unescape(found.group()), text))
    try:
        return etree.fromstring(f"<div>{text}</div>")
    except etree.XMLSyntaxError:
        parsed: etree._Element = lxml_html.fragment_fromstring(text, create_parent="div")
        return etree.fromstring(etree.tostring(parsed, encoding="unicode"))


def cleaned(root: etree._Element) -> tuple[str, ...]:
    """Take out of ``root`` what no book can hold; the names of what was taken, in order."""
    taken: list[str] = []
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            remove(element)
        elif element is not root:
            taken += _clean_element(element)
    return tuple(taken)


def _clean_element(element: etree._Element) -> Iterator[str]:
    tag = element.tag.lower()
    if tag in _DROPPED:
        yield tag
        remove(element)
        return
    if tag not in _KEPT:
        yield tag
        unwrap(element)
        return
    element.tag = tag
    for name in list(element.attrib):
        if str(name) not in _ATTRIBUTES:
            del element.attrib[name]
            if str(name) == "style" or str(name).startswith("on"):
                yield str(name)
    _align(element)
    scheme = _SCHEME.match(element.get("href", "").strip())
    if scheme and scheme[1].lower() not in _SCHEMES:
        yield f"{scheme[1]}:"
        del element.attrib["href"]


def _align(element: etree._Element) -> None:
    """``align`` becomes a class: EPUB 3 knows no such attribute and takes no inline style."""
    if align := element.attrib.pop("align", None):
        classes = [*element.get("class", "").split(), f"align-{align}"]
        element.set("class", " ".join(classes))
