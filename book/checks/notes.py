"""N: notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from book.base.codes import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from book.model import Book, Finding


def uncalled(book: Book) -> Iterator[Finding]:
    """N002: a note is written but never called."""
    for chapter in book.chapters:
        for note in chapter.notes:
            if not note.calls:
                message = f"The note [^{note.label}] is never called, so it is not printed."
                hint = f"Put [^{note.label}] where it belongs in the text, or take the note out."
                yield finding("N002", note.place, message, hint)
