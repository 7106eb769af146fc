"""Where the lines of a paragraph may end: its texts become the stops that a fit is made of."""

from __future__ import annotations

import re
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import pyphen
from weasyprint.text.ffi import ffi
from weasyprint.text.line_break import get_log_attrs

from book.render.pdf.engine.content import OBJECT, ParagraphContent, ShapedText
from book.render.pdf.engine.shapes import shaped
from book.render.pdf.paragraphs import hang
from book.render.pdf.paragraphs.fit import Stop

if TYPE_CHECKING:
    from collections.abc import Iterator

_Given = tuple[float, float, float]
_NOTHING: _Given = (0.0, 0.0, 0.0)
_SOFT = "\xad"
_HYPHENS = "-\u2010"
_DASHES = "\u2013\u2014"
_UNSPACED = re.compile(r"[^ \u200b]+")
_WORD = re.compile(rf"[^\W\d_]+(?:{_SOFT}[^\W\d_]+)*")

#: How dear it is to end a line: in a word, behind its author's hyphen, in one that has a hyphen
#: already, after two letters, in the paragraph's last word; before a dash, in a range of years,
#: behind a slash.
_HYPHEN, _OWN, _SECOND, _STUMP, _LAST = 90.0, 80.0, 60.0, 30.0, 1200.0
_DASH, _RANGE, _SLASH = 120.0, 150.0, 60.0
#: The same, between any letters.
_BROKEN = 4000.0


class LineEnd(NamedTuple):
    """Where a line ends: in which box, at which byte, and where the next goes on.

    ``hyphen`` is put in there, and takes ``extra``; ``right`` is what hangs out of the measure
    there, ``left`` what does where the next line begins, in CSS pixels.
    """

    box: Any
    end: int
    resume: int | None
    hyphen: str = ""
    extra: float = 0.0
    right: float = 0.0
    left: float = 0.0


#: Where a stop is among the paragraph's letters, what it is, and where.
_Found = tuple[int, Stop, LineEnd]


class Stops:
    """The stops of a paragraph that holds what is ``found``: between its words, and within them."""

    def __init__(self, context: Any, found: ParagraphContent, language: str | None) -> None:
        whole = "".join(found.whole)
        bare = whole.rstrip(" ")
        attributes = get_log_attrs(whole, language)
        marks = memoryview(ffi.buffer(attributes)).cast("B").cast("I")
        breaks = [at for at in range(1, len(bare)) if marks[at] & 1]
        self._context, self._last_word = context, bare.rfind(" ")
        self._begin, self._end = _begin(found), _finish(found, len(bare))
        self._plain: list[_Found] = []
        self._readers: list[_Reader] = []
        start = 0
        for text in found.texts:
            until, end = start, text.letter + len(text.shape.text)
            while until < len(breaks) and breaks[until] <= end:
                until += 1
            reader = _Reader(context, text, whole)
            if text.box.style["white_space"] != "nowrap":
                here = (at - text.letter for at in breaks[start:until])
                self._plain += reader.between([at for at in here if at > 0])
                self._readers.append(reader)
            start = until

    def between(self) -> tuple[list[Stop], list[LineEnd]]:
        """The stops between words, the paragraph's beginning first and its end last."""
        return self._all(self._plain)

    def within(self) -> tuple[list[Stop], list[LineEnd]]:
        """The same, and those within words."""
        divided = [one for reader in self._readers for one in reader.within(self._last_word)]
        return self._all(sorted([*self._plain, *divided], key=itemgetter(0)))

    def anywhere(self, width: float) -> tuple[list[Stop], list[LineEnd]]:
        """The same, and those between any letters of words that are longer than ``width``."""
        every = [one for reader in self._readers for one in reader.within(self._last_word)]
        every += self._plain
        known = {one[0] for one in every}
        broken = [one for reader in self._readers for one in reader.broken(width)]
        every += [one for one in broken if one[0] not in known]
        return self._all(sorted(every, key=itemgetter(0)))

    def _all(self, found: list[_Found]) -> tuple[list[Stop], list[LineEnd]]:
        every = [self._begin, *found, self._end]
        return [one[1] for one in every], [one[2] for one in every]


