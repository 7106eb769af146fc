"""Where emphasis begins and ends (CommonMark, section 6.2), in scripts without spaces, too.

A sign between a letter and punctuation opens or closes nothing in CommonMark, which leaves
``**「語」**が`` as it is typed. Beside a letter of Chinese, Japanese or Korean it does here.
"""

from __future__ import annotations

from book.base.patterns import pattern

#: What stands over and under letters is part of a word, though not a letter to Python: accents,
#: Hebrew points, Arabic vowels, the signs of India and South-East Asia, but for their stops.
_SIGNS = r"\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1-\u05c7\u0610-\u061a\u064b-\u065f"
_SIGNS += r"\u0670\u06d6-\u06dc\u06df-\u06e8\u0900-\u0963\u0966-\u0df3\u0e01-\u0e4e\u0e81-\u0ecd"
_SIGNS += r"\u0f71-\u0f84\u1000-\u1049\u1050-\u109f\u1780-\u17d3"
_LETTER = rf"(?:[^\W_]|[{_SIGNS}])"
_DENSE = r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]"
_RUN = r"(?<!\*)\*++"
_OPENS = rf"{_RUN}(?={_LETTER})|(?:^|(?<=[\s\W_])|(?<={_DENSE})){_RUN}(?=[^\s*])"
_CLOSES = rf"(?<={_LETTER}){_RUN}|(?<=[^\s*]){_RUN}(?=[\s\W_]|$|{_DENSE})"

#: What runs of asterisks do, for Python-Markdown's search.
STARS = pattern(rf"(?P<ambiguous>(?={_OPENS})(?:{_CLOSES}))|(?P<end>{_CLOSES})|(?P<start>{_OPENS})")
_SIGNED = pattern(r"(?<!\w)([*_]{1,3})(?=[^\s*_])([^*_]{1,500})(?<!\s)\1(?!\w)")

_PICTURED = pattern(r"!\[([^\[\]]*)\]\([^()\n]*\)")


def spoken(alt: str) -> str:
    """Alternative text without the signs of emphasis and pictures: it is read aloud."""
    if "](" in alt:
        alt = _PICTURED.sub("\\1", alt)
    return _SIGNED.sub("\\2", _SIGNED.sub("\\2", alt)) if "*" in alt or "_" in alt else alt
