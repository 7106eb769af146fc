"""What an author may have meant who wrote no EDTF: guesses, for the hint of an error.

Pure text in, text out; :func:`book.dates.parse` keeps the guesses that can be read, and imports
this only when it needs one: its patterns take 5 ms to compile.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from book.dates.historical import MONTHS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Guess = tuple[str, str]

_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
# Longer texts are sentences, which no rule here can read.
_LONGEST = 50
_NO_EARLY = " (EDTF has no early, mid or late; say it in the sentence)"

_ANY_CASE = re.IGNORECASE
_PERHAPS = r"perhaps|possibly|probably|\?"
_ABOUT = r"about|around|approximately|approx\.?|circa|ca\.?|c\.?|~"
_MARKS = (
    (re.compile(rf"(?:{_PERHAPS}) (?:{_ABOUT}) ?(.+)", _ANY_CASE), "%"),
    (re.compile(rf"(?:{_ABOUT}) ?(.+)", _ANY_CASE), "~"),
    (re.compile(rf"(?:{_PERHAPS}) ?(.+)", _ANY_CASE), "?"),
    (re.compile(r"(.+?) ?(?:\?~|~\?|%)"), "%"),
    (re.compile(r"(.+?) ?(?:\(circa\)|\(ca?\.\)|circa|~)", _ANY_CASE), "~"),
    (re.compile(r"\[(.+)\]|(.+?) ?(?:\(\?\)|\?)"), "?"),
)
_EARLY = re.compile(r"(?:in )?(?:early|mid|late)[- ](?:in )?(.+)", _ANY_CASE)
_BEFORE = re.compile(r"(?:before|until|till|up to|by|\.\.|open/|-(?= )) ?(?!/)(.+)", _ANY_CASE)
_AFTER = re.compile(r"(?:after|since|from) (.+)|(.+?)(?: ?-|/ ?(?:open|now|present))", _ANY_CASE)
_TO = r" ?/ ?| - | to | until | and |\.\."
# "August 10-12, 1943"; "10-12 September 1943", "10 September to 3 October 1943".
_DAYS = re.compile(
    r"(?P<name>[a-z]+\.?) (?P<one>\d\d?) ?- ?(?P<two>\d\d?),? (?P<year>\d{4})", _ANY_CASE
)
_SHARED_YEAR = re.compile(
    r"(?:between |from )?(\d{1,2}|[\d ]*[a-z]+\.?)(?: ?- ?| to | until | and )"
    r"([\d ]*[a-z]+\.?),? (\d{4})",
    _ANY_CASE,
)
_BETWEEN = re.compile(rf"(?:between |from )?(.+?)(?:{_TO})(.+)", _ANY_CASE)


def guesses(text: str) -> Iterator[Guess]:
    """Yield what ``text`` may mean, likeliest first: EDTF, and words that tell guesses apart.

    What is yielded need not be readable.
    """
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", text)
    plain = re.sub(r"\s+", " ", plain).strip()
    if len(plain) > _LONGEST:
        return
    if plain != text:
        yield plain, ""
        yield re.sub(r"(?<=\d) ?([-/]) ?(?=\d)", r"\1", plain), ""
    if match := _EARLY.fullmatch(plain):
        yield from ((guess, _NO_EARLY) for guess, _ in _whole(match[1]))
    yield from _one(plain)
    for pattern, mark in _MARKS:
        if match := pattern.fullmatch(plain):
            inner = next(group for group in match.groups() if group)
            yield from ((guess + mark, why) for guess, why in _whole(inner))
    yield from _interval(plain)


def _whole(text: str) -> Iterator[Guess]:
    """``text`` as it stands, and as one date."""
    yield text, ""
    yield from _one(text)


def _one(text: str) -> Iterator[Guess]:
    """One date without "about" or "perhaps"."""
    for pattern, build in _RULES:
        if match := pattern.fullmatch(text):
            yield from build(match)


def _interval(text: str) -> Iterator[Guess]:
    if match := _BEFORE.fullmatch(text):
        yield from ((f"../{guess}", "") for guess, _ in _end(match[1]))
    if match := _AFTER.fullmatch(text):
        yield from ((f"{guess}/..", "") for guess, _ in _end(match[1] or match[2]))
    if match := _DAYS.fullmatch(text):
        first, last = (f"{match[day]} {match['name']} {match['year']}" for day in ("one", "two"))
        text = f"{first} to {last}"
    elif match := _SHARED_YEAR.fullmatch(text):
        month = match[2].rpartition(" ")[2] if match[1].isdigit() else ""
        text = " ".join(f"{match[1]} {month} {match[3]} to {match[2]} {match[3]}".split())
    if match := _BETWEEN.fullmatch(text):
        for left, _ in _end(match[1]):
            yield from ((f"{left}/{right}", "") for right, _ in _end(match[2]))


def _end(text: str) -> list[Guess]:
    if text.lower() in {"unknown", "?"}:
        return [("", "")]
    if text.lower() == "open":
        return [("..", "")]
    found = list(_whole(text))
    for pattern, mark in _MARKS:
        if match := pattern.fullmatch(text):
            inner = next(group for group in match.groups() if group)
            found += [(guess + mark, why) for guess, why in _whole(inner)]
    return list(islice(found, 8))


def _year(digits: str, era: str | None = None) -> str:
    """A year in EDTF: four digits, BC counted from 0, long years after ``Y``."""
    number = int(digits)
    if era and era[0] in "Bb":
        number = 1 - number
    sign = "-" if number < 0 else ""
    return f"{'Y' if abs(number) > 9999 else ''}{sign}{abs(number):04}"


def _padded(match: re.Match[str]) -> Iterator[Guess]:
    """``1943-9-10``, ``1943/09/10``, ``1943.9``, ``1943-08-``, ``1943/44``."""
    year, _, month, day = match.groups()
    if not day and len(month) == 2 and int(month) > max(12, int(year[2:])):
        yield f"{year}/{year[:2]}{month}", ""
    yield "-".join([year, month.zfill(2), *([day.zfill(2)] if day else [])]), ""


def _day_first(match: re.Match[str]) -> Iterator[Guess]:
    """``10.9.1943``; with a slash or a hyphen the month may come first."""
    one, mark, two, year = match["one"], match["mark"], match["two"], match["year"]
    either = mark != "." and one != two and max(int(one), int(two)) <= 12
    if int(two) <= 12 or mark == ".":
        yield f"{year}-{two.zfill(2)}-{one.zfill(2)}", " if the day comes first" * either
    if mark != "." and int(one) <= 12:
        yield f"{year}-{one.zfill(2)}-{two.zfill(2)}", " if the month comes first" * either


def _named(match: re.Match[str]) -> Iterator[Guess]:
    """``10 September 1943``, ``Sept. 10, 1943``, ``September 44 BC``, ``spring 1943``."""
    parts = match.groupdict()
    name = parts["name"].lower().rstrip(".")
    year = _year(parts["year"], parts.get("era"))
    day = f"-{parts['day'].zfill(2)}" if parts.get("day") else ""
    if name in _SEASONS:
        yield f"{year}-{_SEASONS[name]}", ""
    if len(name) >= 3:
        known = (index for index, month in enumerate(MONTHS, 1) if month.lower().startswith(name))
        yield from ((f"{year}-{month:02}{day}", "") for month in known)


def _unspecified(match: re.Match[str]) -> Iterator[Guess]:
    """``194x``, ``1943-uu``: the letter is X, and a capital."""
    yield re.sub("[xuX]", "X", match[0]), ""


def _century(match: re.Match[str]) -> Iterator[Guess]:
    if int(match[1]) > 1:
        yield f"{int(match[1]) - 1:02}XX", ""


def _same_start(match: re.Match[str]) -> Iterator[Guess]:
    """``1943-08/09``, ``1943-09-10/12``: the end leans on the start."""
    yield f"{match[1]}{match[2]}/{match[1]}{match[3]}", ""


def _year_first(match: re.Match[str]) -> Iterator[Guess]:
    """``1943 September 10``, ``1943-Sep``."""
    again = f"{match['day'] or ''} {match['name']} {match[1]}".strip()
    return _one(again)


def _bare_year(match: re.Match[str]) -> Iterator[Guess]:
    """``44 BC``, ``AD 79``, ``943``, ``12345``."""
    if int(match["year"]):
        yield _year(match["year"], match["era"]), ""


def _say(form: str, why: str = "") -> Callable[[re.Match[str]], Iterator[Guess]]:
    """A rule whose guess is a template of the match's groups."""
    return lambda match: iter([(match.expand(form), why)])


