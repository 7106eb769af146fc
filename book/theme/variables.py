"""Custom properties: which there are, what ``var()`` is worth, how much they grow to together.

They are written out before anything is set or packed. Ten properties, each of which names the next
ten times, are ten thousand million words.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

import tinycss2
from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: So many words a value may have once its properties are written out.
MOST = 5_000


class Variables(Struct):
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
        for _, name, value in custom(nodes, self.deepest):
            tokens = list(_flat(value, self.deepest))
            found = len(tokens), tuple(filter(None, map(_named, tokens)))
            known[name] = max(found, known.get(name, found), key=lambda one: len(one[1]))
        return Variables({**self.known, **known}, self.deepest)

    def problem(self, declaration: Any) -> str:
        """Why the value of ``declaration`` can't be written out; empty if it can."""
        tokens = list(_flat(declaration.value, self.deepest))
        needed = list(filter(None, map(_named, tokens)))
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


def custom(
    rules: Iterable[Any], deepest: int = 32, outer: str = ""
) -> Iterator[tuple[str, str, list[Any]]]:
    """Every custom property that ``rules`` set: where, its name, its value.

    Where is its selector, below an ``outer`` one or at-rule both; no deeper than ``deepest``.
    """
    for rule in rules:
        if rule.type == "declaration" and rule.name.startswith("--"):
            yield outer.rstrip(), rule.name, rule.value
        elif deepest and getattr(rule, "content", None):
            inside = tinycss2.parse_blocks_contents(
                rule.content, skip_comments=True, skip_whitespace=True
            )
            try:
                where = outer + tinycss2.serialize(rule.prelude).strip()
            except RecursionError:
                continue  # A selector so deep is used nowhere.
            yield from custom(inside, deepest - 1, f"{where} ")


def resolved(
    tokens: Iterable[Any], known: Mapping[str, list[Any]], *, partly: bool = False
) -> list[Any] | None:
    """``tokens`` with each ``var()`` replaced by what is ``known``, or else by its fallback.

    None if one leads nowhere, or needs itself. ``partly``, what isn't known stays as it is.
    """
    done: list[Any] = []
    for token in tokens:
        name = _named(token)
        if name is not None and (name in known or not partly):
            value = known[name] if name in known else _fallback(token)
            others = {other: worth for other, worth in known.items() if other != name}
            inner = None if value is None else resolved(value, others, partly=partly)
            if inner is None:
                return None
            done += inner
            continue
        changed = copy(token)
        for slot in ("arguments", "content"):
            if hasattr(token, slot):
                inner = resolved(getattr(token, slot), known, partly=partly)
                if inner is None:
                    return None
                setattr(changed, slot, inner)
        done.append(changed)
    return done


def _named(token: Any) -> str | None:
    """The property that ``token`` names, or an empty one, if it is a ``var()``; else None."""
    if token.type != "function" or token.lower_name != "var":
        return None
    return next((one.value for one in token.arguments if one.type == "ident"), "")


def _fallback(token: Any) -> list[Any] | None:
    """What a ``var()`` says if its property isn't set (CSS Custom Properties 1, section 3)."""
    commas = (at for at, one in enumerate(token.arguments) if one == ",")
    at = next(commas, None)
    return None if at is None else token.arguments[at + 1 :]


def _flat(tokens: Iterable[Any], left: int) -> Iterator[Any]:
    for token in tokens:
        yield token
        inner = getattr(token, "arguments", None) or getattr(token, "content", None)
        if inner and left:
            yield from _flat(inner, left - 1)
