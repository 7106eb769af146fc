"""What a book says, for other typesetters: blocks of text with notes, and no style."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree

from PIL import Image

from bench.plain import bodies

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: What our typography puts between words that belong together; French signs keep theirs.
_TIED = re.compile(r"(?<=[^\s«])[\u00a0\u202f](?=[^\s;:!?»%])")
_BOX = re.compile(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"')
_STYLES = {"em": "emphasis", "i": "emphasis", "cite": "emphasis", "strong": "strong", "b": "strong"}
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 3, "h5": 3, "h6": 3}
#: What blocks are within: nothing by itself, or the kind that paragraphs in it have.
_WITHIN = {
    **dict.fromkeys(("section", "div", "header", "dl", "article", "main", "nav"), ""),
    "blockquote": "quotation",
    "ul": "item",
    "ol": "item",
}
#: What is not read at all.
_UNREAD = ("note-number", "locators", "chapter-number", "cb-continued")


class Run(NamedTuple):
    """Words of one ``style`` (emphasis, strong, small capitals or none), and the note they call."""

    text: str
    style: str = ""
    note: tuple[tuple[Run, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A block of text: its kind and its words.

    Kinds are ``heading`` of a ``level`` from 1, ``paragraph``, ``quotation``, ``item``, ``code``,
    ``pause``, ``picture``, which is ``height`` times as high as wide, and ``table`` of ``rows``.
    """

    kind: str
    runs: tuple[Run, ...] = ()
    level: int = 0
    height: float = 0.0
    rows: tuple[tuple[tuple[Run, ...], ...], ...] = field(default=())


def manuscript(book: Path) -> list[Block]:
    """The chapters of the book in this folder, block by block."""
    found: list[Block] = []
    for body in bodies(book).values():
        root = ElementTree.fromstring(f"<div>{body}</div>")  # our own XHTML
        if root.find(".//section[@class]") is None:  # front pages are each program's own
            found += _blocks(root, book, "paragraph")
    return found


def _blocks(node: ElementTree.Element, book: Path, kind: str) -> Iterator[Block]:
    for child in node:
        if (child.get("class") or "") in _UNREAD:
            continue
        tag = child.tag
        if tag in _HEADINGS:
            yield Block("heading", _runs(child), level=_HEADINGS[tag])
        elif tag in _WITHIN:
            yield from _blocks(child, book, _WITHIN[tag] or kind)
        elif tag == "li" or (tag == "dd" and child.find("p") is not None):
            yield from _item(child, book)
        elif tag in ("p", "dt", "dd"):
            yield from _paragraph(child, "item" if tag == "dt" else kind)
        else:
            yield from _other(child, book)


def _other(node: ElementTree.Element, book: Path) -> Iterator[Block]:
    """What is no text: a pause, a table, a picture, a listing."""
    if node.tag == "hr":
        yield Block("pause")
    elif node.tag == "table":
        yield Block("table", rows=tuple(_rows(node)))
    elif node.tag == "figure":
        yield from _picture(node, book)
    elif node.tag == "pre":
        for line in "".join(node.itertext()).split("\n"):
            yield Block("code", (Run(line),))


def _paragraph(node: ElementTree.Element, kind: str) -> Iterator[Block]:
    runs = _runs(node)
    if any(run.text.strip() for run in runs):
        yield Block(kind, runs)


def _item(node: ElementTree.Element, book: Path) -> Iterator[Block]:
    """A list's item: its own words, and the blocks in it."""
    inner = [one for one in node if one.tag in ("p", "ul", "ol", "blockquote", "pre")]
    own = _runs(node, without=inner)
    if any(run.text.strip() for run in own):
        yield Block("item", own)
    yield from _blocks(node, book, "item")


def _rows(table: ElementTree.Element) -> Iterator[tuple[tuple[Run, ...], ...]]:
    for row in table.iter("tr"):
        if row.get("class") != "cb-continued":
            yield tuple(_runs(cell) for cell in row if cell.tag in ("th", "td"))


def _picture(figure: ElementTree.Element, book: Path) -> Iterator[Block]:
    image, caption = figure.find(".//img"), figure.find("figcaption")
    if image is not None:
        runs = () if caption is None else _runs(caption)
        yield Block("picture", runs, height=_height(book / (image.get("src") or "")))


def _height(path: Path) -> float:
    """How high a picture is, by its width."""
    if path.suffix == ".svg":
        found = _BOX.search(path.read_text("utf-8"))
        return float(found[2]) / float(found[1]) if found else 0.6
    with Image.open(path) as image:
        return image.height / image.width


def _runs(
    node: ElementTree.Element, style: str = "", without: list[ElementTree.Element] | None = None
) -> tuple[Run, ...]:
    return tuple(_merged(_walk(node, style, without or [])))


def _walk(
    node: ElementTree.Element, style: str, without: list[ElementTree.Element]
) -> Iterator[Run]:
    yield Run(_said(node.text), style)
    for child in node:
        name = child.get("class") or ""
        if name.startswith("note") and child.tag == "aside":
            paragraphs = child.findall(".//p") or [child]
            yield Run("", style, tuple(_runs(one) for one in paragraphs))
        elif child.tag == "br":
            yield Run(" ", style)
        elif not (
            name.startswith("note-") or name in _UNREAD or child.tag == "svg" or child in without
        ):
            inner = "capitals" if name in ("lead", "smallcaps") else _STYLES.get(child.tag, style)
            yield from _walk(child, inner, without)
        yield Run(_said(child.tail), style)


def _said(text: str | None) -> str:
    plain = (text or "").replace("\u2060", "")
    return re.sub(r"[ \n\t]+", " ", _TIED.sub(" ", plain))


def _merged(runs: Iterator[Run]) -> Iterator[Run]:
    """Runs of one style as one; the text's spaces at its edges, and double ones, are dropped."""
    kept: list[Run] = []
    for run in runs:
        before = kept[-1] if kept else None
        text = run.text.lstrip() if before is None or before.text.endswith(" ") else run.text
        if before and not run.note and not before.note and before.style == run.style:
            kept[-1] = before._replace(text=before.text + text)
        elif text or run.note:
            kept.append(run._replace(text=text))
    if kept and not kept[-1].note:
        kept[-1] = kept[-1]._replace(text=kept[-1].text.rstrip())
    yield from kept
