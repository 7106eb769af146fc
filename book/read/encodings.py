"""A file's bytes as text: UTF-8, or what else it may be, with a word to the author."""

from __future__ import annotations

from typing import TYPE_CHECKING

from book.base.codes import finding
from book.base.text import newlines
from book.model import Place

if TYPE_CHECKING:
    from book.model import Finding

_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
#: Tried in turn for bytes that are not UTF-8; the last takes any.
_GUESSES = {"cp1252": "Windows-1252", "latin-1": "ISO 8859-1"}


class UnreadableError(Exception):
    """The bytes are no text in any encoding; ``finding`` says so."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def decoded(name: str, raw: bytes) -> tuple[str, list[Finding]]:
    """The text of the file ``name`` without a byte-order mark, and what had to be guessed.

    Raises :class:`UnreadableError` for bytes that no text is made of, such as a picture's.
    """
    if raw.startswith(tuple(_MARKS)):
        try:
            text = raw.decode("utf-16")
        except UnicodeDecodeError:
            raise UnreadableError(_no_text(name, 0, raw)) from None
        message = "This file is in UTF-16, not in UTF-8; it was read as what it is."
        return text, [finding("M002", Place(name, 1, 1), message, "Save it as UTF-8.")]
    try:
        return raw.decode("utf-8").removeprefix("\ufeff"), []
    except UnicodeDecodeError as error:
        if b"\0" in raw:
            raise UnreadableError(_no_text(name, error.start, raw)) from None
        return _guessed(name, raw, error.start)


def _guessed(name: str, raw: bytes, start: int) -> tuple[str, list[Finding]]:
    for encoding, spoken in _GUESSES.items():
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        byte, letter = raw[start], text[start]
        message = (
            f"The byte 0x{byte:02X} (number {start} of the file, from 0) is not UTF-8; the file"
            f" was read as {spoken}, in which it is “{letter}”."
        )
        hint = "Look whether its letters are right, and save it as UTF-8."
        return text, [finding("M002", _place(name, raw, start), message, hint)]
    raise AssertionError  # ISO 8859-1 has a letter for every byte.


def _no_text(name: str, start: int, raw: bytes) -> Finding:
    message = f"The byte 0x{raw[start]:02X} (number {start} of the file, from 0) stands in no text."
    hint = "Put the chapter's text there, saved as UTF-8, or give the file another ending."
    return finding("M009", Place(name), message, hint)


def _place(name: str, raw: bytes, offset: int) -> Place:
    before = raw[:offset].decode("utf-8").removeprefix("\ufeff")
    before = newlines(before)
    return Place(name, before.count("\n") + 1, len(before) - before.rfind("\n"))