_ERA = r"(?P<era>B\.?C\.?(?:E\.?)?|A\.?D\.?|C\.?E\.?)"
_NAME = r"(?P<name>[A-Za-z]+\.?)"
_TWO_NUMBERS = r"(?P<one>\d{1,2})(?P<mark>[-./]) ?(?P<two>\d{1,2})(?P=mark)"
_ORDINAL = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_NAMED_YEAR = rf"(?P<year>\d{{1,4}})(?: {_ERA})?"
_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Iterator[Guess]]], ...] = tuple(
    (re.compile(pattern, re.ASCII | re.IGNORECASE), build)
    for pattern, build in (
        (r"(\d{4})([-./])(\d{1,2})(?:\2(\d{1,2}))?\2?", _padded),
        (rf"{_TWO_NUMBERS} ?(?P<year>\d{{4}})", _day_first),
        (rf"{_ORDINAL} (?:of )?{_NAME},? {_NAMED_YEAR}", _named),
        (rf"{_NAME} {_ORDINAL},? {_NAMED_YEAR}", _named),
        (rf"(?:the )?{_NAME},? (?:of )?{_NAMED_YEAR}", _named),
        (r"(\d{4})[- ]" + _NAME + r"(?:[- ](?P<day>\d{1,2}))?", _year_first),
        (r"(\d{4})(\d\d)(\d\d)", _say(r"\1-\2-\3")),
        (r"(\d{4})(\d\d)", _say(r"\1-\2")),
        (r"(\d{4})-(\d{4})", _say(r"\1/\2")),
        (r"(\d{4}-)(\d\d)/(\d\d)", _same_start),
        (r"(\d{4}-\d\d-)(\d\d)/(\d\d)", _same_start),
        (r"(\d{4}-\d\d-\d\d)[T ]\d.*", _say(r"\1", " (a chronology has no clock times)")),
        (rf"(?:AD )?(?P<year>\d{{1,5}})(?: ?{_ERA})?", _bare_year),
        (r"-0000", _say("0000", " (1 BC)")),
        (r"(\d{4})[-.]", _say(r"\1")),
        (r"-(\d{1,3})", lambda m: iter([(f"-{m[1].zfill(4)}", f" ({int(m[1]) + 1} BC)")])),
        (r"Y(-?\d{1,4})", lambda m: iter([(_year(m[1]), "")])),
        (r"\+(\d{4}.*)", _say(r"\1")),
        (r"(?:the )?(\d{3})0['\u2019]?s", _say(r"\1X")),
        (r"(?:the )?(\d{1,2})(?:st|nd|rd|th)[ -]century", _century),
        (r"-?\d{2}(?:[xu]{2}|\d[xu])|\d{4}-[xu]{2}(?:-[xu]{2})?|\d{4}-\d\d-[xu]{2}", _unspecified),
        (r"(\d{3})[?-]", _say(r"\1X")),
    )
)
