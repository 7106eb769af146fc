"""What is wrong with the pages that were set, in the author's words and at the author's place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from book.base.codes import finding
from book.base.paths import lines
from book.model import Book, Chapter, Finding, Place
from book.render.pdf.compromises import findings_of, told
from book.render.remarks import NO_GLYPH, in_sheet, plain_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from book.render.pdf.record import Placed, Stored, Unset
    from book.theme.rules import Rule
    from book.theme.theme import Theme


def audit(
    book: Book,
    theme: Theme,
    placed: Sequence[Placed],
    folios: Sequence[Stored | None],
    labels: Sequence[str],
) -> Iterator[Finding]:
    """Notes that are not whole or not in place, what runs out, and what the typesetter warned of.

    ``labels`` are the printed page numbers of the volume, in order. Letters that no font has are
    a check's affair (:mod:`book.checks.letters`).
    """
    rules = theme.rules("tokens", "print")
    warnings = [frozenset(one.piece.record.warnings) for one in placed]
    shared = (
        frozenset[str]().union(*warnings[:1]).intersection(*warnings) if rules else frozenset[str]()
    )
    for place, words in sorted({in_sheet(warning, rules) for warning in shared}):
        yield _warned(place, words, "docs/styles.md says what CSS is served.")
    yield from _failed(placed, folios, rules)
    for code, at, message, hint in findings_of(told(book, placed, labels)):
        yield finding(code, at, message, hint)
    for one in placed:
        chapter = book.by_slug.get(one.sheet.name)
        path = chapter.path if chapter else "book.toml"
        if chapter:
            yield from _notes(chapter, one, labels)
        yield from (_unset(book, path, each) for each in one.piece.record.unset)
        for warning in one.piece.record.warnings:
            if warning not in shared and not warning.startswith(NO_GLYPH):
                hint = "Look for it in this file or in styles/print.css."
                yield _warned(Place(path), warning, hint)


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


def _unset(book: Book, path: str, unset: Unset) -> Finding:
    """T005, where the block that can't be set begins, if its first words are found."""
    start = " ".join(unset.text.split()[:3])
    text = lines(book.root, path)
    line = next((number for number, one in enumerate(text, 1) if start and start in one), 0)
    return finding(
        "T005",
        Place(path, line, 1 if line else 0),
        f"The typesetter fails at “{unset.text}”, and a box stands there: {unset.words}.",
        "Write it otherwise; a table, a picture, or raw HTML? And please report this.",
    )


def _warned(place: Place, warning: str, hint: str) -> Finding:
    said = plain_words(warning).removesuffix(".")
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
