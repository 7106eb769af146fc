"""From Python-Markdown's text to a tree: raw HTML is mended where that is easy, else read as HTML.

What XML refuses, and authors write all the same, is put right in the text: ``<br>``, attributes
without quotes, capitals, bare ``&`` and ``<``, named and numbered characters, comments. Only
tags that don't match need the HTML parser, which reads the whole chapter in its own way.
"""

from __future__ import annotations

import html
import re

from lxml import etree

from book.base.patterns import pattern
from book.base.text import UNPRINTABLE
from book.base.xml import escape, tags, unwrap
from book.parse.stamps import STAMPED_TAG, stamp_of

_VOID = tags("area base br col embed hr img input link meta source track wbr")
_NAME = pattern(r"[a-zA-Z_][\w.-]*", re.ASCII)
_ATTRIBUTE = pattern(
    r"""(?P<name>[^\s"'<>/=]+)(?:\s*=\s*(?:"(?P<q>[^"]*)"|'(?P<a>[^']*)'|(?P<bare>[^\s"'=<>]+)))?"""
)
_CHARACTER = pattern(r"&(\#\d{1,9};|\#[xX][0-9a-fA-F]{1,8};|[a-zA-Z][a-zA-Z0-9]*;)?")
_XML_ENTITIES = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
# Characters after a backslash that Python-Markdown put away and did not put back.
_LEFT_ESCAPED = pattern("\x02(?:(\\d{1,6})\x03)?|\x03")
# It begins with one of two characters, which makes the search for it quick.
_MENDABLE = pattern(
    rf"""
        <(?: (?P<tag>{STAMPED_TAG.pattern[1:]})
           | !\[CDATA\[(?P<data>.*?)\]\]>
           | (?P<gone>!--.*?-->|\?.*?>|![a-zA-Z][^>]*>)
           | (?P<end>/[a-z]*[A-Z][a-zA-Z]*[ ]*>)
           | (?P<bare>(?![a-zA-Z/!?]))
        )
      | &(?P<character>{_CHARACTER.pattern[1:]})
    """,
    re.VERBOSE | re.DOTALL,
)


def tree_of(text: str) -> etree._Element:
    """The XHTML ``text`` as a tree below one ``div``. Names of tags and attributes are legal."""
    text = _LEFT_ESCAPED.sub(lambda found: escape(chr(int(found[1] or 0xFFFD))), text)
    text = _MENDABLE.sub(_mended, text)
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        return etree.fromstring(f"<div>{text}</div>", parser)
    except etree.XMLSyntaxError:
        return _read_as_html(text)


def _mended(found: re.Match[str]) -> str:
    kind = found.lastgroup
    if found["tag"]:
        return _tag(STAMPED_TAG.fullmatch(found.group()) or found)
    if kind == "data":
        return escape(found["data"])
    if kind == "end":
        return found.group().lower()
    if kind == "bare":
        return "&lt;"
    return "" if kind == "gone" else _character(found)


def _tag(found: re.Match[str]) -> str:
    """A raw tag as XML has it, with its stamp as an attribute."""
    name, number, rest = found[1].lower(), found[2], found[3]
    attributes = {"stamp": stamp_of(number)}
    for each in _ATTRIBUTE.finditer(rest):
        key = each["name"].lower()
        if _NAME.fullmatch(key) and key != "xmlns":
            value = next((each[one] for one in ("q", "a", "bare") if each[one] is not None), key)
            value = _CHARACTER.sub(_character, value).replace("<", "&lt;").replace('"', "&quot;")
            attributes.setdefault(key, value)
    written = "".join(f' {key}="{value}"' for key, value in attributes.items())
    closed = name in _VOID or rest.rstrip().endswith("/")
    return f"<{name}{written}{' /' if closed else ''}>"


def _character(found: re.Match[str]) -> str:
    """A character reference as XML has it; U+FFFD for what can't be printed."""
    reference = found.group()[1:]
    if not reference:
        return "&amp;"
    if reference in _XML_ENTITIES:
        return f"&{reference}"
    char = html.unescape(f"&{reference}")
    if char == f"&{reference}":
        return f"&amp;{reference}"
    return html.escape(UNPRINTABLE.sub("\ufffd", char or "\ufffd"))


def _read_as_html(text: str) -> etree._Element:
    """The tree as an HTML parser sees it, copied: it allows names that XML doesn't."""
    parser = etree.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    source = etree.fromstring(f"<html><body><div>{text}</div></body></html>", parser)
    holders = [etree.Element("div")]
    for event, element in etree.iterwalk(source, events=("start", "end")):
        name = str(element.tag).lower()
        if name in ("html", "body"):
            continue
        if event == "end":
            holders.pop().tail = element.tail
            continue
        copy = etree.SubElement(holders[-1], name if _NAME.fullmatch(name) else "unknown")
        copy.text = element.text
        for key, value in element.attrib.items():
            if _NAME.fullmatch(str(key)):
                copy.set(str(key), value)
        holders.append(copy)
    unwrap(holders[0][0])
    return holders[0]
