"""Marks that are never closed: fences of code, divisions, and what comes in pairs (M012)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from book.base.codes import finding
from book.base.patterns import pattern
from book.model import Place
from book.parse.codespans import escaped_and_code
from book.parse.emphasis import Stars
from book.parse.fences import leaves
from book.parse.strange import drawn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from book.model import Finding

#: What begins or ends a block of code.
FENCE = pattern(r"[ >]*(?:(?:[*+-]|\d{1,9}[.)])[ ]+)?(`{3,}(?=[^`]*$)|~{3,})")
#: A division, ``::: {.class}`` or ``::: name``, and what closes it.
_DIVISION = pattern(r"[ ]{0,3}(?P<sign>:{3,})[ ]*(?:(?P<opens>\{[^{}\n]*\}|[\w.-]+)[ ]*:*[ ]*)?")
#: What looks like the beginning of one: a brace that is never closed, or words behind it.
_NO_DIVISION = pattern(r"[ ]{0,3}:{3,}[ ]*[{.\w]")
#: What comes in pairs, in the same paragraph.
_PAIRED = pattern(r"(?<![*\\])\*\*(?!\*)|(?<![`\\])`(?!`)|(?<![~\\])~~(?!~)")
_STARS = Stars()
_SIGNS = {
    "**": ("`**`", "`\\*\\*`"),
    "`": ("backtick", "a backslash before it"),
    "~~": ("`~~`", "`\\~~`"),
}
#: What opens and closes; a note's call is told elsewhere, and ``[0, 1)`` is an interval.
_BRACKET = pattern(
    r"\[[^\[\]()\n]{1,20},[^\[\]()\n]{1,20}\)|\[\^[\w-]+|\]\([^()\n]*|<[^<>\n]*>|[\[\]]"
)
#: Elements that stand within a paragraph; a comment's own tags are none.
_INLINE_TAG = pattern(
    r"<!--(?:(?!<!--|-->).)*-->"
    r"|<(?P<closes>/?)(?P<name>a|b|cite|del|em|i|ins|mark|q|s|small|span|strong|sub|sup|u)\b"
    r"(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+(?<!/)>",
    re.DOTALL | re.IGNORECASE,
)
#: Words that are no attributes, as in "a<b and c>d".
_BARE_WORDS = pattern(r"<\w+[ \t]+[^<>=/\"']*>")
#: A row of a table, and the line below its head.
_ROW = pattern(r"[ ]{0,3}\|.*\|[ ]*")
_RULE = pattern(r"[ ]{0,3}\|?[ ]*:?[-=]+:?[ ]*(?:[|+][ ]*:?[-=]*:?[ ]*)*\|?[ ]*")
#: Lines that mdBook doesn't show, in a listing of such a language.
_RUST, _HIDDEN = pattern(r"(?:`|~)[ ]*(?:rust|rs)\b"), pattern(r"[ ]*#(?:[ ]|$)")


def unclosed(text: str, path: str, skipped: int) -> Iterator[Finding]:
    """M012: a fence or division that nothing closes, a mark without its partner in a paragraph.

    ``text`` is the file ``path`` below its first ``skipped`` lines.
    """
    begin = ("**", "`", "~~", ":::", "<!--", "\n|", "[")
    if not (any(one in text for one in begin) or text[:1] == "|" or _INLINE_TAG.search(text)):
        return
    said = text.rfind("-->")
    remarks = text.count("\n", 0, said) + 1 if said >= 0 else 0
    divisions, brackets, notes = _Divisions(path, skipped), list[Place](), list[Place]()
    fence, lead, opened, hides, hidden = "", "", 0, False, list[Place]()
    paragraph: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        found = FENCE.match(line) if "```" in line or "~~~" in line else None
        if fence and leaves(lead, line):
            yield _endless(fence, Place(path, opened + skipped, 1))
            fence = ""
        if fence:
            if found and found[1].startswith(fence) and not line.strip(" >`~"):
                fence = ""
            elif hides and _HIDDEN.match(line):
                hides = False
                hidden.append(Place(path, number + skipped, 1))
            continue
        if line.strip() and not found:
            paragraph.append(line)
            divisions.read(number, line)
            continue
        first = Place(path, number - len(paragraph) + skipped)
        yield from _unpaired(paragraph, first)
        _bracketed(paragraph, first, brackets, notes)
        yield from _untold(paragraph, first, remarks + skipped)
        paragraph.clear()
        if found:
            fence, opened, hides = found[1], number, _RUST.search(line) is not None
            lead = line[: found.start(1)]
            yield from drawn(line, Place(path, number + skipped, 1))
    if fence:
        yield _endless(fence, Place(path, opened + skipped, 1))
    yield from _hidden(hidden)
    yield from divisions.left()
    yield from _alone(brackets, notes)


def _endless(fence: str, place: Place) -> Finding:
    message = "This fence is never closed, so what follows is no code."
    signs = f"{len(fence)} {'backticks' if fence[0] == '`' else 'tildes'}"
    return finding("M012", place, message, f"Close it with a line of {signs}.")


def _alone(brackets: list[Place], notes: list[Place]) -> Iterator[Finding]:
    for place in notes:
        message = "This `^[` is not closed in its paragraph, so it is no note."
        yield finding("M012", place, message, "Close it, or write the note below: `[^label]: …`.")
    for place in brackets:
        yield finding("M012", place, "This `[` has no partner.", "Close it, or write `\\[`.")


class _Divisions:
    """Those of a chapter that have been opened and not closed."""

    def __init__(self, path: str, skipped: int) -> None:
        self._path, self._skipped = path, skipped
        self._opened: list[tuple[int, str]] = []
        self._odd: list[int] = []

    def read(self, number: int, line: str) -> None:
        """Take in a ``line`` of the chapter that is no code."""
        if not (found := _DIVISION.fullmatch(line)):
            if _NO_DIVISION.match(line):
                self._odd.append(number)
            return
        if found["opens"]:
            self._opened.append((number, found["sign"]))
        elif self._opened:
            self._opened.pop()

    def left(self) -> Iterator[Finding]:
        """A finding for each, and for what should have opened one."""
        for number in self._odd:
            place = Place(self._path, number + self._skipped, 1)
            message = "This can't be read as the beginning of a division, so it is printed."
            yield finding("M012", place, message, "Write `::: {.name}` or `::: name`.")
        for number, colons in self._opened:
            place = Place(self._path, number + self._skipped, 1)
            message = f"This `{colons}` is never closed, so it goes on to the chapter's end."
            yield finding("M012", place, message, f"Close it with a line `{colons}`.")


def _unpaired(paragraph: list[str], first: Place) -> Iterator[Finding]:
    """What comes in pairs and has no partner in ``paragraph``, whose first line is ``first``."""
    text = blanked("\n".join(paragraph))
    for sign, (name, escaped) in _SIGNS.items():
        if sign not in text:
            continue
        found = [one.start() for one in _PAIRED.finditer(text) if one[0] == sign]
        if len(found) % 2:
            message, hint = f"This {name} has no partner.", f"Close it, or write {escaped}."
            yield finding("M012", _place(first, text, found[-1]), message, hint)
        elif sign == "**" and (stuck := _stuck(text, found)):
            message = "This `**` ends nothing, since it stands between a stop and a letter."
            hint = "Put the stop behind it, or a space."
            yield finding("M012", _place(first, text, stuck), message, hint)


def _place(first: Place, text: str, at: int) -> Place:
    line = text.count("\n", 0, at)
    return Place(first.path, first.line + line, at - text.rfind("\n", 0, at))


def _stuck(text: str, found: list[int]) -> int | None:
    """Which of the pairs of asterisks ``found`` should end what it can't (CommonMark, 6.2)."""
    does = [one.lastgroup if (one := _STARS.match(text, at)) else "" for at in found]
    if sum(one in ("end", "ambiguous") for one in does) * 2 >= len(found):
        return None
    ends = zip(found[1::2], does[1::2], strict=True)
    return next((at for at, one in ends if one == "start" and text[at - 1].strip()), None)


