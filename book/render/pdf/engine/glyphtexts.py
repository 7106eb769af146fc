"""What each glyph means to those who search, copy or listen (ISO 32000-1, 9.10.3).

WeasyPrint takes the letters of the first place where a glyph is drawn. If that is a letter which
the font has only in parts, such as y and a macron, the first part means nothing from then on, and
the second the whole letter. A glyph that the font itself gives to a character means that.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def glyph_texts(digest: str, font: bytes, texts: Mapping[int, str]) -> dict[int, str]:
    """``texts`` by glyphs, in the order in which they were drawn, parts of letters put right.

    ``font`` is the file, of this ``digest``, that they are drawn from.
    """
    letters = {letter for text in texts.values() for letter in text}
    parted = {letter for letter in letters if len(unicodedata.normalize("NFD", letter)) > 1}
    if "" not in texts.values() and not parted:
        return dict(texts)
    # A part may be a whole letter elsewhere, so both are asked for.
    for letter in parted:
        letters |= set(unicodedata.normalize("NFD", letter))
    glyph_of = _font(digest, font).get_nominal_glyph
    own = {glyph: letter for letter in sorted(letters) if (glyph := glyph_of(ord(letter)))}
    return {
        glyph: own[glyph] if glyph in own and _is_part(own[glyph], text) else text
        for glyph, text in _shared_out(texts)
    }


def _shared_out(texts: Mapping[int, str]) -> Iterator[tuple[int, str]]:
    """``texts``, but glyphs that mean nothing get their parts of the letter that follows them."""
    waiting: list[int] = []
    for glyph, text in texts.items():
        if not text:
            waiting.append(glyph)
            continue
        parts = unicodedata.normalize("NFD", text)
        if waiting and len(parts) == len(waiting) + 1:
            yield from zip([*waiting, glyph], parts, strict=True)
        else:
            yield from ((one, "") for one in waiting)
            yield glyph, text
        waiting.clear()
    yield from ((one, "") for one in waiting)


def _is_part(letter: str, text: str) -> bool:
    """Whether ``text`` is nothing, or a letter that ``letter`` is only a part of."""
    parts = unicodedata.normalize("NFD", text)
    return not text or (len(text) == 1 and len(parts) > 1 and letter != text and letter in parts)


@lru_cache(maxsize=16)
def _font(digest: str, font: bytes) -> Any:
    import uharfbuzz

    del digest  # The bytes of a font are long to compare, but the same object most of the time.
    return uharfbuzz.Font(uharfbuzz.Face(font))
