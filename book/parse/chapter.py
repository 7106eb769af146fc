"""One source becomes one chapter. Pure: bad prose gives findings, never exceptions.

The steps: stamp the marks with their positions, convert, read the stamps back, clean, set the
typography, lift the notes out, give ids, resolve each mark into its symbolic form, and mark the
names of people that nobody has marked.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Literal

from book.base.codes import finding
from book.base.equations import AT, NUMBER
from book.base.xml import inner, remove, wrap
from book.model import Anchor, Chapter, Finding, Notes, Place, Source, Text, display_name
from book.parse import formulas, people, stamps
from book.parse.angled import no_tags, spoken_for
from book.parse.blocks import deepest
from book.parse.contentmodel import fit
from book.parse.dollars import set_aside
from book.parse.embedded import described
from book.parse.foreign import foreign
from book.parse.furnish import furnished, surplus
from book.parse.ids import Names, make_unique, said
from book.parse.inline import DEEPEST_BRACKETS, crowded
from book.parse.markdown import convert, given_up
from book.parse.only import marked
from book.parse.origins import traced
from book.parse.ours import BARE, NOTE_TAG
from book.parse.positions import Positions
from book.parse.repair import repaired
from book.parse.resolve import Resolver
from book.parse.sanitize import TOO_DEEP, cleaned
from book.parse.titles import emphasised, plain
from book.parse.titles import marked as marked_title
from book.parse.typography import educate
from book.parse.within import unwrapped
from book.parse.xhtml import tree_of
from book.read.frontmatter import FrontMatter, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lxml import etree

    from book.model import Person

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_ADDRESS = "An address begins with `https://`, `http://` or `mailto:`; what is none stands in code."
#: What a text has in it that waits for the whole book.
_WAITING: Mapping[Literal["words", "numbers"], tuple[str, ...]] = {
    "words": (BARE,),
    "numbers": (NUMBER, AT),
}
_NOBODY: Mapping[str, Person] = {}


def parse(source: Source, language: str, known: Mapping[str, Person] = _NOBODY) -> Chapter:
    """The chapter in ``source``; ``language`` is the book's, for files that name no other.

    ``known`` are the people of the book, whose names are found and marked.
    """
    return traced(_parsed(source, language, known), source)


def _parsed(source: Source, language: str, known: Mapping[str, Person]) -> Chapter:
    front, problems = split(source)
    language = front.language or language
    root, places, found = _read(source, front, language)
    furnished(root, language)
    notes, title = _taken(root.iter(NOTE_TAG)), _title(root, front.title)
    names = _names(source.slug, places, title, root)
    within = {one: _names_in_note(one, names) for one in notes}
    resolver = _resolved(Resolver(source, language, places), title, root, notes)
    anchors = [*names.anchors, *(one for note in resolver.printed for one in within.get(note, ()))]
    here = people.Here(source.slug, source.path, language, resolver.mentions)
    mentions = people.mark([*_trees(title, root), *resolver.printed], known, here)
    plain_title, heading = _headed(title, educate(front.title, language), source.path)
    text, noted = inner(root).strip(), tuple(resolver.notes())
    written = (heading, text, *(one.body for one in noted))
    return Chapter(
        slug=source.slug,
        path=source.path,
        kind=front.kind,
        title=plain_title,
        heading=heading,
        summary=plain(educate(front.summary, language)),
        questions=tuple(plain(educate(one, language)) for one in front.questions),
        language=language,
        series="editor" if front.signed else "source",
        text=Text.of(text),
        noted=Notes.of(noted),
        letters=_letters(*written[1:]),
        waits=tuple(kind for kind, marks in _WAITING.items() if _has(written, marks)),
        events=tuple(resolver.events),
        mentions=mentions,
        references=tuple(resolver.references),
        headings=tuple(names.headings),
        anchors=tuple(anchors),
        images=tuple(resolver.images),
        unknown=front.unknown,
        titled=bool(front.title) or title is not None,
        numbered=front.numbered and not _is_unnumbered(title),
        draft=front.draft,
        authors=tuple(educate(display_name(one), language, holds=False) for one in front.authors),
        short=plain(educate(front.short, language)),
        findings=tuple(sorted([*problems, *found, *resolver.findings], key=lambda one: one.place)),
    )


def _has(texts: Iterable[str], marks: Sequence[str]) -> bool:
    return any(mark in text for text in texts for mark in marks)


def _read(
    source: Source, front: FrontMatter, language: str
) -> tuple[etree._Element, Positions, list[Finding]]:
    """The tree of what ``source`` says below its ``front`` matter, cleaned, and what was wrong."""
    text, slips = repaired(front.text, source.path, front.lines)
    aside = set_aside(text)
    said, blank = (spoken_for(one, language) for one in (aside.text, aside.blank))
    stamped, positions = stamps.stamp(said, front.lines, no_tags(said))
    positions = aside.told(positions, front.lines)
    root = tree_of(convert(stamped))
    formulas.restored(root, aside)
    unwrapped(root)
    described(root)
    lost = given_up()
    places = Positions(root, source.path, positions)
    findings = [*slips, *foreign(blank, source.path, front.lines), *surplus(root, source)]
    findings += [*_left_out(root, source, places), *_misplaced(root, places)]
    findings += formulas.put_back(root, aside, language, source.path, front.lines)
    marked(root)
    findings += _too_deep(front.text, source.path, front.lines)
    if lost is not None:
        message = "Too many addresses of links begin in this chapter and never end."
        hint = "From here on, what looks like another one is text. Close those before with `)`."
        findings.append(
            finding(
                "M020",
                Place(source.path, *(positions or ((front.lines + 1, 1),))[lost]),
                message,
                hint,
            )
        )
    return root, places, findings


def _letters(*texts: str) -> str:
    return "".join(sorted(one for one in set().union(*texts) if not one.isascii()))


def _headed(title: etree._Element | None, given: str, path: str) -> tuple[str, str]:
    """The title in letters alone, and as XHTML: the text's own, ``given``, or the file's name."""
    if title is not None:
        return said(title) or _of_file(path), inner(title).strip()
    words, slanted = marked_title(given)
    words, slanted = (words, slanted) if words else (_of_file(path), ())
    return words, str(emphasised(words, slanted))


def _is_unnumbered(title: etree._Element | None) -> bool:
    return title is not None and "unnumbered" in title.get("class", "").split()


def _left_out(root: etree._Element, source: Source, places: Positions) -> list[Finding]:
    """A finding for each kind of thing that cleaning takes out, placed at the first of them."""
    first: dict[str, Place] = {}
    for name, element in cleaned(root):
        first.setdefault(name, places.of(element))
    hint = "Write it in Markdown, or move how it looks to the styles folder."
    lines = source.text.split("\n") if first else []
    deep = first.pop(TOO_DEEP, None)
    found = [
        finding(
            "M006",
            _attribute_place(name, place, lines),
            f"“{name}” was left out: a book can't hold it.",
            _ADDRESS if name.endswith(":") else hint,
        )
        for name, place in first.items()
    ]
    if deep:
        message = "HTML elements stand in each other here, deeper than eighty."
        found.append(finding("M020", deep, message, "What is deeper keeps its words alone."))
    return found


def _too_deep(text: str, path: str, skipped: int) -> Iterator[Finding]:
    """A finding where lists, quotations or brackets stand deeper in each other than is read."""
    if line := deepest(text):
        message = "Lists and quotations stand in each other here, deeper than thirty."
        hint = "What is deeper is text; take a few levels out."
        yield finding("M020", Place(path, line + skipped, 1), message, hint)
    if line := crowded(text):
        message = f"Brackets stand in each other here, deeper than {DEEPEST_BRACKETS}."
        hint = "Those around them are text; take some out."
        yield finding("M020", Place(path, line + skipped, 1), message, hint)


def _title(root: etree._Element, given: str) -> etree._Element | None:
    """The title, taken out of the text: the first heading of the first level.

    Without one, and if front matter has not ``given`` one, it is that of any level which the text
    begins with.
    """
    found = root.findall("h1")[:1]
    if not (found or given or (root.text or "").strip()):
        first = next((each for each in root if isinstance(each.tag, str)), None)
        found = [first] if first is not None and first.tag in _HEADINGS else []
    return next(iter(_taken(found)), None)


def _of_file(path: str) -> str:
    """A title made of a file's name: ``chapters/07-the-end.md`` gives ``The end``."""
    stem = posixpath.basename(path).rpartition(".")[0]
    words = re.sub(r"[\s_-]+", " ", re.sub(r"^[\d\s._-]+", "", stem)).strip() or stem
    return words[:1].upper() + words[1:]