def _untold(paragraph: list[str], first: Place, remarks: int) -> Iterator[Finding]:
    """What begins in ``paragraph`` and is printed as it stands, or goes further than was meant.

    ``remarks`` is the line on which the last comment ends.
    """
    text = blanked("\n".join(paragraph))
    if "<" not in text and text.lstrip(" ")[:1] != "|":
        return
    for at, message, hint in (*_remarks(text, first.line, remarks), *_tags(text), *_rows(text)):
        yield finding("M012", _place(first, text, at), message, hint)


def _remarks(text: str, first: int, ended: int) -> Iterator[tuple[int, str, str]]:
    at = text.rfind("<!--")
    if at >= 0 and "-->" not in text[at:] and first + text.count("\n", 0, at) > ended:
        yield at, "This comment is never closed, so it is printed.", "Close it with `-->`."


def _tags(text: str) -> Iterator[tuple[int, str, str]]:
    """The first of each kind of element that is opened and not closed."""
    opened: dict[str, list[int]] = {}
    for found in _INLINE_TAG.finditer(text):
        if found["name"] is None or _BARE_WORDS.search(found[0]):
            continue
        starts = opened.setdefault(found["name"].lower(), [])
        if not found["closes"]:
            starts.append(found.start())
        elif starts:
            starts.pop()
    for name, starts in opened.items():
        if starts:
            message = f"This `<{name}>` is never closed, so it goes on to the paragraph's end."
            yield starts[0], message, f"Close it with `</{name}>` where it ends."


