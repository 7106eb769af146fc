"""Digits as a language writes them: CLDR's numbering systems that count by ten (UTS 35, part 3).

Folios, the numbers of notes and of chapters are printed in them; what a writer typed stays.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from book.model import Config

#: Each system by its CLDR name: its zero, and what CSS calls it (CSS Counter Styles 3, section 6).
SYSTEMS = {
    "latn": ("0", "decimal"),
    "arab": ("\u0660", "arabic-indic"),
    "arabext": ("\u06f0", "persian"),
    "deva": ("\u0966", "devanagari"),
    "beng": ("\u09e6", "bengali"),
    "guru": ("\u0a66", "gurmukhi"),
    "gujr": ("\u0ae6", "gujarati"),
    "orya": ("\u0b66", "oriya"),
    "telu": ("\u0c66", "telugu"),
    "knda": ("\u0ce6", "kannada"),
    "mlym": ("\u0d66", "malayalam"),
    "thai": ("\u0e50", "thai"),
    "laoo": ("\u0ed0", "lao"),
    "tibt": ("\u0f20", "tibetan"),
    "mymr": ("\u1040", "myanmar"),
    "khmr": ("\u17e0", "khmer"),
}
#: Languages of which some form counts otherwise than in Latin digits; others need not ask Babel.
OTHERS = frozenset(
    """ar as az bgc bgn bho bn ccp ckb dz fa ff hnj ks lrc mni mr my mzn ne nqo pa ps raj sa sat sd
    sdh ur uz""".split()  # noqa: SIM905 # a list of words
)


@cache
def system_of(language: str, said: str = "auto") -> str:
    """The numbering system of a book in ``language`` (BCP 47), unless one is ``said``.

    It is CLDR's default for the language and its region; Latin where that counts otherwise.
    """
    if said != "auto":
        return said
    code, *more = language.replace("_", "-").split("-")
    if code.lower() not in OTHERS:
        return "latn"
    from babel import Locale, UnknownLocaleError

    for tag in ("-".join([code, *more]), code):
        try:
            found = str(Locale.parse(tag, sep="-").default_numbering_system)
        except (UnknownLocaleError, ValueError):
            continue
        return found if found in SYSTEMS else "latn"
    return "latn"


def digits_of(config: Config) -> str:
    """The numbering system of folios, notes and chapters of a book with that ``config``."""
    return system_of(config.book.language, config.numbering.digits)


def in_digits(text: str, system: str) -> str:
    """``text`` with its ASCII digits in those of ``system``."""
    if system == "latn":
        return text
    zero = ord(SYSTEMS[system][0])
    return text.translate({ord("0") + one: chr(zero + one) for one in range(10)})
