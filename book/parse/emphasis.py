"""Where emphasis begins and ends (CommonMark, section 6.2), in scripts without spaces, too.

A sign between a letter and punctuation opens or closes nothing in CommonMark, which leaves
``**「語」**が`` as it is typed. Beside a letter of Chinese, Japanese or Korean it does here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markdown.inlinepatterns import DelimiterProcessor

from book.base.patterns import pattern
from book.base.scripts import SIGNS

if TYPE_CHECKING:
    import re
    import xml.etree.ElementTree as ET

_DENSE = r"\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_RUN = r"(?<!\*)\*++"


def _stars(signs: str, dense: str) -> re.Pattern[str]:
    """What a run of asterisks does; ``signs`` and ``dense`` are more letters, as of a set."""
    letter = rf"(?:[^\W_]|[{signs}])" if signs else r"[^\W_]"
    opens = rf"{_RUN}(?={letter})|(?:^|(?<=[\s\W_{dense}])){_RUN}(?=[^\s*])"
    closes = rf"(?<={letter}){_RUN}|(?<=[^\s*]){_RUN}(?=[\s\W_{dense}]|$)"
    return pattern(rf"(?P<ambiguous>(?={opens})(?:{closes}))|(?P<end>{closes})|(?P<start>{opens})")


class Stars:
    """What runs of asterisks do, for Python-Markdown's search: it wants a ``match`` alone."""

    # So many letters are compiled in a fiftieth of a second, and beside most runs stands none.
    _latin, _all = _stars("", ""), _stars(SIGNS, _DENSE)

    def match(self, text: str, at: int) -> re.Match[str] | None:
        """The run that begins at ``at``, if it can begin or end something."""
        end = at
        while text.startswith("*", end):
            end += 1
        beside = text[at - 1 : at] + text[end : end + 1]
        latin = all(one < "\u0300" or "\u2000" <= one < "\u2e80" for one in beside)
        return (self._latin if latin else self._all).match(text, at)


class Exact(DelimiterProcessor):
    """Python-Markdown's search for what asterisks and underscores enclose.

    It reads a paragraph at once and hands out what it found piece by piece, as the text changes.
    Where each piece stands by then it guesses by the next sign, and guesses wrong where that sign
    encloses nothing: ``_a_b *b* c** **bold**`` lost letters and doubled others.
    """

    _read = ""

    def handleMatch(  # type: ignore[override] # noqa: N802 # theirs; it may give a string
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element | None, int | None, int | None]:
        """The next piece; what was found in another text is forgotten."""
        if self.regions and not data.endswith(self._read[self.regions[self.cache_index][0] :]):
            self.reset()
        if not self.regions:
            self._read = data
        found: tuple[ET.Element | None, int | None, int | None] = super().handleMatch(m, data)
        return found

    def add_region(self, delim: Any, a: int, b: int, c: int, d: int, size: int) -> None:
        """Take what ``a`` to ``d`` enclose, if a sign of that size stands at either end."""
        sign = self._read[c:d]
        if sign and sign == self._read[a:b] == delim.token * size:
            super().add_region(delim, a, b, c, d, size)

    def get_cached_result(self, pos: int, data: str) -> tuple[ET.Element, int, int]:
        """The next piece; only what stands before it has changed."""
        offset = len(data) - len(self._read)
        start, end = self.regions[self.cache_index][0], self.regions[self.cache_index][3]
        element, count = self._build_element(data, self.cache_index, offset)  # type: ignore[attr-defined] # theirs, without types
        self.increment_next_position(start, count)
        return element, start + offset, end + offset


_SIGNED = pattern(r"(?<!\w)([*_]{1,3})(?=[^\s*_])([^*_]{1,500})(?<!\s)\1(?!\w)")

_PICTURED = pattern(r"!\[([^\[\]]*)\]\([^()\n]*\)")


def spoken(alt: str) -> str:
    """Alternative text without the signs of emphasis and pictures: it is read aloud."""
    if "](" in alt:
        alt = _PICTURED.sub("\\1", alt)
    return _SIGNED.sub("\\2", _SIGNED.sub("\\2", alt)) if "*" in alt or "_" in alt else alt
