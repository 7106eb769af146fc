"""How a language writes dates: CLDR's patterns and names, through Babel, without its clock.

Standard: Unicode Technical Standard 35, part 4 (Dates), *Date Field Symbol Table*, *Matching
Skeletons* and *intervalFormats*. Babel formats only what :class:`datetime.date` can hold, so
the patterns are filled in here, with years of any size and era.

The environment's locale is never asked. The first call imports Babel and unpickles the
language's data (20 ms together); each further language takes 4 ms. So what was made of it, which is
small, is kept (:mod:`book.base.kept`).
"""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from book.base.kept import kept
from book.base.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

    from book.dates.historical import Point

_TOKEN = pattern(r"'((?:[^']|'')*)'|(([A-Za-z])\3*)|([^A-Za-z']+)")
_DASH = pattern(r"[\s\u200f]*[-\u2012-\u2015][\s\u200f]*$")
# CLDR has Latin's names of months, but root's year-first patterns: Greek ones serve it.
_PATTERNS_OF = {"la": "el"}

Case = Literal["named", "genitive", "accusative"]


class Calendar(Struct, frozen=True):
    """What is needed of one language, in one length (full names, or abbreviated ones).

    ``day``, ``month``, ``year`` are CLDR patterns; ``days`` is the interval within a month,
    ``months`` the one of whole months in a year, ``days_of_months`` that of days in different
    months of a year: first and last half, or None where CLDR's would not match ``day``.
    ``dash`` is what the language puts between the halves.
    """

    language: str
    day: str
    month: str
    year: str
    with_era: str
    days: tuple[str, str] | None
    days_of_months: tuple[str, str] | None
    months: tuple[str, str] | None
    dash: str
    names: tuple[str, ...]
    names_alone: tuple[str, ...]
    short_names: tuple[str, ...]
    short_names_alone: tuple[str, ...]
    eras: tuple[str, str]
    group: str

    def number(self, year: int) -> str:
        """The digits of an astronomical year as printed: 44 for -43, 12,345 for 12345."""
        shown = year if year > 0 else 1 - year
        return f"{shown:,}".replace(",", self.group) if shown > 9999 else str(shown)

    def fill(
        self, pattern: str, point: Point, year: str, *, era: bool, case: Case, first: str
    ) -> str:
        """The pattern with ``point``'s parts, ``year`` as the year's digits, and maybe its era.

        ``case`` is the one a preposition asks of a month's name; ``first`` is how the language
        writes the first day of a month.
        """
        if era and "G" not in _letters(pattern):
            pattern = self._and_era(pattern, after_christ=point.year > 0)
        parts = []
        for quoted, run, letter, other in _TOKEN.findall(pattern):
            if letter in set("yYu"):
                parts.append(year)
            elif letter in set("ML"):
                parts.append(self._month(point.month, letter, len(run), case))
            elif letter == "d":
                parts.append(first if point.day == 1 else f"{point.day:0{len(run)}}")
            elif letter == "G":
                parts.append(self.eras[point.year > 0])
            else:
                parts.append(quoted.replace("''", "'") or run or other)
        return "".join(parts)

    def _month(self, month: int, letter: str, width: int, case: Case) -> str:
        if width < 3:
            return f"{month:0{width}}"
        alone = letter == "L" and case != "genitive"
        if width == 3:
            return (self.short_names_alone if alone else self.short_names)[month - 1]
        name = (self.names_alone if alone else self.names)[month - 1]
        # All Greek months are masculine in -os: the accusative drops the s.
        return name.removesuffix("ς") if case == "accusative" else name

    def _and_era(self, pattern: str, *, after_christ: bool) -> str:
        """The pattern with ``G`` beside the year, in the order of the language."""
        like = "G y" if after_christ and self.language == "en" else self.with_era
        before = re.search(r"G(.*?)(y+)", like)
        if before:
            return re.sub(r"y+", lambda year: f"G{before[1]}{year[0]}", pattern, count=1)
        between = re.sub(r".*?y+|G.*", "", like, flags=re.DOTALL)
        unit = between.rstrip()
        year = re.search(r"y+" + f"(?:{re.escape(unit)})?", pattern)
        if not year:
            return pattern
        start = year[0] if unit and year[0].endswith(unit) else year[0] + unit
        rest = between[len(unit) :] or " "
        return f"{pattern[: year.start()]}{start}{rest}G{pattern[year.end() :]}"


@lru_cache(maxsize=64)
def calendar(language: str, *, short: bool = False) -> Calendar:
    """The calendar of a BCP 47 tag: its own, its language's, or English; never an error."""
    parts = (language, "short" * short)
    return kept("calendar", Calendar, parts, partial(_of_babel, language, short=short))


