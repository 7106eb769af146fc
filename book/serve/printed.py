"""The pages as PDFium sees them: their pictures, and which words stand where.

PDFium is not to be used by two threads at once: all that is asked of it here is asked in turn.
"""

from __future__ import annotations

import io
import math
from bisect import bisect_right
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pypdfium2

    from book.model import Pages

_LOCK = Lock()
#: No picture is wider, in pixels: a page of A3 at 300 dpi.
WIDEST = 3600
#: And of so many pixels.
_MOST = 50_000_000
#: What print adds within a paragraph is no longer; so many letters after it are as they were.
_ADDED, _SURE = 16, 6
#: In points: how far from a letter a click still means it.
_REACH = (3, 12, 40, 120, 400)


class Band(NamedTuple):
    """What a paragraph takes of a page, from the top: fractions of the page's height."""

    top: float
    bottom: float


class Printed:
    """A bound PDF, open for looking at, and what it says of its ``pages``."""

    def __init__(self, data: bytes, pages: Pages) -> None:
        import pypdfium2

        self.pages = pages
        with _LOCK:
            self._document: pypdfium2.PdfDocument | None = pypdfium2.PdfDocument(data)
            count = len(self._document)
            self.sizes = [self._document.get_page_size(at) for at in range(count)]
        firsts = [(pages.page_of[name], name) for name in pages.starts if name in pages.page_of]
        self._firsts = sorted(firsts)

    def close(self) -> None:
        """Give it up; whoever still asks gets nothing."""
        with _LOCK:
            if self._document is not None:
                self._document.close()
            self._document = None

    def piece(self, page: int) -> str:
        """The name of the piece (a chapter's slug, mostly) that ``page``, from 0, belongs to."""
        at = bisect_right(self._firsts, (page, "\U0010ffff"))
        return self._firsts[at - 1][1] if at else ""

    def page_at(self, slug: str, letters: int) -> int | None:
        """The page on which the letter stands before which ``slug`` has so many ``letters``."""
        first = self.pages.page_of.get(slug)
        starts = self.pages.starts.get(slug)
        if first is None or not starts:
            return None
        return first + max(bisect_right([start for start, _ in starts], letters) - 1, 0)

    def picture(self, page: int, width: int) -> bytes | None:
        """``page`` as a PNG of so many pixels' ``width``; None if there is no such page."""
        with _LOCK:
            if self._document is None or not 0 <= page < len(self._document):
                return None
            leaf = self._document[page]
            across, down = leaf.get_size()
            scale = min(max(width, 16), WIDEST) / across
            # A theme may say that a page is a thousand times as high as it is wide.
            scale = min(scale, math.sqrt(_MOST / (across * down)))
            bitmap = leaf.render(scale=scale)
            picture = bitmap.to_pil().copy()
            bitmap.close()
            leaf.close()
        data = io.BytesIO()
        picture.save(data, "PNG", compress_level=1)
        return data.getvalue()

    def around(self, page: int, x: float, y: float) -> tuple[str, int]:
        """The letters of ``page``, and which of them is nearest to a place.

        The place is given from the page's upper left corner, in fractions of its width and height.
        """
        with _LOCK:
            if self._document is None or not 0 <= page < len(self._document):
                return "", 0
            letters, places = _letters(self._document, page)
            leaf = self._document[page]
            text = leaf.get_textpage()
            width, height = leaf.get_size()
            index = None
            for reach in _REACH:
                index = text.get_index(x * width, (1 - y) * height, reach, reach)
                if index is not None:
                    break
            text.close()
            leaf.close()
        found = bisect_right(places, index if index is not None else 0) - 1
        return letters, max(found, 0)

    def band(self, page: int, letters: str) -> Band | None:
        """Where the text with these ``letters`` stands on ``page``; None if it doesn't."""
        with _LOCK:
            if self._document is None or not letters or not 0 <= page < len(self._document):
                return None
            shown, places = _letters(self._document, page)
            span = _span(shown, letters)
            if span is None:
                return None
            leaf = self._document[page]
            text = leaf.get_textpage()
            boxes = [text.get_charbox(places[at]) for at in range(*span)]
            height = leaf.get_height()
            text.close()
            leaf.close()
        top, bottom = max(box[3] for box in boxes), min(box[1] for box in boxes)
        return Band(max(1 - top / height, 0), min(1 - bottom / height, 1))


def _letters(document: pypdfium2.PdfDocument, page: int) -> tuple[str, list[int]]:
    """The letters and digits of a page, and PDFium's number of each."""
    from pypdfium2 import raw

    leaf = document[page]
    text = leaf.get_textpage()
    letters: list[str] = []
    places: list[int] = []
    for at in range(text.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text, at))
        if char.isalnum():
            for one in char.casefold():
                letters.append(one)
                places.append(at)
    text.close()
    leaf.close()
    return "".join(letters), places


def _span(shown: str, letters: str) -> tuple[int, int] | None:
    """From which to which of the letters ``shown`` those of a paragraph stand.

    It may begin on the page before: then its end is looked for, and what stands before that.
    """
    for length in (40, 20, 10, 4):
        if (start := shown.find(letters[:length])) >= 0:
            return start, start + _common(shown[start:], letters)
        if (end := shown.find(letters[-length:])) >= 0:
            finish = end + len(letters[-length:])
            return finish - _common(shown[:finish][::-1], letters[::-1]), finish
    return None


def _common(shown: str, letters: str) -> int:
    """How many of ``shown`` belong to the paragraph that both begin with.

    Print has more than the manuscript: the number of a note, the page that a link leads to.
    """
    at = read = 0
    while at < len(shown) and read < len(letters):
        if shown[at] == letters[read]:
            at, read = at + 1, read + 1
            continue
        ahead = letters[read : read + _SURE]
        skipped = shown.find(ahead, at, at + _ADDED + _SURE)
        if skipped < 0:
            break
        at = skipped
    return at
