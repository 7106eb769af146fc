"""Number words of the book's languages, out of CLDR's rules by ICU: ``book/words/numbers.txt``.

``python tools/numberwords.py`` writes it anew. Run it when ICU has newer rules; ``chapbook[khmer]``
brings ICU. A chapter is counted as each language does: "Chapter One", «Глава первая», "Első
fejezet".
"""

from __future__ import annotations

from pathlib import Path

import icu

TABLE = Path(__file__).parents[1] / "book" / "words" / "numbers.txt"
#: So far chapters are counted in words.
MOST = 99
_HEAD = (
    "# Numbers from 1 to 99 by language, from CLDR's rules (tools/numberwords.py). Unicode-3.0.\n"
)
#: By which of its rules a language counts chapters: as one counts, or in the form of the word for
#: chapter before it.
_RULES = {
    **dict.fromkeys(("en", "de", "es", "fr", "it", "pt", "ro", "fa", "fi", "hi"), "numbering"),
    **dict.fromkeys(("id", "ja", "pl", "th", "tr", "uk", "vi", "zh", "zh_Hant"), "numbering"),
    **dict.fromkeys(("da", "nb", "sv"), "cardinal-neuter"),
    **dict.fromkeys(("ar", "he"), "ordinal-masculine"),
    "cs": "cardinal-feminine",
    "el": "ordinal-neuter",
    "hu": "ordinal",
    "ko": "cardinal-sinokorean",
    "nl": "cardinal-stressed",
    "ru": "ordinal-feminine",
}
#: What CLDR writes otherwise than the language does: cedillas for commas, a doubled letter.
_MENDED = {"\u015f": "\u0219", "\u0163": "\u021b", "εννενηκοστ": "ενενηκοστ", "\u02bc": "\u2019"}
#: What CLDR has for a text, and a line has no use for: places where a word may be divided.
_DIVIDED = str.maketrans("", "", "\u00ad\u200b")


def row(language: str) -> list[str]:
    """The numbers of ``language`` from 1 on; none if CLDR has no rules for them."""
    rules = icu.RuleBasedNumberFormat(icu.URBNFRuleSetTag.SPELLOUT, icu.Locale(language))
    names = [rules.getRuleSetName(at) for at in range(rules.getNumberOfRuleSetNames())]
    name = f"%spellout-{_RULES[language]}"
    if name not in names:
        return []
    found = (rules.format(number, name) for number in range(1, MOST + 1))
    return [_mended(" ".join(one.translate(_DIVIDED).split()), language) for one in found]


def _mended(text: str, language: str) -> str:
    for wrong, right in _MENDED.items():
        text = text.replace(wrong, right) if language != "tr" else text
    return text


def table() -> str:
    """The whole file."""
    rows = {language.lower(): row(language) for language in sorted(_RULES)}
    return _HEAD + "".join(f"{name}|{'|'.join(some)}\n" for name, some in rows.items() if some)


if __name__ == "__main__":
    TABLE.write_text(table(), "utf-8")
