"""The last hand on a chapter's tree: what authors may write, brought to what EPUB 3.3 allows.

XHTML is HTML in XML syntax (section 6.1), and EPUBCheck holds it to HTML's content models.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from book.base.patterns import pattern
from book.base.text import is_language
from book.base.xml import plain
from book.render.epub.parts import EPUB_TYPE, safe_id

if TYPE_CHECKING:
    from lxml import etree

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SVG = "{http://www.w3.org/2000/svg}"
#: What a paragraph or heading can't hold (HTML, section 4.4.1).
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | {"p", "div", "blockquote", "pre", "ul", "ol", "dl"}
_BLOCKS |= {"table", "figure", "hr", "section", "aside"}
#: Attributes that only some elements may have (HTML, index of attributes).
_OWNERS = {
    "start": {"ol"},
    "reversed": {"ol"},
    "type": {"ol"},
    "value": {"li"},
    "datetime": {"time", "ins", "del"},
    "colspan": {"td", "th"},
    "rowspan": {"td", "th"},
    "scope": {"th"},
    "src": {"img"},
    "alt": {"img"},
    "href": {"a"},
    # These name ids, or places that no reading system shows.
    "headers": set[str](),
    "cite": set[str](),
    "label": set[str](),
}
_ANY = frozenset({"div", "section", "p", "blockquote", "span"})
#: Roles that an author may give, and to what (ARIA in HTML).
_ROLES = {
    "doc-epigraph": _ANY,
    "doc-example": _ANY,
    "doc-pullquote": _ANY,
    "doc-notice": _ANY,
    "note": _ANY,
    "presentation": frozenset({"img"}),
}
_TO_LEFT = pattern(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
#: Code and addresses may end within, in a narrow cell too, if they have more letters than this.
_LONG = 24
#: A table of more columns has small letters on a narrow screen.
_MANY = 8
#: Characters that an address may hold as they are (RFC 3986, and the percent sign of escapes).
_IN_ADDRESS = "!#$%&'()*+,/:;=?@[]~-._"


def tidy(root: etree._Element) -> None:
    """Mend ``root``, a fragment with its marks spelled, in place."""
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.tag.startswith(_SVG):
            continue
        _restrict(element)
        _address(element)
        _loosen(element)
        if element.tag == "p" or element.tag in _HEADINGS:
            _hold_blocks(element)
        elif element.tag == "th" and not plain(element) and element.find(".//img") is None:
            element.tag = "td"  # An empty head is none (WCAG 2.2, technique H63).
            element.attrib.pop("scope", "")
    _isolate(root)


def _isolate(root: etree._Element) -> None:
    """A note's number behind what is read from right to left is no part of it, nor of its numbers.

    Else the end of “12–14.” and the number behind it would be one decimal (UAX 9, rule W4). An
    ebook's sheets must not say so (EPUB 3.3, section 6.3.1.1), so the markup does.
    """
    if any(_TO_LEFT.search(text) for text in root.itertext()):
        for call in root.iter("a"):
            if call.get("class") == "noteref":
                call.set("dir", "auto")


def _address(element: etree._Element) -> None:
    """Ids that are XML names, languages in both spellings, addresses without stray signs."""
    if identity := element.get("id"):
        element.set("id", safe_id(identity))
    language = element.get("lang", "")
    if is_language(language):
        element.set(_XML_LANG, language)
    elif language:
        del element.attrib["lang"]
    if href := element.get("href"):
        element.set("href", quote(href, safe=_IN_ADDRESS))


def _loosen(element: etree._Element) -> None:
    """What is too wide for a small screen: long code and links, tables of many columns."""
    if element.tag == "table":
        row = next(element.iter("tr"), ())
        if len(row) > _MANY:
            element.set("class", f"{element.get('class', '')} cb-many".strip())
    elif element.tag in ("a", "code", "kbd", "samp"):
        words = "".join(element.itertext()).split()
        if max(map(len, words), default=0) > _LONG:
            element.set("class", f"{element.get('class', '')} cb-long".strip())


def _restrict(element: etree._Element) -> None:
    for name in list(element.attrib):
        owners = _OWNERS.get(str(name))
        if owners is not None and element.tag not in owners:
            del element.attrib[name]
    role = element.get("role", "")
    # What has a type of EPUB's is ours, and so is its role.
    if role and EPUB_TYPE not in element.attrib and element.tag not in _ROLES.get(role, ()):
        del element.attrib["role"]


def _hold_blocks(element: etree._Element) -> None:
    """A paragraph around blocks becomes a division, as HTML would have torn it apart."""
    if any(child.tag in _BLOCKS for child in element.iterdescendants()):
        element.tag = "div"
