"""Page sizes as a book names them, and as style sheets do.

CSS Paged Media 3, section 7.1, and CSS Values 3, section 6.2; half letter, and two lengths with a
cross between them (``6x9in``), as printers write sizes.
"""

from __future__ import annotations

import re

from book.base.patterns import pattern

#: In millimetres.
_PAPERS = {
    "a3": (297, 420),
    "a4": (210, 297),
    "a5": (148, 210),
    "b4": (250, 353),
    "b5": (176, 250),
    "jis-b4": (257, 364),
    "jis-b5": (182, 257),
    "letter": (215.9, 279.4),
    "half-letter": (139.7, 215.9),
    "legal": (215.9, 355.6),
    "ledger": (279.4, 431.8),
}
_MILLIMETRES = {"mm": 1, "cm": 10, "q": 1 / 4, "in": 25.4}
_MILLIMETRES |= {"pc": 25.4 / 6, "pt": 25.4 / 72, "px": 25.4 / 96}
_NUMBER = r"(?=[0-9]*[1-9])[0-9]{1,5}(?:\.[0-9]{1,6})?"
_UNIT = "(?:mm|cm|in|pt|pc|px|q)"
_LENGTH = pattern("([0-9.]+)([a-z]+)")
_SIZE = pattern(
    r"(?:A[3-5]|B[45]|JIS-B[45]|letter|half[ -]letter|legal|ledger)(?: (?:portrait|landscape))?"
    rf"|{_NUMBER}{_UNIT}(?: {_NUMBER}{_UNIT})?|{_NUMBER} ?[x×] ?{_NUMBER} ?{_UNIT}",
    re.IGNORECASE,
)
_CROSSED = pattern(rf"({_NUMBER}) ?[x×] ?({_NUMBER}) ?({_UNIT})", re.IGNORECASE)


def is_size(text: str) -> bool:
    """Whether ``text`` names a page size."""
    return bool(_SIZE.fullmatch(text))


def css_size(text: str) -> str:
    """The page size ``text`` as a value of CSS ``size``."""
    if found := _CROSSED.fullmatch(text):
        return f"{found[1]}{found[3]} {found[2]}{found[3]}"
    return re.sub("(?i)half[ -]letter", "5.5in 8.5in", text)


def millimetres(text: str) -> tuple[float, float]:
    """The width and height of the page size ``text``, in millimetres."""
    sides: list[float] = []
    for word in css_size(text).lower().split():
        if word in _PAPERS:
            sides += _PAPERS[word]
        elif found := _LENGTH.fullmatch(word):
            sides.append(float(found[1]) * _MILLIMETRES[found[2]])
    width, height = sides * 2 if len(sides) == 1 else sides
    return (height, width) if "landscape" in text.lower() else (width, height)
