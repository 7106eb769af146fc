"""What ends a build, and whose fault it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from book.model import Finding


class UnusableError(Exception):
    """Something on this machine can't be used; its text says what and what to do, for people."""


class BoundsError(Exception):
    """What was to be made can't be, within the bounds; says why, in words for an author."""


class TypesetterError(Exception):
    """A piece can't be set, not even in the built-in theme: its ``name``, and why, in ``words``.

    What the typesetter itself raises does not leave its process: its types are not known here.
    """

    def __init__(self, name: str, words: str) -> None:
        super().__init__(name, words)
        self.name, self.words = name, words


def in_words(problem: BaseException) -> str:
    """What a library raised, on one line and not too long."""
    if isinstance(problem, BoundsError):
        return str(problem)
    if isinstance(problem, MemoryError):
        return "it takes too much memory"
    if isinstance(problem, RecursionError):
        return "it is nested too deep"
    said = " ".join(str(problem).split())
    name = type(problem).__name__
    return f"{name}: {said[:120]}" if said else name


class TemplateError(Exception):
    """A template of a book can't be used; the ``finding`` says which, and why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding)
        self.finding = finding


class PictureError(Exception):
    """A picture that no book can show: what is wrong with it (a predicate), and a hint."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message, hint)
        self.message, self.hint = message, hint
