"""B: what the book says of itself, as catalogues and shops will read it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from book.base.codes import finding
from book.base.xml import tags
from book.model import Place
from book.read.settings import places
from book.words import LANGUAGES, has_words, words
from book.words.numbers import number_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from book.model import Book, Finding

#: What is often written for a country or a language, and its subtag.
_MEANT = {"uk": "GB", "en-uk": "en-GB", "jp": "ja", "gr": "el", "cz": "cs", "dk": "da", "se": "sv"}
#: Countries that most tags name, if any.
_REGIONS = tags(
    """AR AT AU BE BR CA CH CN CO CZ DE DK EG ES FI FR GB GR HK HU IE IL IN IR IT JP KR MX NL NO NZ
    PL PT RO RU SE SG TR TW UA US ZA"""
)
#: Languages that divide words, and whose patterns Pyphen has not.
UNDIVIDED = tags("az bs cy fi ga hy ka kk ku ky la lb mk mt tk tr tt uz")
#: A book may be announced so long before it is out.
_AHEAD = timedelta(days=2 * 366)


def unregistered_language(book: Book) -> Iterator[Finding]:
    """B006: the language's tag has a part that is in no registry (BCP 47, section 3.1)."""
    tag = book.config.book.language
    if not (wrong := _unknown(tag)):
        return
    place = places(book.root)(("book", "language"))
    meant = _MEANT.get(tag.casefold()) or _MEANT.get(wrong.casefold(), "")
    better = meant if "-" in meant or not meant else tag.replace(wrong, meant)
    hint = f"Did you mean `{better}`?" if better else "Tags are such as `en`, `en-GB`, `de`, `ja`."
    yield finding("B006", place, f"`{wrong}` in `{tag}` is no language or country.", hint)


def without_words(book: Book) -> Iterator[Finding]:
    """B008: the house has no words in the book's language, so it prints English ones, or digits."""
    yield from _uncounted(book)
    table = book.config.book
    if has_words(table.language) or _unknown(table.language):
        return
    said = words(table.language, table.words)
    told = ("contents", "chapter", "notes", "page", "cover", "imprint")
    own = dict(table.words)
    missing = [name for name in told if name not in own]
    if not missing:
        return
    shown = ", ".join(f"“{getattr(said, name).format('').strip()}”" for name in missing)
    place = places(book.root)(("book", "language"))
    message = f"There are no words in `{table.language}` here: the book says {shown} in English."
    example = f'`{missing[0]} = "…"`'
    yield finding("B008", place, message, f"Say them under [words], such as {example}.")


def without_patterns(book: Book) -> Iterator[Finding]:
    """B009: nobody has patterns by which the language's words are divided at lines' ends."""
    first = {book.config.book.language: ""}
    for chapter in book.chapters:
        first.setdefault(chapter.language, chapter.path)
    for tag, path in first.items():
        if tag.replace("_", "-").partition("-")[0].lower() in UNDIVIDED:
            place = Place(path) if path else places(book.root)(("book", "language"))
            message = f"There are no patterns by which words in `{tag}` are divided"
            hint = "Soft hyphens (`&shy;`) say where long words may be divided."
            yield finding("B009", place, f"{message}, so lines are looser.", hint)


def far_future(book: Book) -> Iterator[Finding]:
    """B007: the edition's date is years ahead, so a digit of it is wrong."""
    date = book.config.book.date
    if date and date > datetime.now(UTC).date() + _AHEAD:
        place = places(book.root)(("book", "date"))
        message = f"{date.isoformat()} is more than two years ahead."
        yield finding("B007", place, message, "Write the day on which this edition is out.")


def _unknown(tag: str) -> str:
    """The first subtag of ``tag`` that CLDR knows no language, script or region for."""
    language, *rest = tag.split("-")
    plain = language.lower()
    if plain in LANGUAGES and _REGIONS.issuperset(rest):
        return ""  # Most books: Babel need not be asked.
    from babel import Locale

    known = Locale("en")
    if plain not in known.languages and len(plain) == 2:
        return language
    for part in rest:
        if len(part) == 1:
            break  # An extension, or private use.
        if len(part) == 2 and part.upper() not in known.territories:
            return part
    return ""


def _uncounted(book: Book) -> Iterator[Finding]:
    """Chapters are to be counted in words, and the language has none here."""
    language = book.config.book.language
    if book.config.numbering.chapters == "words" and not number_words(language):
        place = places(book.root)(("numbering", "chapters"))
        message = f"There are no number words in `{language}` here: chapters are counted in digits."
        yield finding("B008", place, message, 'Say `chapters = "arabic"` or `"roman"`.')
