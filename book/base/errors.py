"""What ends a build, and whose fault it is."""

from __future__ import annotations


class UnusableError(Exception):
    """Something on this machine can't be used; its text says what and what to do, for people."""
