"""Identifiers of editions, and the numbers they are made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.base.identity import ebook, isbn13, printed
from tests.epubs import TOML, assembled

ONE = {"01-one": "# One\n\nText.\n"}


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("978-3-16-148410-0", "9783161484100"),
        ("urn:isbn:9783161484100", "9783161484100"),
        ("978 3 16 148410 0", "9783161484100"),
        ("3-16-148410-X", "9783161484100"),
        ("978-3-16-148410-1", ""),
        ("3-16-148410-1", ""),
        ("1234567890123", ""),
        ("https://example.org/book", ""),
        ("", ""),
    ],
)
def test_an_isbn_is_known_by_its_check_digit(written: str, digits: str) -> None:
    """ISO 2108: both lengths, with hyphens or spaces or none."""
    assert isbn13(written) == digits


def test_the_two_editions_of_a_book_have_two_identifiers(tmp_path: Path) -> None:
    """Always the same for the same book, whatever its folder."""
    here, there = assembled(tmp_path / "a", ONE, TOML), assembled(tmp_path / "b", ONE, TOML)
    assert ebook(here) == ebook(there)
    assert printed(here) == printed(there)
    assert ebook(here) != printed(here)
