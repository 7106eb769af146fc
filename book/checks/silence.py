"""Findings that the author has looked at and lets stand, with a reason.

``<!-- book: ignore L004, quoting the telegram as it stands -->`` before a block silences a code
there; ``ignore`` of ``[check]`` does so in a file, or in the whole book. Errors can't be silenced.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from book.base.codes import CODES, finding
from book.base.text import suggestion
from book.checks.prose import fenced, without_fences
from book.model import Place, Severity
from book.read.settings import places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from book.model import Book, Config, Finding, Source

_COMMENT = re.compile(r"<!--[ ]*book:[ ]*(?P<said>.*?)[ ]*-->")
_SAID = re.compile(r"ignore[ ]+(?P<code>\w+)[ ]*(?:[,:;][ ]*(?P<reason>.*))?")
_ITEM = re.compile(r"[ ]{0,3}(?:[*+-]|\d{1,9}[.)])[ ]|[ ]{0,3}\[\^[^\]\s]+\]:")
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

    def covers(self, found: Finding) -> bool:
        """Whether ``found`` is not to be told."""
        if found.code != self.code or found.severity is Severity.ERROR or found.code[0] == _OWN:
            return False
        if self.path and found.place.path != self.path:
            return False
        return not self.first or self.first <= found.place.line <= self.last


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
    used: set[Quiet] = set()
    left = []
    for found in findings:
        covering = [one for one in quiet if one.covers(found)]
        used.update(covering)
        if not covering:
            left.append(found)
    return tuple(left), used


def _of_book(root: Path, config: Config) -> Iterator[Quiet]:
    if config.check.ignore:
        place_of = places(root)
        for number, one in enumerate(config.check.ignore):
            place = place_of(("check", "ignore", number, "code"))
            yield Quiet(one.code.upper(), one.file, 0, 0, place)


def _of_source(source: Source) -> Iterator[Quiet | Finding]:
    lines = without_fences(source.text)
    for number, line in enumerate(lines):
        for found in _COMMENT.finditer(line):
            place = Place(source.path, number + 1, found.start() + 1)
            said = _SAID.fullmatch(found["said"])
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
                yield Quiet(code, source.path, *_block(source.text.split("\n"), number), place)


def _unread(place: Place, code: str) -> Finding:
    hint = "Write `<!-- book: ignore L004, the reason -->`."
    if code:
        hint = suggestion(code, CODES, "The codes are")
    message = f"There is no code `{code}`." if code else "This comment for the book can't be read."
    return finding("C001", place, message, hint)


def _block(lines: Sequence[str], comment: int) -> tuple[int, int]:
    """The first and last line, from 1, of the block that follows the ``comment`` on a line."""
    first = comment + 1
    while first < len(lines) and not _COMMENT.sub("", lines[first]).strip(" >"):
        first += 1
    last = first
    is_list = first < len(lines) and _ITEM.match(lines[first]) is not None
    of_code = tuple(fenced(lines[first:]))
    for number in range(first, len(lines)):
        if not (of_code[number - first] or lines[number].strip(" >")):
            following = next((one for one in lines[number:] if one.strip()), "")
            if not (is_list and following.startswith("  ")):
                break
            continue
        last = number
    return first + 1, last + 1
