"""Poems of which every line ends with a break of its own are verse, as those behind ``|`` are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from book.base.xml import is_blank, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

#: So many lines are verse by themselves.
_FEWEST = 3
#: No line of verse is longer, in letters; longer ones are prose that breaks somewhere.
_LONGEST = 60
#: Where verse may stand by itself; a writer's own division says how it is to look.
_HOLDERS = frozenset({"blockquote"})


def versified(root: etree._Element) -> None:
    """Make verse of paragraphs of short lines; those that follow each other are its stanzas.

    Two lines alone are none: so people write who signs, and from where.
    """
    for run in list(_runs(root)):
        if len(run) == 1 and len(run[0].findall("br")) < _FEWEST - 1:
            continue
        verse = run[0].makeelement("div", {"class": "verse"})
        run[0].addprevious(verse)
        verse.tail, run[-1].tail = run[-1].tail, None
        for paragraph in run:
            _line_by_line(paragraph)
            verse.append(paragraph)


def _runs(root: etree._Element) -> Iterator[list[etree._Element]]:
    """Stanzas that stand side by side, wherever verse may stand."""
    run: list[etree._Element] = []
    for paragraph in root.iter("p"):
        parent = paragraph.getparent()
        if parent is None or (parent is not root and parent.tag not in _HOLDERS):
            continue
        if paragraph.find("br") is None or not _is_stanza(paragraph):
            continue
        if run and (paragraph.getprevious() is not run[-1] or not is_blank(run[-1].tail)):
            yield run
            run = []
        run.append(paragraph)
    if run:
        yield run


def _is_stanza(paragraph: etree._Element) -> bool:
    """Whether it holds nothing but short lines, each of them with words."""
    if paragraph.attrib or any(one.tag in ("img", "pre") for one in paragraph.iter()):
        return False
    lines = [paragraph.text or ""]
    for child in paragraph:
        if child.tag == "br":
            lines.append("")
        else:
            if child.find(".//br") is not None:
                return False
            lines[-1] += plain(child)
        lines[-1] += child.tail or ""
    return all(line.strip() and len(line.strip()) <= _LONGEST for line in lines)


def _line_by_line(paragraph: etree._Element) -> None:
    """A span around each line of ``paragraph``, without the breaks."""
    held = list(paragraph)
    line = paragraph.makeelement("span", {"class": "line"})
    line.text, paragraph.text = (paragraph.text or "").lstrip(), None
    paragraph.insert(0, line)
    for child in held:
        if child.tag != "br":
            line.append(child)
            continue
        after = paragraph.makeelement("span", {"class": "line"})
        after.text, child.tail = (child.tail or "").lstrip(), None
        line.tail = "\n"  # for those who hear or copy it
        child.addprevious(after)
        paragraph.remove(child)
        line = after
