"""What other tools' chapters begin with, as keys and texts with their places.

YAML between lines of ``---`` (Jekyll, Hugo, Quarto, Obsidian, Pandoc), TOML between lines of
``+++`` (Hugo, Zola), JSON (Hugo), ``% Title`` (Pandoc) and ``Title: …`` (MultiMarkdown). A block is
one flat table; of what stands deeper only the key is told. YAML is read as text alone, so that
nothing in it is ever taken for a number, a date or a Norwegian no; its anchors, aliases and tags
mean nothing.
"""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING

from msgspec import Struct

from book.base.patterns import pattern
from book.model import Place
from book.read.tomlpositions import locate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml import Event, ScalarEvent

_BEFORE = r"(?P<before>(?:[ \t]*\n|<!--(?:(?!-->)[\s\S])*-->[ \t]*\n)*)"
_LINES, _END = r"(?P<block>(?:.*\n)*?)", r"[ \t]*(?:\n|\Z)"
# A rule at the top of a chapter is also ``---``; but there an empty line follows.
_YAML = pattern(rf"{_BEFORE}---[ \t]*\n(?![ \t]*\n){_LINES}(?:---|\.\.\.){_END}")
# One that nothing closes ends where its lines do.
_UNCLOSED = pattern(
    rf"{_BEFORE}---[ \t]*\n(?P<block>(?:\w[\w -]*:(?:[ \t].*)?\n|[ \t]+\S.*\n|-[ \t].*\n)+)"
)
_TOML = pattern(rf"{_BEFORE}\+\+\+[ \t]*\n{_LINES}\+\+\+{_END}")
_PANDOC = pattern(r"(?P<block>%[ \t].*\n(?:[ \t]+\S.*\n)*(?:%.*(?:\n|\Z)){0,2})")
_MULTIMARKDOWN = pattern(
    r"(?P<block>(?:title|author|date|subtitle|language|summary|kind)[ \t]*:[ \t]*\S.*\n"
    r"(?:[\w -]+:.*\n|[ \t]+\S.*\n)*)(?:[ \t]*\n|\Z)",
    re.IGNORECASE,
)
_ASSIGNED = pattern(r"^([\w-]+)[ \t]*=[ \t]*", re.MULTILINE)
_BLANK_LINE = pattern(r"[ \t]*(?:\n|\Z)")
#: YAML takes longer with each that is open; no chapter says so much of itself.
_BRACKETS = 1000
_LINE = pattern(r"(?P<key>[\w][\w -]*?)[ \t]*:(?:[ \t]+(?P<value>.*)|[ \t]*)")


class Pair(Struct, frozen=True):
    """A key with its value; ``value`` is None if that is no text (a list, a table, a number).

    ``value`` is one line; where the text has several, ``lines`` are as they stand.
    """

    key: str
    value: str | None
    key_at: Place
    value_at: Place
    lines: str = ""


class Block(Struct, frozen=True):
    """What a chapter begins with; ``length`` letters of its text are the block's.

    ``broken`` is where it could not be read as what it is; ``pairs`` are then those of its lines
    that read ``key: text``. ``unclosed`` is where one begins that has no end, and so may be none.
    """

    pairs: tuple[Pair, ...]
    length: int
    broken: Place | None = None
    unclosed: Place | None = None


def block_of(text: str, path: str) -> Block | None:
    """The block that ``text``, the file ``path``, begins with; None if there is none."""
    if found := _YAML.match(text):
        return _yaml(found, path)
    if found := _TOML.match(text):
        return _toml(found, path)
    if found := _PANDOC.match(text):
        names = ("title", "author", "date")
        lines = re.split(r"^%[ \t]*", found["block"], flags=re.MULTILINE)[1:]
        at = [Place(path, number, 3) for number in range(1, len(lines) + 1)]
        said = zip(names, lines, at, strict=False)
        pairs = (Pair(name, " ".join(line.split()), spot, spot) for name, line, spot in said)
        return Block(tuple(pairs), found.end())
    if found := _UNCLOSED.match(text):
        first = found["before"].count("\n") + 1
        typed = tuple(_by_line(found["block"], path, first + 1))
        return Block(typed, found.end(), unclosed=Place(path, first, 1))
    if found := _MULTIMARKDOWN.match(text):
        return Block(tuple(_by_line(found["block"], path, 1)), found.end())
    return _json(text, path) if text.startswith("{") else None


