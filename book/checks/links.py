"""L: links from one place of the book to another."""

from __future__ import annotations

from functools import cache
from posixpath import basename
from typing import TYPE_CHECKING
from urllib.parse import unquote

from book.anchors import homes as anchored
from book.base.codes import finding
from book.base.patterns import pattern
from book.base.text import Choices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from book.model import Anchor, Book, Chapter, Finding, Heading


_MAIL = pattern(r"[\w.+-]+@[\w-]+\.[\w.-]+")


def no_chapter(book: Book) -> Iterator[Finding]:
    """L001: a link leads to a file that is no chapter."""
    files = Choices(basename(chapter.path) for chapter in book.chapters if chapter.path)
    for chapter in book.chapters:
        for reference in chapter.references:
            if reference.target.partition(".")[0] not in book.by_slug:
                file = unquote(reference.written.partition("#")[0])
                message = f"`{file}` is no chapter of this book."
                hint = _address(file) or files.hint(file, "The chapters are", 5)
                yield finding("L001", reference.place, message, hint)


def _address(file: str) -> str:
    """What to write if ``file`` is an address that lacks its beginning; else nothing."""
    if _MAIL.fullmatch(file):
        return f"An address for letters begins with `mailto:`: write `mailto:{file}`."
    if file.startswith("www."):
        return f"An address begins with `https://`: write `https://{file}`."
    return ""


def no_anchor(book: Book) -> Iterator[Finding]:
    """L002: a link leads to an anchor that isn't there."""
    chapters = book.by_slug

    @cache
    def anchors(slug: str) -> Choices:
        return Choices(_anchors(chapters[slug]))

    wanted = {one.target for chapter in book.chapters for one in chapter.references}
    absent = wanted.difference(book.places()) if wanted else wanted
    homes, led = (_homes(book), anchored(book)) if absent else ({}, {})
    for chapter in book.chapters:
        for reference in chapter.references:
            slug, _, anchor = reference.target.partition(".")
            if slug in chapters and reference.target in absent:
                written = unquote(reference.written.partition("#")[2]) or anchor
                file = basename(chapters[slug].path)
                message = f"There is no place `#{written}` in {file}."
                elsewhere = homes.get(anchor, [])
                hint = anchors(slug).hint(written, "The places there are")
                if len(elsewhere) == 1:
                    is_led = reference.written.startswith("#") and len(led.get(anchor, ())) == 1
                    there = ", and the link leads there" * is_led
                    hint = f"It stands in {elsewhere[0]}{there}: write `{elsewhere[0]}#{written}`."
                hint = hint or f"Put {{#{written}}} at the end of the heading that is meant."
                yield finding("L002", reference.place, message, hint)


def doubled_anchor(book: Book) -> Iterator[Finding]:
    """L003: two places of a chapter have the same anchor."""
    for chapter in book.chapters:
        first = {call: note.place for note in chapter.notes for call in (note.id, *note.calls)}
        first |= {event.id: event.place for event in chapter.events}
        first |= {mention.id: mention.place for mention in chapter.mentions}
        for each in sorted(_named(chapter), key=lambda each: each.place):
            if each.id in first:
                anchor = each.id.removeprefix(f"{chapter.slug}.")
                # Formulas and some tables are read before anybody knows their lines.
                known = [one for one in (each.place, first[each.id]) if one.line]
                where = f"stands on line {known[1].line} already" if known[1:] else "stands twice"
                place, message = (known or [each.place])[0], f"The anchor `{anchor}` {where}."
                yield finding("L003", place, message, "Give one of the two another name.")
            first.setdefault(each.id, each.place)


def _homes(book: Book) -> dict[str, list[str]]:
    """Each anchor of the book, with the files that have it."""
    found: dict[str, list[str]] = {}
    for chapter in book.chapters:
        for anchor in _anchors(chapter):
            found.setdefault(anchor, []).append(basename(chapter.path))
    return found


def _named(chapter: Chapter) -> list[Heading | Anchor]:
    return [*chapter.headings, *chapter.anchors]


def _anchors(chapter: Chapter) -> list[str]:
    """What may stand after the ``#`` of a link to ``chapter``."""
    ids = [each.id.removeprefix(f"{chapter.slug}.") for each in _named(chapter)]
    return ids + [f"note:{note.label}" for note in chapter.notes if note.calls]
