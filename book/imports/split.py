"""One long text parted into chapters at its headings, each with its own notes and references."""

from __future__ import annotations

import re
from typing import NamedTuple

from book.imports.model import ImportDraft
from book.imports.prose import heading, lines_of, outside_code, with_hashes, words_of

_PART = re.compile(
    r"(?:part|teil|partie|parte|del|deel|część|часть|book|buch|livre|libro)\s+"
    r"(?:[ivxlc]+|\d+|one|two|three|four|five|six|seven|eight|nine|ten|eins|zwei|drei)\b|"
    r"(?:erster|zweiter|dritter|vierter|fünfter) teil|"
    r"(?:première|deuxième|troisième|quatrième) partie|第[一二三四五六七八九十\d]+部",
    re.IGNORECASE,
)
#: The beginning of a note, and of a reference: a label and what follows on the line.
NOTE = re.compile(r"^[ ]{0,3}\[\^(?P<label>[^\]\s]+)\]:[ \t]?(?P<text>.*)$")
REFERENCE = re.compile(r"^[ ]{0,3}\[(?P<label>[^\]^][^\]]*)\]:[ \t]*(?P<text>\S.*)$")
#: Behind a word it is a call even before a colon; a line that begins with both is a note.
_CALL = re.compile(r"(?:(?<=[^\s\\>])\[\^|(?<!\\)\[\^(?=[^\]\s]+\](?!:)))(?P<label>[^\]\s]+)\]")


class Definitions(NamedTuple):
    """Notes and references by their labels, each as its lines; and the text without them."""

    text: str
    notes: dict[str, str]
    references: dict[str, str]


def definitions(text: str) -> Definitions:
    """Take the notes and references out of ``text``."""
    kept: list[str] = []
    notes: dict[str, list[str]] = {}
    references: dict[str, str] = {}
    own: list[str] | None = None
    blank = 0
    for code, line in lines_of(text):
        note = None if code else NOTE.match(line)
        if note:
            own = notes.setdefault(note["label"], [])
            own += [""] * bool(own)
            own.append(line)
            blank = 0
        elif own is not None and not line.strip():
            blank += 1
        elif own is not None and (_is_indented(line) or (not blank and _goes_on(line))):
            own += [""] * blank
            own.append(line)
            blank = 0
        elif not code and (reference := REFERENCE.match(line)):
            references.setdefault(reference["label"].casefold(), line.strip())
            own, blank = None, 0
        else:
            kept += [""] * blank
            kept.append(line)
            own, blank = None, 0
    return Definitions(
        "\n".join(kept), {label: "\n".join(lines) for label, lines in notes.items()}, references
    )


def _is_indented(line: str) -> bool:
    return line.startswith(("    ", "\t"))


def _goes_on(line: str) -> bool:
    """Whether a line below a note's, not indented, is its paragraph's still."""
    return not re.match(r"[ ]{0,3}(?:#{1,6} |>|[-*+] |\[[^\]]+\]:|`{3}|~{3}|:{3})", line)


def calls(text: str) -> list[str]:
    """The labels of the notes that ``text`` calls, in order."""
    found: list[str] = []

    def look(part: str) -> str:
        found.extend(match["label"] for match in _CALL.finditer(part))
        return part

    outside_code(text, look)
    return found


def with_definitions(text: str, every: Definitions, rest: bool = False) -> str:
    """``text`` with the notes that it calls and the references that it uses at its end.

    With ``rest``, those that it doesn't use too.
    """
    wanted = list(dict.fromkeys(calls(text)))
    for label in wanted:
        wanted += [more for more in calls(every.notes.get(label, "")) if more not in wanted]
    notes = [every.notes[label] for label in wanted if label in every.notes]
    if rest:
        notes += [note for label, note in every.notes.items() if label not in wanted]
    whole = "\n\n".join([text.strip("\n"), *notes])
    folded = " ".join(whole.casefold().split())
    used = [line for label, line in every.references.items() if rest or f"[{label}]" in folded]
    return whole + ("\n\n" + "\n".join(used) if used else "") + "\n"


