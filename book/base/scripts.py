"""Scripts: which way a language is written, and which packages bring faces for a script."""

from __future__ import annotations

from typing import Literal, NamedTuple

from book.base.patterns import pattern

#: What stands over and under letters is part of a word, though not a letter to Python: accents,
#: Hebrew points, Arabic vowels, the signs of India and South-East Asia, but for their stops. Of a
#: set in a regular expression.
SIGNS = r"\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1-\u05c7\u0610-\u061a\u064b-\u065f"
SIGNS += r"\u0670\u06d6-\u06dc\u06df-\u06e8\u0900-\u0963\u0966-\u0df3\u0e01-\u0e4e\u0e81-\u0ecd"
SIGNS += r"\u0f71-\u0f84\u1000-\u1049\u1050-\u109f\u1780-\u17d3"
SIGNS += r"\u0711\u0730-\u074a\u07a6-\u07b0\u07eb-\u07f3\u0816-\u082d\u0859-\u085b\u08d3-\u08ff"
#: Languages that are written from right to left where no script is said (CLDR, likelySubtags).
_RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "azb", "bal", "bqi", "ckb", "dv", "fa", "glk", "he", "iw", "khw", "ks", "lrc"}
    | {"luz", "mzn", "nqo", "pnb", "prs", "ps", "sd", "skr", "syr", "ug", "ur", "yi"}
)
_SCRIPTS_TO_LEFT = frozenset({"adlm", "arab", "aran", "hebr", "mand", "nkoo", "samr", "syrc"})
_SCRIPTS_TO_LEFT |= {"thaa", "rohg"}
#: The script of a language, as :mod:`book.checks.letters` calls it.
_OF_LANGUAGES = {
    **dict.fromkeys(("he", "iw", "yi"), "Hebrew"),
    **dict.fromkeys(("ar", "fa", "ur", "ps", "sd", "ug", "ckb", "prs", "pnb", "azb"), "Arabic"),
    **dict.fromkeys(("hi", "mr", "ne", "sa", "kok", "mai", "bho"), "Devanagari"),
    **dict.fromkeys(("ja", "zh", "yue"), "Chinese and Japanese"),
    "th": "Thai",
    "ko": "Korean",
    "bn": "Bengali",
    "as": "Bengali",
    "ta": "Tamil",
    "te": "Telugu",
    "km": "Khmer",
    "lo": "Lao",
    "my": "Myanmar",
    "am": "Ethiopic",
}


class Bringer(NamedTuple):
    """Faces for a script: the families that have it, best first, and what to install for them."""

    families: tuple[str, ...]
    package: str


_SOUTH = "justmytype-intl-south-asia"
_EAST = {
    "ja": Bringer(("Noto Sans JP",), "chapbook[cjk-ja]"),
    "ko": Bringer(("Noto Sans KR",), "chapbook[cjk-ko]"),
    "zh": Bringer(("Noto Sans SC",), "chapbook[cjk-zh]"),
    "hant": Bringer(("Noto Sans TC",), "chapbook[cjk-zh]"),
}
_BRINGERS = {
    "Hebrew": Bringer(("Frank Ruhl Libre", "Noto Sans Hebrew"), "chapbook[hebrew]"),
    "Arabic": Bringer(("Amiri", "Noto Sans Arabic"), "chapbook[arabic]"),
    "Devanagari": Bringer(("Noto Sans Devanagari",), "chapbook[devanagari]"),
    "Thai": Bringer(("Noto Sans Thai", "Sarabun"), "chapbook[thai]"),
    "Korean": _EAST["ko"],
    "Bengali": Bringer(("Noto Sans Bengali",), _SOUTH),
    "Tamil": Bringer(("Noto Sans Tamil",), _SOUTH),
    "Telugu": Bringer(("Noto Sans Telugu",), _SOUTH),
    "Khmer": Bringer(("Noto Sans Khmer",), "chapbook[khmer]"),
    "Lao": Bringer(("Noto Sans Lao",), "chapbook[lao]"),
    "Myanmar": Bringer(("Noto Sans Myanmar",), "chapbook[burmese]"),
    "Ethiopic": Bringer(("Noto Sans Ethiopic",), "justmytype-intl-africa"),
}

#: Languages whose letters many an italic lacks, and one of these.
_UPRIGHT = {
    **dict.fromkeys(("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg"), "\u0436"),
    **dict.fromkeys(("el", "grc"), "\u03c9"),
}
#: Letters of scripts that are written from right to left, joined, stacked or reordered, and marks
#: that are set upon others: Hebrew to Arabic, India to Tibet, Burma, Cambodia and their kin.
_SHAPED = pattern(
    "[\u0300-\u036f\u0483-\u0489\u0590-\u109f\u1700-\u17ff\u1800-\u18af\u1900-\u1aff\u1b00-\u1cff"
    "\u1dc0-\u1dff\ua800-\uabff\ufb1d-\ufdff\ufe20-\ufe2f\ufe70-\ufefc"
    "\U00010800-\U00011fff\U0001e800-\U0001efff]"
)


def is_shaped(text: str) -> bool:
    """Whether the letters of ``text`` can't be set one by one, each behind the one before."""
    return bool(_SHAPED.search(text))


def direction(language: str) -> Literal["ltr", "rtl"]:
    """Which way a text in ``language`` (BCP 47) is written; a script that is said decides."""
    code, *more = language.lower().replace("_", "-").split("-")
    script = next((part for part in more if len(part) == 4 and part.isalpha()), "")
    is_left = script in _SCRIPTS_TO_LEFT if script else code in _RIGHT_TO_LEFT
    return "rtl" if is_left else "ltr"


def script_of(language: str) -> str:
    """The script of ``language`` if it is one that our fonts lack, else nothing."""
    return _OF_LANGUAGES.get(language.lower().replace("_", "-").partition("-")[0], "")


def letter_of(language: str) -> str:
    """A Cyrillic or Greek letter, if ``language`` is written in these; what its italic must have.

    Where it hasn't, emphasis is spaced (``print-spaced.css``).
    """
    return _UPRIGHT.get(language.lower().replace("_", "-").partition("-")[0], "")


def bringer(script: str, language: str) -> Bringer | None:
    """What brings faces for ``script`` to a book in ``language``, if the house knows any.

    Chinese, Japanese and Korean draw the same characters each in their own way, so the book's
    language decides there.
    """
    if script != "Chinese and Japanese":
        return _BRINGERS.get(script)
    tag = language.lower().replace("_", "-")
    if tag.startswith(("zh", "yue")):
        is_long = {"hant", "tw", "hk", "mo"} & set(tag.split("-"))
        return _EAST["hant" if is_long or tag == "yue" else "zh"]
    return _EAST["ko" if tag.startswith("ko") else "ja"]
