"""The book as one output has it: without what is meant for others (:mod:`book.parse.only`).

What goes takes its notes, dates and names along, and what is numbered is numbered without it.
Positions in the printed text, by which the ebook knows its pages, are counted over.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from book.assemble import drawn_up
from book.base.data import replace
from book.base.formulas import lettered
from book.base.xml import ONLY, inner, remove, texts, tree
from book.model import Notes, Text

if TYPE_CHECKING:
    from collections.abc import Collection

    from lxml import etree

    from book.model import Book, Chapter, Note, Pages


def narrowed(book: Book, output: str) -> Book:
    """``book`` with what is meant for ``output``; the handout tells it with the summaries."""
    parted = [one for one in book.chapters if _is_parted(one)]
    if not parted:
        return book
    print_or_ebook = "pdf" if output == "handout" else output
    gone = {name for one in parted for name in _gone(one, print_or_ebook)}
    chapters = [_without(one, gone, print_or_ebook) for one in book.chapters]
    if output == "handout":
        chapters = [
            replace(narrow, summary=" ".join([narrow.summary, *_told(whole, output)]).strip())
            for narrow, whole in zip(chapters, book.chapters, strict=True)
        ]
    return drawn_up(book, chapters)


def moved(pages: Pages, book: Book) -> Pages:
    """``pages`` of the printed book, with places counted as the ebook's text has them."""
    starts = dict(pages.starts)
    for chapter in book.chapters:
        if _is_parted(chapter) and chapter.slug in starts:
            starts[chapter.slug] = _moved(starts[chapter.slug], tree(chapter.body))
    return replace(pages, starts=starts)


def _moved(
    starts: tuple[tuple[int, str], ...], root: etree._Element
) -> tuple[tuple[int, str], ...]:
    printed, read = [0], [0]
    hidden: dict[etree._Element, tuple[bool, bool]] = {}
    for owner, where, text in texts(root):
        around = owner if where == "text" else owner.getparent()
        if around is not None and around not in hidden:
            above = around.getparent()
            lost = hidden[above] if above is not None else (False, False)
            pdf, epub = (_is_other(around, name) for name in ("pdf", "epub"))
            hidden[around] = (lost[0] or pdf, lost[1] or epub)
        in_neither = hidden[around] if around is not None else (False, False)
        count = sum(map(str.isalnum, text))
        printed.append(printed[-1] + (0 if in_neither[0] else count))
        read.append(read[-1] + (0 if in_neither[1] else count))
    made: list[tuple[int, str]] = []
    for count, label in starts:
        at = min(bisect_right(printed, count) - 1, len(read) - 1)
        # Behind all pieces, what follows is the list that the chapter holds.
        most = read[at + 1] if at + 1 < len(read) else count - printed[at] + read[at]
        made.append((min(read[at] + count - printed[at], most), label))
    return tuple(made)


def _is_parted(chapter: Chapter) -> bool:
    return ONLY in chapter.body or any(ONLY in note.body for note in chapter.notes)


def _is_other(element: etree._Element, output: str) -> bool:
    classes = element.get("class", "")
    return ONLY in classes and ONLY + output not in classes.split()


def _others(root: etree._Element, output: str) -> list[etree._Element]:
    return [element for element in root.iter() if _is_other(element, output)]


def _gone(chapter: Chapter, output: str) -> set[str]:
    """The ids of all that ``output`` lacks of ``chapter``."""
    by_id = {note.id: note for note in chapter.notes}
    gone: set[str] = set()
    waiting = [each for one in _fragments(chapter) for each in _others(tree(one), output)]
    while waiting:
        for element in waiting.pop().iter():
            gone.add(element.get("id", ""))
            note = by_id.pop(element.get("data-note", ""), None)
            if note is not None:
                gone.add(note.id)
                waiting.append(tree(note.body))
    return gone - {""}


def _fragments(chapter: Chapter) -> list[str]:
    return [chapter.body, *(note.body for note in chapter.notes)]


def _without(chapter: Chapter, gone: Collection[str], output: str) -> Chapter:
    """``chapter`` as ``output`` has it, without links to what is ``gone``."""
    dead = any(one.target in gone for one in chapter.references)
    if not dead and not _is_parted(chapter):
        return chapter

    def cut(fragment: str) -> str:
        root = tree(fragment)
        for element in _others(root, output):
            remove(element)
        for link in root.iter("a"):
            if link.get("data-to") in gone:
                link.tag = "span"
                del link.attrib["data-to"]
        return inner(root)

    def shown(note: Note) -> Note:
        return replace(note, body=cut(note.body))

    body = cut(chapter.body)
    notes = [shown(note) for note in chapter.notes if note.id not in gone]
    left = "".join([body, *(note.body for note in notes)])
    sources = {image.get("src") for image in tree(left).iter("img")}
    return replace(
        chapter,
        heading=cut(chapter.heading),
        text=Text.of(body),
        noted=Notes.of(notes),
        events=tuple(one for one in chapter.events if one.id not in gone),
        mentions=tuple(one for one in chapter.mentions if one.id not in gone),
        headings=tuple(one for one in chapter.headings if one.id not in gone),
        anchors=tuple(one for one in chapter.anchors if one.id not in gone),
        references=tuple(one for one in chapter.references if one.target not in gone),
        images=tuple(one for one in chapter.images if one.src in sources),
    )


def _told(chapter: Chapter, output: str) -> list[str]:
    """What ``chapter`` has for ``output`` alone, as plain text."""
    root = tree(chapter.body)
    asked = [one for one in root.iter() if ONLY + output in one.get("class", "").split()]
    return [lettered(one) for one in asked]
