"""The types of ``book.toml`` as pydantic takes them: those of :mod:`book.model`, as dataclasses.

Those are Structs, since each command defines them and few hold a file against them; so the border
is strict, and what lies within is free of pydantic.
"""

from __future__ import annotations

from dataclasses import field, make_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

import msgspec

from book.base.data import is_data
from book.model import Config

if TYPE_CHECKING:
    from pydantic import TypeAdapter


def kebab(name: str) -> str:
    """How a field is called in the file."""
    return name.replace("_", "-")


#: No other keys, no value taken for another one, and names as they are written there.
_STRICT = {"extra": "forbid", "strict": True, "alias_generator": kebab}


def adapter() -> TypeAdapter[Any]:
    """What holds a file against the types; :func:`config` takes what it gives."""
    from pydantic import TypeAdapter

    return TypeAdapter(_as_dataclass(Config))


def config(checked: object) -> Config:
    """What an :func:`adapter` has ``checked``, as our own types."""
    return msgspec.convert(checked, Config, from_attributes=True)


@cache
def _as_dataclass(table: type[Any]) -> type[Any]:
    hints = get_type_hints(table)
    fields = [
        (one.name, _as_hint(hints[one.name]), field(**_default(one)))
        for one in msgspec.structs.fields(table)
    ]
    told = {"__pydantic_config__": _STRICT, "__doc__": table.__doc__}
    return make_dataclass(table.__name__, fields, frozen=True, namespace=told)


def _as_hint(hint: Any) -> Any:
    """``hint`` with dataclasses for the tables in it."""
    if isinstance(hint, type) and is_data(hint):
        return _as_dataclass(hint)
    inner = get_args(hint)
    if any(isinstance(one, type) and is_data(one) for one in inner):
        return get_origin(hint)[tuple(map(_as_hint, inner))]
    return hint


def _default(one: msgspec.structs.FieldInfo) -> dict[str, Any]:
    """The default of a field, as a field of a dataclass has it; nothing if there is none."""
    if one.default_factory is not msgspec.NODEFAULT:
        return {"default_factory": one.default_factory}
    if one.default is msgspec.NODEFAULT:
        return {}
    value = one.default
    return {"default": _as_dataclass(value.__class__)() if is_data(value) else value}
