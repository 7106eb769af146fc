"""Where in a TOML text each key and value stands, which :mod:`tomllib` doesn't tell.

The text must be one that tomllib has read, its lines ending in a line feed: what is wrong
with it has been said there, and isn't looked for again.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from typing import TypeAlias

from msgspec import Struct, field

from book.base.patterns import pattern

#: A key's way from the top, as in ``("book", "authors", 1)``; numbers count items of lists.
KeyPath: TypeAlias = tuple[str | int, ...]
Position: TypeAlias = tuple[int, int]

_TOKEN = pattern(
    r'''
      (?P<skip> [ \t]+ | \#[^\n]* )
    | (?P<end> \n )
    | (?P<string> """ (?:\\.|[^\\])*? """ "{0,2} | \'\'\' .*? \'\'\' '{0,2}
                | "(?:\\.|[^"\\])*" | '[^']*' )
    | (?P<bare> [A-Za-z0-9_+:-]+ )
    | (?P<mark> . )
    ''',
    re.VERBOSE | re.DOTALL,
)


class TomlPositions(Struct, frozen=True):
    """Lines and columns, from 1, of keys and of what they say, by key path."""

    keys: dict[KeyPath, Position] = field(default_factory=dict)
    values: dict[KeyPath, Position] = field(default_factory=dict)


@lru_cache(maxsize=1)  # Many ask where something stands in the same file.
def locate(text: str) -> TomlPositions:
    """The places of all keys and values of a TOML 1.0 document that is known to be valid."""
    return _Reader(text).document()


class _Token(Struct, frozen=True):
    kind: str
    text: str
    at: Position


def _tokens(text: str) -> list[_Token]:
    found = []
    line, start = 1, 0
    for match in _TOKEN.finditer(text):
        kind, whole = str(match.lastgroup), match.group()
        if kind != "skip":
            found.append(_Token(kind, whole, (line, match.start() - start + 1)))
        if "\n" in whole:
            line += whole.count("\n")
            start = match.start() + whole.rindex("\n") + 1
    return [*found, _Token("end", "", (line, len(text) - start + 1))]


class _Reader:
    """Goes through the tokens once, and notes where it meets keys and values."""

    def __init__(self, text: str) -> None:
        self.tokens = _tokens(text)
        self.next = 0
        self.places = TomlPositions()
        self.lists: dict[KeyPath, int] = {}

    def document(self) -> TomlPositions:
        table: KeyPath = ()
        while self.next < len(self.tokens):
            if self._peek().kind == "end":
                self._take()
            elif self._peek().text == "[":
                table = self._header()
            else:
                self._pair(table)
        return self.places

    def _peek(self) -> _Token:
        return self.tokens[self.next]

    def _take(self) -> _Token:
        self.next += 1
        return self.tokens[self.next - 1]

    def _header(self) -> KeyPath:
        """``[a.b]`` or ``[[a.b]]``: the path of the table that begins here."""
        self._take()
        many = self._peek().text == "["
        if many:
            self._take()
        path = self._key(())
        if many:
            self.lists[path] = self.lists.get(path, -1) + 1
            path = self._within(path)
            self.places.values[path] = self.tokens[self.next - 1].at
        while self._peek().text == "]":
            self._take()
        return path

    def _key(self, table: KeyPath) -> KeyPath:
        """A dotted key; each of its parts is noted where it first stands."""
        path = table
        while True:
            token = self._take()
            path = (*self._within(path), _bare(token))
            self.places.keys.setdefault(path, token.at)
            self.places.values.setdefault(path, token.at)
            if self._peek().text != ".":
                return path
            self._take()

    def _within(self, path: KeyPath) -> KeyPath:
        """``path``, or its newest item if it is a list of tables."""
        return (*path, self.lists[path]) if path in self.lists else path

    def _pair(self, table: KeyPath) -> None:
        path = self._key(table)
        self._take()  # the equals sign
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        token = self._peek()
        self.places.values[path] = token.at
        if token.text == "{":
            self._inline_table(path)
        elif token.text == "[":
            self._list(path)
        else:
            while self._peek().kind != "end" and self._peek().text not in (",", "]", "}"):
                self._take()

    def _inline_table(self, path: KeyPath) -> None:
        self._take()
        while self._peek().text != "}":
            if self._peek().text == "," or self._peek().kind == "end":
                self._take()
            else:
                self._pair(path)
        self._take()

    def _list(self, path: KeyPath) -> None:
        self._take()
        count = 0
        while self._peek().text != "]":
            if self._peek().text == "," or self._peek().kind == "end":
                self._take()
            else:
                self._value((*path, count))
                count += 1
        self._take()


def _bare(token: _Token) -> str:
    """A key without its quotes and escapes, which tomllib knows how to read."""
    if token.kind != "string":
        return token.text
    return next(iter(tomllib.loads(f"{token.text} = 0")))
