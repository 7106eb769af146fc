"""The few words that outputs print by themselves, and how they name pages.

One module a language, named by its ISO 639 code: to teach the house a language, copy
``en.py`` and add the code to :data:`LANGUAGES`. A language is imported when it is first asked
for (0.3 ms). Quotation marks are CLDR's (UTS 35, part 2, *Delimiter Elements*), which Babel
does not carry.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

LANGUAGES = (
    *("en", "fr", "de", "es", "it", "pt", "nl", "el", "ru", "pl", "sv", "la"),
    *("ar", "bn", "cs", "da", "fa", "fi", "he", "hi", "hu", "id", "ja", "ko"),
    *("nb", "ro", "th", "tr", "uk", "ur", "vi", "zh"),
)
#: Other codes of the same languages, and what is so near that its words serve.
_SAME = {"no": "nb", "nn": "nb", "iw": "he", "in": "id", "cmn": "zh", "prs": "fa"}


class Quotes(Struct, frozen=True, kw_only=True):
    """Quotation marks, with the spaces that belong inside them; the inner pair nests."""

    open: str
    close: str
    inner_open: str
    inner_close: str


class Phrase(Struct, frozen=True, kw_only=True):
    """How a date stands alone or after a word such as "from", for each precision.

    ``{}`` takes the date; of a decade its first year (``{last}`` is its last); of a century
    its first year (``{ordinal}`` 19, ``{roman}`` XIX). ``seasons`` are spring to winter and
    take the year. ``months`` is the case of a month's name.
    """

    day: str = "{}"
    month: str = "{}"
    year: str = "{}"
    decade: str
    century: str
    seasons: tuple[str, str, str, str]
    months: Literal["named", "genitive", "accusative"] = "named"

    def within(self, outer: str) -> Phrase:
        """The same within ``outer``, a template such as ``from {}``."""
        spring, summer, autumn, winter = (outer.replace("{}", season) for season in self.seasons)
        return replace(
            self,
            day=outer.replace("{}", self.day),
            month=outer.replace("{}", self.month),
            year=outer.replace("{}", self.year),
            decade=outer.replace("{}", self.decade),
            century=outer.replace("{}", self.century),
            seasons=(spring, summer, autumn, winter),
        )


class Words(Struct, frozen=True, kw_only=True):
    """Every word that an output may print by itself, in one language.

    Titles are in the case of a heading. ``{}`` takes a number, a name or a date;
    ``timeline_alt`` takes ``{count}``, ``{first}`` and ``{last}``, dates in words.
    """

    # Parts of the book.
    contents: str
    chronology: str
    people: str
    notes: str
    chapter: str
    cover: str
    title_page: str
    imprint: str
    dedication: str
    # What boxes are called: a note, a tip, what is important, a warning, a caution.
    alerts: tuple[str, str, str, str, str]
    part: str
    source: str
    # Who made it, and with what; who added to it.
    by_editors: str
    added_by_editors: str
    edited_by: str
    translated_by: str
    illustrated_by: str
    introduced_by: str
    based_on: str
    set_in: str
    made_with: str
    # Citing and finding.
    page: str
    pages: str
    note: str
    see: str
    continued: str
    list_of_pages: str
    landmarks: str
    back_to_text: str
    # The handout.
    questions: str
    answers: str
    who_is_who: str
    story: str
    where_to_get: str
    documents: str
    in_book: str
    timeline: str
    timeline_alt: str
    # Dates.
    circa: str
    plain: Phrase
    brief: Phrase
    about: Phrase
    perhaps: Phrase
    perhaps_about: Phrase
    since: Phrase
    until: Phrase
    # How a chapter and a part are called with their numbers, if not by word and number.
    numbered: tuple[str, str] = ("", "")
    # The mark of a question: what is unknown, or known only perhaps.
    doubt: str = "?"
    # How the first of a month is written, and replacements (pattern, text) that the sound of a
    # date asks of the word before it: "à partir d'août".
    first_day: str = "1"
    elisions: tuple[tuple[str, str], ...] = ()
    quotes: Quotes

    @property
    def chapter_number(self) -> str:
        """A template for a chapter with its number."""
        return self.numbered[0] or f"{self.chapter} {{}}"

    @property
    def part_number(self) -> str:
        """A template for a part with its number."""
        return self.numbered[1] or f"{self.part} {{}}"


class Phrases(TypedDict):
    """How a language speaks of dates; see :class:`Words`."""

    plain: Phrase
    brief: Phrase
    about: Phrase
    perhaps: Phrase
    perhaps_about: Phrase
    since: Phrase
    until: Phrase


def phrases(
    plain: Phrase,
    *,
    about: str,
    perhaps: str,
    since: str,
    until: str,
    months: Literal["named", "genitive"] = "named",
) -> Phrases:
    """The phrases of a language that says a date alike behind all words but those of a time.

    ``months`` is the case of a month's name behind those.
    """
    behind = replace(plain, months=months)
    return Phrases(
        plain=plain,
        brief=plain,
        about=behind.within(about),
        perhaps=plain.within(perhaps),
        perhaps_about=behind.within(perhaps.format(about)),
        since=behind.within(since),
        until=behind.within(until),
    )


#: The words that a book may have otherwise, as ``[words]`` in ``book.toml`` names them.
NAMES = tuple(
    name.replace("_", "-")
    for name in Words.__struct_fields__
    if Words.__annotations__[name] == "str" and name not in ("doubt", "first_day")
)


@lru_cache(maxsize=64)
def words(language: str, own: tuple[tuple[str, str], ...] = ()) -> Words:
    """The words of a BCP 47 tag: its language's, or English where the house has none.

    A book's ``own`` come before these, by :data:`NAMES`. Quotation marks follow the region
    (``de-CH``) and also languages without words here.
    """
    tag = language.replace("_", "-")
    code = tag.partition("-")[0].lower()
    module = import_module(f"{__name__}.{module_of(tag) or 'en'}")
    found: Words = module.WORDS
    if quotes := _quotes(tag, code):
        found = replace(found, quotes=quotes)
    if not own:
        return found
    said: dict[str, Any] = {name.replace("-", "_"): text for name, text in own}
    chapter, part = found.numbered
    numbered = ("" if "chapter" in said else chapter, "" if "part" in said else part)
    return replace(found, numbered=numbered, **said)


def has_words(language: str) -> bool:
    """Whether the house has the words of a BCP 47 tag."""
    return bool(module_of(language))


def module_of(language: str) -> str:
    """What the words of a BCP 47 tag are called here; nothing if there are none."""
    code, *more = language.replace("_", "-").lower().split("-")
    if code == "zh" and {"hant", "tw", "hk", "mo"} & set(more):
        return "zh_hant"
    code = _SAME.get(code, code)
    return code if code in LANGUAGES else ""


def _quotes(tag: str, code: str) -> Quotes | None:
    from book.words.quotes import MARKS

    tags = (*(f"{code}-{part.upper()}" for part in tag.split("-")[1:]), code)
    marks = next((MARKS[known] for known in tags if known in MARKS), "")
    if not marks:
        return None
    one, two, three, four = marks.split("|")
    return Quotes(open=one, close=two, inner_open=three, inner_close=four)


_ROMAN = {
    "M": 1000,
    "CM": 900,
    "D": 500,
    "CD": 400,
    "C": 100,
    "XC": 90,
    "L": 50,
    "XL": 40,
    "X": 10,
    "IX": 9,
    "V": 5,
    "IV": 4,
    "I": 1,
}


def roman(number: int) -> str:
    """A number above 0 in roman capitals: 1944 is ``MCMXLIV``."""
    text = ""
    for letters, value in _ROMAN.items():
        count, number = divmod(number, value)
        text += letters * count
    return text


def page_list(labels: Iterable[str]) -> str:
    """Printed page numbers as a list for a reader: ``12, 14–16, xii``.

    Takes labels in the order to print; empty ones (no page) and repetitions of the one before
    are left out; two or more that count on by one, arabic or roman, become a range. Other
    labels (``A-3``) stand as they are.
    """
    runs: list[list[str]] = []
    shown = [label for label in labels if label]
    fresh = shown[:1] + [label for before, label in pairwise(shown) if label != before]
    for label in fresh:
        if runs and _follows(runs[-1][-1], label):
            runs[-1].append(label)
        else:
            runs.append([label])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _follows(before: str, label: str) -> bool:
    one, two = _counted(before), _counted(label)
    return one is not None and two is not None and one[0] == two[0] and two[1] == one[1] + 1


def _counted(label: str) -> tuple[str, int] | None:
    """How a page is numbered, and its number; None if it is no number."""
    if label.isdecimal() and len(label) < 10:
        return "arabic", int(label)
    number = _from_roman(label.upper()) if len(label) < 16 else 0
    if number and label in {label.lower(), label.upper()}:
        return "lower" if label.islower() else "upper", number
    return None


def _from_roman(text: str) -> int:
    """The number of roman capitals, or 0 for what no number is written as."""
    values = [_ROMAN.get(letter, 0) for letter in text]
    if not values or 0 in values:
        return 0
    signed = [-one if one < two else one for one, two in pairwise([*values, 0])]
    number = sum(signed)
    return number if number > 0 and roman(number) == text else 0
