"""What is wrong with a book, and where."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Severity(StrEnum):
    """How much a finding matters: an error would make a wrong book, a warning a worse one."""

    ERROR = "error"
    WARNING = "warning"


class Place(Struct, frozen=True, order=True):
    """Where something stands: a path relative to the book's folder, line and column from 1.

    Line or column 0 means the file as a whole.
    """

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.path, self.line, self.column]
        return ":".join(str(part) for part in parts if part)


class Finding(Struct, frozen=True):
    """Something wrong with the book, said in the author's words.

    ``message`` is one plain sentence; ``hint`` says what to do. The code's severity and
    explanation stand in :data:`book.base.codes.CODES`.
    """

    code: str
    place: Place
    message: str
    hint: str
    severity: Severity
