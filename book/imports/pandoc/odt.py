"""Small capitals of an ``.odt``, which pandoc passes over: marked in the text before it reads."""

from __future__ import annotations

from lxml import etree

from book.imports.ledger import SMALL_END, SMALL_START
from book.imports.pandoc.properties import part, parts, rewritten

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"


def marked(raw: bytes) -> bytes:
    """``raw`` with private letters around words in small capitals; as it is if there are none."""
    archive = parts(raw)
    content = part(archive, "content.xml") if archive else b""
    if archive is None or b"small-caps" not in content + part(archive, "styles.xml"):
        return raw
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(content, parser)
        styles = etree.fromstring(part(archive, "styles.xml") or b"<x/>", parser)
    except etree.XMLSyntaxError:
        return raw
    small = _small(root) | _small(styles)
    for span in root.iter(f"{_TEXT}span"):
        if span.get(f"{_TEXT}style-name") in small and "".join(span.itertext()).strip():
            span.text = SMALL_START + (span.text or "")
            if len(span):
                span[-1].tail = (span[-1].tail or "") + SMALL_END
            else:
                span.text += SMALL_END
    changed = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return rewritten(archive, "content.xml", changed)


def _small(root: etree._Element) -> set[str]:
    """The names of the styles for letters that are set in small capitals."""
    found = set()
    for style in root.iter(f"{_STYLE}style"):
        properties = style.find(f"{_STYLE}text-properties")
        if properties is not None and properties.get(f"{_FO}font-variant") == "small-caps":
            found.add(style.get(f"{_STYLE}name", ""))
    return found
