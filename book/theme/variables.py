"""Custom properties that need each other: how much they grow to when they are written out.

Ten properties, each of which names the next ten times, are ten thousand million words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import tinycss2

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: So many words a value may have once its properties are written out.
MOST = 5_000


@dataclass
class Variables:
    """Custom properties by name.

    ``known`` tells how many words of its own each has at most, and which others it names, each as
    often as it does. A chain of more than ``deepest`` is taken for a circle.
    """

    known: Mapping[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    deepest: int = 32
    _sizes: dict[str, int] = field(default_factory=dict)

    def with_rules(self, nodes: Iterable[Any]) -> Variables:
        """These and those that the rules ``nodes`` of a later sheet set, or set otherwise."""
        known: dict[str, tuple[int, tuple[str, ...]]] = {}
        for name, value in _set(nodes, self.deepest):
            tokens = list(_flat(value, self.deepest))
            found = len(tokens), tuple(_names(tokens))
            known[name] = max(found, known.get(name, found), key=lambda one: len(one[1]))
        return Variables({**self.known, **known}, self.deepest)

    def problem(self, declaration: Any) -> str:
        """Why the value of ``declaration`` can't be written out; empty if it can."""
        tokens = list(_flat(declaration.value, self.deepest))
        needed = list(_names(tokens))
        if declaration.name.startswith("--"):
            needed.append(declaration.name)
        size = len(tokens)
        for name in needed:
            found = self._size(name, ())
            if found < 0:
                return f"`{name}` needs itself"
            size += found
        return f"its value grows to more than {MOST:,} words" if size > MOST else ""

    def _size(self, name: str, above: tuple[str, ...]) -> int:
        """How many words ``name`` grows to; -1 if it needs itself, or goes too deep."""
        if name in above or len(above) > self.deepest:
            return -1
        if name not in self._sizes:
            size, names = self.known.get(name, (0, ()))
            for one in names:
                found = self._size(one, (*above, name))
                if found < 0:
                    return found
                size = min(size + found, MOST + 1)
            self._sizes[name] = size
        return self._sizes[name]


def _set(nodes: Iterable[Any], left: int) -> Iterator[tuple[str, list[Any]]]:
    """Every custom property that the rules set, with its value."""
    for node in nodes:
        if node.type == "declaration" and node.name.startswith("--"):
            yield node.name, node.value
        elif left and getattr(node, "content", None):
            inside = tinycss2.parse_blocks_contents(
                node.content, skip_comments=True, skip_whitespace=True
            )
            yield from _set(inside, left - 1)


def _flat(tokens: Iterable[Any], left: int) -> Iterator[Any]:
    for token in tokens:
        yield token
        inner = getattr(token, "arguments", None) or getattr(token, "content", None)
        if inner and left:
            yield from _flat(inner, left - 1)


def _names(tokens: Iterable[Any]) -> Iterator[str]:
    """The properties that are named, as often as they are."""
    for token in tokens:
        if token.type == "function" and token.lower_name == "var":
            yield from [one.value for one in token.arguments if one.type == "ident"][:1]
