"""What a book can hold, and what is taken out of it.

Manuscripts may come from strangers: what runs, fetches or restyles is left out and named. Where
what is left may stand is for :mod:`book.parse.contentmodel`; only a part of something that isn't
there, such as a cell outside a table, goes here, without a word: its text stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from book.base.patterns import pattern
from book.base.text import is_language
from book.base.xml import SEE, tags
from book.parse.barred import width_class
from book.parse.contentmodel import BLOCKS
from book.parse.loose import GONE, LOST, strip
from book.parse.ours import FIGURE_TAG, OUR_TAGS
from book.parse.stamps import PROOF, STAMP

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEPT = BLOCKS | tags(
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
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "tr": {"table", "thead", "tbody", "tfoot"},
    "td": {"tr", "table", "thead", "tbody", "tfoot"},
    "th": {"tr", "table", "thead", "tbody", "tfoot"},
    "col": {"colgroup", "table"},
    "rt": {"ruby"},
    "rp": {"ruby"},
    "figcaption": {"figure"},
    **{tag: {"table"} for tag in ("thead", "tbody", "tfoot", "caption", "colgroup")},
}

# Deeper than any book goes, and less deep than what readers and typesetters bear.
_DEEPEST = 80
#: What is yielded where elements stand deeper in each other; it is no element's name.
TOO_DEEP = "<too deep>"

_ROLES = "presentation|note|doc-epigraph|doc-example|doc-pullquote|doc-notice"
_ANYTHING, _COUNT = pattern(".*", re.DOTALL), pattern(r"-?\d{1,6}")
_WIDTH = pattern(r"(\d{1,5}(?:\.\d{1,3})?)(%|px|pt|mm|cm|in|em|rem)?")
_TEXT_WIDTH = 108  # of the text on A5, in millimetres
_UNITS = {"%": _TEXT_WIDTH / 100, "mm": 1, "cm": 10, "in": 25.4, "pt": 25.4 / 72, "px": 25.4 / 96}
_UNITS |= {"em": 3.7, "rem": 3.7}
_CELL, _SPAN = frozenset({"td", "th"}), pattern(r"[1-9]\d{0,2}")


# HTML, section 2.3.5: days and times of day, with a place on the globe or without.
_DAY = r"\d{4,}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?"
_ZONE = r"(?:Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)"
_CHANGED = pattern(rf"{_DAY}(?:[T ]{_CLOCK}{_ZONE})?")
_MOMENT = pattern(
    rf"""{_DAY}(?:[T ]{_CLOCK}{_ZONE}?)? | {_CLOCK} | \d{{4,}}(?:-(?:0[1-9]|1[0-2]))?
    | (?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]) | \d{{4,}}-W(?:0[1-9]|[1-4]\d|5[0-3])
    | P(?=[\dT])(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d{{1,3}})?S)?)?""",
    re.VERBOSE,
)


class _Rule(NamedTuple):
    """Which values an attribute may have, on which elements (none: on all)."""

    values: re.Pattern[str] = _ANYTHING
    owners: frozenset[str] = frozenset()


_ATTRIBUTES = {
    "id": _Rule(),
    "class": _Rule(),
    "lang": _Rule(),
    "title": _Rule(),
    "dir": _Rule(pattern("ltr|rtl|auto")),
    "role": _Rule(pattern(_ROLES)),
    "href": _Rule(owners=frozenset({"a"})),
    "src": _Rule(owners=frozenset({"img"})),
    "alt": _Rule(owners=frozenset({"img"})),
    "align": _Rule(pattern("left|center|right", re.IGNORECASE)),
    "colspan": _Rule(_SPAN, _CELL),
    "rowspan": _Rule(_SPAN, _CELL),
    "scope": _Rule(pattern("(?:row|col)(?:group)?"), frozenset({"th"})),
    "start": _Rule(_COUNT, frozenset({"ol"})),
    "reversed": _Rule(pattern("(?:reversed|true|yes)?", re.IGNORECASE), frozenset({"ol"})),
    "type": _Rule(pattern("[1aAiI]"), frozenset({"ol"})),
    "value": _Rule(_COUNT, frozenset({"li"})),
    "datetime": _Rule(_MOMENT, frozenset({"time", "ins", "del"})),
}
_SCHEMES = frozenset({"http", "https", "mailto", "tel", "when", "who"})
_SCHEME = pattern(r"([a-z][a-z0-9+.-]*):")
#: What stands in lines of its own, so that its words are none of those beside it.
_APART = tags("button center details dialog fieldset form legend li menu nav option summary")
# Browsers look for a scheme past these.
_UNSEEN = pattern(r"[\s\x00-\x20\x7f-\xa0\xad\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")
#: Classes of the pages that outputs draw up; a writer who has one of them means something else.
_OWN_CLASSES = tags(
    """note note-call note-number notes noteref end-note end-notes backlink cover front body back
    imprint short short-ends title-page half-title contents opening chapter-number lead text page
    page-ref page-number people chronology timeline who where when legend kicker figure document
    person number title subtitle authors author publisher parts edition running-book unseen editor
    by-editors alone roomy tight columns two narrow wide block side story questions said-by
    said-in entry-number entry-title entry-page in-front in-body in-back chapter whole closes
    leads-in one-line chapter-by entry-by"""
)
#: Classes by which outputs know what we draw up ourselves.
_OURS = frozenset({"locator", "locators", SEE})


def cleaned(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Take out of ``root`` what no book can hold; yields each name and where it stood.

    The name is that of an element, of an attribute, or of a scheme with its colon; or it is
    :data:`TOO_DEEP`. An element is yielded before it goes.
    """
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction, etree.Entity)
    # What will hold an element once all is gone that goes, and how deep that will stand.
    holders: dict[etree._Element, tuple[etree._Element, int]] = {root: (root, 0)}
    for element in list(root.iterdescendants()):
        parent = element.getparent()
        if parent is None or parent.tag == LOST:
            element.tag = LOST
            continue
        holder, depth = holders[parent]
        yield from _clean_element(element, holder, depth)
        holders[element] = (holder, depth) if element.tag == GONE else (element, depth + 1)
    strip(root)


