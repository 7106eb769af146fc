"""G: letters that no font of the book has. One finding a script, however many they are."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import partial
from html import unescape
from typing import TYPE_CHECKING

from msgspec import Struct, field

from book.base.codes import finding
from book.base.fonts import covered
from book.base.paths import lines
from book.base.patterns import pattern
from book.base.scripts import bringer
from book.base.wordends import wanting
from book.model import Place
from book.words.digits import digits_of, in_digits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from book.base.fonts import FontFile
    from book.model import Book, Chapter, Finding

#: Our fonts have all of these, so that most books need not ask them.
_SURE = frozenset(map(chr, [9, 10, *range(0x20, 0x7F), *range(0xA0, 0x17F)])) | set("–—‘’“”•…‹›")
#: What is never drawn, or drawn as nothing: separators, formats, controls.
_NEVER = frozenset({"Zs", "Zl", "Zp", "Cf", "Cc", "Cs"})
_TAG = pattern("<[^>]*>")
_EAST = "Chinese and Japanese"
_EASTERN = ("zh", "yue", "ko", "ja")
_MARKED = pattern('lang="([^"]+)"')
#: How Unicode's names of letters begin, and what people call the script, where that differs.
_SCRIPTS = {
    **dict.fromkeys(("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC"), _EAST),
    **dict.fromkeys(("ARABIC-INDIC", "EXTENDED"), "Arabic"),  # their digits
    "HANGUL": "Korean",
}
_SHOWN = 8
_HINT = "Put a font that has them into styles/fonts/ and its name into `fallback` of [fonts]."


class _Missing(Struct):
    """What no font has of a script: how often each letter stands where, and its files."""

    letters: Counter[str] = field(default_factory=Counter)
    files: list[str] = field(default_factory=list)


def without_font(book: Book, fonts: Iterable[FontFile]) -> Iterator[Finding]:
    """G001: letters that neither our fonts have nor the book's own ``fonts``.

    G005: letters of which no line can be made, for want of the words of their language.
    """
    for (script, language), missing in sorted(_lacking(book, tuple(fonts)).items()):
        yield _finding(book, (script, language), missing)
    for path, kinds, _ in _texts(book):
        for extra in sorted(set((wanted := wanting(kinds)).values())):
            own = frozenset(letter for letter, other in wanted.items() if other == extra)
            message = (
                f"Lines of {_script(min(own))} letters can't end between words: none is known."
            )
            hint = f'Install them (`pip install "chapbook[{extra}]"`), or put U+200B between words.'
            yield finding("G005", _first(book, path, own), message, hint)


def scripts(book: Book, fonts: Iterable[FontFile]) -> tuple[tuple[str, str], ...]:
    """The scripts of letters that neither our fonts have nor ``fonts``, in a settled order.

    Each with the language of the text that it stands in, or of a phrase of Chinese or Japanese.
    """
    own = tuple(fonts)
    found = {one for one in _lacking(book, own) if one[0]}
    if any(script == _EAST for script, _ in found):
        found |= {(_EAST, one) for one in _marked(book, own)}
    return tuple(sorted(found))


def _marked(book: Book, own: tuple[FontFile, ...]) -> Iterator[str]:
    """The languages of phrases in texts with Chinese or Japanese letters that no font has."""
    for _, kinds, made in _texts(book):
        if any(_script(one) == _EAST and _lacks(one, own) for one in kinds):
            yield from (one for one in _MARKED.findall(made()) if one.lower().startswith(_EASTERN))


def unusual(book: Book) -> frozenset[str]:
    """The letters of ``book`` but those that every face has."""
    return frozenset[str]().union(*(kinds for _, kinds, _ in _texts(book)))


def _lacking(book: Book, own: tuple[FontFile, ...]) -> dict[tuple[str, str], _Missing]:
    found: dict[tuple[str, str], _Missing] = {}
    usual = book.config.book.language
    spoken = {one.path: one.language for one in book.chapters}
    for path, kinds, made in _texts(book):
        if not any(_lacks(letter, own) for letter in kinds):
            continue
        text = made()
        for letter, count in _missing(text, own).items():
            script = _script(letter)
            language = _drawn_as(text, spoken.get(path, usual), usual) if script == _EAST else usual
            missing = found.setdefault((script, language), _Missing())
            missing.letters[letter] += count
            if path not in missing.files:
                missing.files.append(path)
    return found


def _texts(book: Book) -> Iterator[tuple[str, frozenset[str], Callable[[], str]]]:
    """What is printed: the file that it stands in, its unusual letters, and how to have it."""
    table, handout = book.config.book, book.config.handout
    said = [table.title, table.subtitle, *table.authors, table.publisher, table.source]
    said += [text for one in book.people for text in (one.person.name, one.person.about)]
    said.append(in_digits("0123456789", digits_of(book.config)))
    whole = "\n".join([*said, *handout.questions, handout.where])
    yield "book.toml", _unusual(whole), lambda: whole
    for chapter in book.chapters:
        if chapter.path:
            kinds = _unusual("".join([chapter.letters, *_beside(chapter)]))
            yield chapter.path, kinds, partial(_of_chapter, chapter)


def _of_chapter(chapter: Chapter) -> str:
    notes = (note.body for note in chapter.notes)
    return "\n".join([chapter.body, *_beside(chapter), *notes])


def _beside(chapter: Chapter) -> Iterator[str]:
    yield from (chapter.heading, chapter.summary, *chapter.questions)
    yield from (event.sentence for event in chapter.events if event.titled)


def _unusual(text: str) -> frozenset[str]:
    return frozenset(text) - _SURE


def _missing(text: str, own: tuple[FontFile, ...]) -> Mapping[str, int]:
    """The letters of ``text`` (XHTML) that no font has, and how often they stand there."""
    # A letter and its accent are drawn as one, where a font has that.
    text = unicodedata.normalize("NFC", unescape(_TAG.sub("", text)))
    lacking = sorted(letter for letter in set(text) - _SURE if _lacks(letter, own))
    return {letter: text.count(letter) for letter in lacking}


def _lacks(letter: str, own: tuple[FontFile, ...]) -> bool:
    if unicodedata.category(letter) in _NEVER:
        return False
    known = covered(own)
    return ord(letter) not in known and not all(
        ord(part) in known for part in unicodedata.normalize("NFD", letter)
    )


def _script(letter: str) -> str:
    name = unicodedata.name(letter, "").partition(" ")[0]
    if not letter.isalpha() and unicodedata.category(letter) not in ("Mn", "Mc", "Nd", "Nl"):
        return ""
    return _SCRIPTS.get(name, name.title())


def _drawn_as(text: str, own: str, usual: str) -> str:
    """The language by whose manner ``text`` is drawn, in its ``own`` and the book's ``usual`` one.

    Chinese, Japanese and Korean share them, and a text says by its language which it is.
    """
    every = (own, *_MARKED.findall(text), usual)
    return next((one for one in every if one.lower().startswith(_EASTERN)), "ja")


def _finding(book: Book, script_and_language: tuple[str, str], missing: _Missing) -> Finding:
    script, language = script_and_language
    most = [letter for letter, _ in missing.letters.most_common(_SHOWN)]
    shown = ", ".join(f"“{letter}”" for letter in most)
    count, kinds = missing.letters.total(), len(missing.letters)
    what = f"{script} letters" if script else "some signs"
    if kinds == 1:
        what = f"“{most[0]}” (U+{ord(most[0]):04X})"
        times = "once" if count == 1 else f"{count} times"
        message = f"No font of the book has {what}, which stands there {times}"
    else:
        more = ", …" if kinds > _SHOWN else ""
        message = f"No font of the book has {what}: {count} of {kinds} kinds ({shown}{more})"
    if len(missing.files) > 1:
        message += f", in {len(missing.files)} files"
    place = _first(book, missing.files[0], frozenset(missing.letters))
    return finding("G001", place, f"{message}.", _hint(script, language))


def _hint(script: str, language: str) -> str:
    if known := bringer(script, language):
        return f'Install a font: `pip install "{known.package}"`.'
    return _HINT


def _first(book: Book, path: str, letters: frozenset[str]) -> Place:
    """Where one of ``letters`` stands first; the file alone where they are written as entities."""
    for number, line in enumerate(lines(book.root, path), 1):
        if found := letters.intersection(line):
            return Place(path, number, min(map(line.index, found)) + 1)
    return Place(path)
