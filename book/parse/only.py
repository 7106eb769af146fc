"""What is meant for some outputs only: ``::: {.only pdf}``, ``[words]{.only epub}``.

Quarto's ``{.content-visible when-format="pdf"}`` and its kin say the same. In a chapter's body such
an element has a class for each output that it is in; :mod:`book.only` takes it out of the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from book.base.xml import ONLY

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

    from lxml import etree

_OUTPUTS = ("pdf", "epub", "handout")
#: What Quarto calls the outputs that are ours.
_FORMATS = {"latex": "pdf", "typst": "pdf", "html": "epub"}
_ASKS = frozenset({"only", "content-visible", "content-hidden"})


def asked(element: ET.Element, classes: list[str], bare: list[str]) -> list[str]:
    """``classes``, and the outputs that ``bare`` words or the attributes of ``element`` name."""
    if _ASKS.isdisjoint(classes):
        return classes
    if "only" in classes:
        return [*classes, *bare]
    when = element.attrib.pop("when-format", "")
    unless = element.attrib.pop("unless-format", "")
    named = {_FORMATS.get(one, one) for one in (when or unless).replace(",", " ").split()}
    shown = bool(when) == ("content-visible" in classes)
    return ["only", *(one for one in _OUTPUTS if (one in named) == shown)]


def marked(root: etree._Element) -> None:
    """Give what is for some outputs its classes; what names none is in all."""
    for element in root.iter():
        classes = element.get("class", "").split()
        if "only" not in classes:
            continue
        left = [one for one in classes if one not in (*_OUTPUTS, "only")]
        left += [ONLY + one for one in _OUTPUTS if one in classes]
        element.attrib.pop("class")
        if left:
            element.set("class", " ".join(left))
