"""Places of a ``.docx`` that stand between paragraphs, which pandoc passes over."""

from __future__ import annotations

from lxml import etree

from book.imports.pandoc.properties import part, parts, rewritten

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT = "word/document.xml"


def with_places(raw: bytes) -> bytes:
    """``raw`` with each bookmark that stands between paragraphs moved into the one below it.

    ECMA-376, part 1, section 17.13.6 lets them stand there; links lead to them.
    """
    archive = parts(raw)
    content = part(archive, _DOCUMENT) if archive else b""
    if archive is None or not content:
        return raw
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return raw
    moved = 0
    for mark in list(root.iter(f"{_W}bookmarkStart")):
        parent, below = mark.getparent(), mark.getnext()
        while below is not None and below.tag != f"{_W}p":
            below = below.getnext() if str(below.tag).startswith(f"{_W}bookmark") else None
        if parent is None or parent.tag == f"{_W}p" or below is None:
            continue
        end = next(below.iterchildren(f"{_W}pPr"), None)
        below.insert(0 if end is None else 1, mark)
        moved += 1
    if not moved:
        return raw
    changed = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return rewritten(archive, _DOCUMENT, changed)