def _begin(found: ParagraphContent) -> _Found:
    """The paragraph's beginning, behind what spaces it has."""
    first = found.texts[0]
    if first.letter:
        return _stop(0, LineEnd(None, 0, None), _NOTHING, _NOTHING)
    byte = len(first.shape.data) - len(first.shape.data.lstrip(b" "))
    place = LineEnd(None, 0, None, left=_left(first, byte))
    return _stop(0, place, _NOTHING, first.given(byte))


def _finish(found: ParagraphContent, letters: int) -> _Found:
    """The paragraph's end, before what spaces it has."""
    text = next(one for one in reversed(found.texts) if one.shape.text.strip(" "))
    byte = len(text.shape.data.rstrip(b" "))
    if letters > text.letter + len(text.shape.text):  # It ends with a picture.
        given = found.x, found.spaces, found.letters
        return _stop(letters, LineEnd(None, 0, None), given, given)
    given = text.given(byte)
    return _stop(letters, LineEnd(text.box, byte, None, right=_right(text, byte)), given, given)


def _stop(
    at: int, place: LineEnd, before: _Given, after: _Given, cost: float = 0.0, hyphen: bool = False
) -> _Found:
    """A stop; ``before`` and ``after`` are the width, spaces and give there, of either line."""
    end, spaces, letters = before
    begin, spaces_on, letters_on = after
    edges = end - place.right, begin + place.left
    return at, Stop(*edges, spaces, spaces_on, letters, letters_on, cost, hyphen), place


def _left(text: ShapedText, byte: int) -> float:
    """What hangs out where a line begins at ``byte``."""
    return _hanging(text, byte, hang.LEFT)


def _right(text: ShapedText, byte: int) -> float:
    """What hangs out where a line ends at ``byte``."""
    before = byte - 1
    while before > 0 and text.shape.data[before] & 0xC0 == 0x80:  # within a letter
        before -= 1
    return _hanging(text, before, hang.RIGHT) if before >= 0 else 0.0


def _hanging(text: ShapedText, byte: int, table: dict[bytes, float]) -> float:
    data = text.shape.data
    after = byte + 1
    while after < len(data) and data[after] & 0xC0 == 0x80:
        after += 1
    part = table.get(data[byte:after])
    return part * text.wishes.hang * text.shape.width(byte, after) if part else 0.0