def _yaml(found: re.Match[str], path: str) -> Block | None:
    import yaml

    block, first = found["block"], found["before"].count("\n") + 2
    # libyaml's parser gives the same events, ten times as fast, where it is to be had.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        if block.count("[") + block.count("{") > _BRACKETS:
            raise yaml.YAMLError
        events = list(yaml.parse(block, Loader=loader))
    except yaml.YAMLError as error:
        pairs = tuple(_by_line(block, path, first))
        # A colon in a text without quotes is the usual fault, and plain to read.
        lines = [line for line in block.split("\n") if line.strip()]
        plain = len(pairs) == len(lines) and all(pair.value is not None for pair in pairs)
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line, mark.column) if mark else (0, 0)
        at = Place(path, min(line, block.count("\n") - 1) + first, column + 1)
        return Block(pairs, found.end(), None if plain else at) if pairs else None
    if not _is_table(events):
        return None  # A rule, and a heading underlined with hyphens.
    return Block(tuple(_flat(events, path, first)), found.end())


def _is_table(events: list[Event]) -> bool:
    import yaml

    return len(events) == 2 or isinstance(events[2], yaml.MappingStartEvent)


def _flat(events: list[Event], path: str, first: int) -> Iterator[Pair]:
    """The keys of the outermost table, each with its value if that is text."""
    import yaml

    depth = 0
    key: ScalarEvent | None = None
    for event in events[2:]:
        is_start = isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent)
        depth -= isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent)
        is_node = is_start or isinstance(event, yaml.ScalarEvent | yaml.AliasEvent)
        if depth == 1 and is_node:
            if key is None:
                key = event if isinstance(event, yaml.ScalarEvent) else _unnamed(event)
            else:
                text = event if isinstance(event, yaml.ScalarEvent) and not event.tag else None
                value = None if text is None else " ".join(text.value.split())
                name, lines = " ".join(key.value.split()), text.value if text else ""
                at, value_at = _place(key, path, first), _place(event, path, first)
                yield Pair(name, value, at, value_at, lines)
                key = None
        depth += is_start


def _unnamed(event: Event) -> ScalarEvent:
    """A key that is no text has no name."""
    import yaml

    return yaml.ScalarEvent(None, None, (True, False), "", event.start_mark, event.end_mark)


def _place(event: Event, path: str, first: int) -> Place:
    mark = event.start_mark
    return Place(path, mark.line + first, mark.column + 1) if mark else Place(path)


def _toml(found: re.Match[str], path: str) -> Block:
    block, first = found["block"], found["before"].count("\n") + 2
    try:
        data = tomllib.loads(block)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        lines = _ASSIGNED.sub(r"\1: ", block)
        return Block(tuple(_by_line(lines, path, first)), found.end(), Place(path, first, 1))
    places = locate(block)
    pairs = []
    for key, value in data.items():
        line, column = places.keys.get((key,), (1, 1))
        row, start = places.values.get((key,), (line, column))
        at, value_at = Place(path, line + first - 1, column), Place(path, row + first - 1, start)
        pairs.append(_pair(key, value, at, value_at))
    return Block(tuple(pairs), found.end())


def _json(text: str, path: str) -> Block | None:
    try:
        data, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return None
    rest = _BLANK_LINE.match(text, end)
    if not isinstance(data, dict) or not data or rest is None:
        return None
    at = Place(path, 1, 1)
    return Block(tuple(_pair(key, value, at, at) for key, value in data.items()), rest.end())


def _pair(key: str, value: object, at: Place, value_at: Place) -> Pair:
    """``value`` as it would be typed; a list or a table is none."""
    if value is None or isinstance(value, list | dict):
        return Pair(key, None if value else "", at, value_at)
    lines = str(value).lower() if isinstance(value, bool) else str(value)
    return Pair(key, " ".join(lines.split()), at, value_at, lines)


def _by_line(block: str, path: str, first: int) -> Iterator[Pair]:
    """Lines that read ``key: text``, for a block that is nothing else."""
    for number, line in enumerate(block.split("\n"), first):
        if found := _LINE.fullmatch(line.rstrip()):
            value = (found["value"] or "").strip()
            if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
                value = value[1:-1]
            at = Place(path, number, found.start("value") + 1 if found["value"] else 1)
            text = None if value[:1] in tuple("[{&*!|>%@`") else value
            yield Pair(found["key"].lower(), text, Place(path, number, 1), at)
