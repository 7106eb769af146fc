"""Findings that the author has looked at and lets stand, with a reason.

``<!-- book: ignore L004, quoting the telegram as it stands -->`` before a block silences a code
there; ``ignore`` of ``[check]`` does so in a file, or in the whole book. Errors can't be silenced.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from book.base.codes import CODES, finding
from book.base.patterns import pattern
from book.base.text import suggestion
from book.checks.prose import fenced, without_fences
from book.model import Place, Severity
from book.read.settings import places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from book.model import Book, Config, Finding, Source

_SAID = pattern(r"ignore[ ]+(?P<code>\w+)[ ]*(?:[,:;][ ]*(?P<reason>.*))?")
_ITEM = pattern(r"[ ]{0,3}(?:[*+-]|\d{1,9}[.)])[ ]|[ ]{0,3}\[\^[^\]\s]+\]:")
#: Found when the book is set or dressed: whether a silence of these hits is not known before.
_LATER = tuple("SGTEFO")
#: What is wrong with silences themselves can't be silenced.
_OWN = "C"


class Quiet(NamedTuple):
    """A silence: its code, the file (empty: all), the lines (0: all), and where it stands."""

    code: str
    path: str
    first: int
    last: int
    place: Place


def silenced(
    findings: Sequence[Finding], root: Path, sources: Iterable[Source], config: Config
) -> tuple[Finding, ...]:
    """``findings`` without those that a silence covers, and what is wrong with the silences."""
    found = [one for source in sources if "<!--" in source.text for one in _of_source(source)]
    quiet = [*_of_book(root, config), *(one for one in found if isinstance(one, Quiet))]
    wrong = [one for one in found if not isinstance(one, Quiet)]
    left, used = without(findings, quiet)
    for each in quiet:
        if each not in used and not each.code.startswith(_LATER):
            message = f"Nothing here is silenced: there is no {each.code}."
            hint = "Take the silence out; what it was for has been mended, or stands elsewhere."
            wrong.append(finding("C002", each.place, message, hint))
    return (*left, *wrong)


def later(findings: Sequence[Finding], book: Book | None) -> tuple[Finding, ...]:
    """The same for what is found when the book is dressed and set: ``ignore`` silences it."""
    quiet = [*_of_book(book.root, book.config)] if book else []
    return without(findings, quiet)[0]


def without(
    findings: Sequence[Finding], quiet: Sequence[Quiet]
) -> tuple[tuple[Finding, ...], set[Quiet]]:
    """``findings`` that no silence covers, and the silences that cover any."""
    by_key: dict[tuple[str, str], list[Quiet]] = {}
    for one in quiet:
        by_key.setdefault((one.code, one.path), []).append(one)
    lines: dict[tuple[str, str], list[int]] = {}
    spans = {key: _Spans(some) for key, some in by_key.items()}
    left = []
    for found in findings:
        is_silent = False
        for key in () if _is_told(found) else ((found.code, found.place.path), (found.code, "")):
            if key in spans:
                lines.setdefault(key, []).append(found.place.line)
                is_silent = is_silent or spans[key].has(found.place.line)
        if not is_silent:
            left.append(found)
    used: set[Quiet] = set()
    for key, some in lines.items():
        some.sort()
        used.update(one for one in by_key[key] if _has_any(some, one))
    return tuple(left), used


def _is_told(found: Finding) -> bool:
    """Whether a finding is told whatever is silenced."""
    return found.severity is Severity.ERROR or found.code[0] == _OWN


def _has_any(lines: Sequence[int], one: Quiet) -> bool:
    """Whether any of the ``lines``, in their order, is one that a silence is about."""
    if not one.first:
        return bool(lines)
    at = bisect_left(lines, one.first)
    return at < len(lines) and lines[at] <= one.last


class _Spans:
    """The lines that silences of a code are about, many as they may be."""

    def __init__(self, quiet: Sequence[Quiet]) -> None:
        self._everywhere = any(not one.first for one in quiet)
        spans = sorted((one.first, one.last) for one in quiet)
        self._firsts = [first for first, _ in spans]
        self._lasts = [*accumulate((last for _, last in spans), max)]

    def has(self, line: int) -> bool:
        """Whether any of them is about ``line``."""
        at = bisect_right(self._firsts, line)
        return self._everywhere or (at > 0 and self._lasts[at - 1] >= line)


def _of_book(root: Path, config: Config) -> Iterator[Quiet]:
    if config.check.ignore:
        place_of = places(root)
        for number, one in enumerate(config.check.ignore):
            place = place_of(("check", "ignore", number, "code"))
            yield Quiet(one.code.upper(), one.file, 0, 0, place)


def _of_source(source: Source) -> Iterator[Quiet | Finding]:
    blocks: _Blocks | None = None
    for number, line in enumerate(without_fences(source.text)):
        for start, _, words in _comments(line):
            place = Place(source.path, number + 1, start + 1)
            said = _SAID.fullmatch(words)
            code = said["code"].upper() if said else ""
            if not said or code not in CODES:
                yield _unread(place, code)
            elif not (said["reason"] or "").strip():
                message = f"This silence of {code} has no reason."
                hint = f"Say why: `<!-- book: ignore {code}, as it stands in the letter -->`."
                yield finding("C001", place, message, hint)
            elif code.startswith(_LATER):
                message = f"{code} is no fault of a chapter's text."
                hint = "Silence it by `ignore` under [check] in book.toml."
                yield finding("C001", place, message, hint)
            else:
                blocks = blocks or _Blocks(source.text)
                yield Quiet(code, source.path, *blocks.behind(number), place)


def _comments(line: str) -> Iterator[tuple[int, int, str]]:
    """The comments for the book in ``line``: from where to where, and what they say."""
    start = line.find("<!--")
    while start >= 0 and (end := line.find("-->", start + 4)) >= 0:
        words = line[start + 4 : end].strip(" ")
        if words.startswith("book:"):
            yield start, end + 3, words.removeprefix("book:").strip(" ")
        start = line.find("<!--", end + 3)


def _unread(place: Place, code: str) -> Finding:
    hint = "Write `<!-- book: ignore L004, the reason -->`."
    if code:
        hint = suggestion(code, CODES, "The codes are")
    message = f"There is no code `{code}`." if code else "This comment for the book can't be read."
    return finding("C001", place, message, hint)


class _Blocks:
    """The blocks of a text, by the lines before which they stand."""

    def __init__(self, text: str) -> None:
        lines = text.split("\n")
        count = len(lines)
        self._is_item = [_ITEM.match(line) is not None for line in lines]
        #: Behind each line, from it on: the next one with words of its own, and where a block ends.
        self._words, self._end, self._list_end = ([count] * (count + 1) for _ in range(3))
        #: Of each line, the last one up to it that isn't empty.
        self._full = [0] * (count + 1)
        of_code = tuple(fenced(lines))
        following = ""
        for at in range(count - 1, -1, -1):
            line = lines[at]
            following = line if line.strip() else following
            is_blank = not (of_code[at] or line.strip(" >"))
            self._end[at] = at if is_blank else self._end[at + 1]
            ends_list = is_blank and not following.startswith("  ")
            self._list_end[at] = at if ends_list else self._list_end[at + 1]
            has_words = bool(_without_comments(line).strip(" >"))
            self._words[at] = at if has_words else self._words[at + 1]
        for at, line in enumerate(lines):
            is_blank = not (of_code[at] or line.strip(" >"))
            self._full[at + 1] = self._full[at] if is_blank else at

    def behind(self, comment: int) -> tuple[int, int]:
        """The first and last line, from 1, of the block that follows the ``comment`` on a line."""
        first = self._words[comment + 1]
        if first >= len(self._is_item):
            return first + 1, first + 1
        end = (self._list_end if self._is_item[first] else self._end)[first]
        return first + 1, max(self._full[end], first) + 1


def _without_comments(line: str) -> str:
    if "<!--" not in line:
        return line
    kept, at = "", 0
    for start, end, _ in _comments(line):
        kept, at = kept + line[at:start], end
    return kept + line[at:]