def _of_babel(language: str, *, short: bool) -> Calendar:
    from babel.localedata import load

    name = _locale_name(language)
    data: Mapping[Any, Any] = load(name)
    own = name.partition("_")[0]
    forms: Mapping[Any, Any] = load(_PATTERNS_OF[own]) if own in _PATTERNS_OF else data
    skeletons = _table(forms, "datetime_skeletons")
    day = _text(skeletons["yMMMd"]) if short else _text(_table(forms, "date_formats")["long"])
    intervals = _table(forms, "interval_formats")
    width = "MMM" if short else "MMMM"
    names = {
        (context, size): _names(data, context, size)
        for context in ("format", "stand-alone")
        for size in ("wide", "abbreviated")
    }
    eras = _table(data, "eras", "abbreviated")
    group = _table(data, "number_symbols").get("latn", {}).get("group", ",")
    days, days_of_months = _day_intervals(forms, intervals, day, short=short)
    return Calendar(
        language=own,
        day=_unpadded(day),
        month=_text(skeletons[f"y{width}"]),
        year=_text(skeletons.get("y", "y")),
        with_era=_text(skeletons.get("Gy", "y G")),
        days=days,
        days_of_months=days_of_months,
        months=_alike(_halves(forms, intervals, f"y{width}", "M"), _text(skeletons[f"y{width}"])),
        dash=_dash(forms, intervals),
        names=names["format", "wide"],
        names_alone=names["stand-alone", "wide"],
        short_names=names["format", "abbreviated"],
        short_names_alone=names["stand-alone", "abbreviated"],
        eras=(str(eras[0]), str(eras[1])),
        group=str(group),
    )


def _locale_name(language: str) -> str:
    """The name of the nearest locale that Babel knows."""
    from babel import Locale, UnknownLocaleError

    tag = language.replace("_", "-")
    while tag:
        try:
            return str(Locale.parse(tag, sep="-"))
        except (UnknownLocaleError, ValueError, TypeError):
            tag = tag.rpartition("-")[0]
    return "en"


def _table(data: Mapping[Any, Any], *keys: str | int) -> dict[Any, Any]:
    """The table under ``keys`` of Babel's raw data, its aliases followed."""
    value: Any = data
    for key in keys:
        value = _concrete(_raw(value)[key], data)
    return dict(_raw(value))


def _concrete(value: Any, data: Mapping[Any, Any]) -> Any:
    from babel.localedata import Alias

    if isinstance(value, Alias):
        return _table(data, *value.keys)
    if isinstance(value, tuple):
        alias, own = value
        return {**_concrete(alias, data), **own}
    return value


def _raw(value: Any) -> Any:
    """A table without the wrapper that Babel leaves where anybody has read it.

    The wrapper writes what an alias led to into tables that locales share, so that one
    language's months turn up in another (python-babel issue 1234): it must not be read from.
    """
    from babel.localedata import LocaleDataDict

    return value._data if isinstance(value, LocaleDataDict) else value


def _names(data: Mapping[Any, Any], context: str, size: str) -> tuple[str, ...]:
    """The twelve names of months, even if Babel was led astray before (see :func:`_raw`)."""
    found = _raw(_raw(data["months"])[context])[size]
    base = getattr(found, "base", data)
    if base is not data:
        theirs = _raw(_raw(_raw(base)["months"])["format"])
        # What the aliases of the root locale lead to.
        for alias in (size, "wide"):
            if (context, size) != ("format", alias) and _raw(theirs[alias]) is _raw(found):
                return _names(data, "format", alias)
    table = _table(data, "months", context, size)
    return tuple(str(table[month]) for month in range(1, 13))


def _text(pattern: Any) -> str:
    return str(getattr(pattern, "pattern", pattern))


def _unpadded(pattern: str) -> str:
    # Beside a month's name, a day padded to two digits looks like a form, not like a book.
    return re.sub(r"\bdd\b", "d", pattern) if "MMM" in pattern else pattern


def _letters(pattern: str) -> str:
    return "".join(run for _, run, _, _ in _TOKEN.findall(pattern))


def _plain(pattern: str) -> str:
    return re.sub(r"\s+", " ", pattern.replace("'", "")).strip()


def _halves(
    forms: Mapping[Any, Any], intervals: Mapping[Any, Any], skeleton: str, differing: str
) -> tuple[str, str] | None:
    """Both halves of an interval's pattern, without the dash between them."""
    if skeleton not in intervals:
        return None
    parts = _concrete(intervals[skeleton], forms).get(differing)
    # Babel garbles quoted text beside other literals ('' where none is meant).
    if not parts or len(parts) != 2 or not _DASH.search(parts[0]) or "''" in "".join(parts):
        return None
    return _unpadded(_DASH.sub("", parts[0])), _unpadded(parts[1])


def _day_intervals(
    forms: Mapping[Any, Any], intervals: Mapping[Any, Any], day: str, *, short: bool
) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    """The intervals within a month and within a year, if they match the pattern of a day.

    CLDR seldom has them with full names; those with abbreviated ones are widened.
    """
    skeletons = ("yMMMd",) if short else ("yMMMMd", "yMMMd")
    for skeleton in skeletons:
        within_year = _halves(forms, intervals, skeleton, "M")
        within_month = _halves(forms, intervals, skeleton, "d")
        if not within_year or not within_month:
            continue
        if not short:
            within_year, within_month = _wide(within_year), _wide(within_month)
        if _alike(within_year, _unpadded(day)):
            return within_month, within_year
    return None, None


def _alike(halves: tuple[str, str] | None, single: str) -> tuple[str, str] | None:
    """The halves if one of them is the whole pattern of a single date, else None."""
    plain = {_plain(half) for half in halves or ()}
    return halves if _plain(single) in plain else None


def _wide(halves: tuple[str, str]) -> tuple[str, str]:
    one, two = (re.sub(r"M{3,}", "MMMM", half) for half in halves)
    return one, two


def _dash(forms: Mapping[Any, Any], intervals: Mapping[Any, Any]) -> str:
    """An en dash, unless the language has a sign of its own (``～``)."""
    parts = _concrete(intervals.get("y", {}), forms).get("y") or ["y–"]
    own = parts[0].strip()[-1:]
    return own if own in {"～", "~", "至"} else "–"