def _rows(text: str) -> Iterator[tuple[int, str, str]]:
    rows = text.split("\n")
    are_rows = len(rows) > 1 and all(_ROW.fullmatch(row) for row in rows)
    if are_rows and not any(_RULE.fullmatch(row) for row in rows):
        cells = "|".join(["---"] * min(rows[0].strip().count("|") - 1, 9))
        message = "This looks like a table without a line below its head, so it is text."
        yield text.index("|"), message, f"Write `|{cells}|` as its second line."


def _hidden(places: list[Place]) -> Iterator[Finding]:
    count = len(places) - 1
    more = f", here and in {count} more listing{'s' * (count > 1)}" if count > 0 else ""
    message = f"mdBook hides such lines of Rust; they are printed as they are{more}."
    for place in places[:1]:
        yield finding("M011", place, message, "Take them out; `book import` does.")


def _bracketed(paragraph: list[str], first: Place, opened: list[Place], notes: list[Place]) -> None:
    """Add to ``opened`` what opens in ``paragraph`` and isn't closed; what it closes goes.

    An editor's brackets may go over paragraphs; ``notes`` that stand in the line may not.
    """
    if not any("[" in line or "]" in line for line in paragraph) or paragraph[0][:4] == "    ":
        return
    text = blanked("\n".join(paragraph))
    own: list[int] = []
    for found in _BRACKET.finditer(text):
        if found[0] == "[":
            own.append(found.start())
        elif found[0][0] == "]" and (stack := own or opened):
            stack.pop()
    for at in own:
        line = text.count("\n", 0, at)
        place = Place(first.path, first.line + line, at - text.rfind("\n", 0, at))
        (notes if text[at - 1 : at] == "^" else opened).append(place)


def blanked(line: str) -> str:
    """``line`` with spaces for code and for what a backslash stands before."""
    pieces, done = list[str](), 0
    for start, end in escaped_and_code(line):
        pieces += (line[done:start], re.sub(r"[^\n]", " ", line[start:end]))
        done = end
    return "".join((*pieces, line[done:]))
