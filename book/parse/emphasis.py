"""Where emphasis begins and ends (CommonMark, section 6.2), in scripts without spaces, too.

A sign between a letter and punctuation opens or closes nothing in CommonMark, which leaves
``**「語」**が`` as it is typed. Beside a letter of Chinese, Japanese or Korean it does here.
"""

from __future__ import annotations

import re

_LETTER = r"[^\W_]"
_DENSE = r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]"
_RUN = r"(?<!\*)\*++"
_OPENS = rf"{_RUN}(?={_LETTER})|(?:^|(?<=[\s\W_])|(?<={_DENSE})){_RUN}(?=[^\s*])"
_CLOSES = rf"(?<={_LETTER}){_RUN}|(?<=[^\s*]){_RUN}(?=[\s\W_]|$|{_DENSE})"

#: What runs of asterisks do, for Python-Markdown's search.
STARS = re.compile(
    rf"(?P<ambiguous>(?={_OPENS})(?:{_CLOSES}))|(?P<end>{_CLOSES})|(?P<start>{_OPENS})"
)
_SIGNED = re.compile(r"(?<!\w)([*_]{1,3})(?=[^\s*_])([^*_]{1,500})(?<!\s)\1(?!\w)")


def spoken(alt: str) -> str:
    """Alternative text without the signs of emphasis: it is read aloud."""
    return _SIGNED.sub("\\2", _SIGNED.sub("\\2", alt)) if "*" in alt or "_" in alt else alt