class SplitBook(NamedTuple):
    """The chapters of a text; and its title, if its first heading was the book's."""

    title: str
    chapters: tuple[ImportDraft, ...]


def parted(text: str, source: str, title: str = "", has_parts: bool = False) -> SplitBook:
    """The chapters of ``text``.

    ``title`` is the book's, where it is known; ``has_parts`` says that headings of the first
    level are those of parts. Chapters are the headings of the first level that stands more than
    once; a single heading of a higher level that comes first is the book's title. What stands
    before the first chapter is one of its own.
    """
    every = definitions(with_hashes(text))
    lines = list(lines_of(every.text))
    found = [
        (at, *head) for at, (code, line) in enumerate(lines) if not code and (head := heading(line))
    ]
    levels = sorted({level for _, level, _, _ in found})
    own, level, parts = _levels(found, levels, has_parts)
    cuts = [
        (at, own_level, words)
        for at, own_level, words, _ in found
        if own_level == level or own_level in parts
    ]
    starts = [at for at, _, _ in cuts]
    chapters = []
    lead = _lead([line for _, line in lines[: starts[0] if starts else len(lines)]], own)
    if words_of(lead):
        chapters.append(_draft(lead, own or title, source, level - 1, "", every))
    for (at, own_level, words), end in zip(cuts, [*starts[1:], len(lines)], strict=False):
        body = "\n".join(line for _, line in lines[at:end])
        kind = "part" if own_level in parts else ""
        chapters.append(_draft(body, words, source, own_level - 1, kind, every))
    if chapters:
        rest = loose(every, [chapter.text for chapter in chapters])
        last = chapters[-1]
        chapters[-1] = ImportDraft(last.title, last.text + rest, source, last.kind)
    return SplitBook(own, tuple(chapters))


def _levels(
    found: list[tuple[int, int, str, str]], levels: list[int], has_parts: bool
) -> tuple[str, int, set[int]]:
    """The book's title if it is among the headings, the chapters' level, and the parts'."""
    if not found:
        return "", 1, set()
    counts = {level: sum(1 for each in found if each[1] == level) for level in levels}
    top, title = levels[0], ""
    comes_first = found[0][1] == top and not has_parts
    if counts[top] == 1 and comes_first and len(levels) > 1 and counts[levels[1]] > 1:
        title, top = found[0][2], levels[1]
        levels = levels[1:]
    tops = [words for _, level, words, _ in found if level == top]
    parts = sum(1 for words in tops if _PART.match(words))
    if len(levels) > 1 and (has_parts or (parts > 1 and parts * 2 >= len(tops))):
        return title, levels[1], {top}
    return title, top, set()


def _lead(lines: list[str], title: str) -> str:
    """What stands before the first chapter, without the book's own title."""
    kept = [line for line in lines if not (head := heading(line)) or head[1] != title or not title]
    return "\n".join(kept).strip("\n")


def _draft(
    text: str, title: str, source: str, less: int, kind: str, every: Definitions
) -> ImportDraft:
    """A chapter whose headings are ``less`` levels higher than they were."""
    lines = []
    for code, line in lines_of(text):
        head = None if code else heading(line)
        if head:
            level = max(head[0] - less, 1)
            inner = f" {{{head[2]}}}" if head[2] else ""
            line = f"{'#' * level} {head[1]}{inner}"  # noqa: PLW2901 # the line, rewritten
        lines.append(line)
    return ImportDraft(title, with_definitions("\n".join(lines), every), source, kind)


def loose(every: Definitions, texts: list[str]) -> str:
    """Notes that no chapter calls, so that they are not lost."""
    called = {label for text in texts for label in calls(text)}
    left = [note for label, note in every.notes.items() if label not in called]
    return "\n" + "\n\n".join(left) + "\n" if left else ""
