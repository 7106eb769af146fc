"""Boxes within quotations: GitHub's alerts, and Obsidian's callouts, which have more names."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from book.base.patterns import pattern
from book.parse.stamps import STAMP

if TYPE_CHECKING:
    import re

#: The first line of one: its kind, and its own title.
ALERT = pattern(rf"[ ]*(?:{STAMP.pattern})?\[!(\w[\w-]{{0,30}})(?:\|[^\[\]\n]*)?\][+-]?(.*)")
#: What boxes are called elsewhere, and their kinds here.
ALERTS = {
    **dict.fromkeys(("tip", "hint", "success", "check", "done"), "tip"),
    **dict.fromkeys(("important",), "important"),
    **dict.fromkeys(("warning", "attention"), "warning"),
    **dict.fromkeys(("caution", "danger", "error", "bug", "failure", "fail"), "caution"),
}
#: Those that the words of a language name.
_NAMED = frozenset({"note", "tip", "important", "warning", "caution"})
#: What somebody has said is in no box.
_SAID = frozenset({"quote", "cite"})


def box(parent: ET.Element, said: re.Match[str]) -> ET.Element:
    """A box of the kind and with the title that are ``said``; a quotation, if it is one.

    A kind that has no name in the language is called as it was typed, as it is there.
    """
    kind, title = said[2].lower(), said[3].strip()
    if kind in _SAID:
        made = ET.SubElement(parent, "blockquote")
        if title:
            ET.SubElement(made, "p", {"class": "alert-title"}).text = title
        return made
    name = f"alert alert-{ALERTS.get(kind, 'note')}"
    made = ET.SubElement(parent, "div", {"class": name, "role": "note"})
    head = ET.SubElement(made, "p", {"class": "alert-title"})
    head.text = title or ("" if kind in _NAMED else said[2].replace("-", " ").capitalize())
    return made
