"""What is wrong with a book is made harmless, so that a draft comes out in which it can be seen.

A dead link is its text, or leads to the one place in another chapter that has its name; a person
who is not listed is plain text, and a picture that can't be shown is a box with its alternative
text. Every change answers a finding that has been made; an
output is never asked to spell what isn't there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from book.anchors import homes, led
from book.base.data import replace
from book.base.patterns import pattern
from book.base.xml import MISSING, inner, tree
from book.model import Notes, Text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from lxml import etree

    from book.model import Book, Chapter, Finding, Place

#: What XML writes in another way.
_ESCAPED = pattern(r"[^\w./#:%+ -]")
_DEAD, _UNSEEN, _UNKNOWN = {"L001", "L002"}, {"I001", "I002", "I004"}, {"P001"}


def mended(book: Book, findings: Iterable[Finding]) -> Book:
    """``book`` without the marks that ``findings`` tell to lead nowhere."""
    findings = tuple(findings)
    wrong = {each.place for each in findings if each.code in _DEAD | _UNSEEN | _UNKNOWN}
    if not wrong:
        return book
    unseen = {each.place for each in findings if each.code in _UNSEEN}
    known = homes(book) if any(one.code == "L002" for one in findings) else {}
    chapters = tuple(_mended(chapter, wrong, known) for chapter in book.chapters)
    config = book.config
    # A picture that book.toml names is the cover; without it, one is drawn.
    if any(one.path == "book.toml" for one in unseen):
        config = replace(config, book=replace(config.book, cover=""))
    return replace(book, chapters=chapters, config=config)


def _mended(
    chapter: Chapter, wrong: Collection[Place], by_name: Mapping[str, Sequence[str]]
) -> Chapter:
    meant: dict[str, str] = {}
    found: set[Place] = set()
    for one in chapter.references:
        known = by_name.get(one.target.partition(".")[2], ())
        if one.place in wrong and one.written.startswith("#") and len(known) == 1:
            meant[one.target] = known[0]
            found.add(one.place)
    if meant:
        chapter, wrong = led(chapter, meant), set(wrong) - found
    dead = {one.target for one in chapter.references if one.place in wrong}
    unseen = {one.src for one in chapter.images if one.place in wrong}
    unknown = {one.person for one in chapter.mentions if one.place in wrong}
    if not (dead or unseen or unknown):
        return chapter

    wanted = dead | unseen | unknown
    is_plain = not any(_ESCAPED.search(one) for one in wanted)

    def cured(fragment: str) -> str:
        if is_plain and not any(one in fragment for one in wanted):
            return fragment  # Most notes; to read them all would take long.
        return _cured(fragment, dead, unseen, unknown)

    return replace(
        chapter,
        heading=cured(chapter.heading),
        text=Text.of(cured(chapter.body)),
        noted=Notes.of(replace(note, body=cured(note.body)) for note in chapter.notes),
        references=tuple(one for one in chapter.references if one.target not in dead),
        images=tuple(one for one in chapter.images if one.src not in unseen),
        mentions=tuple(one for one in chapter.mentions if one.person not in unknown),
    )


def _cured(
    fragment: str, dead: Collection[str], unseen: Collection[str], unknown: Collection[str]
) -> str:
    root = tree(fragment)
    for element in list(root.iter("a", "img")):
        if element.get("data-to") in dead:
            _as_text(element, "data-to")
        elif element.get("data-who") in unknown:
            _as_text(element, "data-who")
            # Nobody is led to a mention that no list has.
            element.attrib.pop("id", None)
        elif element.tag == "img" and element.get("src") in unseen:
            _as_box(element)
    return inner(root)


def _as_text(element: etree._Element, mark: str) -> None:
    element.tag = "span"
    for name in (mark, "title"):
        element.attrib.pop(name, None)


def _as_box(image: etree._Element) -> None:
    """A box in the picture's place: what it would have shown, or else its file's name."""
    src, alt = image.attrib.pop("src", ""), image.attrib.pop("alt", "")
    for name in ("width", "height", "title", "role", "class", "style"):
        image.attrib.pop(name, None)
    image.tag, image.text = "span", alt.strip() or src.rpartition("/")[2]
    image.set("class", MISSING)
