"""The printed page inside the ebook, held against the PDF as pypdfium2 reads it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from tests.epubs import Epub
from tests.judges import pdftext

#: How many letters and digits of a page's beginning are compared.
_ENOUGH = 30
_UNREAD = frozenset({"svg", "head", "nav"})


def differences(found: Epub, pdf: Path) -> list[str]:
    """Each page whose mark in the ebook does not stand before the page's first words.

    In the PDF, a page's body comes first and its number and running head last. A page of the
    PDF may begin within a word, before which the mark stands. A page with no text of its own (a
    picture's) has its mark where the next one stands, and is passed over; so are the pages
    before the text, which print and ebook each make in their own way. Of a list of terms only
    the first term counts, since print sets terms and their texts side by side.
    """
    told: list[str] = []
    heads = {
        _letters("".join(head.itertext()))
        for name in found.documents()
        for head in found.all(name, "//h:thead")
    }
    captions = {
        _letters("".join(caption.itertext()))
        for name in found.documents()
        for caption in found.all(name, "//h:figcaption")
    }
    marked = dict(_marked(found))
    for label, text in zip(pdftext.labels(pdf), pdftext.pages(pdf), strict=True):
        if not marked.get(label, "").strip():
            continue
        # A table that goes on says so; a picture may stand at a page's head before text that is
        # told behind it.
        whole = _letters(text).removeprefix("continued")
        caption = next((one for one in captions if one and whole.startswith(one)), "")
        head = next((head for head in heads if head and whole.startswith(head)), "")
        here = _letters(marked[label].partition("\f")[0])
        word = len(_letters(marked[label].split()[0]))
        printed = whole[:_ENOUGH]
        # Print repeats a table's head; and a note's call, which may come first, is no word.
        bare = whole.lstrip("0123456789")
        starts = (whole, whole[len(head) :], bare, whole[len(caption) :])
        cut = (start[: min(_ENOUGH, len(here))] for start in starts)
        if not any(0 <= here.find(start) < max(word, 1) for start in cut):
            told.append(f"{label}: {printed!r} in print, {here[: _ENOUGH + word]!r} in the ebook")
    return told


def _letters(text: str) -> str:
    """``text`` as its letters and digits; small capitals and ligatures undone."""
    folded = unicodedata.normalize("NFKC", text.replace("\u00ad", "")).casefold()
    return "".join(char for char in folded if char.isalnum())


def _marked(found: Epub) -> Iterator[tuple[str, str]]:
    """Each page's number and its text: all that stands between its mark and the next."""
    spine = {one.get("id"): str(one.get("href")) for one in found.all("content.opf", "//opf:item")}
    label, pieces = "", list[str]()
    for ref in found.all("content.opf", "//opf:itemref"):
        if spine[ref.get("idref")].startswith("0-"):
            continue
        for piece, is_mark in _read(found.tree(spine[ref.get("idref")])):
            if is_mark:
                yield label, "".join(pieces)
                label, pieces = piece, []
            else:
                pieces.append(piece)
    yield label, "".join(pieces)


def _read(element: etree._Element) -> Iterator[tuple[str, bool]]:
    """The text of ``element`` in pieces, notes left aside; True goes with a mark's number."""
    yield element.text or "", False
    for child in element:
        name = etree.QName(child).localname
        if child.get("role") == "doc-pagebreak":
            yield str(child.get("aria-label")), True
        elif name not in _UNREAD and child.get("class") != "notes":
            yield from _read(child)
            yield "\f" if name == "dt" else "", False
        yield child.tail or "", False
