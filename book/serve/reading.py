"""A chapter as it reads: its text as HTML, and of each block where it is written and printed.

The page of a block is that of its first letter: the typesetter tells how many letters of the text
stand before each page, and on which page each id stands. The line is found by the same letters in
the source, held between those places that the parser knows (headings, notes, dates, calls); where
the text has been changed so much that they aren't there, it is that of the block before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree
from msgspec import Struct

from book.base.data import replace
from book.base.formulas import lettered
from book.base.xml import tags, tree
from book.model import Kind
from book.read.lettered import Lettered, key
from book.render import lists
from book.render.html import spell, spelled
from book.serve.dress import DeskMarks
from book.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from book.model import Book, Chapter, Pages
    from book.serve.printed import Printed

_BLOCKS = tags("p li tr dt dd figure pre blockquote h1 h2 h3 h4 h5 h6")
#: With fewer letters a block is looked for between its neighbours only.
_TELLING = 10
_KEYS = (28, 16, _TELLING)


class Passage(Struct, frozen=True):
    """A paragraph, item, row, heading or note.

    ``letters`` are its :func:`~book.read.lettered.key`; ``line`` where it is written, from 1, or
    0; ``page`` where it is printed, from 0, or None.
    """

    letters: str
    ids: tuple[str, ...]
    line: int
    page: int | None


class Reading(Struct, frozen=True):
    """A chapter as the desk shows it; ``html`` marks its ``blocks`` with ``data-b``."""

    slug: str
    html: str
    blocks: tuple[Passage, ...]

    def found(self, letters: str, at: int, page: int) -> int | None:
        """The block that a click on ``page`` means: ``letters`` of the page, and which of them.

        Where they can't be told apart, it is the last block that begins before.
        """
        for width in (24, 12, 6):
            for start in (at - width // 2, at, at - width + 1):
                window = letters[max(start, 0) : max(start, 0) + width]
                inner = [n for n, one in enumerate(self.blocks) if window in one.letters]
                if len(window) == width and inner:
                    near = [n for n in inner if self.blocks[n].page in (page, page - 1)] or inner
                    return min(near, key=lambda n: len(self.blocks[n].letters))
        before = [n for n, one in enumerate(self.blocks) if one.page is not None]
        return next((n for n in reversed(before) if (self.blocks[n].page or 0) <= page), None)


def reading(book: Book, chapter: Chapter, printed: Printed | None, pages: Pages) -> Reading:
    """``chapter`` as it reads now, with its places in the ``printed`` book that is there."""
    dress = DeskMarks(book, pages)
    body = tree(chapter.body + _list(book, chapter))
    found, starts = _blocks(body)
    title = Passage(key(chapter.title), (chapter.slug,), 0, pages.page_of.get(chapter.slug))
    blocks = [title, *(_placed(one, at, chapter, printed) for one, at in starts)]
    for number, element in enumerate(found, 1):
        element.set("data-b", str(number))
    spell(body, book, dress)
    notes = _notes(book, chapter, dress, len(blocks))
    for note in chapter.notes:
        if note.calls:
            pages_of = (pages.page_of.get(one) for one in (note.id, *note.calls))
            page = next((one for one in pages_of if one is not None), None)
            letters = key("".join(map(str, tree(note.body).itertext())))
            blocks.append(Passage(letters, (note.id,), note.place.line, page))
    root = etree.Element("div")
    root.append(_title(book, chapter, dress))
    root.extend(list(body))
    root.extend(notes)
    _lead_out(root)
    lead = etree.tostring(root, encoding="unicode", method="html")
    html = lead.removeprefix("<div>").removesuffix("</div>")
    return Reading(chapter.slug, html, tuple(_with_lines(book, chapter, blocks)))


def _list(book: Book, chapter: Chapter) -> str:
    if chapter.kind is Kind.CHRONOLOGY:
        return lists.chronology(book)
    return lists.people(book) if chapter.kind is Kind.PEOPLE else ""


def _blocks(body: etree._Element) -> tuple[list[etree._Element], list[tuple[Passage, int]]]:
    """The blocks of the text, and of each how many letters stand before it."""
    elements: list[etree._Element] = []
    starts: list[tuple[Passage, int]] = []
    count = 0
    for event, element in etree.iterwalk(body, events=("start", "end")):
        text = element.text if event == "start" else element.tail
        if event == "start" and element.tag in _BLOCKS:
            ids = tuple(str(one.get("id")) for one in element.iter() if one.get("id"))
            elements.append(element)
            starts.append(
                (Passage(key("".join(map(str, element.itertext()))), ids, 0, None), count)
            )
        if element is not body or event == "start":
            count += sum(char.isalnum() for char in text or "")
    return elements, starts


def _placed(block: Passage, start: int, chapter: Chapter, printed: Printed | None) -> Passage:
    """``block`` with its page; one that has no letters, as a picture has none, goes by its id."""
    if printed is None:
        return block
    if not block.letters and block.ids:
        return replace(block, page=printed.pages.page_of.get(block.ids[0]))
    return replace(block, page=printed.page_at(chapter.slug, start))


def _title(book: Book, chapter: Chapter, dress: DeskMarks) -> etree._Element:
    heading = spelled(chapter.heading, book, dress)
    heading.tag = "h1"
    heading.set("id", chapter.slug)
    heading.set("data-b", "0")
    if number := book.numbers.get(chapter.slug):
        label = etree.Element("span", {"class": "number"})
        label.text, label.tail, heading.text = str(number), f" {heading.text or ''}", None
        heading.insert(0, label)
    return heading


def _notes(book: Book, chapter: Chapter, dress: DeskMarks, first: int) -> list[etree._Element]:
    """The notes that are called, as a list below the text."""
    called = [note for note in chapter.notes if note.calls]
    if not called:
        return []
    section = etree.Element("section", {"class": "notes", "role": "doc-endnotes"})
    heading = etree.SubElement(section, "h2")
    heading.text = words(chapter.language).notes
    for number, note in enumerate(called, first):
        row = spelled(note.body, book, dress)
        row.set("id", note.id)
        row.set("data-b", str(number))
        row.set("class", "note")
        back = etree.Element("a", {"href": f"#{note.calls[0]}", "class": "back"})
        back.text = book.note_numbers[note.id]
        back.tail, row.text = row.text, None
        row.insert(0, back)
        section.append(row)
    return [section]


def _lead_out(root: etree._Element) -> None:
    """Links that lead out of the book open a page of their own, which is told nothing."""
    for link in root.iter("a"):
        if not link.get("href", "#").startswith("#"):
            link.set("target", "_blank")
            link.set("rel", "noopener noreferrer")


def _with_lines(book: Book, chapter: Chapter, blocks: Sequence[Passage]) -> Iterator[Passage]:
    source = Lettered.of(book.root, chapter.path)
    lines = _lines(source, blocks, _known(chapter))
    for block, line in zip(blocks, lines, strict=True):
        yield replace(block, line=block.line or line)


def _known(chapter: Chapter) -> dict[str, int]:
    """The lines that the parser has kept, by ids."""
    kept = [(one.id, one.place) for one in chapter.headings]
    kept += [(one.id, one.place) for one in chapter.anchors]
    kept += [(one.id, one.place) for one in chapter.events]
    kept += [(one.id, one.place) for one in chapter.mentions]
    return {identity: place.line for identity, place in kept if place.path == chapter.path}


def _lines(source: Lettered, blocks: Sequence[Passage], known: dict[str, int]) -> list[int]:
    """The line of each block: found by its letters, one after the other."""
    letters = source.letters
    at: list[int] = [-1] * len(blocks)
    cursor = 0
    for number, block in enumerate(blocks):
        for length in _KEYS:
            if len(block.letters) >= _TELLING:
                place = letters.find(block.letters[:length], cursor)
                if place >= 0:
                    at[number] = cursor = place
                    break
    lines: list[int] = []
    low = 0
    for number, block in enumerate(blocks):
        if at[number] < 0 and block.letters:
            high = next((one for one in at[number + 1 :] if one >= 0), len(letters))
            at[number] = letters.find(block.letters, low, high)
        low = max(low, at[number])
        own = known.get(block.ids[0], 0) if block.ids and at[number] < 0 else 0
        found = source.line(at[number]) if at[number] >= 0 else own
        lines.append(found or (lines[-1] if lines else source.first))
    return lines


def told(book: Book) -> dict[str, list[dict[str, Any]]]:
    """The chronology and the people, each with where it is told."""
    entries = [
        {"when": one.words, "what": one.sentence, "at": [event.id for event in one.told]}
        for one in book.chronology
    ]
    people = [
        {
            "name": one.person.name,
            "about": one.person.about,
            "at": [mention.id for mention in one.mentions],
        }
        for one in book.people
    ]
    return {"chronology": entries, "people": people}


def noted(book: Book, chapter: Chapter) -> list[dict[str, str]]:
    """The chapter's notes that are called: number, call and words."""
    return [
        {"number": book.note_numbers[one.id], "at": one.calls[0], "text": lettered(tree(one.body))}
        for one in chapter.notes
        if one.calls
    ]
