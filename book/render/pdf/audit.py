"""What is wrong with the pages that were set, in the author's words and at the author's place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from book.base.codes import finding
from book.model import Book, Chapter, Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from book.render.pdf.record import Placed

_NO_GLYPH = re.compile(r"\.notdef glyph rendered .*\(U\+([0-9A-F]+)\)")


def audit(book: Book, placed: Sequence[Placed], labels: Sequence[str]) -> Iterator[Finding]:
    """Notes that are not whole or not in place, letters that no font has, other warnings.

    ``labels`` are the printed page numbers of the volume, in order.
    """
    heard = [frozenset(one.piece.record.warnings) for one in placed]
    shared = frozenset[str]().union(*heard[:1]).intersection(*heard)
    for warning in sorted(shared):
        yield _warned(Place("styles/print.css"), warning, "Look for it in this file.")
    for one in placed:
        chapter = book.by_slug.get(one.sheet.name)
        path = chapter.path if chapter else "book.toml"
        if chapter:
            yield from _notes(chapter, one, labels)
        for warning in one.piece.record.warnings:
            if found := _NO_GLYPH.search(warning):
                yield _no_glyph(book, path, chr(int(found[1], 16)))
            elif warning not in shared:
                hint = "Look for it in this file or in styles/print.css."
                yield _warned(Place(path), warning, hint)


def _warned(place: Place, warning: str, hint: str) -> Finding:
    return finding("T004", place, f"The typesetter says: {warning.removesuffix('.')}.", hint)


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


def _no_glyph(book: Book, path: str, letter: str) -> Finding:
    place = Place(path)
    source = book.root / path
    for number, line in enumerate(source.read_text("utf-8", "replace").splitlines(), 1):
        if letter in line:
            place = Place(path, number, line.index(letter) + 1)
            break
    return finding(
        "G001",
        place,
        f"No font of the book has “{letter}” (U+{ord(letter):04X}).",
        "Put a font that has it into styles/ and name it in styles/print.css with @font-face.",
    )
