"""What WeasyPrint says while it works, so that it reaches the author."""

from __future__ import annotations

import logging
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from book.model import Place
    from book.theme.rules import Rule

#: How it begins to say that no font has a letter.
NO_GLYPH = ".notdef glyph rendered"
#: A declaration that it names, and where it stands in a sheet that nobody has written.
_NAMED = re.compile(r"`([\w-]+)\s*:")
_ADDRESS = re.compile(r"Failed to load image at '(?:https://book\.invalid/)?([^']*)'")
_THERE = re.compile(r" at \d+:\d+")


class _Collector(logging.Handler):
    def __init__(self, found: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._found = found

    def emit(self, record: logging.LogRecord) -> None:
        if record.getMessage() not in self._found:
            self._found.append(record.getMessage())


@contextmanager
def collected() -> Iterator[list[str]]:
    """A list that fills with its warnings meanwhile, each once; nobody else gets them."""
    logger, found = logging.getLogger("weasyprint"), list[str]()
    before, propagate = logger.handlers, logger.propagate
    logger.handlers, logger.propagate = [_Collector(found)], False
    try:
        yield found
    finally:
        logger.handlers, logger.propagate = before, propagate


def in_sheet(warning: str, rules: Sequence[Rule]) -> tuple[Place, str]:
    """A warning that every piece has comes from the book's own sheets; here is from where."""
    found, address = _NAMED.search(warning), _ADDRESS.search(warning)
    name = found[1] if found else address[1].rpartition("/")[2] if address else warning
    place = next((rule.place for rule in rules if name in rule.text), rules[0].place)
    return place, plain_words(warning)


def plain_words(warning: str) -> str:
    """A warning without what is no news to an author: our addresses, Python's names."""
    if found := _ADDRESS.search(warning):
        why = "there is no such file" if "FileNotFound" in warning else "it can't be used"
        return f"no picture `{found[1][:80]}`: {why}"
    return _THERE.sub("", warning)
