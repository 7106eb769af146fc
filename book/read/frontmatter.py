"""A chapter's front matter: a few ``key: value`` lines between two lines of ``---``.

It is YAML 1.1 of the plainest kind, one flat table of texts; anchors, tags, lists and tables are
findings. So nothing in it is ever taken for a number, a date or a Norwegian no.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from book.base.codes import finding
from book.base.text import UNPRINTABLE, is_language, suggestion
from book.model import Finding, Kind, Place
from book.read.settings import language_hint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml import Event, ScalarEvent

    from book.model import Source

KEYS = ("kind", "title", "summary", "language")

# A rule at the top of a chapter is also ``---``; but there an empty line follows.
_BLOCK = re.compile(r"---[ \t]*\n(?![ \t]*\n)(?P<yaml>(?:.*\n)*?)---[ \t]*(?:\n|\Z)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a chapter says of itself; ``text`` is what follows, ``lines`` lines further down."""

    kind: Kind = Kind.CHAPTER
    title: str = ""
    summary: str = ""
    language: str = ""
    text: str = ""
    lines: int = 0


@dataclass(frozen=True, slots=True)
class _Pair:
    key: str
    value: str
    key_at: Place
    value_at: Place


class _UnreadableError(Exception):
    """The block is no flat table of texts."""

    def __init__(self, place: Place, message: str, hint: str) -> None:
        super().__init__(message)
        self.finding = finding("M003", place, message, hint)


def split(source: Source) -> tuple[FrontMatter, tuple[Finding, ...]]:
    """The front matter of ``source`` and the Markdown after it, and what is wrong with it.

    Without a block, or with one that can't be read, all is as the defaults of
    :class:`FrontMatter` say; the Markdown is there in any case.
    """
    block = _BLOCK.match(source.text)
    if block is None:
        return FrontMatter(text=source.text), ()
    rest, lines = source.text[block.end() :], block.group().count("\n")
    try:
        pairs = _pairs(block["yaml"], source.path)
    except _UnreadableError as error:
        return FrontMatter(text=rest, lines=lines), (error.finding,)
    findings = list(_findings(pairs))
    wrong = {one.place for one in findings}
    good = {pair.key: pair.value for pair in pairs if not {pair.key_at, pair.value_at} & wrong}
    front = FrontMatter(
        kind=Kind(good.get("kind") or Kind.CHAPTER),
        title=good.get("title", ""),
        summary=good.get("summary", ""),
        language=good.get("language", ""),
        text=rest,
        lines=lines,
    )
    return front, tuple(findings)


def _pairs(text: str, path: str) -> list[_Pair]:
    """The keys and values of the block, in order; raises _UnreadableError."""
    import yaml

    # libyaml's parser gives the same events, ten times as fast, where it is to be had.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        events = list(yaml.parse(text, Loader=loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        place = Place(path, min(line, text.count("\n") - 1) + 2, column + 1)
        hint = "A line reads `key: text`; put a text that holds a colon in quotes."
        raise _UnreadableError(place, "This front matter can't be read.", hint) from None
    except yaml.YAMLError:
        hint = "Take out characters that can't be printed."
        raise _UnreadableError(Place(path, 2, 1), "This can't be read.", hint) from None
    scalars = [_scalar(event, path) for event in _within(events, path)]
    flat = [(" ".join(event.value.split()), _place(event, path)) for event in scalars]
    keys, values = flat[::2], flat[1::2]
    return [
        _Pair(key, value, key_at, value_at)
        for (key, key_at), (value, value_at) in zip(keys, values, strict=True)
    ]


def _within(events: list[Event], path: str) -> list[Event]:
    """The events between the start and end of the one table."""
    import yaml

    inner = [each for each in events if not isinstance(each, yaml.StreamStartEvent)][:-1]
    if not inner:
        return []
    if not isinstance(inner[1], yaml.MappingStartEvent):
        message = "This is no front matter: no line reads `key: text`."
        hint = "If the first line is meant as a rule, leave an empty line below it."
        raise _UnreadableError(_place(inner[1], path), message, hint)
    if sum(isinstance(each, yaml.DocumentStartEvent) for each in inner) > 1:
        message = "This front matter holds more than one document."
        raise _UnreadableError(_place(inner[-1], path), message, "End it with one line of ---.")
    return inner[2:-2]


def _scalar(event: Event, path: str) -> ScalarEvent:
    """``event`` if it is plain text, without any of YAML's machinery."""
    import yaml

    if isinstance(event, yaml.ScalarEvent) and event.anchor is None and event.tag is None:
        return event
    message = "Only texts can stand here: no lists, tables, tags or anchors."
    hint = "A line reads `key: text`; put a text that begins with one of [{&*!- in quotes."
    raise _UnreadableError(_place(event, path), message, hint)


def _place(event: Event, path: str) -> Place:
    # Lines count from 0 there, and the block begins on the file's second line.
    mark = event.start_mark
    return Place(path, mark.line + 2, mark.column + 1) if mark else Place(path)


def _findings(pairs: list[_Pair]) -> Iterator[Finding]:
    seen: set[str] = set()
    for pair in pairs:
        if pair.key not in KEYS:
            message = f"`{pair.key}` means nothing here."
            hint = suggestion(pair.key, KEYS, "The keys known here are")
            yield finding("M004", pair.key_at, message, hint)
        elif pair.key in seen:
            message, hint = f"`{pair.key}` stands here twice.", "Take one of the two out."
            yield finding("M004", pair.key_at, message, hint)
        elif wrong := _wrong(pair.key, pair.value):
            yield finding("M004", pair.value_at, *wrong)
        seen.add(pair.key)


def _wrong(key: str, value: str) -> tuple[str, str] | None:
    """What is wrong with the value of a known key, and a hint; an empty one is as none."""
    if found := UNPRINTABLE.search(value):
        return f"`{key}` holds the control character U+{ord(found[0]):04X}.", "Take it out."
    if key == "kind" and value not in ["", *Kind]:
        return f"`{value}` is no kind of chapter.", suggestion(value, Kind, "The kinds are")
    if key == "language" and value and not is_language(value):
        return f"`{value}` is not a language tag.", language_hint(value)
    return None
