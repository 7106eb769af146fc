"""One source becomes one chapter. Pure: bad prose gives findings, never exceptions.

The steps: stamp the marks with their positions, convert, clean, read the stamps back, set the
typography, lift the notes out, and resolve each mark into its symbolic form.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from book import marks
from book.clean import cleaned, tree_of
from book.codes import finding
from book.frontmatter import split
from book.model import Anchor, Chapter, Finding, Heading, Note, Place, Source
from book.resolve import Resolver
from book.trees import inner, plain, remove
from book.typography import educate, educate_tree

if TYPE_CHECKING:
    from lxml import etree

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_STRAY = re.compile(r"[^\w.-]+")


def parse(source: Source, language: str) -> Chapter:
    """The chapter in ``source``; ``language`` is the book's, for files that name no other."""
    front, problems = split(source)
    language = front.language or language
    stamped, positions = marks.stamp(front.text, front.lines)
    root = tree_of(marks.convert(stamped))
    findings = [*problems, *_left_out(source, root)]
    places = _places(root, source.path, positions)
    educate_tree(root, language)
    title = _take_title(root)
    notes = _take_notes(root)
    resolver = Resolver(source, language, places)
    anchors = _anchor_headings(root, title, source, places)
    resolver.define(notes)
    if title is not None:
        resolver.resolve(title)
    resolver.resolve(root)
    resolver.resolve_notes()
    plain_title = educate(front.title, language) if title is None else plain(title)
    return Chapter(
        slug=source.slug,
        path=source.path,
        kind=front.kind,
        title=plain_title,
        heading=_text_as_xml(plain_title) if title is None else inner(title),
        summary=educate(front.summary, language),
        language=language,
        body=inner(root).strip(),
        notes=_notes(resolver),
        events=tuple(resolver.events),
        mentions=tuple(resolver.mentions),
        references=tuple(resolver.references),
        headings=tuple(anchor for anchor in anchors if isinstance(anchor, Heading)),
        anchors=tuple(anchor for anchor in anchors if isinstance(anchor, Anchor)),
        images=tuple(resolver.images),
        findings=tuple(sorted([*findings, *resolver.findings], key=lambda one: one.place)),
    )


def _left_out(source: Source, root: etree._Element) -> list[Finding]:
    """A finding for each thing that cleaning took out, placed where the source first has it."""
    findings = []
    for name in dict.fromkeys(cleaned(root)):
        pattern = re.escape(name) if name.endswith(":") else rf"<{name}\b|\b{name}\s*="
        found = re.search(pattern, source.text, re.IGNORECASE)
        line, column = 0, 0
        if found:
            before = source.text[: found.start()]
            line, column = before.count("\n") + 1, found.start() - before.rfind("\n")
        findings.append(
            finding(
                "M006",
                Place(source.path, line, column),
                f"“{name}” was left out: a book can't hold it.",
                "Write it in Markdown, or move how it looks to the styles folder.",
            )
        )
    return findings


def _places(
    root: etree._Element, path: str, positions: tuple[tuple[int, int], ...]
) -> dict[etree._Element, Place]:
    """Where each stamped element stands in the source; the stamps are taken out of the tree."""
    places: dict[etree._Element, Place] = {}

    def read(text: str | None, element: etree._Element | None) -> str | None:
        if not text or "\ufdd0" not in text:
            return text
        last = None
        for last in marks.STAMP.finditer(text):
            pass
        if last and element is not None:
            places.setdefault(element, Place(path, *positions[int(last[1])]))
        return marks.unstamped(text)

    for element in root.iter():
        heading = element if element.tag in _HEADINGS else None
        if heading is not None and (first := marks.STAMP.match(element.text or "")):
            places[element] = Place(path, *positions[int(first[1])])
        if stamp := element.attrib.pop("stamp", None):
            places[element] = Place(path, *positions[int(stamp)])
        for name, value in element.attrib.items():
            element.set(name, marks.unstamped(str(value)))
        element.text = read(element.text, element[0] if len(element) else None)
        if element is not root:
            element.tail = read(element.tail, element.getnext())
    return places


def _take_title(root: etree._Element) -> etree._Element | None:
    title = root.find("h1")
    if title is not None:
        remove(title)
    return title


def _take_notes(root: etree._Element) -> list[etree._Element]:
    notes = list(root.iter(marks.NOTE_TAG))
    for note in notes:
        remove(note)
    return notes


def _text_as_xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _anchor_headings(
    root: etree._Element,
    title: etree._Element | None,
    source: Source,
    places: dict[etree._Element, Place],
) -> list[Heading | Anchor]:
    """Give every heading an id, prefix all ids with the slug, and list them."""
    found: list[Heading | Anchor] = []
    taken: set[str] = set()
    if title is not None:
        title.attrib.pop("id", None)
    for element in root.iter():
        level = _HEADINGS.get(str(element.tag))
        own = element.get("id")
        if level is None and own is None:
            continue
        name = own or _unused(_slugified(plain(element)), taken)
        taken.add(name)
        element.set("id", f"{source.slug}.{name}")
        place = places.get(element, Place(source.path))
        if level is None:
            found.append(Anchor(element.get("id", ""), plain(element)[:80], place))
        else:
            found.append(Heading(element.get("id", ""), level, plain(element), place))
    return found


def _slugified(text: str) -> str:
    name = _STRAY.sub("-", text.lower().replace("\u2019", "")).strip("-.")
    return name or "section"


def _unused(name: str, taken: set[str]) -> str:
    count, unused = 1, name
    while unused in taken:
        count += 1
        unused = f"{name}-{count}"
    return unused


def _notes(resolver: Resolver) -> tuple[Note, ...]:
    return tuple(
        Note(
            id=resolver.note_id(label),
            label=label,
            series="editor" if label.startswith("ed-") else "source",
            body=inner(resolver.notes[label]).strip(),
            calls=tuple(resolver.calls.get(label, ())),
            place=resolver.place(resolver.notes[label]),
        )
        for label in resolver.ordered()
    )
