"""What a book can hold, and what is taken out of it.

Manuscripts may come from strangers: what runs, fetches or restyles is left out and named. So is
what would not be valid where it stands, such as a cell outside a table, but without a word: its
text stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from book.base.text import is_language
from book.base.xml import remove, tags, unwrap
from book.parse.markdown import FIGURE_TAG, OUR_TAGS
from book.parse.stamps import PROOF, STAMP

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLOCKS = tags("p h1 h2 h3 h4 h5 h6 div blockquote pre ul ol dl table figure hr section aside")
_KEPT = _BLOCKS | tags(
    """li dt dd caption colgroup col thead tbody tfoot tr th td figcaption a em strong b i u s
    del ins sub sup small code kbd samp var q cite abbr dfn mark span br img time bdi bdo ruby
    rt rp wbr"""
)

#: Elements whose content is no prose, so it goes with them.
_DROPPED = tags(
    """script style iframe object embed form input button select textarea video audio canvas
    template noscript svg math link meta base frame frameset applet head title"""
)

#: Where alone an element makes sense.
_PARENTS = {
    "li": {"ul", "ol"},
    "dt": {"dl"},
    "dd": {"dl"},
    "tr": {"table", "thead", "tbody", "tfoot"},
    "td": {"tr"},
    "th": {"tr"},
    "col": {"colgroup", "table"},
    "rt": {"ruby"},
    "rp": {"ruby"},
    "figcaption": {"figure"},
    **{tag: {"table"} for tag in ("thead", "tbody", "tfoot", "caption", "colgroup")},
}

# Deeper than any book goes, and less deep than what readers and typesetters bear.
_DEEPEST = 80

_ROLES = "presentation|note|doc-epigraph|doc-example|doc-pullquote|doc-notice"
_ANYTHING, _COUNT = re.compile(".*", re.DOTALL), re.compile(r"-?\d{1,6}")
_CELL, _SPAN = frozenset({"td", "th"}), re.compile(r"[1-9]\d{0,2}")


class _Rule(NamedTuple):
    """Which values an attribute may have, on which elements (none: on all)."""

    values: re.Pattern[str] = _ANYTHING
    owners: frozenset[str] = frozenset()


_ATTRIBUTES = {
    "id": _Rule(),
    "class": _Rule(),
    "lang": _Rule(),
    "title": _Rule(),
    "dir": _Rule(re.compile("ltr|rtl|auto")),
    "role": _Rule(re.compile(_ROLES)),
    "href": _Rule(owners=frozenset({"a"})),
    "src": _Rule(owners=frozenset({"img"})),
    "alt": _Rule(owners=frozenset({"img"})),
    "align": _Rule(re.compile("left|center|right")),
    "colspan": _Rule(_SPAN, _CELL),
    "rowspan": _Rule(_SPAN, _CELL),
    "scope": _Rule(re.compile("(?:row|col)(?:group)?"), frozenset({"th"})),
    "start": _Rule(_COUNT, frozenset({"ol"})),
    "reversed": _Rule(owners=frozenset({"ol"})),
    "type": _Rule(re.compile("[1aAiI]"), frozenset({"ol"})),
    "value": _Rule(_COUNT, frozenset({"li"})),
    "datetime": _Rule(re.compile(r"[\d:.TWZP+-]{4,40}"), frozenset({"time", "ins", "del"})),
}
_SCHEMES = frozenset({"http", "https", "mailto", "tel", "when", "who"})
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")
# Browsers look for a scheme past these.
_UNSEEN = re.compile(
    r"[\s\x00-\x20\x7f-\xa0\xad\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]"
)
#: Classes by which outputs know what we draw up ourselves.
_OURS = frozenset({"locator", "locators"})


def cleaned(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Take out of ``root`` what no book can hold; yields each name and where it stood.

    The name is that of an element, of an attribute, or of a scheme with its colon. An element
    is yielded before it goes.
    """
    gone: set[etree._Element] = set()
    for element in list(root.iter()):
        if element is root or element in gone:
            continue
        if not isinstance(element.tag, str):
            remove(element)
            continue
        if etree.QName(element).localname.lower() in _DROPPED:
            gone.update(element.iter())
        yield from _clean_element(element)
    for paragraph in list(root.iter("p")):
        _part_blocks(paragraph)


def _clean_element(element: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    tag = etree.QName(element).localname.lower()
    if tag in OUR_TAGS and element.attrib.pop("proof", "") == PROOF:
        _clean_ours(element)
    elif tag in _DROPPED:
        yield tag, element
        remove(element)
    elif tag not in _KEPT:
        yield tag, element
        unwrap(element)
    elif _is_misplaced(element, tag):
        unwrap(element)
    else:
        element.tag = tag
        yield from _clean_attributes(element, tag)


def _clean_ours(element: etree._Element) -> None:
    """An attribute list behind a caption is meant for the image; behind a call, for nothing."""
    for name, value in element.attrib.items():
        if name in ("label", "stamp") and element.tag != FIGURE_TAG:
            continue
        del element.attrib[name]
        if element.tag == FIGURE_TAG and name not in element[0].attrib:
            element[0].set(name, value)


def _part_blocks(paragraph: etree._Element) -> None:
    """A paragraph can't hold blocks (HTML, section 4.4.1): it is a division, or isn't needed."""
    if any(child.tag in _BLOCKS for child in paragraph.iterdescendants()):
        paragraph.tag = "div"
        loose = [paragraph.text, *(child.tail for child in paragraph)]
        if all(child.tag in _BLOCKS for child in paragraph) and not any(
            text and text.strip() for text in loose
        ):
            unwrap(paragraph)


def _is_misplaced(element: etree._Element, tag: str) -> bool:
    parent = element.getparent()
    if tag in _PARENTS and (parent is None or parent.tag not in _PARENTS[tag]):
        return True
    return sum(1 for _ in element.iterancestors()) > _DEEPEST


def _clean_attributes(element: etree._Element, tag: str) -> Iterator[tuple[str, etree._Element]]:
    for key, value in element.attrib.items():
        name = str(key)
        rule = _ATTRIBUTES.get(name)
        if name == "stamp" and STAMP.fullmatch(value):
            continue
        if name == "style" or name.startswith("on"):
            yield name, element
        fits = rule and rule.values.fullmatch(value) and (not rule.owners or tag in rule.owners)
        if not fits or (name == "lang" and not is_language(value)):
            del element.attrib[name]
    _class(element)
    yield from _href(element)


def _href(element: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    href = element.get("href")
    if href is None:
        return
    scheme = _SCHEME.match(_UNSEEN.sub("", href).lower())
    if scheme and scheme[1] not in _SCHEMES:
        yield f"{scheme[1]}:", element
        del element.attrib["href"]
    elif scheme:
        element.set("href", href.strip())


def _class(element: etree._Element) -> None:
    """``align`` becomes a class: EPUB 3 knows no such attribute and takes no inline style."""
    classes = [name for name in element.get("class", "").split() if name not in _OURS]
    if align := element.attrib.pop("align", ""):
        classes.append(f"align-{align}")
    element.attrib.pop("class", None)
    if classes:
        element.set("class", " ".join(classes))
