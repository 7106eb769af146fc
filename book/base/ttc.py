"""Fonts that share a file: each taken out of it (OpenType 1.9.1, "Font collections").

What sets and binds a book expects a font a file, and takes the first font's tables for another's
letters else. Tables that several share are copied; no table is changed.
"""

from __future__ import annotations

from book.base.woff import MOST

_TAG = b"ttcf"
#: So many tables a font may have; the richest have some forty.
_TABLES = 200


def count(data: bytes) -> int:
    """How many fonts there are in the file; 1 if it is no collection."""
    return _number(data, 8, 4) if data.startswith(_TAG) else 1


def single(data: bytes, index: int) -> bytes:
    """The file of the font of that ``index`` alone; as it is, if it is no collection.

    Raises ValueError if there is none, or one that is longer than any.
    """
    if not data.startswith(_TAG):
        return data
    if not 0 <= index < count(data):
        raise ValueError(f"the collection has no font {index}")
    start = _number(data, 12 + 4 * index, 4)
    tables = _number(data, start + 4, 2)
    if tables > _TABLES:
        raise ValueError("a font with more tables than any")
    head, body = data[start : start + 12], b""
    for at in range(start + 12, start + 12 + 16 * tables, 16):
        place, size = _number(data, at + 8, 4), _number(data, at + 12, 4)
        table = data[place : place + size]
        if len(table) < size or len(body) + size > MOST:
            raise ValueError("a font that is not whole, or longer than any")
        moved = (12 + 16 * tables + len(body)).to_bytes(4, "big")
        head += data[at : at + 8] + moved + data[at + 12 : at + 16]
        body += table + b"\0" * (-size % 4)
    return head + body


def _number(data: bytes, at: int, size: int) -> int:
    found = data[at : at + size]
    if len(found) < size:
        raise ValueError("a collection that is not whole")
    return int.from_bytes(found, "big")
