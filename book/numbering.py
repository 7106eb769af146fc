"""What numbers chapters, parts and headings have, as ``[numbering]`` says.

A title that brings a number along keeps it and gets no other; where most titles do, the book
numbers none by itself.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from book.base.codes import finding
from book.base.data import replace
from book.base.patterns import pattern
from book.base.xml import inner, tree
from book.model import Kind, Place, Text
from book.words import words
from book.words.digits import digits_of, in_digits
from book.words.numbers import counted, number_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from book.model import Chapter, Config, Finding

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_OWN = r"(?:\d{1,3}|[IVXLC]{1,8})(?=[.:)\u2013\u2014 -]|$)"
_UNIT = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
#: Numbers that count in order, beside those that :func:`number_words` has, as titles have them.
_ORDINALS = {
    "en": rf"(?:{_TENS})[ -](?:{_UNIT})|{_UNIT}|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven"
    r"|eigh|nine)teenth|(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)ieth",
    "de": r"(?:erst|zweit|dritt|viert|fünft|sechst|sieb(?:en)?t|acht|neunt|zehnt|elft|zwölft"
    r"|\w{3,8}zehnt|\w{3,18}(?:zig|ßig)st)es",
    "fr": "premier|première",
    "es": "primero|segundo|tercero|cuarto|quinto|sexto|s[ée]ptimo|octavo|noveno|d[ée]cimo",
    "it": "primo|secondo|terzo|quarto|quinto|sesto|settimo|ottavo|nono|decimo",
}
_BARE = pattern(
    r"(?:\d{1,3}|[IVXLC]{1,8})[.:)](?:\s|$)|[IVXLC]{2,8}$"
    r"|第[ ]?[\d〇零一二三四五六七八九十百]{1,6}[ ]?[章回节節課课编編部话話]"
    r"|제[ ]?\d{1,3}[ ]?[장과부화편]"
)


def numbers(chapters: Sequence[Chapter], config: Config) -> Mapping[str, str]:
    """What is printed with a chapter or part as its number, by slug."""
    table, said = config.numbering, words(config.book.language, config.book.words)
    own = _with_own(chapters, said.chapter, config.book.language)
    style = "arabic" if table.chapters == "auto" else table.chapters
    if table.chapters == "auto" and _mostly(chapters, own):
        style = "none"
    made: dict[str, str] = {}
    chapter_count = part_count = 0
    for chapter in chapters:
        if chapter.kind is Kind.PART and chapter.numbered and table.parts != "none":
            part_count += 1
            if not re.match(rf"{re.escape(said.part)}\b", chapter.title, re.IGNORECASE):
                made[chapter.slug] = said.part_number.format(_shown(part_count, table.parts))
        if chapter.kind is not Kind.CHAPTER or not chapter.numbered:
            continue
        chapter_count += 1
        if style == "none" or chapter.slug in own:
            continue
        if style == "words":
            template, language = said.chapter_number, config.book.language
            made[chapter.slug] = counted(template, chapter_count, language)
        else:
            made[chapter.slug] = _shown(chapter_count, style)
    return {slug: in_digits(number, digits_of(config)) for slug, number in made.items()}


def own_numbers(chapters: Sequence[Chapter], config: Config) -> Iterator[Finding]:
    """H005, once: titles bring numbers along, so the book prints none."""
    language = config.book.language
    if config.numbering.chapters != "auto":
        return
    own = _with_own(chapters, words(language, config.book.words).chapter, language)
    if _mostly(chapters, own):
        first = next(one for one in chapters if one.slug in own)
        message = f"{len(own)} titles bring a number along; the book numbers no chapters itself."
        hint = 'Say `chapters = "none"` in `[numbering]`, or take the numbers out of the titles.'
        yield finding("H005", Place(first.path), message, hint)


def with_sections(chapters: Sequence[Chapter], config: Config) -> tuple[Chapter, ...]:
    """``chapters`` with numbers before their headings, as 2.1 and 2.1.3, if the book wants them."""
    if not config.numbering.headings:
        return tuple(chapters)
    given = numbers(chapters, config)
    return tuple(
        _sectioned(one, given[one.slug], digits_of(config))
        if one.slug in given and one.kind is Kind.CHAPTER and one.headings
        else one
        for one in chapters
    )


def _sectioned(chapter: Chapter, number: str, digits: str) -> Chapter:
    root = tree(chapter.body)
    labels: dict[str, str] = {}
    counts = [0] * 7
    for heading in root.iter("h2", "h3", "h4"):
        level = int(str(heading.tag)[1])
        if "unnumbered" in heading.get("class", "").split():
            continue
        counts[level] += 1
        counts[level + 1 :] = [0] * (6 - level)
        label = ".".join([number.rpartition(" ")[2], *(str(one) for one in counts[2 : level + 1])])
        label = in_digits(label, digits)
        heading.text = f"{label}\u2002{heading.text or ''}"
        labels[heading.get("id", "")] = label
    headings = tuple(
        replace(one, text=f"{labels[one.id]} {one.text}") if one.id in labels else one
        for one in chapter.headings
    )
    return replace(chapter, text=Text.of(inner(root)), headings=headings)


def _with_own(chapters: Sequence[Chapter], word: str, language: str) -> set[str]:
    """The slugs of chapters whose titles bring a number along."""
    own = [one for one in chapters if one.kind is Kind.CHAPTER]
    return {one.slug for one in own if _tells(one.title, word, language)}


def _tells(title: str, word: str, language: str) -> bool:
    """Whether ``title`` begins with a number, or with one beside the ``word`` for a chapter."""
    if _BARE.match(title) or _counted(word).match(title):
        return True
    says = any(one in title.casefold() for one in (word.casefold(), "chapter"))
    return says and _named(word, language).match(title) is not None


@cache
def _counted(word: str) -> re.Pattern[str]:
    """What most of such titles begin with: two hundred words take long to compile."""
    return re.compile(rf"(?:{re.escape(word)}|Chapter)\s+{_OWN}", re.IGNORECASE)


@cache
def _named(word: str, language: str) -> re.Pattern[str]:
    """What a title begins with that says a number beside the ``word``, in words too."""
    said = map(re.escape, sorted({*number_words("en"), *number_words(language)}, reverse=True))
    code = language.partition("-")[0].lower()
    order = "|".join(dict.fromkeys([_ORDINALS["en"], _ORDINALS.get(code, _ORDINALS["en"])]))
    name = rf"(?:{re.escape(word)}|Chapter)"
    return re.compile(
        rf"{name}\s+(?:the\s+)?(?:{_OWN}|(?:{order}|{'|'.join(said)})\b)"
        rf"|(?:the\s+)?(?:{order})\s+{name}\b",
        re.IGNORECASE,
    )


def _mostly(chapters: Sequence[Chapter], own: set[str]) -> bool:
    count = sum(one.kind is Kind.CHAPTER for one in chapters)
    return len(own) > 1 and 2 * len(own) > count


def _shown(number: int, style: str) -> str:
    return roman(number) if style == "roman" else str(number)


def roman(number: int) -> str:
    """``number`` in capitals: 4 is ``IV``."""
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text, number = text + letters, number - value
    return text