def _clean_element(
    element: etree._Element, holder: etree._Element, depth: int
) -> Iterator[tuple[str, etree._Element]]:
    tag = etree.QName(element).localname.lower()
    if tag in OUR_TAGS and element.attrib.pop("proof", "") == PROOF:
        _clean_ours(element)
    elif tag in _DROPPED:
        yield tag, element
        element.tag = LOST
    elif tag not in _KEPT:
        yield tag, element
        element.tag = GONE
        if tag in _APART:
            element.text, element.tail = f" {element.text or ''}", f" {element.tail or ''}"
    elif depth > _DEEPEST:
        yield TOO_DEEP, element
        element.tag = GONE
    elif not _may_hold(holder, tag):
        element.tag = GONE
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


def _may_hold(holder: etree._Element, tag: str) -> bool:
    return tag not in _PARENTS or holder.tag in _PARENTS[tag]


def _clean_attributes(element: etree._Element, tag: str) -> Iterator[tuple[str, etree._Element]]:
    _size(element, tag)
    for key, value in element.attrib.items():
        name = str(key)
        rule = _ATTRIBUTES.get(name)
        if name == "stamp" and STAMP.fullmatch(value):
            continue
        if name == "style" or name.startswith("on"):
            yield name, element
        fits = rule and rule.values.fullmatch(value) and (not rule.owners or tag in rule.owners)
        if not fits or not _means(name, value, tag):
            del element.attrib[name]
        elif name == "reversed":
            element.set(name, name)
    _class(element)
    yield from _href(element)


def _size(element: etree._Element, tag: str) -> None:
    """``width`` becomes a class: EPUB 3 takes no inline style, and a page is no screen."""
    found = _WIDTH.fullmatch(element.attrib.pop("width", ""))
    element.attrib.pop("height", None)
    if found and tag in ("img", "col", "td", "th", "table") and float(found[1]):
        percent = 100 * float(found[1]) * _UNITS[found[2] or "px"] / _TEXT_WIDTH
        classes = [*element.get("class", "").split(), width_class(percent)]
        element.set("class", " ".join(classes))


def _means(name: str, value: str, tag: str) -> bool:
    """What a pattern for all elements can't tell."""
    if name == "lang":
        return is_language(value)
    # What was changed was changed on a day (HTML, section 4.7.5).
    return name != "datetime" or tag == "time" or _CHANGED.fullmatch(value) is not None


def _href(element: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    href = element.get("href")
    if href is None:
        return
    scheme = _SCHEME.match(_UNSEEN.sub("", href).lower())
    if scheme and scheme[1] not in _SCHEMES:
        if element.text != href:  # Between angle brackets it has been told by its place.
            yield f"{scheme[1]}:", element
        del element.attrib["href"]
    elif scheme:
        element.set("href", href.strip())


def _theirs(name: str) -> str:
    """A writer's class; one that the book's own pages have gets a name that they don't."""
    return f"my-{name}" if name in _OWN_CLASSES else name


def _class(element: etree._Element) -> None:
    """``align`` becomes a class: EPUB 3 knows no such attribute and takes no inline style."""
    classes = [_theirs(name) for name in element.get("class", "").split() if name not in _OURS]
    if align := element.attrib.pop("align", ""):
        classes.append(f"align-{align.lower()}")
    element.attrib.pop("class", None)
    if classes:
        element.set("class", " ".join(classes))
