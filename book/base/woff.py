"""How long a wrapped font is once it is unwrapped (W3C, WOFF 1.0 and WOFF 2.0).

Both are compressed, and fontTools unpacks them whole: a file of a few kilobytes may ask for all
memory. So they are unpacked here first, a little at a time, and nothing of it is kept.
"""

from __future__ import annotations

import zlib

#: So many bytes a font may have; the largest of all scripts has a tenth.
MOST = 200_000_000
#: WOFF 2.0, section 4.1: no more than 16 MB come of so many bytes at once (RFC 7932, 9.2).
_STEP = 4
#: Numbers of the tables that are transformed unless it is said that they are not: glyf and loca.
_TRANSFORMED = (10, 11)


def is_too_long(data: bytes) -> bool:
    """Whether the font in ``data`` has more than :data:`MOST` bytes when it is unwrapped.

    Raises IndexError, zlib.error or brotli.error if it is none.
    """
    if data.startswith(b"wOF2"):
        return _is_long_brotli(data)
    left = MOST
    for at in range(44, 44 + 20 * int.from_bytes(data[12:14], "big"), 20):
        start, packed, whole = (
            int.from_bytes(data[at + n : at + n + 4], "big") for n in (4, 8, 12)
        )
        unpacked = zlib.decompressobj()
        part = data[start : start + packed]
        left -= len(part) if packed == whole else len(unpacked.decompress(part, left + 1))
        if left < 0:
            return True
    return False


def _is_long_brotli(data: bytes) -> bool:
    from fontTools.ttLib.woff2 import brotli  # what it unpacks with itself

    start = _directory_end(data)
    stream, size = brotli.Decompressor(), 0
    packed = data[start : start + int.from_bytes(data[20:24], "big")]
    for at in range(0, len(packed), _STEP):
        size += len(stream.process(packed[at : at + _STEP]))
        if size > MOST:
            return True
    return False


def _directory_end(data: bytes) -> int:
    at = 48
    for _ in range(int.from_bytes(data[12:14], "big")):
        number, version = data[at] & 63, data[at] >> 6
        at = _behind_number(data, at + (5 if number == 63 else 1))
        if (version != 3) if number in _TRANSFORMED else version:
            at = _behind_number(data, at)
    return at


def _behind_number(data: bytes, at: int) -> int:
    while data[at] & 128:
        at += 1
    return at + 1
