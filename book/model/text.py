"""Text that waits for its turn."""

from __future__ import annotations

import zlib
from typing import Literal

from msgspec import Struct

#: What is not compressed begins with this, as nothing that is does (RFC 1950, 2.2).
_PLAIN = b"\0"
#: No text that is longer at rest is all white space, unless it has a million of them.
_FEW = 1000


class Text(Struct, frozen=True):
    """Long text at rest, compressed: a whole book is in memory, but few pages of it are read.

    Python keeps two bytes for each letter of a text with a curly quote; this is a quarter of it.
    """

    data: bytes

    @classmethod
    def of(cls, text: str, level: Literal[0, 1] = 1) -> Text:
        """``text``, put to rest; 6 would take three times as long as 1 for a tenth less.

        0 takes next to no time, for what is read again and again, and is as large as a file.
        """
        return cls(zlib.compress(text.encode(), level) if level else _PLAIN + text.encode())

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to be read."""
        return len(self.data) < _FEW and not str(self).strip()

    def __str__(self) -> str:
        """The text, to be read."""
        if self.data.startswith(_PLAIN):
            return str(memoryview(self.data)[len(_PLAIN) :], "utf-8")
        return zlib.decompress(self.data).decode()
