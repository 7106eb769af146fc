"""One face a word: what the text's face lacks a letter of is set whole in one that has them all.

A typesetter and a browser take another face for the one letter (CSS Fonts 4, section 5.3), so that
polytonic Greek came with three letters in five of another hand. Words of scripts that are written
without spaces are left to them.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from msgspec import Struct

from book.base.fonts import Face, covered, faces
from book.base.patterns import pattern
from book.base.scripts import SIGNS
from book.cache.store import key
from book.checks.letters import unusual

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from book.model import Book
    from book.theme.templates import Dress
    from book.theme.views import View

#: What is passed over: a word that stands in its face, what is no text or has faces of its own.
_ELSEWHERE = (
    r'<span class="cb-face-\d+">[^<]*</span>'
    r"|<(?P<tag>head|svg|style|pre|code|kbd|samp|math|title)\b.*?</(?P=tag)\s*>|<[^>]*>"
)
_TEXTS = pattern(rf"({_ELSEWHERE})|([^<]+)", re.DOTALL)
#: Words, and what stands between those of one phrase.
_WORD = pattern(rf"(?:[^\W\d_]|[{SIGNS}\u0488\u0489\u05be\u05c0\u1fbd\u200c\u200d\u2019'])+")
#: Scripts without spaces, where a word's end can't be seen.
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN")
#: From this part of the words of a phrase on, all of it is set in the other face.
_MANY = 0.25
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class Lettering(Struct, frozen=True):
    """The faces of ``text`` and of ``heads`` that a book can count on, each one's first first.

    ``apart`` are those letters of the book that the text's first face lacks and another has.
    """

    text: tuple[Face, ...] = ()
    heads: tuple[Face, ...] = ()
    apart: str = ""

    @property
    def digest(self) -> str:
        """What pages are kept under; empty if no word is set apart, and no face was chosen."""
        own = [one.digest for one in (*self.text, *self.heads) if one not in faces()]
        return key("lettering", self.apart, *own) if self.apart or own else ""

    @property
    def css(self) -> str:
        """The rules that name the faces of words apart; heads have faces of their own."""
        if not self.apart:
            return ""
        rules = []
        for number, one in enumerate(self._families()):
            heads = ", ".join(f"{head} .cb-face-{number}" for head in _HEADINGS)
            rules.append(f'.cb-face-{number} {{ font-family: "{one.family}"; }}')
            rules.append(f"{heads} {{ font-family: inherit; }}")
        return "\n".join(rules)

    def over(self, dress: Dress) -> Dress:
        """``dress``, with one face for each word of its pages."""

        def dressed(view: View) -> str:
            return self.page(dress(view))

        return dressed if self.apart else dress

    def page(self, xhtml: str) -> str:
        """``xhtml`` with a ``span`` around what the text's face lacks letters of."""
        apart = frozenset(self.apart)
        if apart.isdisjoint(xhtml):
            return xhtml
        return _TEXTS.sub(lambda found: found[1] or "".join(self._set(found[3], apart)), xhtml)

    def _set(self, text: str, apart: frozenset[str]) -> Iterator[str]:
        """A text, in parts."""
        place = 0
        for start, end, letters in _phrases(text, apart):
            number = next(self._with(letters), None)
            if number:
                yield text[place:start]
                yield f'<span class="cb-face-{number}">{text[start:end]}</span>'
                place = end
        yield text[place:]

    def _with(self, letters: Iterable[str]) -> Iterator[int]:
        """The numbers of the faces that have all of ``letters``."""
        wanted = {ord(letter) for letter in letters if unicodedata.category(letter)[0] == "L"}
        for number, one in enumerate(self._families()):
            if wanted <= covered((one.file,), built_in=False):
                yield number

    def _families(self) -> tuple[Face, ...]:
        """One face of each family of the text."""
        return tuple(
            {one.family: one for one in reversed(self.text)}[name] for name in self._named()
        )

    def _named(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.family for one in self.text))


def _phrases(text: str, apart: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    """Where words begin and end that are to be set apart, or phrases of them; and their letters."""
    words = [
        (found.start(), found.end(), found.group(), _script(found.group()))
        for found in _WORD.finditer(text)
    ]
    scripts = {script for *_, said, script in words if not apart.isdisjoint(said)}
    first = 0
    while first < len(words):
        script, last = words[first][3], first + 1
        while last < len(words) and words[last][3] == script:
            last += 1
        if script in scripts:
            yield from _shared(words[first:last], apart)
        first = last


def _shared(
    words: list[tuple[int, int, str, str]], apart: frozenset[str]
) -> Iterator[tuple[int, int, str]]:
    """The same of words of one script: all of them, or those that lack letters."""
    lacking = [one for one in words if not apart.isdisjoint(one[2])]
    if not lacking or words[0][3].startswith(_UNSPACED):
        return
    if len(lacking) >= _MANY * len(words) and words[0][3] != "LATIN":
        yield words[0][0], words[-1][1], "".join(said for _, _, said, _ in words)
        return
    yield from ((start, end, said) for start, end, said, _ in lacking)


def _script(word: str) -> str:
    """The script of a word by the first of its letters, as Unicode's names begin."""
    letter = next((one for one in word if one.isalpha()), "")
    return unicodedata.name(letter, "").partition(" ")[0] if letter else ""


def apart(book: Book, text: tuple[Face, ...]) -> str:
    """The letters of ``book`` that the first of the faces of ``text`` lacks and another has."""
    wanted = sorted(filter(str.isalpha, unusual(book)))
    if not text or not wanted:
        return ""  # Most books, and no font is opened for them.
    first = {one.file for one in text if one.family == text[0].family}
    own = covered((text[0].file,), built_in=False)
    others = covered(tuple(one.file for one in text if one.file not in first), built_in=False)
    return "".join(one for one in wanted if ord(one) not in own and ord(one) in others)