def _misplaced(root: etree._Element, places: Positions) -> list[Finding]:
    """Puts right what stands where it can't; a finding for each kind, at the first of them."""
    first: dict[tuple[str, str], Place] = {}

    def told(message: str, element: etree._Element, code: str = "M008") -> None:
        place = places.near(element)
        known = first.setdefault((code, message), place)
        if not known.line:
            first[code, message] = place

    fit(root, told)
    hints = {
        "M008": "Its words are kept; write it as HTML has it, or in Markdown.",
        "H004": "Give it some, or take its # away.",
    }
    return [finding(code, place, words, hints[code]) for (code, words), place in first.items()]


def _attribute_place(name: str, tag: Place, lines: list[str]) -> Place:
    """Where the attribute ``name`` stands, if that is on the line of its tag; else the tag."""
    if not tag.line:
        return tag
    line = lines[tag.line - 1]
    written = re.compile(rf"\b{re.escape(name)}\s*=", re.IGNORECASE)
    end = line.find(">", tag.column - 1)
    found = written.search(line, tag.column - 1, len(line) if end < 0 else end)
    return Place(tag.path, tag.line, found.start() + 1) if found else tag


def _taken(elements: Iterable[etree._Element]) -> list[etree._Element]:
    """The elements, taken out of their tree."""
    found = list(elements)
    for element in found:
        remove(element)
    return found


def _names(
    slug: str, places: Positions, title: etree._Element | None, root: etree._Element
) -> Names:
    names = Names(slug, places)
    if title is not None and (own := title.attrib.pop("id", "")):
        span = _hold(title)
        span.set("id", own)
        places.share(title, span)
    names.give(title, root)
    return names


def _names_in_note(note: etree._Element, names: Names) -> list[Anchor]:
    """A note is no part of the contents: its headings are paragraphs."""
    for heading in list(note.iter("h1", "h2", "h3", "h4", "h5", "h6")):
        heading.tag = "strong"
        wrap(heading, "p")
    return names.anchored(note)


def _hold(title: etree._Element) -> etree._Element:
    """One new span with all that stands in ``title``."""
    span = title.makeelement("span")
    span.text, title.text = title.text, None
    span.extend(list(title))
    title.append(span)
    return span


def _trees(title: etree._Element | None, root: etree._Element) -> list[etree._Element]:
    return [root] if title is None else [title, root]


def _resolved(
    resolver: Resolver,
    title: etree._Element | None,
    root: etree._Element,
    notes: list[etree._Element],
) -> Resolver:
    resolver.define(notes)
    trees = _trees(title, root)
    for tree in trees:
        resolver.resolve(tree)
    resolver.resolve_notes()
    make_unique([*trees, *resolver.note_trees], resolver.ids())
    return resolver
