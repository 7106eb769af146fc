"""``book check --fix``: what has one right answer is mended, after it has been shown."""

from __future__ import annotations

import re
from difflib import unified_diff
from typing import TYPE_CHECKING, NamedTuple

import click

from book.base.errors import UnusableError
from book.base.files import write_whole
from book.base.paths import content, is_inside
from book.base.text import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from book.model import Finding

_MEANT = re.compile(r"\[\^([^\[\]]+)\] was taken")
_NEAREST = re.compile(r"Did you mean `([^`]+)`\?")
_BREAKS = re.compile(r"\r\n|\r|\n")


class _File(NamedTuple):
    """A file's text, as it is and as it is to be, and how many findings that mends."""

    text: str
    mended: str
    mends: int


def fix(findings: Iterable[Finding], root: Path, *, only_show: bool, sure: bool) -> int:
    """Show what can be mended in the book at ``root``, and mend it; how many findings that is.

    Nothing is written with ``only_show``, or if the answer is no; unless one is ``sure``, it is
    asked for. Files are written whole, beside their place, and renamed onto it. Raises OSError if
    one can't be, and UnusableError if one is not what it was.
    """
    files = dict(_mended_files(findings, root))
    for path, one in files.items():
        click.echo(printable(_diff(path, one.text, one.mended)), nl=False)
    count = sum(one.mends for one in files.values())
    if not files or only_show:
        return count
    if not sure and not click.confirm(f"Write this into {len(files)} file(s)?"):
        return 0
    for path, one in files.items():
        if content(root, path) != one.text.encode():
            raise UnusableError(f"{path} was changed meanwhile; nothing was written.")
    places = {path: (root / path).resolve() for path in files}  # A link stays one.
    for path, place in places.items():
        if not is_inside(place, root):
            raise UnusableError(f"{path} leads outside the book; nothing was written.")
    modes = {place: place.stat().st_mode for place in places.values()}
    write_whole({places[path]: (one.mended.encode(),) for path, one in files.items()})
    for place, mode in modes.items():
        place.chmod(mode & 0o7777)
    return count


def _mended_files(findings: Iterable[Finding], root: Path) -> Iterator[tuple[str, _File]]:
    """Each file in which something can be mended, by its path."""
    by_path: dict[str, list[Finding]] = {}
    for one in findings:
        if one.code in _MENDERS and one.place.column:
            by_path.setdefault(one.place.path, []).append(one)
    for path, found in by_path.items():
        try:
            text = (content(root, path) or b"").decode("utf-8")
        except UnicodeDecodeError:
            continue  # Its letters were guessed; who knows what would be written.
        mended, count = _mended(text, found)
        if count:
            yield path, _File(text, mended, count)


def _mended(text: str, findings: Sequence[Finding]) -> tuple[str, int]:
    """``text`` without what the ``findings`` tell, the last first; and how many that were."""
    begins = [0, *(one.end() for one in _BREAKS.finditer(text))]
    done = 0
    for one in sorted(findings, key=lambda each: each.place, reverse=True):
        if one.place.line > len(begins):
            continue
        mark = one.place.line == 1 and text.startswith("\ufeff")
        at = begins[one.place.line - 1] + one.place.column - 1 + mark
        found = _MENDERS[one.code](text, at, one)
        if found is not None:
            start, end, instead = found
            text = text[:start] + instead + text[end:]
            done += 1
    return text, done


def _without_repetition(text: str, at: int, one: Finding) -> tuple[int, int, str] | None:
    """The second of two words, with the space before it; with that behind it on a new line."""
    word = one.message.partition("\u201c")[2].partition("\u201d")[0]
    if text[at : at + len(word)] != word:
        return None  # What stands there is not what was found, as behind a variable.
    before = re.compile(r"[^\S\r\n]*$").search(text, 0, at)
    start = before.start() if before else at
    if start and text[start - 1] not in "\r\n":
        return start, at + len(word), ""
    end = at + len(word)
    while text[end : end + 1] == " ":
        end += 1
    # Alone on its line, it takes the line along: an empty one would part the paragraph.
    if found := re.compile(r"\r\n|\r|\n").match(text, end):
        end = found.end()
    return at, end, ""


def _one_space(text: str, at: int, one: Finding) -> tuple[int, int, str] | None:
    del one
    found = re.compile(" {2,}").match(text, at)
    return (at, found.end(), " ") if found else None


def _label(text: str, at: int, one: Finding) -> tuple[int, int, str] | None:
    """The label that is there, if small and capital letters are all that differs."""
    meant = _MEANT.search(one.message)
    if not meant:
        return None
    name = meant[1]
    found = re.compile(rf"\[\^({re.escape(name)})\]", re.IGNORECASE).match(text, at)
    return (found.start(1), found.end(1), name) if found else None


def _target(text: str, at: int, one: Finding) -> tuple[int, int, str] | None:
    """The file or place that a link or picture names, if its capitals are all that differs."""
    meant = _NEAREST.match(one.hint)
    if not meant:
        return None
    name = meant[1]
    words = r"!?\[(?:[^\[\]]|\[[^\[\]]*\])*\]"
    before = r"[^()<>\s#]*#" if one.code == "L002" else r"(?:[^()<>\s#]*/)?"
    found = re.compile(
        rf"{words}\(\s*<?{before}(?P<name>{re.escape(name)})(?=[#)>\s])", re.IGNORECASE
    ).match(text, at)
    return (*found.span("name"), name) if found else None


#: What mends each code: from where, to where, and what stands there instead; None if it can't.
_MENDERS: dict[str, Callable[[str, int, Finding], tuple[int, int, str] | None]] = {
    "I001": _target,
    "L001": _target,
    "L002": _target,
    "N004": _label,
    "W001": _without_repetition,
    "W003": _one_space,
}


def _diff(path: str, text: str, mended: str) -> str:
    lines = unified_diff(
        _BREAKS.sub("\n", text).splitlines(keepends=True),
        _BREAKS.sub("\n", mended).splitlines(keepends=True),
        path,
        path,
        n=1,
    )
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)
