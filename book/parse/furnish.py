"""What a chapter's tree gets that nobody typed: boxes of tasks, names of boxes, scopes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from book.base.codes import finding
from book.base.xml import is_blank
from book.model import Place
from book.parse.barred import SURPLUS
from book.parse.listings import mark_words
from book.parse.ours import CALL_TAG
from book.parse.stanzas import versified
from book.parse.typography import educate_tree
from book.parse.within import narrowed
from book.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from book.model import Finding, Source

_BOXES = {"[ ]": "\u2610", "[x]": "\u2611", "[X]": "\u2611"}
_KINDS = ("note", "tip", "important", "warning", "caution")


def furnished(root: etree._Element, language: str) -> None:
    """Boxes of tasks, titles of boxes, scopes of cells, a typesetter's signs, and listings."""
    narrowed(root)
    versified(root)
    _tick_boxes(root)
    _name_boxes(root, language)
    _say_scopes(root)
    _part_calls(root)
    educate_tree(root, language)
    mark_words(root)


def surplus(root: etree._Element, source: Source) -> Iterator[Finding]:
    """A finding for each row that has more cells than its table has columns.

    So there is for each drawn table whose cells span others.
    """
    rows = [row for row in root.iter("tr", "pre") if SURPLUS in row.attrib]
    if not rows:
        return
    lines = [re.sub(r"\s+", "", line) for line in source.text.split("\n")]
    at = 0
    for row in rows:
        written = re.sub(r"\s+|[\ufdd0-\ufdef]", "", row.attrib.pop(SURPLUS))
        found = next((n for n in range(at, len(lines)) if written in lines[n]), None)
        at = at if found is None else found + 1
        place = Place(source.path, found + 1, 1) if found is not None else Place(source.path)
        if row.tag == "pre":
            message = "Cells of this table span others; it is printed as it was typed."
            yield finding("M010", place, message, "Write it in HTML, with `colspan` and `rowspan`.")
            continue
        message = "This row has more cells than its table has columns; they are in the last one."
        yield finding("M010", place, message, "Give the table's head as many cells.")


def _tick_boxes(root: etree._Element) -> None:
    """Items of a list of tasks begin with a box."""
    for item in root.iter("li"):
        first = item[0] if len(item) and item[0].tag == "p" and is_blank(item.text) else item
        text = (first.text or "").lstrip()
        if text[:3] in _BOXES and text[3:4] == " ":
            first.text = _BOXES[text[:3]] + "\u00a0" + text[4:]


def _name_boxes(root: etree._Element, language: str) -> None:
    """Boxes without a title of their own are called by their kind, in the book's language."""
    names = None
    for title in root.iter("p"):
        if title.get("class") == "alert-title" and not len(title) and is_blank(title.text):
            box = title.getparent()
            kind = box.get("class", "").rpartition("-")[2] if box is not None else ""
            names = names or dict(zip(_KINDS, words(language).alerts, strict=True))
            title.text = names.get(kind, names["note"])


def _say_scopes(root: etree._Element) -> None:
    """Which cells a header is for: its column, or its row if it leads one below the head."""
    for cell in root.iter("th"):
        if "scope" not in cell.attrib:
            row = cell.getparent()
            group = row.getparent() if row is not None else None
            in_head = group is not None and (group.tag == "thead" or group[0] is row)
            leads = cell.getprevious() is None and not in_head
            cell.set("scope", "row" if leads else "col")


def _part_calls(root: etree._Element) -> None:
    """A comma between calls that stand side by side: notes 1 and 2 are not note 12."""
    for call in list(root.iter(CALL_TAG)):
        following = call.getnext()
        if following is not None and following.tag == CALL_TAG and is_blank(call.tail):
            call.tail = None  # A space between them would let the second begin a line.
            comma = etree.Element("sup")
            comma.text = ","
            call.addnext(comma)
