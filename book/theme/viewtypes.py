"""The views' own types, looked at: what each name means, and samples to try a template with."""

from __future__ import annotations

import types
from functools import cache
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from markupsafe import Markup

from book.base import data
from book.model import BookTable, Document
from book.words import Words, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from book.theme.views import View

_OURS = "book.theme.view"
_SAMPLES = {
    BookTable: BookTable("Title", ("Example, Ada",), "en", subtitle="Subtitle"),
    Document: Document("Words.", "Ada", "1 May 1943", "A source"),
}
#: The handout's sides, and the blocks of its columns.
_BLOCKS = {
    "sides": ("one", "two"),
    "left": ("documents", "chronology"),
    "right": ("who_is_who", "questions", "where_to_get"),
    "blocks": ("story", "documents", "chronology", "who_is_who", "questions", "answers"),
}
#: Lines below lines below lines.
_DEEPEST = 3


def is_view(value: object) -> bool:
    """Whether ``value`` is a view, or a part of one."""
    return not isinstance(value, type) and is_part(type(value))


def is_part(kind: type) -> bool:
    """Whether ``kind`` is the class of a view, or of a part of one."""
    return data.is_data(kind) and kind.__module__.startswith(_OURS)


@cache
def marks(view: type) -> Mapping[str, tuple[str, ...]]:
    """What is said of each name of ``view``, a class: what it means, and whether it is ONCE."""
    hints = get_type_hints(view, include_extras=True)
    return {name: hints[name].__metadata__ for name in data.names(view)}


@cache
def parts(view: type) -> Mapping[str, type]:
    """The names of ``view`` that have names of their own, and the classes of these."""
    hints = get_type_hints(view)
    found = {name: _part(hints[name]) for name in data.names(view)}
    return {name: part for name, part in found.items() if part}


def _part(hint: Any) -> type | None:
    if isinstance(hint, type) and not isinstance(hint, types.GenericAlias):
        return hint if data.is_data(hint) else None
    return next((found for one in get_args(hint) if (found := _part(one))), None)


def names(view: type) -> Iterator[str]:
    """Every name that can stand in a template of ``view``, behind a full stop or not."""
    for name in data.names(view):
        yield name
        part = parts(view).get(name) if is_part(view) else None
        if part and part is not view:
            yield from names(part)


def sample(view: type[View]) -> View:
    """A page of ``view`` with something of everything."""
    made: View = _Sampler().of(view)
    return made


class _Sampler:
    """Makes samples; no two ids are the same."""

    def __init__(self) -> None:
        self._count = 0

    def of(self, hint: Any, name: str = "", depth: int = 0) -> Any:
        """Something of the type ``hint``; ``name`` is what it is called."""
        if hint in _SAMPLES:
            return _SAMPLES[hint]
        if hint is Words:
            return words("en")
        if data.is_data(hint):
            known = get_type_hints(hint)
            return hint(**{one: self.of(known[one], one, depth) for one in data.names(hint)})
        if get_origin(hint) is tuple:
            return self._sequence(get_args(hint)[0], name, depth)
        return self._plain(hint, name)

    def _sequence(self, hint: Any, name: str, depth: int) -> tuple[Any, ...]:
        if name in _BLOCKS:
            return _BLOCKS[name]
        count = 2 if depth < _DEEPEST or name != "children" else 0
        return tuple(self.of(hint, name.removesuffix("s"), depth + 1) for _ in range(count))

    def _plain(self, hint: Any, name: str) -> Any:
        self._count += 1
        if hint is Markup:
            return Markup("<b>{}</b>").format(name)
        if hint in (bool, int, float):
            return hint(1)
        return "en" if name == "language" else f"{name}{self._count}"
