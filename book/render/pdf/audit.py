"""What is wrong with the pages that were set, in the author's words and at the author's place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from book.base.codes import finding
from book.model import Book, Chapter, Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from book.render.pdf.record import Placed, Stored
    from book.theme.rules import Rule
    from book.theme.theme import Theme

#: How WeasyPrint begins to say that no font has a letter.
NO_GLYPH = ".notdef glyph rendered"
#: A declaration that WeasyPrint names, and where it stands in a sheet that nobody has written.
_NAMED = re.compile(r"`([\w-]+)\s*:")
_ADDRESS = re.compile(r"Failed to load image at '(?:https://book\.invalid/)?([^']*)'")
_THERE = re.compile(r" at \d+:\d+")


def audit(
    book: Book,
    theme: Theme,
    placed: Sequence[Placed],
    folios: Sequence[Stored | None],
    labels: Sequence[str],
) -> Iterator[Finding]:
    """Notes that are not whole or not in place, and what the typesetter warned of.

    ``labels`` are the printed page numbers of the volume, in order. Letters that no font has are
    a check's affair (:mod:`book.checks.letters`).
    """
    rules = theme.rules("tokens", "print")
    heard = [frozenset(one.piece.record.warnings) for one in placed]
    shared = frozenset[str]().union(*heard[:1]).intersection(*heard) if rules else frozenset[str]()
    for place, words in sorted({in_sheet(warning, rules) for warning in shared}):
        yield _warned(place, words, "docs/styles.md says what CSS is served.")
    yield from _failed(placed, folios, rules)
    for one in placed:
        chapter = book.by_slug.get(one.sheet.name)
        path = chapter.path if chapter else "book.toml"
        if chapter:
            yield from _notes(chapter, one, labels)
        for warning in one.piece.record.warnings:
            if warning not in shared and not warning.startswith(NO_GLYPH):
                hint = "Look for it in this file or in styles/print.css."
                yield _warned(Place(path), warning, hint)


def in_sheet(warning: str, rules: Sequence[Rule]) -> tuple[Place, str]:
    """A warning that every piece has comes from the book's own sheets; here is from where."""
    found, address = _NAMED.search(warning), _ADDRESS.search(warning)
    name = found[1] if found else address[1].rpartition("/")[2] if address else warning
    place = next((rule.place for rule in rules if name in rule.text), rules[0].place)
    return place, _plain(warning)


def _plain(warning: str) -> str:
    """A warning without what is no news to an author: our addresses, Python's names."""
    if found := _ADDRESS.search(warning):
        why = "there is no such file" if "FileNotFound" in warning else "it can't be used"
        return f"no picture `{found[1][:80]}`: {why}"
    return _THERE.sub("", warning)


def _failed(
    placed: Sequence[Placed], folios: Sequence[Stored | None], rules: Sequence[Rule]
) -> Iterator[Finding]:
    """What could not be set in the book's own theme, where no single rule is known for it."""
    words = {one.piece.record.failed for one in placed if one.piece.record.failed}
    words |= {one.record.failed for one in folios if one and one.record.failed}
    for said in sorted(words):
        message = f"Some pages can't be set in these styles, and are set in the built-in: {said}."
        place = Place(rules[0].place.path if rules else "styles/print.css")
        yield finding("S004", place, message, "docs/styles.md says what CSS is served.")


def _warned(place: Place, warning: str, hint: str) -> Finding:
    said = _plain(warning).removesuffix(".")
    return finding("T004", place, f"The typesetter says: {said}.", hint)


def _notes(chapter: Chapter, placed: Placed, labels: Sequence[str]) -> Iterator[Finding]:
    for identity, fault in placed.piece.record.faults.items():
        note = chapter.note(identity)
        page = labels[placed.first + fault.page]
        if fault.code == "T002":
            yield finding(
                "T002",
                note.place,
                f"Note [^{note.label}] is not whole in print; it stands on page {page}.",
                "Shorten it, or break it into paragraphs; and please report this.",
            )
        else:
            yield finding(
                "T001",
                note.place,
                f"Note [^{note.label}] begins on page {page}, not on the page of its call.",
                "Move the call by a few words, or shorten the note before it.",
            )
