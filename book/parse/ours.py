"""Elements of our own, for what HTML has no words for until an output dresses it."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from book.parse.stamps import PROOF

NOTE_TAG = "chapbook-note"
CALL_TAG = "chapbook-call"
#: An image with its caption: ``<chapbook-figure><img/><chapbook-caption>…``.
FIGURE_TAG = "chapbook-figure"
CAPTION_TAG = "chapbook-caption"
#: The mark of a link within the book that has no words of its own yet (:mod:`book.pointers`).
BARE = "data-bare"
OUR_TAGS = (NOTE_TAG, CALL_TAG, FIGURE_TAG, CAPTION_TAG)


def ours(tag: str, attributes: dict[str, str] | None = None) -> ET.Element:
    """An element that no raw HTML can pass for."""
    return ET.Element(tag, {"proof": PROOF, **(attributes or {})})
