"""What a language wants of the spaces in its text, whatever was typed: a table by language.

French has its narrow spaces inside guillemets and before tall signs (Imprimerie nationale,
*Lexique des règles typographiques*); Czech, Polish, Russian and their kin end no line with a word
of one letter; between two characters of Chinese, Japanese or Thai, a line's end in the source is
no space (CSS Text 4, section 4.1.3).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from book.base.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_NARROW, _HARD = "\u202f", "\u00a0"
_SPACES = f"[ \n{_HARD}{_NARROW}\u2009]"
#: Characters between which no space stands: kana, ideographs, their marks, full-width forms; Thai,
#: Lao, Khmer, Burmese.
_SOLID = "\u3000-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff60"
_SOLID += "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\U00020000-\U0003ffff"
#: It begins with what can be looked for quickly; what stands before is looked at behind it.
_BREAK = (
    rf"(?:\n(?<=[{_SOLID}].)|[ ](?<=[{_SOLID}].)[ \t]*\n|\t(?<=[{_SOLID}].)[ \t]*\n)"
    rf"[ \t]*(?=[{_SOLID}])"
)
_JOINED = (_BREAK, "")
#: What all of these are beyond: most books have none, and to compile so many letters takes long.
_BEYOND = pattern(r"[^\x00-\u0dff\u2000-\u2fff]")


def _alone(letters: str) -> tuple[str, str]:
    """A word of one of ``letters`` holds to the next."""
    either = letters + letters.upper()
    return rf"(?:(?<=^[{either}])|(?<=[^\w'’.\-][{either}]))[ \n](?=[\w«„“\"(])", _HARD


_TALL = (rf"(?<=[^\s?!;:«(\[]){_SPACES}*(?=[;?!])(?![;?!]*\w)", _NARROW)
_GUILLEMETS = ((rf"(?<=[«‹]){_SPACES}*(?=\S)", _NARROW), (rf"(?<=\S){_SPACES}*(?=[»›])", _NARROW))
_COLON = (rf"(?<=[^\s:(\[]){_SPACES}*(?=:(?:\s|$))", _HARD)
_CUSTOMS: dict[str, tuple[tuple[str, str], ...]] = {
    "fr": (_TALL, *_GUILLEMETS, _COLON),
    "fr-CA": (*_GUILLEMETS, _COLON),
    "cs": (_alone("ksvzouia"),),
    "sk": (_alone("ksvzouia"),),
    "pl": (_alone("wzouia"),),
    "ru": (_alone("вксоуиая"),),
    "uk": (_alone("вкзоуіаїяй"),),
    "be": (_alone("узкоіая"),),
    "bg": (_alone("всикоа"),),
    "sr": (_alone("уоисак"),),
}


def spaced(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """Where spaces of ``text`` are to be others, and which; in no order.

    A break that was asked for is no newline here.
    """
    for wanted, space in _patterns(language, joins=_BEYOND.search(text) is not None):
        for found in wanted.finditer(text):
            if found.group() != space:
                yield found.start(), found.end(), space


@cache
def _patterns(language: str, *, joins: bool) -> tuple[tuple[re.Pattern[str], str], ...]:
    tag = language.replace("_", "-")
    code, _, more = tag.partition("-")
    region = f"{code.lower()}-{more.upper()}"
    chosen = _CUSTOMS.get(region, _CUSTOMS.get(code.lower(), ()))
    every = (*chosen, _JOINED) if joins else chosen
    return tuple((re.compile(wanted, re.DOTALL), space) for wanted, space in every)
