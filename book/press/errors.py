"""What keeps a booklet from being made."""

from __future__ import annotations

from book.base.errors import UnusableError


class PressError(UnusableError):
    """A file or a wish that can't be laid on sheets; its text says why, and what to do."""
