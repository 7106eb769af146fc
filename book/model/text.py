"""Text that waits for its turn."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Text:
    """Long text at rest, compressed: a whole book is in memory, but few pages of it are read.

    Python keeps two bytes for each letter of a text with a curly quote; this is a sixth of it.
    """

    data: bytes

    @classmethod
    def of(cls, text: str, level: Literal[1, 6] = 1) -> Text:
        """``text``, put to rest; 6 takes three times as long as 1, for what is kept."""
        return cls(zlib.compress(text.encode(), level))

    def __str__(self) -> str:
        """The text, to be read."""
        return zlib.decompress(self.data).decode()