class _Reader:
    """Makes the stops of one text."""

    def __init__(self, context: Any, text: ShapedText, whole: str) -> None:
        self._context, self._text, self._whole = context, text, whole
        shape = text.shape
        self._bytes: Any = range(len(shape.text) + 1)
        if len(shape.data) != len(shape.text):
            lengths = (len(letter.encode()) for letter in shape.text)
            self._bytes = list(accumulate(lengths, initial=0))

    def between(self, breaks: list[int]) -> Iterator[_Found]:
        """The stops at ``breaks``, places in the text: behind spaces, or behind a sign."""
        owner, shape, whole = self._text, self._text.shape, self._whole
        text, data, space, box = shape.text, shape.data, shape.space, owner.box
        count = last = 0
        for at in breaks:
            end, letter = at, owner.letter + at
            while end and text[end - 1] == " ":
                end -= 1
            before, after = whole[letter - 1], whole[letter : letter + 1]
            if before == _SOFT or (before != " " and OBJECT in (before, after)):
                continue
            cost, is_hyphen = 0.0, before in _HYPHENS
            if before != " " or after in _DASHES:
                cost = _cost(before, after, whole[letter + 1 : letter + 2])
            byte, resume = self._bytes[end], self._bytes[at]
            count += shape.spaces(last, byte)
            last = byte
            x, _, letters = owner.given(byte, count)
            x_on, _, letters_on = owner.given(resume, count)
            spaces = owner.spaces + count * space
            right = _right(owner, byte) if byte and data[byte - 1] in hang.LAST else 0.0
            left = _left(owner, resume) if data[resume : resume + 1] in hang.FIRST else 0.0
            stop = Stop(
                x - right,
                x_on + left,
                spaces,
                spaces + (at - end) * space,
                letters,
                letters_on,
                cost,
                is_hyphen,
            )
            yield letter, stop, LineEnd(box, byte, resume, "", 0.0, right, left)

    def within(self, last_word: int) -> Iterator[_Found]:
        """The stops within words; those behind the place ``last_word`` are dear."""
        text, style = self._text, self._text.box.style
        syllables = self._syllables()
        if not syllables:
            return
        hyphen = style["hyphenate_character"]
        width = _hyphen_width(self._context, style, hyphen)
        right = hang.RIGHT.get(hyphen.encode(), 0.0) * text.wishes.hang * width
        for at, cost in syllables:
            byte, letter = self._bytes[at], text.letter + at
            if not text.shape.parts_at(byte):
                continue  # A ligature stands there.
            x, spaces, letters = given = text.given(byte)
            place = LineEnd(text.box, byte, byte, hyphen, width, right, _left(text, byte))
            dear = _LAST if letter > last_word else cost
            yield _stop(letter, place, (x + width, spaces, letters), given, dear, hyphen=True)

    def broken(self, width: float) -> Iterator[_Found]:
        """The stops between the letters of what is longer than ``width`` and has no spaces."""
        text, shape = self._text, self._text.shape
        if text.box.style["overflow_wrap"] == "normal":
            return
        for found in _UNSPACED.finditer(shape.text):
            start, end = found.span()
            long = shape.width(self._bytes[start], self._bytes[end]) > width
            for at in range(start + 2, end - 1) if long else ():
                byte = self._bytes[at]
                if shape.parts_at(byte):
                    given, place = text.given(byte), LineEnd(text.box, byte, byte)
                    yield _stop(text.letter + at, place, given, given, _BROKEN)

    def _syllables(self) -> list[tuple[int, float]]:
        """Where words may be divided, and how dear that is."""
        style, text = self._text.box.style, self._text.shape.text
        hyphens, language = style["hyphens"], style["lang"]
        found: list[tuple[int, float]] = []
        if hyphens == "none" or (hyphens == "manual" and _SOFT not in text):
            return found
        total, left, right = style["hyphenate_limit_chars"]
        divide = _divider(self._context, language, left, right) if hyphens == "auto" else None
        for word in _WORD.finditer(text):
            start, end = word.span()
            if end - start < total:
                continue
            if _SOFT in word.group():
                found += [(at + 1, _HYPHEN) for at in range(start, end) if text[at] == _SOFT]
            elif divide is not None:
                beside = text[start - 1 : start] + text[end : end + 1]
                more = _SECOND if any(sign in _HYPHENS for sign in beside) else 0.0
                found += [
                    (start + at, _HYPHEN + more + (_STUMP if at < 3 else 0.0))
                    for at in divide(word.group())
                ]
        return found


def _cost(before: str, after: str, next_one: str) -> float:
    """How dear it is to end a line between these signs."""
    if before in _HYPHENS:
        return _OWN
    if before in _DASHES and after.isdigit():
        return _RANGE
    if after in _DASHES and (before != " " or next_one == " "):
        return _DASH
    return _SLASH if before == "/" else 0.0


def _divider(context: Any, language: str | None, left: int, right: int) -> Any:
    """What divides words of a language; None if nobody knows how."""
    known = language and pyphen.language_fallback(language)
    if not known:
        return None
    key = (known, left, right)
    if key not in context.dictionaries:
        context.dictionaries[key] = pyphen.Pyphen(lang=known, left=left, right=right)
    dictionary = context.dictionaries[key]

    def divide(word: str) -> list[int]:
        return [int(at) for at in dictionary.positions(word) if not getattr(at, "data", None)]

    return divide


def _hyphen_width(context: Any, style: Any, hyphen: str) -> float:
    """What a hyphen takes in ``style``."""
    key = (str(style["font_family"]), style["font_style"], style["font_weight"], style["font_size"])
    widths = style.cache.setdefault("chapbook-hyphens", {})
    if (key, hyphen) not in widths:
        shape = shaped(hyphen, style, context)
        widths[key, hyphen] = shape.width(0, len(shape.data))
    return float(widths[key, hyphen])
